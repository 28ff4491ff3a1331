namespace ProbLang.Inference;

/// <summary>All that changes while a model is trained, and so all that a checkpoint needs to hold beside the options.</summary>
internal sealed class TrainingState
{
    public TrainingState(ReadOnlySpan<double> start, Training options, ReadOnlySpan<bool> decays)
    {
        Position = start.ToArray();
        Adam = new AdamW(start.Length, options, decays);
        if (options.Averaging is not null) Average = start.ToArray();
    }

    public double[] Position { get; }

    public AdamW Adam { get; }

    /// <summary>The moving average of the positions; null when none is kept.</summary>
    public double[]? Average { get; }

    /// <summary>The position with the lowest loss on held-out rows; null before the first epoch ended, and when no rows are held out.</summary>
    public double[]? Best { get; set; }

    public double BestHeldOutLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The epoch of <see cref="Best"/>, from 1; 0 when there is none.</summary>
    public int BestEpoch { get; set; }

    /// <summary>How many steps are made.</summary>
    public long Step { get; set; }

    /// <summary>The sum of the losses over this epoch, and of how many rows.</summary>
    public double LossSum { get; set; }

    public double LossRows { get; set; }

    /// <summary>The epochs that have ended.</summary>
    public List<TrainingEpoch> History { get; } = [];

    /// <summary>What is judged and returned.</summary>
    public double[] Current => Average ?? Position;

    /// <summary>position average := decay × average + (1 - decay) × position, with a smaller decay at first, lest the start weigh too much.</summary>
    public void UpdateAverage(double decay)
    {
        if (Average is null) return;
        var kept = Math.Min(decay, (1.0 + Step) / (10.0 + Step));
        for (var i = 0; i < Average.Length; i++) Average[i] = Math.FusedMultiplyAdd(kept, Average[i] - Position[i], Position[i]);
    }
}
