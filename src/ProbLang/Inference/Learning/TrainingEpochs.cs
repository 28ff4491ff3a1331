using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>The epochs of a training in a file: a row of five numbers for each.</summary>
internal static class TrainingEpochs
{
    private const int Columns = 5;

    public static NamedTensor ToTensor(string name, IReadOnlyCollection<TrainingEpoch> epochs) => new(name, [epochs.Count, Columns], [.. epochs.SelectMany(Row)]);

    /// <exception cref="SafetensorsException">It is no such tensor.</exception>
    public static IEnumerable<TrainingEpoch> Read(NamedTensor tensor)
    {
        if (tensor.Shape is not [_, Columns]) throw new SafetensorsException($"`{tensor.Name}` is not a row of five numbers for each epoch.");
        return tensor.Doubles.Chunk(Columns).Select(row => new TrainingEpoch((int)row[0], (long)row[1], row[2], row[3], double.IsNaN(row[4]) ? null : row[4]));
    }

    /// <summary>Counts are exact as doubles; a loss of no held-out rows is not a number.</summary>
    private static double[] Row(TrainingEpoch epoch) => [epoch.Epoch, epoch.Step, epoch.LearningRate, epoch.Loss, epoch.HeldOutLoss ?? double.NaN];
}
