using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary>The options of training by mini-batches.</summary>
internal sealed class TrainingOptions
{
    private readonly Option<int?> _epochs = new("--epochs") { Description = "Of training by mini-batches: how often every row is used. Default: 100.", HelpName = "N" };
    private readonly Option<long?> _steps = new("--steps") { Description = "How many steps are made, instead of --epochs.", HelpName = "N" };
    private readonly Option<int?> _batch = new("--batch") { Description = "How many rows a step uses. Default: 256, or all where they are fewer.", HelpName = "N" };
    private readonly Option<double?> _learningRate = new("--learning-rate") { Description = "How far a step goes. Default: 0.001.", HelpName = "X" };
    private readonly Option<string> _schedule = new("--schedule") { Description = "How the learning rate changes: not, or along a cosine down to 0.", HelpName = "constant|cosine", DefaultValueFactory = _ => "constant" };
    private readonly Option<double?> _decay = new("--decay") { Description = "The learning rate is multiplied by this in each epoch.", HelpName = "X" };
    private readonly Option<long?> _warmUp = new("--warm-up") { Description = "In so many steps at first the learning rate rises to its full value.", HelpName = "N" };
    private readonly Option<double?> _weightDecay = new("--weight-decay") { Description = "The part of the weights of nets that each step takes away, as a multiple of the learning rate. Default: 0.", HelpName = "X" };
    private readonly Option<double?> _clip = new("--clip") { Description = "The longest gradient of the loss of a row; a longer one is shortened to it; 0 for no limit. Default: 5.", HelpName = "X" };
    private readonly Option<double?> _averaging = new("--averaging") { Description = "Learn a moving average of the values with this decay, such as 0.999. Default: none.", HelpName = "X" };
    private readonly Option<double?> _heldOut = new("--held-out") { Description = "The rows that judge the others: below 1 a part, from 1 a count, 0 for none. Default: 0.1.", HelpName = "X" };
    private readonly Option<int?> _patience = new("--patience") { Description = "End after so many epochs without a lower loss on them; 0 for never. Default: 10.", HelpName = "N" };
    private readonly Option<double?> _maxSeconds = new("--max-seconds") { Description = "End after so many seconds, with the best values by then.", HelpName = "X" };
    private readonly Option<string?> _checkpoint = new("--checkpoint") { Description = "Save the training to a file as it goes, to go on from after an interruption.", HelpName = "FILE" };
    private readonly Option<long?> _checkpointEvery = new("--checkpoint-every") { Description = "Save it after every so many steps. Default: after an epoch, ten seconds apart.", HelpName = "N" };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on from the file of --checkpoint; the result is that of a training without interruption." };

    public TrainingOptions(Command command)
    {
        _schedule.AcceptOnlyFromAmong("constant", "cosine");
        foreach (var option in All) command.Options.Add(option);
    }

    private Option[] All =>
    [
        _epochs, _steps, _batch, _learningRate, _schedule, _decay, _warmUp, _weightDecay, _clip, _averaging, _heldOut, _patience, _maxSeconds, _checkpoint, _checkpointEvery, _resume,
    ];

    /// <summary>An option on the command line that only has a meaning for training; null where there is none.</summary>
    public string? Asked(ParseResult parsed) => All.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>How to train, as the command line says; null where it says nothing.</summary>
    public Training? Read(ParseResult parsed)
    {
        if (Asked(parsed) is null) return null;
        if (parsed.GetValue(_epochs) is not null && parsed.GetValue(_steps) is not null) throw new UsageException("either --epochs or --steps says how long to train, not both");
        if (parsed.GetValue(_checkpoint) is null && (parsed.GetValue(_resume) || parsed.GetValue(_checkpointEvery) is not null))
            throw new UsageException($"{(parsed.GetValue(_resume) ? "--resume" : "--checkpoint-every")} needs --checkpoint FILE");
        return new Training
        {
            Epochs = AtLeast(parsed, _epochs, 1),
            Steps = AtLeast(parsed, _steps, 1),
            BatchSize = AtLeast(parsed, _batch, 1),
            LearningRate = Positive(parsed, _learningRate) ?? new Training().LearningRate,
            Schedule = Schedule(parsed),
            WeightDecay = NotNegative(parsed, _weightDecay) ?? 0,
            ClipNorm = NotNegative(parsed, _clip) switch { null => new Training().ClipNorm, 0 => null, var norm => norm },
            Averaging = Part(parsed, _averaging),
            HeldOut = HeldOut(parsed) ?? new Training().HeldOut,
            Patience = AtLeast(parsed, _patience, 0) switch { null => new Training().Patience, 0 => null, var epochs => epochs },
            MaxSeconds = Positive(parsed, _maxSeconds),
            CheckpointPath = parsed.GetValue(_checkpoint),
            CheckpointEvery = AtLeast(parsed, _checkpointEvery, 1),
            Resume = parsed.GetValue(_resume),
        };
    }

    private LearningRateSchedule Schedule(ParseResult parsed)
    {
        var isCosine = parsed.GetValue(_schedule) == "cosine";
        if (isCosine && parsed.GetValue(_decay) is not null) throw new UsageException("either --schedule cosine or --decay says how the learning rate falls, not both");
        var decay = Positive(parsed, _decay);
        if (decay > 1) throw new UsageException("--decay is at most 1");
        LearningRateSchedule schedule = isCosine ? new LearningRateSchedule.Cosine() : decay is { } factor ? new LearningRateSchedule.Exponential(factor) : LearningRateSchedule.Constant;
        return schedule with { WarmUp = AtLeast(parsed, _warmUp, 0) ?? 0 };
    }

    private double? HeldOut(ParseResult parsed)
    {
        var rows = NotNegative(parsed, _heldOut);
        return rows >= 1 && rows != Math.Floor(rows.Value) ? throw new UsageException("--held-out is a part of the rows below 1, or a whole number of them") : rows;
    }

    private static int? AtLeast(ParseResult parsed, Option<int?> option, int least) =>
        parsed.GetValue(option) is not { } value || value >= least ? parsed.GetValue(option) : throw new UsageException($"{option.Name} is at least {least}");

    private static long? AtLeast(ParseResult parsed, Option<long?> option, int least) =>
        parsed.GetValue(option) is not { } value || value >= least ? parsed.GetValue(option) : throw new UsageException($"{option.Name} is at least {least}");

    private static double? Positive(ParseResult parsed, Option<double?> option) =>
        parsed.GetValue(option) is not { } value || value > 0 && double.IsFinite(value) ? parsed.GetValue(option) : throw new UsageException($"{option.Name} is above 0");

    private static double? NotNegative(ParseResult parsed, Option<double?> option) =>
        parsed.GetValue(option) is not { } value || value >= 0 && double.IsFinite(value) ? parsed.GetValue(option) : throw new UsageException($"{option.Name} is at least 0");

    private static double? Part(ParseResult parsed, Option<double?> option) =>
        parsed.GetValue(option) is not { } value || value is >= 0 and < 1 ? parsed.GetValue(option) : throw new UsageException($"{option.Name} is at least 0 and below 1");
}
