using System.Diagnostics;
using System.Globalization;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>
/// The same comparison in a few seconds, for a machine that others use too: short batches of the one and of the other in
/// turn, so that both see the same disturbances, and medians, which ignore the worst of them.
/// </summary>
internal static class GradientTable
{
    private const int Rounds = 601;

    /// <summary>Shorter than a time slice of the operating system, so that most batches are not interrupted.</summary>
    private const double BatchSeconds = 0.0002;
    private const double WarmupSeconds = 0.35;

    /// <summary>Measures the cases whose key begins with one of the words, or all of them.</summary>
    public static void Print(string[] words)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"ns per gradient",-40} {"emitted",10} {"scalar",10} {"ratio",7}"));
        foreach (var (key, make) in GradientCases.All)
        {
            if (words.Length > 0 && !words.Any(key.StartsWith)) continue;
            var measured = make();
            var (emitted, scalar, ratio) = Measure(measured);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{measured.Name,-40} {emitted,10:F1} {scalar,10:F1} {ratio,7:F2}"));
        }
    }

    private static (double Emitted, double Scalar, double Ratio) Measure(GradientCase measured)
    {
        var gradient = new double[measured.Scalar.Dimension];
        var (emittedCount, scalarCount) = (Calibrate(measured.Emitted), Calibrate(measured.Scalar));
        double[] emitted = new double[Rounds], scalar = new double[Rounds], ratio = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            emitted[round] = Nanoseconds(measured.Emitted, emittedCount);
            scalar[round] = Nanoseconds(measured.Scalar, scalarCount);
            ratio[round] = emitted[round] / scalar[round];
        }
        return (Median(emitted), Median(scalar), Median(ratio));

        // Runs until the last tier of compilation is in place, and counts what fits into a batch.
        int Calibrate(LogDensity density)
        {
            var count = 1;
            var nanoseconds = 0.0;
            for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < WarmupSeconds;)
            {
                nanoseconds = Nanoseconds(density, count);
                if (nanoseconds * count < 1e9 * BatchSeconds) count *= 2;
            }
            return count;
        }

        double Nanoseconds(LogDensity density, int count)
        {
            var positions = measured.Positions;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count; i++) density.Evaluate(positions[i % positions.Length], gradient);
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        }
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
