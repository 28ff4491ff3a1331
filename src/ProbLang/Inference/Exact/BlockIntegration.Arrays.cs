using MathNet.Numerics.LinearAlgebra;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Inference;

// Draws of vectors, of categories, and from distributions with modifiers.
internal sealed partial class BlockIntegration
{
    private void AddArray(DrawSite site, CatalogDistribution catalog, int[] index)
    {
        switch (catalog.Distribution, catalog.Form)
        {
            case (Categorical, 0) when !site.IsDrawn:
                AddPowers(site, catalog, Vector(catalog.Arguments[0]!, index), k => k == (int)site.Values[0] - 1 ? 1 : 0);
                break;
            case (Multinomial, _) when !site.IsDrawn && Scalar(catalog, 0, index) is KnownForm n && n.Value == site.Values.Sum():
                AddPowers(site, catalog, Vector(catalog.Arguments[1]!, index), k => site.Values[k]);
                _block.Multiply(DensityTerms.LogFactorial<Numerics.Real>(n.Value) - site.Values.Sum(x => DensityTerms.LogFactorial<Numerics.Real>(x)));
                break;
            case (Dirichlet, _) when Array.TrueForAll(site.Values, double.IsNaN):
                AddDirichlet(site, catalog, index);
                break;
            case (MvNormal, _):
                AddMvNormal(site, catalog, index);
                break;
            case (GaussianRandomWalk, _):
                AddSteps(site, catalog, [1], Scalar(catalog, 0, index));
                break;
            case (AR, _) when Vector(catalog.Arguments[0]!, index) is var coefficients && AreKnown(coefficients):
                AddSteps(site, catalog, [.. coefficients.Select(c => ((KnownForm)c).Value)], Scalar(catalog, 1, index));
                break;
            default:
                AddOther(site, catalog, index);
                break;
        }
    }

    private void AddPowers(DrawSite site, CatalogDistribution catalog, Dependence[] p, Func<int, double> exponent)
    {
        if (!AreKnown(p) && !_block.IsSimplex(p)) throw NoPair(site, catalog.Distribution.Name, p);
        var powers = p.Select((form, k) => (form, exponent(k))).Where(power => power.Item2 != 0).ToArray();
        _block.Multiply(new LikelihoodFactors(_block.Latents).MultiplyPowers(powers) ?? throw NoPair(site, catalog.Distribution.Name, powers.Select(power => power.form)));
    }

    private void AddDirichlet(DrawSite site, CatalogDistribution catalog, int[] index)
    {
        var alpha = Vector(catalog.Arguments[0]!, index);
        if (!AreKnown(alpha)) throw NoPair(site, "Dirichlet", alpha);
        double[] values = [.. alpha.Select(a => ((KnownForm)a).Value)];
        if (!Array.TrueForAll(values, a => a > 0)) Exclude(site);
        var latent = new DirichletLatent(site.Number, values);
        for (var k = 0; k < alpha.Length; k++) _block.Add(site.Number + k, latent);
    }

    private void AddMvNormal(DrawSite site, CatalogDistribution catalog, int[] index)
    {
        var mean = Vector(catalog.Arguments[0]!, index);
        var n = site.Values.Length;
        var matrix = Matrix(catalog.Arguments[1]!, index, n);
        if (!Array.TrueForAll(mean, IsNormalMean) || matrix is null)
            throw NoPair(site, "MvNormal", [.. mean.Where(m => !IsNormalMean(m)), .. matrix is null ? Vector(catalog.Arguments[1]!, [.. index, 0]) : []]);
        var values = Unknowns(site);
        if (Whitening(matrix, catalog.Form) is not { } whitening)
        {
            Exclude(site);
            return;
        }
        for (var i = 0; i < n; i++)
        {
            var row = new AffineSum();
            for (var j = 0; j < n; j++)
                if (whitening[i, j] != 0) row.Add(Dependence.Multiply(new KnownForm(whitening[i, j]), Dependence.Add(values[j], mean[j], -1)));
            AddRow(site, row.ToDependence(catalog.Span), new KnownForm(0), 1);
            _block.Multiply(Math.Log(Math.Abs(whitening[i, i])));
        }
    }

