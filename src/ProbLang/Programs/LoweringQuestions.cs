using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>Functions of distributions as terms.</summary>
internal sealed partial class Lowering
{
    private readonly Dictionary<(ScalarDistribution, int), SpecialFunction> _quantiles = [];

    private Arr<Term> Ask(DistributionValue value, Bindings environment)
    {
        var eventRank = DistributionTraits.EventRank(value.Distribution);
        var at = Lower(value.At, environment);
        if (value.Question == DistributionQuestion.Quantile && !IsOfCatalog(value.Distribution))
            return OfData(value, environment) ?? throw Objection.Quantile(_model.Graph.Source, value);
        var drawn = BatchShape(value.Distribution, environment);
        var values = at.Shape[..^eventRank];
        if (drawn.Length > 0 && values.Length > 0 && !drawn.AsSpan().SequenceEqual(values)) throw Objection.Shapes(_model.Graph.Source, value.Span, drawn, values);
        return new Arr<Term>(drawn.Length > 0 ? drawn : values, index =>
        {
            var batch = drawn.Length > 0 ? index : [];
            var x = eventRank == 0 ? new Arr<Term>(Term.AsReal(values.Length > 0 ? at[index] : at.Scalar))
                : values.Length > 0 ? new Arr<Term>(at.Shape[^eventRank..], inner => at[[.. index, .. inner]]) : at;
            return Answer(value, environment, batch, x);
        });
    }

    private Term Answer(DistributionValue value, Bindings environment, Term[] batch, Arr<Term> x) => value.Question switch
    {
        DistributionQuestion.LogDensity => Anywhere(value.Distribution, environment, batch, x),
        DistributionQuestion.Cdf => Exp(LogBelow(value.Distribution, environment, batch, x.Scalar, true)),
        DistributionQuestion.LogSurvival => LogAbove(value.Distribution, environment, batch, x.Scalar, false),
        DistributionQuestion.Quantile => Quantile(value.Distribution, environment, batch, x.Scalar),
        _ => throw new UnreachableException(value.Question.ToString()),
    };

    /// <summary>The log density at a value that nobody has checked.</summary>
    private Term Anywhere(BoundDistribution distribution, Bindings environment, Term[] batch, Arr<Term> x)
    {
        if (x.Rank > 0)
        {
            var density = Density(distribution, environment, batch, x);
            return distribution is OrderedDistribution && x.Length > 1
                ? Where(Less(_math.Max(x.Length - 1, k => x[k] - x[k + 1.0]), 0.0), density, double.NegativeInfinity) : density;
        }
        var inside = AtValue(distribution, Bounds<Term>.None, environment, batch, x);
        return distribution.Type == ElementType.Real || x.Scalar.IsInteger ? inside : Where(Equal(x.Scalar, Floor(x.Scalar)), inside, double.NegativeInfinity);
    }

    /// <summary>
    /// The value by a search, and its derivative from P(X ≤ q) = p: one step of Newton's method at the solution, where the step is 0 and its
    /// derivative is that of q. The tail that is nearer is looked at.
    /// </summary>
    private Term Quantile(BoundDistribution distribution, Bindings environment, Term[] batch, Term p)
    {
        var (catalog, inner) = Unwrap(distribution, batch);
        var scalar = (ScalarDistribution)catalog.Distribution;
        var parameters = Parameters(catalog, environment, inner);
        if (!_quantiles.TryGetValue((scalar, catalog.Form), out var search))
            _quantiles.Add((scalar, catalog.Form), search = new SpecialFunction($"quantile of {scalar.Name}",
                v => v[0] >= 0 && v[0] <= 1 ? scalar.Quantile(catalog.Form, v[0], v[1..]) : double.NaN, new Func<SpecialFunction>?[parameters.Length + 1]));
        var found = Term.Constant(Term.Call(search, [Term.Constant(p), .. parameters.Select(Term.Constant)]));
        if (scalar.IsDiscrete) return found;
        var density = Term.Constant(Exp(scalar.LogDensity<Term>(catalog.Form, found, parameters)));
        var missing = Where(LessOrEqual(p, 0.5), p - Exp(scalar.LogCdf<Term>(catalog.Form, found, parameters)), Exp(scalar.LogSurvival<Term>(catalog.Form, found, parameters)) - (1.0 - p));
        return Where(Less(0.0, density), found + (missing - Term.Constant(missing)) / density, found);
    }

    private static bool IsOfCatalog(BoundDistribution distribution) =>
        distribution is CatalogDistribution || distribution is RepeatedDistribution repeated && IsOfCatalog(repeated.Base);

    /// <summary>The shape of the independent draws of a distribution.</summary>
    private int[] BatchShape(BoundDistribution distribution, Bindings environment)
    {
        var rank = distribution.Rank - DistributionTraits.EventRank(distribution);
        if (rank == 0) return [];
        switch (distribution)
        {
            case RepeatedDistribution repeated:
                return [.. repeated.Sizes.Select(s => Size(Scalar(s, environment), s.Span)), .. BatchShape(repeated.Base, environment)];
            case OrderedDistribution ordered:
                return BatchShape(ordered.Base, environment)[..^1];
            case CatalogDistribution catalog:
                var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
                var i = Enumerable.Range(0, parameters.Length).First(i => catalog.Arguments[i]?.Rank == rank + parameters[i].Rank);
                return Lower(catalog.Arguments[i]!, environment).Shape[..rank];
            case MixtureDistribution mixture:
                return mixture.Components.FirstOrDefault(c => c.Rank == distribution.Rank) is { } component
                    ? BatchShape(component, environment) : Lower(mixture.Weights, environment).Shape[..^1];
            case MixtureComprehension mixture:
                return BatchShape(mixture.Component, environment.With(mixture.Loop, Scalar(mixture.Lower, environment)));
            case ZeroDistribution zero:
                return zero.Rest.Rank == rank ? BatchShape(zero.Rest, environment) : Lower(zero.Probability, environment).Shape;
            case PointDistribution point:
                return Lower(point.Value, environment).Shape;
            case TruncatedDistribution truncated:
                return BatchShape(truncated.Base, environment);
            case CensoredDistribution censored:
                return BatchShape(censored.Base, environment);
            case MarkedDistribution marked:
                return BatchShape(marked.Base, environment);
            case RoundedDistribution rounded:
                return BatchShape(rounded.Base, environment);
            default:
                throw new UnreachableException($"no case for {distribution.GetType().Name}");
        }
    }
}
