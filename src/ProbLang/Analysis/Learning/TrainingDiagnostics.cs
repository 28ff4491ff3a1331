using System.Globalization;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>GM0530–GM0533: what can go wrong when a model is trained by mini-batches, one method a message.</summary>
internal static class TrainingDiagnostics
{
    /// <summary>A number that is none, at the step where it appeared.</summary>
    /// <param name="step">The step, from 1.</param>
    /// <param name="value">The log likelihood of the row, finite where only its gradient is not.</param>
    /// <param name="coordinate">The parameter or net whose gradient is not finite; null where the likelihood itself is not.</param>
    /// <param name="row">The row, as <c>i = 17</c>.</param>
    /// <param name="place">The statement; null where it is none by itself.</param>
    public static Diagnostic NotFinite(long step, double value, string? coordinate, string row, Location? place)
    {
        var what = double.IsNaN(value) ? "the log likelihood is not a number"
            : double.IsNegativeInfinity(value) ? "the data are impossible"
            : double.IsPositiveInfinity(value) ? "the likelihood is infinite"
            : $"the derivative of the log likelihood by `{coordinate}` is not finite";
        return new Diagnostic("GM0530", Severity.Error, string.Create(CultureInfo.InvariantCulture, $"{what} at step {step}, for {row}"), place,
            "train with a smaller learning rate or a limit on the gradient; what must be positive or a probability needs a type or a function that keeps it so, such as `exp`");
    }

    public static Diagnostic Misfit(bool isBatch, string message) => isBatch
        ? new Diagnostic("GM0531", Severity.Error, message, null, "take a smaller batch")
        : new Diagnostic("GM0532", Severity.Error, message, null, "hold out fewer");

    public static Diagnostic Checkpoint(string message) =>
        new("GM0533", Severity.Error, message.TrimEnd('.'), null, "train with what the checkpoint was made of, or begin afresh without going on from it");
}
