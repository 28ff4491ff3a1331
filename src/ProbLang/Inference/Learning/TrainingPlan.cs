using System.Runtime.CompilerServices;

namespace ProbLang.Inference;

/// <summary>What options come to for so many rows: how they are split, how large a batch is, and how many steps there are.</summary>
internal sealed record TrainingPlan(int Rows, int HeldOutRows, int BatchSize, long Steps)
{
    private const int UsualEpochs = 100;
    private const int UsualBatch = 256;

    public int TrainingRows => Rows - HeldOutRows;

    public int StepsPerEpoch => (TrainingRows + BatchSize - 1) / BatchSize;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or does not suit the rows.</exception>
    public static TrainingPlan Of(Training options, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        Check(options);
        if (Misfit(options, rows) is (var name, var message)) throw new ArgumentOutOfRangeException(name, $"{char.ToUpperInvariant(message[0])}{message.AsSpan(1)}.");
        var heldOut = (int)HeldOutRowsOf(options, rows);
        var plan = new TrainingPlan(rows, heldOut, options.BatchSize ?? Math.Min(UsualBatch, rows - heldOut), 0);
        Require(options.Steps is null || options.Steps / plan.StepsPerEpoch < int.MaxValue, options.Steps, "So many Steps come to more epochs than can be counted.", nameof(options.Steps));
        return plan with { Steps = options.Steps ?? (long)(options.Epochs ?? UsualEpochs) * plan.StepsPerEpoch };
    }

    /// <summary>The option that asks for more rows than there are, and what is wrong with it; null where there are enough.</summary>
    public static (string Option, string Message)? Misfit(Training options, int rows)
    {
        var heldOut = HeldOutRowsOf(options, rows);
        if (heldOut >= rows) return (nameof(options.HeldOut), $"of {rows} {(rows == 1 ? "row" : "rows")} {heldOut} cannot be held out: none would be left to train on");
        if (options.BatchSize is not { } batch || batch <= rows - heldOut) return null;
        return (nameof(options.BatchSize), heldOut == 0
            ? $"a batch of {batch} rows is larger than the data, which have {rows}"
            : $"a batch of {batch} rows is larger than the {rows - heldOut} rows to train on: the data have {rows}, and {heldOut} are held out");
    }

    private static long HeldOutRowsOf(Training options, int rows)
    {
        if (options.HeldOut == 0) return 0;
        // One row cannot be split: a default does not make that a mistake.
        if (options.HeldOut < 1) return rows == 1 ? 0 : Math.Max(1, (long)Math.Round(options.HeldOut * rows));
        return (long)options.HeldOut;
    }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, whatever the rows.</exception>
    public static void Check(Training options)
    {
        ArgumentNullException.ThrowIfNull(options.Schedule, nameof(options.Schedule));
        options.Schedule.Check();
        Require(options.Epochs is null || options.Steps is null, options.Steps, "Either Epochs or Steps says how long to train, not both.", nameof(options.Steps));
        AtLeastOne(options.Epochs);
        AtLeastOne(options.Steps);
        AtLeastOne(options.BatchSize);
        AtLeastOne(options.Patience);
        AtLeastOne(options.CheckpointEvery);
        Positive(options.LearningRate);
        Positive(options.ClipNorm);
        Positive(options.Epsilon);
        Positive(options.MaxSeconds);
        Require(options.WeightDecay >= 0 && double.IsFinite(options.WeightDecay), options.WeightDecay, "WeightDecay must not be negative.", nameof(options.WeightDecay));
        Decay(options.Beta1);
        Decay(options.Beta2);
        Decay(options.Averaging);
        var heldOut = options.HeldOut;
        Require(heldOut >= 0 && (heldOut < 1 || heldOut == Math.Floor(heldOut)) && double.IsFinite(heldOut), heldOut,
            "HeldOut must be a part of the rows, at least 0 and below 1, or a whole number of them.", nameof(options.HeldOut));
        Require(!options.Resume || options.CheckpointPath is not null, options.Resume, "Resume needs the CheckpointPath to go on from.", nameof(options.Resume));
    }

    private static void AtLeastOne(long? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value is null or >= 1, value, $"{Last(name)} must be at least 1.", Last(name));

    private static void Positive(double? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value is null || value > 0 && double.IsFinite(value.Value), value, $"{Last(name)} must be above 0.", Last(name));

    private static void Decay(double? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value is null or >= 0 and < 1, value, $"{Last(name)} must be at least 0 and below 1.", Last(name));

    private static string Last(string expression) => expression[(expression.LastIndexOf('.') + 1)..];

    private static void Require(bool holds, object? value, string message, string name)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, message);
    }
}
