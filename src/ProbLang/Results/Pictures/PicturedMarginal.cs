using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>A distribution by its probabilities or its distribution function.</summary>
internal sealed class PicturedMarginal : PicturedDistribution
{
    private readonly Marginal _marginal;

    public PicturedMarginal(Marginal marginal, Func<double, string>? textOf) : base(textOf)
    {
        _marginal = marginal;
        IsEmpty = !(marginal.Holds > 0) || !double.IsFinite(marginal.Quantile(0.5));
        if (!IsEmpty) Values = marginal.Probabilities;
    }

    public override bool IsEmpty { get; }

    internal override ImmutableArray<(double Value, double Probability)> Values { get; } = [];

    internal override bool IsWhole => !Values.IsEmpty ? Values.All(v => v.Value == Math.Floor(v.Value)) : _marginal is CatalogMarginal { Family.IsDiscrete: true };

    internal override string? Note => _marginal.Holds < 1 ? $"given that its branch holds, with probability {NumberText.Probability(_marginal.Holds)}" : null;

    internal override int BinsOver(double lower, double upper) => int.MaxValue;

    internal override double Below(double x) => _marginal.Cdf(x);

    internal override double Quantile(double p) => _marginal.Quantile(p);
}
