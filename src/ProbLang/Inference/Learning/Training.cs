namespace ProbLang.Inference;

/// <summary>
/// How a model is trained on mini-batches of its rows, by Adam with decoupled weight decay. Losses are negative log
/// likelihoods for each row. The same seed gives the same result, bit for bit, whether or not a training was interrupted
/// and went on from a checkpoint.
/// </summary>
public sealed record Training
{
    /// <summary>How often every row is used, where <see cref="Steps"/> does not say; 100 where neither does.</summary>
    public int? Epochs { get; init; }

    /// <summary>How many steps are made, instead of <see cref="Epochs"/>.</summary>
    public long? Steps { get; init; }

    /// <summary>How many rows a step uses; null takes 256, or all rows to train on where they are fewer.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How far a step goes, above 0.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate changes.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>The part of each weight that is taken away at each step, as a multiple of the learning rate; biases and parameters are left alone.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// The longest gradient of the loss; a longer one is shortened to it. Null: no limit. Adam's steps do not depend on how long gradients are in general, so that a limit matters where
    /// single ones stand out, as those of flows do.
    /// </summary>
    public double? ClipNorm { get; init; } = 5;

    /// <summary>
    /// How many rows are held out to judge the others by: from 1 a count, below 1 a part of all rows, rounded to at least one row. 0: none. With held-out rows the
    /// result is the position with the lowest loss on them at the end of an epoch; without, the last one.
    /// </summary>
    public double HeldOut { get; init; } = 0.1;

    /// <summary>Training ends after so many epochs without a lower loss on the held-out rows. Null: it does not end early.</summary>
    public int? Patience { get; init; } = 10;

    /// <summary>The decay of a moving average of the positions, below 1, which is then what is judged and returned: 0.999 averages over about a thousand steps. Null: no average.</summary>
    public double? Averaging { get; init; }

    /// <summary>The decay of the mean of gradients, at least 0 and below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>The decay of the mean of squared gradients, at least 0 and below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What is added to the root of the mean square before dividing by it, above 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The seed of what is held out and of the order of rows; null takes a random one, which the result reports, or that of the checkpoint.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Training ends after so many seconds, wherever it is. Null: no limit. One that goes on from a checkpoint counts afresh.</summary>
    public double? MaxSeconds { get; init; }

    /// <summary>The file that training is saved to, whole or not at all, as it goes and when it ends. Null: none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>It is saved after every so many steps. Null: at the end of an epoch, where the last time is ten seconds ago.</summary>
    public long? CheckpointEvery { get; init; }

    /// <summary>Whether training goes on from <see cref="CheckpointPath"/>. Without, a file there is overwritten.</summary>
    public bool Resume { get; init; }
}
