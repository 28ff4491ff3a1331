using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>Replaces ranks by normal scores, (r - 3/8) / (S + 1/4) of the standard normal (Blom 1958).</summary>
internal sealed class NormalScores
{
    private readonly double[] _scores;

    public NormalScores(int count)
    {
        _scores = new double[count];
        var looks = new Ticker();
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            looks.Tick();
            _scores[count - 1 - i] = -(_scores[i] = Score(i + 1, count));
        }
    }

    /// <summary>Sets the score of each element from the elements in ascending order of their values; equal values share their mean rank.</summary>
    public void Assign(ReadOnlySpan<double> sorted, ReadOnlySpan<int> order, Span<double> scores)
    {
        var looks = new Ticker();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            looks.Tick();
            end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start]) end++;
            var score = end == start + 1 ? _scores[start] : Score(0.5 * (start + 1 + end), sorted.Length);
            for (var i = start; i < end; i++) scores[order[i]] = score;
        }
    }

    private static double Score(double rank, int count) => SpecialFunctions.InversePhi((rank - 0.375) / (count + 0.25));
}
