using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang.Tests.Results;

/// <summary>Draws of one output, made up.</summary>
internal static class DrawsOf
{
    /// <summary>Chains of values.</summary>
    public static Draws Chains(params double[][] chains)
    {
        var all = ImmutableArray.CreateBuilder<ChainDraws>();
        foreach (var chain in chains) all.Add(new ChainDraws(1, chain.Length, chain, new double[chain.Length * ChainDraws.StatisticCount]));
        return new Draws(OutputLayout.OfScalars("x"), all.ToImmutable());
    }

    /// <summary>Stationary AR(1) chains with unit variance, each with a mean of its own.</summary>
    public static double[][] Autoregressive(int chains, int count, double r, Func<int, double>? mean = null)
    {
        var result = new double[chains][];
        for (var c = 0; c < chains; c++)
        {
            var noise = new double[count];
            new RandomStream(new Philox(17, (uint)c, 0)).FillNormal(noise);
            for (var i = 1; i < count; i++) noise[i] = r * noise[i - 1] + Math.Sqrt(1 - r * r) * noise[i];
            if (mean is not null) for (var i = 0; i < count; i++) noise[i] += mean(c);
            result[c] = noise;
        }
        return result;
    }

    public static SummaryRow Row(params double[][] chains) => Summary.Of(Chains(chains)).Rows[0];
}
