using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang.Inference;

// What follows from a block: draws that are not given, and that nothing else reads.
internal sealed partial class BlockIntegration
{
    /// <summary>The marginal of a cell of a leaf, after its block was integrated under the same values of everything else; null where its branch does not hold.</summary>
    /// <exception cref="ConjugacyException">It has no closed form.</exception>
    public Marginal? Predict(BlockIntegral block, Leaf leaf, int number)
    {
        _block = block;
        var site = SiteOf(leaf.Draw);
        if (!site.Holds) return null;
        var index = FiniteScopes.BatchIndex(_model.Definitions[leaf.Draw.Definition], leaf.Draw.Iteration, leaf.Draw.Event);
        var distribution = Chosen(_model.Definitions[leaf.Draw.Definition].Definition.Distribution!, ref index);
        if (distribution is not CatalogDistribution catalog) return PredictOther(site, distribution);
        if (catalog.Distribution is ArrayDistribution) return PredictArray(site, catalog, index, number - site.Number);
        var p = Parameters(catalog, index);
        if (!MakeSense((ScalarDistribution)catalog.Distribution, catalog.Form, p)) new ParameterCheck(_evaluator, catalog).Run(leaf.Draw.Event);
        return Predicted((ScalarDistribution)catalog.Distribution, catalog.Form, p) ?? throw NoPrediction(site, catalog.Distribution.Name, p);
    }

    /// <summary>The marginal of a value that is drawn with these parameters; null where it has no closed form.</summary>
    private Marginal? Predicted(ScalarDistribution distribution, int form, Dependence[] p)
    {
        if (AreKnown(p)) return distribution.CanSample ? new CatalogMarginal(distribution, form, [.. p.Select(v => ((KnownForm)v).Value)]) : null;
        if (!AreProbabilities(distribution, form, p)) return null;
        return (distribution, form) switch
        {
            (Normal, _) when IsNormalMean(p[0]) && p[1] is KnownForm spread => _block.Normal(p[0], SdOf(form, spread)),
            (Normal, _) when p[0] is KnownForm mean => Spread(mean.Value, LikelihoodFactors.PrecisionOf(form, p[1])),
            (LogNormal, _) when IsNormalMean(p[0]) && p[1] is KnownForm sd => new CatalogMarginal(new LogNormal(), 0, _block.Normal(p[0], sd.Value).Values),
            (Bernoulli, 0) when _block.MeanOf(p[0]) is var mean && !double.IsNaN(mean) => new CatalogMarginal(new Bernoulli(), 0, [mean]),
            (Binomial, 0) when p[0] is KnownForm n && CountsOf(p[1]) is var (alpha, beta) => new CatalogMarginal(new BetaBinomial(), 0, [n.Value, alpha, beta]),
            (Poisson, 0) when RateOf(p[0]) is var (shape, rate) => new CatalogMarginal(new NegativeBinomial(), 1, [shape, rate / (1 + rate)]),
            (Exponential, _) when LikelihoodFactors.RateOf(form, p[0]) is { } each && RateOf(each) is var (shape, rate) => new BetaPrimeMarginal(1, shape, rate),
            (Gamma, 0 or 1) when p[0] is KnownForm own && LikelihoodFactors.RateOf(form, p[1]) is { } each && RateOf(each) is var (shape, rate) => new BetaPrimeMarginal(own.Value, shape, rate),
            _ => null,
        };
    }

    /// <summary>A normal variable whose precision is a gamma variable has a t distribution.</summary>
    private CatalogMarginal? Spread(double mean, Dependence? precision) => precision is not null && RateOf(precision) is var (shape, rate)
        ? new CatalogMarginal(new StudentT(), 0, [2 * shape, mean, Math.Sqrt(rate / shape)]) : null;

    /// <summary>Shape and rate of what is a multiple of a gamma variable.</summary>
    private (double Shape, double Rate)? RateOf(Dependence value) =>
        Dependence.AsMonomial(value) is { } monomial && _block.Latents.GetValueOrDefault(monomial.Cell) is GammaLatent latent && latent.PowerOf(monomial) is { Exponent: 1 } power
            ? (latent.Shape, latent.Rate / power.Coefficient) : null;

    /// <summary>Alpha and beta of what is a beta variable, or the complement of one.</summary>
    private (double Alpha, double Beta)? CountsOf(Dependence value)
    {
        if (BetaLatent.IsOf(value) is not (1, var isComplement)) return null;
        var cell = ((AffineForm)value).Terms[0].Cell;
        return _block.Latents.GetValueOrDefault(cell) switch
        {
            BetaLatent latent => isComplement ? (latent.Beta, latent.Alpha) : (latent.Alpha, latent.Beta),
            DirichletLatent latent when latent.AlphaOf(cell) is var own => isComplement ? (latent.Total - own, own) : (own, latent.Total - own),
            _ => null,
        };
    }

    /// <summary>What has modifiers or is a mixture has its marginal where all that it depends on is known.</summary>
    private Marginal PredictOther(DrawSite site, BoundDistribution distribution)
    {
        if (!_evaluator.DistributionOf(site.Draw.Definition, site.Draw.Iteration).IsKnown) throw NotKnown(site, distribution);
        var drawn = new DrawnMarginal(_evaluator, _model.Definitions[site.Draw.Definition], site.Draw.Event);
        return drawn.For(distribution)?.Invoke(site.Draw.Iteration) ?? throw new ConjugacyException(ConjugacyDiagnostics.Prior(site.Element(_cells), DistributionTraits.Name(distribution), site.Place(_model)));
    }

    private Marginal PredictArray(DrawSite site, CatalogDistribution catalog, int[] index, int element)
    {
        var p = Vector(catalog.Arguments[^1]!, index);
        switch (catalog.Distribution, catalog.Form)
        {
            case (Categorical, 0) when _block.IsSimplex(p):
                return new DiscreteMarginal([.. p.Select((v, k) => (k + 1.0, _block.MeanOf(v)))]);
            case (Multinomial, _) when Scalar(catalog, 0, index) is KnownForm n && CountsOf(p[element]) is var (alpha, beta):
                return new CatalogMarginal(new BetaBinomial(), 0, [n.Value, alpha, beta]);
            default:
                throw NoPrediction(site, catalog.Distribution.Name, p);
        }
    }

    private ConjugacyException NoPrediction(DrawSite site, string distribution, Dependence[] p)
    {
        if (Array.Exists(p, v => v is InvolvedForm) || AreKnown(p)) return AreKnown(p) ? NotKnown(site, site.Definition.Distribution!) : NoPair(site, distribution, p);
        var (unknown, prior) = Culprit(p);
        return new ConjugacyException(ConjugacyDiagnostics.Prediction(site.Element(_cells), distribution, _cells.NameOf(unknown), prior, site.Place(_model)));
    }
}
