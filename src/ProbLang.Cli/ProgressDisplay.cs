using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Inference;

namespace ProbLang.Cli;

/// <summary>One line for each chain, redrawn in place, and gone at the end. For a terminal only.</summary>
internal sealed class ProgressDisplay(TextWriter error, int chains, int width) : IProgress<ChainProgress>, IDisposable
{
    private const int BarWidth = 20;
    private const int MostLines = 16;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly ChainProgress[] _latest = new ChainProgress[chains];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private int _lines;

    public void Report(ChainProgress value)
    {
        lock (_lock)
        {
            _latest[value.Chain - 1] = value;
            if (_clock.Elapsed < _next) return;
            Draw();
            _next = _clock.Elapsed + Pause;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_lines > 0) error.Write($"\e[{_lines}A\e[J");
            _next = TimeSpan.MaxValue;
        }
    }

    private void Draw()
    {
        var text = new StringBuilder();
        if (_lines > 0) text.Append(CultureInfo.InvariantCulture, $"\e[{_lines}A");
        _lines = 0;
        // Of a chain that has not begun nothing is known yet but that it has as much to do as the others.
        var total = _latest.Max(c => c.Total);
        for (; _lines < Math.Min(chains, MostLines); _lines++)
            text.Append("\e[2K").Append(Fitted(Line(_latest[_lines] with { Chain = _lines + 1, Total = total }))).Append('\n');
        error.Write(text);
    }

    /// <summary>A line that wraps would be two, and the next drawing would begin too low.</summary>
    private string Fitted(string line) => line.Length < width ? line : line[..Math.Max(0, width - 1)];

    internal static string Line(ChainProgress chain)
    {
        var done = (int)((long)BarWidth * chain.Iteration / chain.Total);
        var phase = chain.Phase switch { ChainPhase.Waiting => "waiting", ChainPhase.Warmup => "warm-up", ChainPhase.Sampling => "sampling", _ => "finished" };
        var rate = chain.Iteration / Math.Max(chain.Worked.TotalSeconds, 1e-3);
        var divergences = chain.Divergences == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {chain.Divergences} divergences");
        return string.Create(CultureInfo.InvariantCulture,
            $"chain {chain.Chain,-3} {new string('█', done)}{new string('░', BarWidth - done)} {chain.Iteration,6}/{chain.Total} {phase,-8} {rate,8:0} draws/s{divergences}");
    }
}
