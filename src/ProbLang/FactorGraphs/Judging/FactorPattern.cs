using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>What an argument may be for a row of the table to speak of it: known, or unknown and of one of some domains.</summary>
internal sealed record FactorPattern
{
    private readonly ImmutableArray<FactorDomain> _domains;
    private readonly bool _known;

    private FactorPattern(bool known, params ImmutableArray<FactorDomain> domains) => (_known, _domains) = (known, domains);

    public static FactorPattern Known { get; } = new(true);

    public static FactorPattern Normal { get; } = new(false, FactorDomain.Gaussian);

    public static FactorPattern Bounded { get; } = new(false, FactorDomain.TruncatedGaussian);

    public static FactorPattern Positive { get; } = new(false, FactorDomain.Gamma);

    public static FactorPattern Probability { get; } = new(false, FactorDomain.Beta);

    public static FactorPattern Flag { get; } = new(false, FactorDomain.Boolean);

    public static FactorPattern Whole { get; } = new(false, FactorDomain.Integer);

    public static FactorPattern Counted { get; } = new(false, FactorDomain.Count);

    public static FactorPattern Vector { get; } = new(false, FactorDomain.Vector);

    public static FactorPattern Simplex { get; } = new(false, FactorDomain.Simplex);

    public static FactorPattern Matrix { get; } = new(false, FactorDomain.Matrix);

    /// <summary>An unknown number of any family but the normal one.</summary>
    public static FactorPattern NotNormal { get; } = new(false, FactorDomain.TruncatedGaussian, FactorDomain.Gamma, FactorDomain.Beta);

    /// <summary>An unknown number of any family but the gamma one.</summary>
    public static FactorPattern NotPositive { get; } = new(false, FactorDomain.Gaussian, FactorDomain.TruncatedGaussian, FactorDomain.Beta);

    /// <summary>An unknown number of any family but the beta one.</summary>
    public static FactorPattern NotProbability { get; } = new(false, FactorDomain.Gaussian, FactorDomain.TruncatedGaussian, FactorDomain.Gamma);

    /// <summary>Unknown, whatever it is.</summary>
    public static FactorPattern Uncertain { get; } = new(false, [.. Enum.GetValues<FactorDomain>()]);

    /// <summary>Known or unknown, whatever it is.</summary>
    public static FactorPattern Anything { get; } = new(true, [.. Enum.GetValues<FactorDomain>()]);

    /// <summary>This or known.</summary>
    public FactorPattern OrKnown => new(true, _domains);

    public bool Fits(FactorVariable variable) => variable.Data is null ? _domains.Contains(variable.Domain) : _known;
}

/// <summary>What may become of the value that a row of the table defines.</summary>
internal enum FactorTarget
{
    /// <summary>Anything.</summary>
    Always,

    /// <summary>It is given, or known to hold.</summary>
    Observed,

    /// <summary>It is unknown.</summary>
    Latent,

    /// <summary>It is unknown, and nothing else speaks of it: a prediction.</summary>
    Predicted,
}
