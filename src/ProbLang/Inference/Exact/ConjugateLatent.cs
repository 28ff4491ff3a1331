using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Numerics;
using ProbLang.Results;
using static ProbLang.Distributions.DensityTerms;

namespace ProbLang.Inference;

/// <summary>
/// An unknown, or a vector of them, whose density keeps its form when it is multiplied by likelihoods of certain forms. It begins as
/// the prior and takes them one by one.
/// </summary>
/// <param name="prior">The name of the prior, for messages.</param>
internal abstract class ConjugateLatent(string prior)
{
    public string Prior => prior;

    /// <summary>Multiplies the density by a power of what depends on the unknown. Returns the log of the constant that remains; null where the density would not keep its form.</summary>
    public virtual double? Raise(Dependence form, double exponent) => null;

    /// <summary>Multiplies the density by exp(-coefficient × form). Returns the log of the constant that remains, or null as <see cref="Raise"/> does.</summary>
    public virtual double? Decay(Dependence form, double coefficient) => null;

    /// <summary>Between which bounds a sum of multiples of different elements stays; infinite where that is not known.</summary>
    public virtual (double Lower, double Upper) RangeOf(double[] coefficients) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The log of the integral of the density times all that it was multiplied by.</summary>
    public abstract double LogIntegral { get; }

    /// <summary>The present distribution of an element of the vector, or of a multiple of one and a constant.</summary>
    public abstract Marginal Of(int cell, double coefficient, double constant);

    /// <summary>The present distribution of a multiple of a power; null where it has no closed form.</summary>
    public virtual Marginal? OfPower(MonomialForm form) => null;

    protected static Marginal Mapped(Marginal of, double coefficient, double constant) => coefficient == 1 && constant == 0 ? of : new AffineMarginal(of, coefficient, constant);

    protected static CatalogMarginal Catalog(ScalarDistribution distribution, params ImmutableArray<double> parameters) => new(distribution, 0, parameters);
}

/// <summary>An unknown that nothing speaks of but its prior.</summary>
internal sealed class PriorLatent(CatalogMarginal prior) : ConjugateLatent(prior.Family.Name)
{
    public override double LogIntegral => 0;

    public override (double Lower, double Upper) RangeOf(double[] coefficients)
    {
        Span<Real> parameters = stackalloc Real[prior.Values.Length];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = prior.Values[i];
        var bounds = prior.Family.Bounds<Real>(prior.Form, parameters);
        var a = coefficients[0] * (bounds.HasLower ? (double)bounds.Lower : double.NegativeInfinity);
        var b = coefficients[0] * (bounds.HasUpper ? (double)bounds.Upper : double.PositiveInfinity);
        return (Math.Min(a, b), Math.Max(a, b));
    }

    public override Marginal Of(int cell, double coefficient, double constant) => Mapped(prior, coefficient, constant);
}

/// <summary>A probability whose density is proportional to p^(alpha-1) (1-p)^(beta-1).</summary>
internal sealed class BetaLatent(string prior, double alpha, double beta) : ConjugateLatent(prior)
{
    private double _successes;
    private double _failures;

    public double Alpha => alpha + _successes;

    public double Beta => beta + _failures;

    public override (double Lower, double Upper) RangeOf(double[] coefficients) => (Math.Min(0, coefficients[0]), Math.Max(0, coefficients[0]));

    public override double LogIntegral => LogRising<Real>(alpha, _successes) + LogRising<Real>(beta, _failures) - LogRising<Real>(alpha + beta, _successes + _failures);

    public override double? Raise(Dependence form, double exponent)
    {
        if (IsOf(form) is not var (scale, isComplement)) return null;
        if (isComplement) _failures += exponent;
        else _successes += exponent;
        return Alpha > 0 && Beta > 0 ? exponent * Math.Log(scale) : null;
    }

    /// <summary>Whether something is a multiple of the probability, or of its complement, and which.</summary>
    public static (double Scale, bool IsComplement)? IsOf(Dependence form) => form switch
    {
        AffineForm { Constant: 0, Terms: [{ Coefficient: > 0 and var scale }] } => (scale, false),
        AffineForm { Constant: > 0 and var scale, Terms: [var term] } when term.Coefficient == -scale => (scale, true),
        _ => null,
    };

