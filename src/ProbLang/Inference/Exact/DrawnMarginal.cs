using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>The distribution of a draw as a marginal, under the present setting.</summary>
internal sealed class DrawnMarginal(Evaluator evaluator, DefinitionState state, int e)
{
    /// <summary>Given an iteration, its distribution; null where the distribution is none that can be named.</summary>
    public Func<int, Marginal>? For(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } catalog => Catalog(scalar, catalog),
        RepeatedDistribution repeated => For(repeated.Base),
        PointDistribution point => Point(point),
        ChoiceDistribution choice => Choice(choice),
        MixtureDistribution mixture => Mixture(mixture),
        _ => null,
    };

    private Func<int, Marginal> Catalog(ScalarDistribution scalar, CatalogDistribution catalog)
    {
        var arguments = catalog.Arguments.Select(a => a is null ? null : evaluator.Code.Array(a)).ToArray();
        return iteration =>
        {
            evaluator.SetIteration(state, iteration);
            return new CatalogMarginal(scalar, catalog.Form, [.. arguments.Select((a, i) => a is null ? Missing(scalar, catalog.Form, i) : Element(a()))]);
        };
    }

    private Func<int, Marginal> Point(PointDistribution point)
    {
        var value = evaluator.Code.Array(point.Value);
        return iteration =>
        {
            evaluator.SetIteration(state, iteration);
            return new PointMarginal(Element(value()));
        };
    }

    private Func<int, Marginal>? Choice(ChoiceDistribution choice)
    {
        if ((For(choice.Then), For(choice.Else)) is not ({ } then, { } otherwise)) return null;
        var condition = evaluator.Code.Scalar(choice.Condition);
        return iteration =>
        {
            evaluator.SetIteration(state, iteration);
            return condition() != 0 ? then(iteration) : otherwise(iteration);
        };
    }

    private Func<int, Marginal>? Mixture(MixtureDistribution mixture)
    {
        if (mixture.Weights.Rank != 1) return null;
        var components = mixture.Components.Select(For).ToArray();
        if (Array.Exists(components, c => c is null)) return null;
        var weights = evaluator.Code.Array(mixture.Weights);
        return iteration =>
        {
            evaluator.SetIteration(state, iteration);
            double[] shares = [.. weights().Values];
            return new MixtureMarginal([.. shares.Zip(components, (share, component) => (share, component!(iteration)))]);
        };
    }

    private double Element(Tensor values) => values.Values[values.Values.Length == 1 ? 0 : e % values.Values.Length];

    private static double Missing(ScalarDistribution scalar, int form, int parameter) =>
        scalar.Forms[form].Parameters[parameter].Name == "upper" ? double.PositiveInfinity : double.NegativeInfinity;
}
