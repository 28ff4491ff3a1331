using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Cli;

/// <summary>One line that tells how far a training is.</summary>
internal static class TrainingLine
{
    private const int BarWidth = 20;

    /// <summary>Losses are negative log likelihoods of a row; the bar counts steps.</summary>
    public static string Of(TrainingProgress training)
    {
        var done = training.Steps == 0 ? BarWidth : (int)((double)BarWidth * training.Step / training.Steps);
        var heldOut = training is { HeldOutLoss: { } last, BestHeldOutLoss: { } best }
            ? string.Create(CultureInfo.InvariantCulture, $"  held out {last:G5}{(last > best ? string.Create(CultureInfo.InvariantCulture, $" (best {best:G5})") : "")}") : "";
        var left = training.TimeLeft is { } time ? $"  {Text(time)} left" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"epoch {training.Epoch}/{training.Epochs} {new string('█', done)}{new string('░', BarWidth - done)} loss {training.Loss:G5}{heldOut}  {training.RowsPerSecond:0} rows/s{left}");
    }

    private static string Text(TimeSpan time) =>
        time.TotalDays >= 100 ? "long" : time.ToString(time.TotalDays >= 1 ? @"d\.hh\:mm\:ss" : time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
