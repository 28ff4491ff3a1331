using System.Diagnostics;
using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Cli;

/// <summary>One line that tells how far learning is, redrawn in place, and gone at the end. For a terminal only.</summary>
internal sealed class FitDisplay(TextWriter error, int width) : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private bool _isDrawn;

    public void Report(FitProgress value)
    {
        if (_clock.Elapsed < _next) return;
        var line = Line(value);
        error.Write($"{(_isDrawn ? "\e[1A" : "")}\e[2K{(line.Length < width ? line : line[..Math.Max(0, width - 1)])}\n");
        (_isDrawn, _next) = (true, _clock.Elapsed + Pause);
    }

    public void Dispose()
    {
        if (_isDrawn) error.Write("\e[1A\e[J");
    }

    internal static string Line(FitProgress progress) => progress.Training is { } training ? TrainingLine.Of(training) :
        string.Create(CultureInfo.InvariantCulture, $"iteration {progress.Iteration}: log likelihood {progress.LogLikelihood:0.####}, gradient {progress.Gradient:G2}");
}
