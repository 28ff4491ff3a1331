using System.Collections.Immutable;

namespace ProbLang.Inference;

/// <summary>What a training came to.</summary>
internal sealed record TrainingRun
{
    /// <summary>The position with the lowest loss on held-out rows; the last one when none are held out, or before the first epoch ended.</summary>
    public required double[] Position { get; init; }

    /// <summary>The seed that it used.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How the rows were split and how many steps were planned.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>How many steps were made, before an interruption too.</summary>
    public required long Steps { get; init; }

    /// <summary>Why it ended.</summary>
    public required TrainingStop Stop { get; init; }

    /// <summary>The epochs that ended.</summary>
    public required ImmutableArray<TrainingEpoch> History { get; init; }

    /// <summary>The lowest loss of a held-out row; null when there is none.</summary>
    public double? HeldOutLoss { get; init; }

    /// <summary>The epoch at the end of which <see cref="Position"/> was reached, from 1; null when that is not the end of a judged epoch.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>Where a number was not finite; null where all were.</summary>
    public TrainingFailure? Failure { get; init; }

    /// <summary>Why the last checkpoint could not be written; null when it could.</summary>
    public string? CheckpointProblem { get; init; }

    /// <summary>How long it took, without what was before an interruption.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>The step at which a loss or a gradient was not finite.</summary>
/// <param name="Step">The step, from 1; of held-out rows the one after which they were judged.</param>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Loss">The loss of a row of the batch, which may be finite where the gradient is not.</param>
/// <param name="IsHeldOut">Whether the rows are held-out ones.</param>
/// <param name="Rows">The rows of the batch, from 0.</param>
/// <param name="BadRows">Those of them that are not finite by themselves; empty when it takes several together.</param>
/// <param name="Coordinate">The first coordinate whose gradient is not finite; null when all are.</param>
/// <param name="Position">Where it was evaluated.</param>
internal sealed record TrainingFailure(
    long Step, int Epoch, double Loss, bool IsHeldOut, ImmutableArray<int> Rows, ImmutableArray<int> BadRows, int? Coordinate, double[] Position);
