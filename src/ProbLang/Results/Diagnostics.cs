using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>What a sampler's run says about itself.</summary>
/// <param name="Divergences">Divergent transitions, of all chains.</param>
/// <param name="MaxDepthHits">Transitions that reached the maximum tree depth.</param>
/// <param name="EnergyFractions">E-BFMI of each chain that has draws.</param>
/// <param name="Verdict">Whether to trust the result.</param>
public sealed record Diagnostics(int Divergences, int MaxDepthHits, ImmutableArray<double> EnergyFractions, Verdict Verdict)
{
    /// <summary>Of a result that is exact, or whose engine has nothing to say.</summary>
    public static Diagnostics None { get; } = new(0, 0, [], new Verdict([]));

    /// <summary>How the iterations ended, of an engine that iterates until nothing changes; else null.</summary>
    public IterationSummary? Iterations { get; init; }

    /// <summary>Judges the draws of a run.</summary>
    /// <param name="draws">What was drawn.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="maxDepth">The depth at which trajectories were stopped.</param>
    /// <param name="failures">The chains that gave none.</param>
    /// <param name="interrupted">Whether the run was stopped before all draws were made.</param>
    public static Diagnostics Of(Draws draws, Summary summary, int maxDepth, ImmutableArray<ChainFailure> failures, bool interrupted = false)
    {
        var divergences = draws.CountWhere(Statistic.Divergent, d => d > 0);
        var hits = draws.CountWhere(Statistic.TreeDepth, d => d >= maxDepth);
        var fractions = ImmutableArray.CreateBuilder<double>(draws.Complete.Length);
        foreach (var chain in draws.Complete) fractions.Add(EnergyFraction(chain));
        var energies = fractions.ToImmutable();

        var judge = new Judge(draws, summary);
        if (interrupted) judge.Interruption();
        judge.Failures(failures);
        judge.NoDraws();
        judge.LeftOut(failures);
        judge.NotFinite();
        judge.Divergences(divergences);
        judge.Depth(hits, maxDepth);
        judge.Energy(energies);
        judge.Disagreement();
        judge.FewDraws();
        return new Diagnostics(divergences, hits, energies, new Verdict(judge.Reasons) { Grounds = judge.Grounds });
    }

    /// <summary>The energy Bayesian fraction of missing information (Betancourt 2016): how far the energy moves in a step, against its spread; NaN without spread.</summary>
    internal static double EnergyFraction(ChainDraws chain)
    {
        if (chain.Count == 0) return double.NaN;
        // Seen from the first one, energies that are all equal, as those of forward draws are, have no rounding for a spread.
        var origin = chain[0, Statistic.Energy];
        var mean = 0.0;
        for (var i = 0; i < chain.Count; i++) mean += (chain[i, Statistic.Energy] - origin) / chain.Count;
        double steps = 0, spread = 0;
        for (var i = 0; i < chain.Count; i++)
        {
            var energy = chain[i, Statistic.Energy] - origin;
            spread += (energy - mean) * (energy - mean);
            if (i > 0) steps += Math.Pow(chain[i, Statistic.Energy] - chain[i - 1, Statistic.Energy], 2);
        }
        return steps / spread;
    }
}
