using ProbLang.Analysis;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>What <see cref="Laplace"/> did.</summary>
/// <param name="Seed">The seed of the draws.</param>
/// <param name="Draws">Independent draws, with what is computed from them.</param>
/// <param name="LogEvidence">The log probability of the data, as far as the posterior is normal.</param>
/// <param name="Shape">How heavy the tail of the importance ratios is: the shape of a generalized Pareto distribution. Above 0.7 the draws do not stand for the posterior.</param>
/// <param name="Gradients">How often the gradient was evaluated at draws and on the way to the mode.</param>
/// <param name="IsCancelled">Whether it was stopped before all draws were made.</param>
internal sealed record LaplaceRun(ulong Seed, ChainDraws Draws, double LogEvidence, double Shape, long Gradients, bool IsCancelled)
{
    /// <summary>The search may end where the density is stationary and no mode: from elsewhere it does not.</summary>
    private const int MostAttempts = 8;

    private static readonly double s_logTwoPi = Math.Log(2 * Math.PI);

    /// <summary>Runs on a density, which is used up.</summary>
    /// <exception cref="ObjectionException">There is no mode, or the density is not curved at it.</exception>
    public static LaplaceRun Of(LogDensity density, Laplace options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 1, nameof(Laplace.Draws));
        var seed = options.Seed ?? (ulong)Random.Shared.NextInt64();
        var n = density.Dimension;
        var (start, random, evaluations) = (new double[n], Streams.Of(seed, 0, Purpose.Start), 0L);
        for (var attempt = 1; ; attempt++)
        {
            if ((attempt > 1 || !double.IsFinite(density.Evaluate(start, new double[n]))) && Start.Find(density, random, start, new double[n]) is not null) throw new ObjectionException(FitDiagnostics.NoStart(null, true, null));
            var minimum = new LimitedMemoryBfgs().Minimize(new NegativeLogDensity(density), start, null, cancellation);
            cancellation.ThrowIfCancellationRequested();
            evaluations += minimum.Evaluations;
            var integral = new LaplaceIntegral(density, [], [.. Enumerable.Range(0, n)], minimum.Position);
            if (integral.Value([]) is not { } value)
            {
                if (attempt == MostAttempts) throw new ObjectionException(FitDiagnostics.NoCurvature(minimum.IsConverged));
                continue;
            }
            var (draws, shape, count) = Draw(density, integral, options.Draws, seed, cancellation);
            return new LaplaceRun(seed, draws, -value, shape, evaluations + count, count < options.Draws);
        }
    }

    private static (ChainDraws Draws, double Shape, int Count) Draw(LogDensity density, LaplaceIntegral integral, int count, ulong seed, CancellationToken cancellation)
    {
        var (n, outputs) = (density.Dimension, density.OutputCount);
        var (values, statistics, ratios) = (new double[(long)count * outputs], new double[(long)count * ChainDraws.StatisticCount], new double[count]);
        var (normal, outputRandom) = (Streams.Of(seed, 0, Purpose.Tree), Streams.Raw(seed, 0, Purpose.Outputs));
        var (mode, position, gradient) = (integral.Position.ToArray(), new double[n], new double[n]);
        var logDeterminant = integral.Factored.LogDeterminant();
        var made = 0;
        try
        {
            for (; made < count && !cancellation.IsCancellationRequested; made++)
            {
                normal.FillNormal(position);
                var logApproximation = -0.5 * Vectors.Dot(position, position) - 0.5 * n * s_logTwoPi + 0.5 * logDeterminant;
                integral.Factored.SolveTransposed(position);
                for (var i = 0; i < n; i++) position[i] += mode[i];
                var logDensity = density.Evaluate(position, gradient);
                ratios[made] = logDensity - logApproximation;
                statistics[made * ChainDraws.StatisticCount + (int)Statistic.LogDensity] = logDensity;
                density.WriteOutputs(position, ref outputRandom, values.AsSpan(made * outputs, outputs));
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The draw that was being made is not counted.
        }
        return (new ChainDraws(outputs, made, values, statistics), ParetoShape.Of(ratios.AsSpan(0, made)), made);
    }
}