    public override Marginal Of(int cell, double coefficient, double constant) => (coefficient, constant) switch
    {
        (1, 0) => Catalog(new Beta(), Alpha, Beta),
        (-1, 1) => Catalog(new Beta(), Beta, Alpha),
        _ => new AffineMarginal(Catalog(new Beta(), Alpha, Beta), coefficient, constant),
    };
}

/// <summary>A rate whose density is proportional to x^(shape-1) exp(-rate x), or the inverse of one.</summary>
internal sealed class GammaLatent(string prior, double shape, double rate, bool isInverse) : ConjugateLatent(prior)
{
    private double _shape;
    private double _rate;

    public double Shape => shape + _shape;

    public double Rate => rate + _rate;

    public override double LogIntegral => LogRising<Real>(shape, _shape) + shape * Math.Log(rate) - Shape * Math.Log(Rate);

    public override double? Raise(Dependence form, double exponent)
    {
        if (PowerOf(form) is not { } power) return null;
        _shape += power.Exponent * exponent;
        return Shape > 0 ? exponent * Math.Log(power.Coefficient) : null;
    }

    public override double? Decay(Dependence form, double coefficient)
    {
        if (coefficient == 0) return 0;
        if (PowerOf(form) is not { Exponent: 1 } power) return null;
        _rate += power.Coefficient * coefficient;
        return Rate > 0 ? 0 : null;
    }

    /// <summary>A positive multiple of a power of the rate itself.</summary>
    public MonomialForm? PowerOf(Dependence form) =>
        Dependence.AsMonomial(form) is { Coefficient: > 0 } power ? power with { Exponent = isInverse ? -power.Exponent : power.Exponent } : null;

    public override Marginal Of(int cell, double coefficient, double constant) =>
        constant == 0 && coefficient > 0 ? OfPower(new MonomialForm(coefficient, cell, 1))! : new AffineMarginal(OfPower(new MonomialForm(1, cell, 1))!, coefficient, constant);

    public override Marginal? OfPower(MonomialForm form)
    {
        if (PowerOf(form) is not { } power) return null;
        return power.Exponent switch
        {
            1 => Catalog(new Gamma(), Shape, Rate / power.Coefficient),
            -1 => Catalog(new InverseGamma(), Shape, Rate * power.Coefficient),
            _ => new GammaPowerMarginal(Shape, Rate, power.Exponent, power.Coefficient),
        };
    }
}

/// <summary>Probabilities that sum to 1, whose density is proportional to the product of p^(alpha-1).</summary>
/// <param name="first">The number of the first probability; the others follow it.</param>
/// <param name="alpha">What the prior counts of each.</param>
internal sealed class DirichletLatent(int first, double[] alpha) : ConjugateLatent("Dirichlet")
{
    private readonly double[] _counts = new double[alpha.Length];

    public double AlphaOf(int cell) => alpha[cell - first] + _counts[cell - first];

    public double Total => alpha.Sum() + _counts.Sum();

    /// <summary>The sum is a mean of the coefficients, those of other elements being 0.</summary>
    public override (double Lower, double Upper) RangeOf(double[] coefficients)
    {
        var (least, greatest) = (coefficients.Min(), coefficients.Max());
        return coefficients.Length == alpha.Length ? (least, greatest) : (Math.Min(0, least), Math.Max(0, greatest));
    }

    public override double LogIntegral
    {
        get
        {
            var log = -LogRising<Real>(alpha.Sum(), _counts.Sum());
            for (var k = 0; k < alpha.Length; k++) log += LogRising<Real>(alpha[k], _counts[k]);
            return log;
        }
    }

    public override double? Raise(Dependence form, double exponent)
    {
        if (form is not AffineForm { Constant: 0, Terms: [{ Coefficient: > 0 } term] }) return null;
        var k = term.Cell - first;
        _counts[k] += exponent;
        return alpha[k] + _counts[k] > 0 ? exponent * Math.Log(term.Coefficient) : null;
    }

    public override Marginal Of(int cell, double coefficient, double constant)
    {
        var (own, total) = (AlphaOf(cell), Total);
        return (coefficient, constant) switch
        {
            (-1, 1) => Catalog(new Beta(), total - own, own),
            _ => Mapped(alpha.Length == 1 ? new PointMarginal(1) : Catalog(new Beta(), own, total - own), coefficient, constant),
        };
    }
}
