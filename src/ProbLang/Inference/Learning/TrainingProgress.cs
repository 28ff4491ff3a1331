namespace ProbLang.Inference;

/// <summary>How far a training is. Reported about ten times a second, and at the end of every epoch when that is slower.</summary>
/// <param name="Epoch">The epoch that it is in, from 1.</param>
/// <param name="Epochs">How many are planned.</param>
/// <param name="Step">How many steps are made, before an interruption too.</param>
/// <param name="Steps">How many are planned.</param>
/// <param name="Loss">The negative log likelihood of a row, over this epoch so far.</param>
/// <param name="HeldOutLoss">That of a held-out row at the end of the last epoch; null when there is none yet.</param>
/// <param name="BestHeldOutLoss">The lowest of these; null when there is none yet.</param>
/// <param name="RowsPerSecond">How many rows are trained on in a second.</param>
/// <param name="TimeLeft">How long the steps that are planned will take; null when nothing is known yet.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, long Step, long Steps, double Loss, double? HeldOutLoss, double? BestHeldOutLoss, double RowsPerSecond, TimeSpan? TimeLeft);

/// <summary>What an epoch came to.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">How many steps were made by its end.</param>
/// <param name="LearningRate">The learning rate of its last step.</param>
/// <param name="Loss">The negative log likelihood of a row, over the batches of the epoch, each before its own step.</param>
/// <param name="HeldOutLoss">That of a held-out row at its end; null when none are held out.</param>
public readonly record struct TrainingEpoch(int Epoch, long Step, double LearningRate, double Loss, double? HeldOutLoss);

/// <summary>Why a training ended.</summary>
internal enum TrainingStop
{
    /// <summary>All steps that were planned are made.</summary>
    Completed,

    /// <summary>The loss on the held-out rows has not fallen for as long as patience allows.</summary>
    Patience,

    /// <summary>The time is up.</summary>
    Time,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>The loss or its gradient was not a finite number.</summary>
    NotFinite,
}
