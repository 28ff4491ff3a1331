using System.Diagnostics;
using System.Globalization;
using ProbLang.FactorGraphs;

namespace ProbLang.Cli;

/// <summary>One line that tells how far message passing is, redrawn in place, and gone at the end. For a terminal only.</summary>
internal sealed class IterationDisplay(TextWriter error, string engine, int width) : IProgress<IterationProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private bool _isDrawn;

    public void Report(IterationProgress value)
    {
        lock (_lock)
        {
            if (_clock.Elapsed < _next) return;
            var line = Line(engine, value);
            error.Write($"{(_isDrawn ? "\e[1A" : "")}\e[2K{(line.Length < width ? line : line[..Math.Max(0, width - 1)])}\n");
            (_isDrawn, _next) = (true, _clock.Elapsed + Pause);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDrawn) error.Write("\e[1A\e[J");
            _next = TimeSpan.MaxValue;
        }
    }

    /// <summary>The iterations are the most that there will be: it ends when nothing changes.</summary>
    internal static string Line(string engine, IterationProgress progress)
    {
        var change = double.IsNaN(progress.Change) ? "" : string.Create(CultureInfo.InvariantCulture, $", changed by {progress.Change:G2}");
        return string.Create(CultureInfo.InvariantCulture, $"{engine}: iteration {progress.Iteration} of at most {progress.Iterations}{change}");
    }
}