    /// <summary>W with Wᵀ W = precision; null where the matrix is not positive definite.</summary>
    private static Matrix<double>? Whitening(Matrix<double> matrix, int form)
    {
        try
        {
            return form switch
            {
                0 => matrix.Cholesky().Factor.Inverse(),
                1 => matrix.Cholesky().Factor.Transpose(),
                _ => matrix.LowerTriangle().Inverse(),
            };
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Values that are each a sum of multiples of those before, the nearest first, and a normal step.</summary>
    private void AddSteps(DrawSite site, CatalogDistribution catalog, double[] coefficients, Dependence spread)
    {
        if (spread is not KnownForm sd) throw NoPair(site, catalog.Distribution.Name, [spread]);
        var values = Unknowns(site);
        for (var t = 0; t < values.Length; t++)
        {
            var mean = new AffineSum();
            for (var k = 0; k < Math.Min(t, coefficients.Length); k++) mean.Add(Dependence.Multiply(new KnownForm(coefficients[k]), values[t - 1 - k]));
            AddRow(site, values[t], mean.ToDependence(catalog.Span), sd.Value);
        }
    }

    /// <summary>The elements of a draw: those that are not known become normal unknowns.</summary>
    private Dependence[] Unknowns(DrawSite site)
    {
        var values = new Dependence[site.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(site.Values[i])) _block.AddNormal(site.Number + i);
            values[i] = double.IsNaN(site.Values[i]) ? new AffineForm(0, [new LinearTerm(site.Number + i, 1)]) : new KnownForm(site.Values[i]);
        }
        return values;
    }

    /// <summary>What has no closed form of its own counts where all that it depends on is known, or where it is a waiting time that was cut off.</summary>
    private void AddOther(DrawSite site, BoundDistribution distribution, int[] index)
    {
        if (distribution is ChoiceDistribution choice) throw new ConjugacyException(ConjugacyDiagnostics.Gate(_model.Graph.Source.Locate(choice.Condition.Span)));
        if (site.IsDrawn) throw new ConjugacyException(ConjugacyDiagnostics.Prior(site.Element(_cells), DistributionTraits.Name(distribution), site.Place(_model)));
        if (IsCutOff(distribution, site.Values[0], index) is not var (inside, isCutOff) || inside is not CatalogDistribution { Distribution: ScalarDistribution scalar } catalog)
            AddKnown(site, distribution);
        else if (Parameters(catalog, index) is var p && isCutOff && !AreKnown(p))
            _block.Multiply(new LikelihoodFactors(_block.Latents).MultiplySurvival(scalar, catalog.Form, p, site.Values[0]) ?? throw NoPair(site, DistributionTraits.Name(distribution), p));
        else if (isCutOff) AddKnown(site, distribution);
        else AddLikelihood(site, scalar, catalog.Form, p);
    }

    /// <summary>Of values recorded up to a bound, what they would be without it, and whether the bound is all that is known; null for other distributions.</summary>
    private (BoundDistribution Inside, bool IsCutOff)? IsCutOff(BoundDistribution distribution, double value, int[] index)
    {
        switch (distribution)
        {
            case MarkedDistribution { Right: { } right, Left: null, Interval: null } marked when At(right, index) is KnownForm { Value: not double.NaN and var isRight }:
                return (Chosen(marked.Base, ref index), isRight != 0);
            case CensoredDistribution { Lower: null, Upper: { } upper } censored when At(upper, index) is KnownForm { Value: not double.NaN and var bound } && value <= bound:
                return (Chosen(censored.Base, ref index), value == bound);
            default:
                return null;
        }
    }

    private Dependence At(Bound value, int[] index) => _code.Of(value, value.Rank == 0 ? [] : index);

    private void AddKnown(DrawSite site, BoundDistribution distribution)
    {
        var code = _evaluator.DistributionOf(site.Draw.Definition, site.Draw.Iteration);
        if (!code.IsKnown) throw NotKnown(site, distribution);
        _block.Multiply(code.LogDensity(site.Draw.Event, site.Values));
    }

    private ConjugacyException NotKnown(DrawSite site, BoundDistribution distribution) =>
        new(ConjugacyDiagnostics.Likelihood(site.Element(_cells), DistributionTraits.Name(distribution), site.Place(_model)));

    private Dependence Scalar(CatalogDistribution catalog, int parameter, int[] index) => catalog.Arguments[parameter] is { } a ? _code.Of(a, a.Rank == 0 ? [] : index) : new KnownForm(double.NaN);

    /// <summary>The element of a parameter that is a vector.</summary>
    private Dependence Element(Bound vector, int[] index, int k) => _code.Of(vector, vector.Rank == 1 ? [k] : [.. index, k]);

    private Dependence[] Vector(Bound vector, int[] index)
    {
        var elements = new Dependence[_code.ShapeOf(vector)[^1]];
        for (var k = 0; k < elements.Length; k++) elements[k] = Element(vector, index, k);
        return elements;
    }

    /// <summary>A parameter that is a square matrix; null where it is not known.</summary>
    private Matrix<double>? Matrix(Bound value, int[] index, int n)
    {
        var matrix = Matrix<double>.Build.Dense(n, n);
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                if (_code.Of(value, value.Rank == 2 ? [i, j] : [.. index, i, j]) is not KnownForm element) return null;
                matrix[i, j] = element.Value;
            }
        return matrix;
    }
}
