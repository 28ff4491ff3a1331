using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>
/// The integral over the unknowns of a block under one setting of all else: while it is made, the prior of each unknown with the likelihoods that
/// were multiplied in; afterwards, their posterior.
/// </summary>
internal sealed class BlockIntegral
{
    private const double Rounding = 1e-12;

    private readonly Dictionary<int, ConjugateLatent> _latents = [];
    private readonly Dictionary<int, int> _normals = [];
    private readonly List<int> _numbers = [];
    private readonly LinearGaussian _system = new();
    private GaussianPosterior? _posterior;

    /// <summary>How each computed cell, by its number, depends on the unknowns.</summary>
    public Dictionary<int, Dependence> Computed { get; } = [];

    /// <summary>The unknowns that are not normal.</summary>
    public IReadOnlyDictionary<int, ConjugateLatent> Latents => _latents;

    /// <summary>The log of the integral.</summary>
    public double Log { get; private set; }

    /// <summary>The number of an unknown of whose flat prior the data say too little; -1 where there is none.</summary>
    public int Improper => _posterior is { Improper: >= 0 and var index } ? _numbers[index] : -1;

    /// <summary>Multiplies a constant in.</summary>
    public void Multiply(double log) => Log += double.IsNaN(log) ? double.NegativeInfinity : log;

    public void Add(int number, ConjugateLatent latent) => _latents.Add(number, latent);

    public bool IsNormal(int number) => _normals.ContainsKey(number);

    public void AddNormal(int number)
    {
        _normals.Add(number, _system.AddUnknown());
        _numbers.Add(number);
    }

    /// <summary>Multiplies in the density of a normal variable with mean 0, as a function of the unknowns.</summary>
    /// <param name="value">The variable: affine in normal unknowns.</param>
    /// <param name="sd">Its standard deviation.</param>
    public void AddRow(AffineForm value, double sd)
    {
        Span<int> unknowns = value.Terms.Length <= 64 ? stackalloc int[value.Terms.Length] : new int[value.Terms.Length];
        Span<double> coefficients = value.Terms.Length <= 64 ? stackalloc double[value.Terms.Length] : new double[value.Terms.Length];
        for (var i = 0; i < value.Terms.Length; i++) (unknowns[i], coefficients[i]) = (_normals[value.Terms[i].Cell], value.Terms[i].Coefficient / sd);
        _system.Add(unknowns, coefficients, -value.Constant / sd);
        Multiply(-Math.Log(sd) - DensityTerms.HalfLogTwoPi);
    }

    /// <summary>Integrates; afterwards there are marginals.</summary>
    public void Solve()
    {
        foreach (var latent in _latents.Values.Distinct()) Multiply(latent.LogIntegral);
        if (_system.Count == 0) return;
        _posterior = _system.Solve();
        Multiply(_posterior.LogIntegral);
    }

    /// <summary>The marginal of what depends on unknowns of the block; null where it has no closed form.</summary>
    public Marginal? Of(Dependence value) => value switch
    {
        KnownForm known => new PointMarginal(known.Value),
        AffineForm affine when IsNormal(affine) => Normal(affine, 0),
        AffineForm { Terms: [var term] } affine => _latents[term.Cell].Of(term.Cell, term.Coefficient, affine.Constant),
        MonomialForm monomial => _latents.GetValueOrDefault(monomial.Cell)?.OfPower(monomial),
        _ => null,
    };

    /// <summary>Whether <see cref="Of(Dependence)"/> has an answer.</summary>
    public bool HasMarginal(Dependence value) => value switch
    {
        KnownForm => true,
        AffineForm affine => affine.Terms.Length == 1 || IsNormal(affine),
        MonomialForm monomial => _latents.GetValueOrDefault(monomial.Cell)?.OfPower(monomial) is not null,
        _ => false,
    };

    /// <summary>The marginal of an unknown, or of a computed cell, of a number.</summary>
    public Marginal? Of(int number) => Of(Computed.GetValueOrDefault(number) ?? new AffineForm(0, [new LinearTerm(number, 1)]));

    public bool IsNormal(AffineForm affine)
    {
        foreach (var term in affine.Terms)
            if (!IsNormal(term.Cell)) return false;
        return true;
    }

    /// <summary>What is normal around a sum of normal unknowns.</summary>
    public CatalogMarginal Normal(Dependence mean, double sd)
    {
        var (centre, variance) = Moments(mean);
        return new CatalogMarginal(new Normal(), 0, [centre, Math.Sqrt(variance + sd * sd)]);
    }

    /// <summary>Mean and variance of a sum of normal unknowns.</summary>
    public (double Mean, double Variance) Moments(Dependence value)
    {
        if (value is KnownForm known) return (known.Value, 0);
        var affine = (AffineForm)value;
        int[] unknowns = [.. affine.Terms.Select(t => _normals[t.Cell])];
        double[] coefficients = [.. affine.Terms.Select(t => t.Coefficient)];
        return (affine.Constant + _posterior!.Mean(unknowns, coefficients), _posterior.Variance(unknowns, coefficients));
    }

    /// <summary>Between which bounds a value stays, whatever the unknowns are; infinite where that is not known.</summary>
    public (double Lower, double Upper) RangeOf(Dependence value)
    {
        if (value is KnownForm known) return (known.Value, known.Value);
        if (value is not AffineForm affine || affine.Terms.Any(t => !_latents.ContainsKey(t.Cell))) return (double.NegativeInfinity, double.PositiveInfinity);
        var (lower, upper) = (affine.Constant, affine.Constant);
        foreach (var terms in affine.Terms.GroupBy(t => _latents[t.Cell]))
        {
            var (least, greatest) = terms.Key.RangeOf([.. terms.Select(t => t.Coefficient)]);
            (lower, upper) = (lower + least, upper + greatest);
        }
        return (lower, upper);
    }

    /// <summary>Whether a value is from 0 to 1, up to rounding, whatever the unknowns are.</summary>
    public bool IsProbability(Dependence value) => RangeOf(value) is ( >= -Rounding, <= 1 + Rounding);

    /// <summary>Whether values are probabilities that sum to 1, whatever the unknowns are.</summary>
    public bool IsSimplex(Dependence[] values)
    {
        var sum = new AffineSum();
        foreach (var value in values) sum.Add(value);
        var (lower, upper) = RangeOf(sum.ToDependence(default));
        return Array.TrueForAll(values, IsProbability) && Math.Abs(lower - 1) <= Domains.Tolerance && Math.Abs(upper - 1) <= Domains.Tolerance;
    }

    /// <summary>The posterior mean of what is affine in unknowns; NaN of anything else.</summary>
    public double MeanOf(Dependence value) => value switch
    {
        KnownForm known => known.Value,
        AffineForm affine => affine.Constant + affine.Terms.Sum(t => t.Coefficient * Of(t.Cell)!.Mean),
        _ => double.NaN,
    };
}
