using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;

namespace ProbLang.Inference;

/// <summary>
/// Takes the density of an observed value apart into powers and exponentials of its parameters, and multiplies those into the latents that the
/// parameters depend on.
/// </summary>
/// <param name="latents">The latents by their numbers.</param>
internal sealed class LikelihoodFactors(IReadOnlyDictionary<int, ConjugateLatent> latents)
{
    private bool _isConjugate;
    private double _log;

    /// <summary>Multiplies in the density of a value; null where that is not conjugate, else the log of what remains as a constant.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="form">Its form.</param>
    /// <param name="p">Its parameters.</param>
    /// <param name="x">The value.</param>
    public double? Multiply(ScalarDistribution distribution, int form, Dependence[] p, double x)
    {
        (_isConjugate, _log) = (true, 0);
        if (!IsInside(distribution, form, p, x)) return double.NegativeInfinity;
        switch (distribution, form)
        {
            case (Bernoulli, 0):
                Raise(x == 1 ? p[0] : Complement(p[0]), 1);
                break;
            case (Binomial, 0) when p[0] is KnownForm n:
                Succeed(p[1], x, n.Value - x);
                _log += LogChoose<Real>(n.Value, x);
                break;
            case (NegativeBinomial, 1) when p[0] is KnownForm r:
                Succeed(p[1], r.Value, x);
                _log += LogRising<Real>(r.Value, x) - LogFactorial<Real>(x);
                break;
            case (Geometric, 0):
                Succeed(p[0], 1, x);
                break;
            case (Poisson, 0):
                Wait(p[0], x, 1);
                _log -= LogFactorial<Real>(x);
                break;
            case (Exponential, _):
                Wait(RateOf(form, p[0]), 1, x);
                break;
            case (Gamma, 0 or 1) when p[0] is KnownForm shape:
                Wait(RateOf(form, p[1]), shape.Value, x);
                _log += (shape.Value - 1) * Math.Log(x) - LogGammaOfPositive<Real>(shape.Value);
                break;
            case (InverseGamma, 0) when p[0] is KnownForm shape:
                Wait(p[1], shape.Value, 1 / x);
                _log -= (shape.Value + 1) * Math.Log(x) + LogGammaOfPositive<Real>(shape.Value);
                break;
            case (Normal, _) when p[0] is KnownForm mean:
                Spread(PrecisionOf(form, p[1]), x - mean.Value);
                break;
            case (LogNormal, _) when p[0] is KnownForm mean:
                Spread(PrecisionOf(form, p[1]), Math.Log(x) - mean.Value);
                _log -= Math.Log(x);
                break;
            case (HalfNormal, _):
                Spread(PrecisionOf(form, p[0]), x);
                _log += LogTwo;
                break;
            case (Distributions.Laplace, _) when p[0] is KnownForm location:
                Wait(RateOf(1, p[1]), 1, Math.Abs(x - location.Value));
                _log -= LogTwo;
                break;
            case (Pareto, _) when p[0] is KnownForm minimum:
                Wait(p[1], 1, Math.Log(x / minimum.Value));
                _log -= Math.Log(x);
                break;
            case (Weibull, _) when p[0] is KnownForm shape:
                Wait(Dependence.Power(p[1], -shape.Value), 1, Math.Pow(x, shape.Value));
                _log += Math.Log(shape.Value) + (shape.Value - 1) * Math.Log(x);
                break;
            default:
                return null;
        }
        return _isConjugate ? _log : null;
    }

    /// <summary>Multiplies in the probability of a waiting time above a value.</summary>
    public double? MultiplySurvival(ScalarDistribution distribution, int form, Dependence[] p, double x)
    {
        (_isConjugate, _log) = (true, 0);
        if (distribution is not Exponential) return null;
        Decay(RateOf(form, p[0]), Math.Max(0, x));
        return _isConjugate ? _log : null;
    }

    /// <summary>Multiplies in powers of probabilities.</summary>
    public double? MultiplyPowers(IEnumerable<(Dependence Form, double Exponent)> powers)
    {
        (_isConjugate, _log) = (true, 0);
        foreach (var (form, exponent) in powers) Raise(form, exponent);
        return _isConjugate ? _log : null;
    }

    public static Dependence? RateOf(int form, Dependence p) => form == 0 ? p : Dependence.Power(p, -1);

    /// <summary>From the standard deviation, the variance or the precision.</summary>
    public static Dependence? PrecisionOf(int form, Dependence p) => form switch
    {
        0 => Dependence.Power(p, -2),
        1 => Dependence.Power(p, -1),
        _ => p,
    };

    public static Dependence? Complement(Dependence p) => Dependence.Add(new KnownForm(1), p, -1);

    private void Succeed(Dependence p, double successes, double failures)
    {
        Raise(p, successes);
        Raise(Complement(p), failures);
    }

    private void Wait(Dependence? rate, double events, double time)
    {
        Raise(rate, events);
        Decay(rate, time);
    }

    private void Spread(Dependence? precision, double distance)
    {
        Raise(precision, 0.5);
        Decay(precision, 0.5 * distance * distance);
        _log -= HalfLogTwoPi;
    }

    private void Raise(Dependence? form, double exponent)
    {
        if (exponent == 0) return;
        if (form is KnownForm known) _log += exponent * Math.Log(known.Value);
        else Keep(LatentOf(form)?.Raise(form!, exponent));
    }

    private void Decay(Dependence? form, double coefficient)
    {
        if (form is KnownForm known) _log -= known.Value * coefficient;
        else Keep(LatentOf(form)?.Decay(form!, coefficient));
    }

    private void Keep(double? log)
    {
        _isConjugate &= log is not null;
        _log += log ?? 0;
    }

    private ConjugateLatent? LatentOf(Dependence? form) => form switch
    {
        AffineForm { Terms: [var term] } => latents.GetValueOrDefault(term.Cell),
        MonomialForm monomial => latents.GetValueOrDefault(monomial.Cell),
        _ => null,
    };

    /// <summary>Whether a value is in the support, as far as the known parameters decide it.</summary>
    private static bool IsInside(ScalarDistribution distribution, int form, Dependence[] p, double x)
    {
        Span<Real> known = stackalloc Real[p.Length];
        for (var i = 0; i < p.Length; i++) known[i] = p[i] is KnownForm k ? k.Value : double.NaN;
        var bounds = distribution.Bounds<Real>(form, known);
        return !(bounds.HasLower && x < bounds.Lower || bounds.HasUpper && x > bounds.Upper || distribution.IsDiscrete && x != Math.Floor(x));
    }
}
