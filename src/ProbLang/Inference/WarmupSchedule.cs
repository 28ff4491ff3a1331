namespace ProbLang.Inference;

/// <summary>
/// Which iterations of a warm-up learn what: a first stretch finds the typical set and a step size, then windows of doubling
/// length each give a metric, and a last stretch settles the step size for the final one.
/// </summary>
internal sealed class WarmupSchedule
{
    private const int Initial = 75;
    private const int FirstWindow = 25;
    private const int Final = 50;

    private readonly int[] _ends;

    public WarmupSchedule(int iterations)
    {
        Iterations = iterations;
        int initial = Initial, window = FirstWindow, final = Final;
        if (iterations < initial + window + final)
        {
            initial = (int)(0.15 * iterations);
            final = (int)(0.1 * iterations);
            window = Math.Max(1, (iterations - initial - final) / 3);
        }
        var ends = new List<int>();
        var last = iterations - final;
        var end = initial;
        // Under twenty iterations there is time for a step size only.
        while (iterations >= 20 && end < last)
        {
            // A window that would leave too little for a longer one takes it all.
            end = end + 3L * window > last ? last : end + window;
            ends.Add(end);
            window *= 2;
        }
        WindowStart = ends.Count == 0 ? iterations : initial;
        _ends = [.. ends];
    }

    public int Iterations { get; }

    /// <summary>The first iteration of the first window.</summary>
    public int WindowStart { get; }

    /// <summary>The first iterations after each window.</summary>
    public ReadOnlySpan<int> WindowEnds => _ends;

    /// <summary>The length of the longest window.</summary>
    public int LongestWindow
    {
        get
        {
            var longest = 0;
            for (var i = 0; i < _ends.Length; i++) longest = Math.Max(longest, _ends[i] - (i == 0 ? WindowStart : _ends[i - 1]));
            return longest;
        }
    }

    /// <summary>Whether an iteration's draw informs the metric.</summary>
    public bool IsInWindow(int iteration) => iteration >= WindowStart && _ends.Length > 0 && iteration < _ends[^1];

    /// <summary>Whether an iteration is the last of a window.</summary>
    public bool EndsWindow(int iteration) => Array.IndexOf(_ends, iteration + 1) >= 0;
}
