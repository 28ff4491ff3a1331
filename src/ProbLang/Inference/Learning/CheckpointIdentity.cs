using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Inference;

/// <summary>What a training is of. It goes on from a checkpoint only where all of this is the same, for only then is the result that of a training without interruption.</summary>
/// <param name="Subject">The model and its data, in the words of whoever trains it.</param>
/// <param name="Dimension">How many weights and parameters.</param>
/// <param name="Plan">The rows, and how they are used.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Seed">The seed that it uses.</param>
internal sealed record CheckpointIdentity(TrainingSubject Subject, int Dimension, TrainingPlan Plan, Training Options, ulong Seed)
{
    private const string Version = "1";

    public ImmutableSortedDictionary<string, string> Metadata => ImmutableSortedDictionary<string, string>.Empty
        .Add("version", Version)
        .Add("model", Subject.Model)
        .Add("data", Subject.Data)
        .Add("dimension", Text($"{Dimension}"))
        .Add("rows", Text($"{Plan.Rows}"))
        .Add("seed", Text($"{Seed}"))
        .AddRange(Settings());

    /// <summary>Of what else the checkpoint is; null when it is of this.</summary>
    public string? DifferenceFrom(IReadOnlyDictionary<string, string> saved)
    {
        string? Saved(string name) => saved.GetValueOrDefault(name);
        if (Saved("version") != Version) return $"another version of this program ({Saved("version")}, where {Version} is read)";
        if (Saved("dimension") != Text($"{Dimension}")) return $"another model: it has {Saved("dimension")} weights and parameters, and this one {Dimension}";
        if (Saved("model") != Subject.Model) return "another model";
        if (Saved("rows") != Text($"{Plan.Rows}")) return $"other data: they have {Saved("rows")} rows, and these {Plan.Rows}";
        if (Saved("data") != Subject.Data) return "other data";
        if (Saved("seed") != Text($"{Seed}")) return $"a training with seed {Saved("seed")}, not {Seed}";
        foreach (var (name, value) in Settings())
        {
            if (Saved(name) != value) return $"a training with other options: {name} was {Saved(name)}, not {value}";
        }
        return null;
    }

    /// <summary>What changes the result. How long to train does so only where the learning rate depends on it.</summary>
    private IEnumerable<KeyValuePair<string, string>> Settings()
    {
        yield return Setting("batch size", $"{Plan.BatchSize}");
        yield return Setting("held-out rows", $"{Plan.HeldOutRows}");
        yield return Setting("learning rate", $"{Options.LearningRate:R}");
        yield return Setting("schedule", $"{Options.Schedule.Description}");
        if (Options.Schedule.DependsOnLength) yield return Setting("steps", $"{Plan.Steps}");
        yield return Setting("weight decay", $"{Options.WeightDecay:R}");
        yield return Setting("clip norm", $"{Options.ClipNorm ?? double.PositiveInfinity:R}");
        yield return Setting("averaging", $"{Options.Averaging ?? 0:R}");
        yield return Setting("beta1", $"{Options.Beta1:R}");
        yield return Setting("beta2", $"{Options.Beta2:R}");
        yield return Setting("epsilon", $"{Options.Epsilon:R}");
    }

    private static KeyValuePair<string, string> Setting(string name, FormattableString value) => new(name, Text(value));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What is trained, as far as it tells one training from another.</summary>
/// <param name="Model">The model.</param>
/// <param name="Data">Its data.</param>
internal readonly record struct TrainingSubject(string Model, string Data);
