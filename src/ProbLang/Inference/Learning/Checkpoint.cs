using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>A training in a file: its state as tensors, and what it is a training of as metadata.</summary>
/// <param name="identity">What must be the same for a training to go on.</param>
internal sealed class Checkpoint(CheckpointIdentity identity)
{
    private const string Format = "problang-training";

    public void Write(string path, TrainingState state) => new SafetensorsFile([.. Tensors(state)], MetadataOf(state)).Write(path);

    /// <summary>Fills a state that was made by the same options.</summary>
    /// <exception cref="CheckpointException">The file is no such checkpoint.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ulong Read(string path, Func<ulong, CheckpointIdentity> identityOf, TrainingState state)
    {
        try
        {
            var file = SafetensorsFile.Read(path);
            if (file.Metadata.GetValueOrDefault("format") != Format) throw new CheckpointException($"{path} is not a checkpoint of a training.");
            if (!ulong.TryParse(file.Text("seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)) throw new SafetensorsException("The seed is not a number.");
            if (identityOf(seed).DifferenceFrom(file.Metadata) is { } difference) throw new CheckpointException($"{path} is a checkpoint of {difference}.");
            Fill(state, file);
            return seed;
        }
        catch (SafetensorsException e)
        {
            throw new CheckpointException($"{path} cannot be read as a checkpoint: {char.ToLowerInvariant(e.Message[0])}{e.Message.AsSpan(1)}", e);
        }
    }

    private ImmutableSortedDictionary<string, string> MetadataOf(TrainingState state) => identity.Metadata
        .Add("format", Format)
        .Add("step", state.Step.ToString(CultureInfo.InvariantCulture))
        .Add("epochs", state.History.Count.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<NamedTensor> Tensors(TrainingState state)
    {
        yield return new NamedTensor("position", state.Position);
        yield return new NamedTensor("adam.mean", state.Adam.Mean);
        yield return new NamedTensor("adam.square", state.Adam.Square);
        if (state.Average is not null) yield return new NamedTensor("average", state.Average);
        if (state.Best is not null) yield return new NamedTensor("best", state.Best);
        yield return new NamedTensor("counters", [state.Step, state.Adam.Steps, state.BestEpoch]);
        yield return new NamedTensor("losses", [state.BestHeldOutLoss, state.LossSum, state.LossRows]);
        yield return TrainingEpochs.ToTensor("history", state.History);
    }

    private static void Fill(TrainingState state, SafetensorsFile file)
    {
        var n = state.Position.Length;
        Values(file, "position", n).CopyTo(state.Position, 0);
        Values(file, "adam.mean", n).CopyTo(state.Adam.Mean, 0);
        Values(file, "adam.square", n).CopyTo(state.Adam.Square, 0);
        if (state.Average is not null) Values(file, "average", n).CopyTo(state.Average, 0);
        state.Best = file.Find("best") is null ? null : Values(file, "best", n);
        var counters = file["counters"].Integers;
        var losses = Values(file, "losses", 3);
        if (counters.Length != 3 || counters.Min() < 0 || counters[2] > int.MaxValue) throw new SafetensorsException("`counters` are not three counts.");
        (state.Step, state.Adam.Steps, state.BestEpoch) = (counters[0], counters[1], (int)counters[2]);
        (state.BestHeldOutLoss, state.LossSum, state.LossRows) = (losses[0], losses[1], losses[2]);
        state.History.AddRange(TrainingEpochs.Read(file["history"]));
    }

    private static double[] Values(SafetensorsFile file, string name, int length)
    {
        var values = file[name].Doubles;
        return values.Length == length ? values : throw new SafetensorsException($"`{name}` has {values.Length} numbers, where {length} were expected.");
    }
}
