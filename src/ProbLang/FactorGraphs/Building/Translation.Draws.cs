using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Draws from scalar distributions.</summary>
internal sealed partial class Translation
{
    private const string PrecisionRemedy = "draw a precision, as in `tau ~ Gamma(2, 1)`, and use it as `Normal(mean, precision: tau)`";

    /// <summary>Defines a target as a draw. What the model's quantity is of the target: its power.</summary>
    private double Draw(BoundDistribution distribution, Frame frame, int opened, Target target)
    {
        if (distribution is ChoiceDistribution known && Decided(known.Condition, frame) is { } holds) return Draw(holds ? known.Then : known.Else, frame, opened, target);
        distribution = new Rewriting(part => part is ConditionalValue { Condition.Rank: 0 } ? Resolved(part, frame) : null).In(distribution);
        var powers = new HashSet<double>();
        if (Selector(distribution, frame) is { } selector)
            Choose(selector, frame, opened, target, (rewriting, inner, depth) => powers.Add(Draw(rewriting.In(distribution), inner, depth, target)), [.. Parts.Of(distribution), .. Conditions(distribution)]);
        else InPlates(frame, opened, frame.PlateCount, () => powers.Add(DrawHere(distribution, frame, target)));
        return powers.Count == 1 ? powers.First() : throw new UnsupportedException(FactorGraphDiagnostics.Branches(target.Name, _place));
    }

    private double DrawHere(BoundDistribution distribution, Frame frame, Target target)
    {
        switch (distribution)
        {
            case CatalogDistribution catalog:
                return Draw(catalog, frame, target);
            case TruncatedDistribution { Base: CatalogDistribution { Distribution: Normal } normal } truncated when Parts.Of(truncated).All(p => IsKnown(p, frame)):
                Truncated(normal.Arguments[0]!, Squared(normal, 1), truncated.Lower, truncated.Upper, frame, target);
                return 1;
            case TruncatedDistribution truncated:
                throw new UnsupportedException(FactorGraphDiagnostics.Bounds(DistributionTraits.Name(truncated.Base), Locate(truncated.Span)));
            case MixtureDistribution mixture:
                Mixture(mixture.Weights, mixture.Components.Length, k => mixture.Components[k - 1], frame, target);
                return 1;
            case MixtureComprehension mixture:
                MixtureOfEach(mixture, frame, target);
                return 1;
            case PointDistribution point:
                Compute(point.Value, frame, frame.PlateCount, target);
                return 1;
            default:
                throw new UnsupportedException(FactorGraphDiagnostics.Distribution(DistributionTraits.Name(distribution), Locate(distribution.Span), null));
        }
    }

    /// <summary>The conditions by which a distribution chooses, in the form in which it is asked whether an integer decides them.</summary>
    private static IEnumerable<Bound> Conditions(BoundDistribution distribution) => distribution is ChoiceDistribution choice
        ? new Bound[] { new ConditionalValue(choice.Condition, choice.Condition, choice.Condition, 0, choice.Condition.Type, choice.Span) }.Concat(Conditions(choice.Then)).Concat(Conditions(choice.Else)) : [];

    private double Draw(CatalogDistribution d, Frame frame, Target target)
    {
        var a = d.Arguments;
        switch (d.Distribution)
        {
            case Normal:
                GaussianDraw(a[0]!, d, frame, target);
                break;
            case StudentT:
                StudentDraw(d, frame, target);
                break;
            case HalfNormal when IsKnown(a[0]!, frame):
                Truncated(Number(0, d), Times(a[0], a[0]!), Number(0, d), null, frame, target);
                break;
            case Uniform when a.All(p => IsKnown(p!, frame)):
                UniformDraw(a[0]!, a[1]!, frame, target);
                break;
            case Gamma when d.Form < 2:
                GammaDraw(d, a[0]!, a[1]!, d.Form == 0 ? 1 : -1, frame, target);
                break;
            case Gamma when a.All(p => IsKnown(p!, frame)):
                GammaDraw(d, Over(Times(a[0], a[0]!), Times(a[1], a[1]!)), Over(a[0]!, Times(a[1], a[1]!)), 1, frame, target);
                break;
            case Distributions.Exponential:
                GammaDraw(d, Number(1, d), a[0]!, d.Form == 0 ? 1 : -1, frame, target);
                break;
            case ChiSquare:
                GammaDraw(d, Over(a[0]!, Number(2, d)), Number(0.5, d), 1, frame, target);
                break;
            case InverseGamma when target.Observed is null:
                GammaDraw(d, a[0]!, a[1]!, 1, frame, target);
                return -1;
            case ScaledInverseChiSquare when target.Observed is null:
                GammaDraw(d, Over(a[0]!, Number(2, d)), Over(Times(a[0], Times(a[1], a[1]!)), Number(2, d)), 1, frame, target);
                return -1;
            case Beta when a.All(p => IsKnown(p!, frame)):
                var (alpha, beta) = d.Form == 0 ? (a[0]!, a[1]!) : (Times(a[0], a[1]!), Times(a[1], Scalarising.Binary(Operators.Subtract, Number(1, d), a[0]!, ElementType.Real)));
                Define(target, FactorDomain.Beta, FactorOperation.Beta, [Table(alpha, frame, target.Name + "Alpha"), Table(beta, frame, target.Name + "Beta")]);
                break;
            case Bernoulli:
                BernoulliDraw(d.Form == 0 ? a[0]! : null, d.Form == 1 ? a[0]! : null, d, frame, target);
                break;
            case Binomial:
                BinomialDraw(d, frame, target);
                break;
            case BetaBinomial when d.Form == 0 && IsKnown(a[1]!, frame) && IsKnown(a[2]!, frame):
                var p = Auxiliary(target.Name + "Probability", target.Text, frame, FactorDomain.Beta, FactorOperation.Beta, Table(a[1]!, frame, target.Name + "Alpha"), Table(a[2]!, frame, target.Name + "Beta"));
                Define(target, FactorDomain.Count, FactorOperation.Binomial, [Operand(a[0]!, frame, target.Name + "Trials", FactorDomain.Count), p]);
                break;
            case Poisson:
                PoissonDraw(d, frame, target);
                break;
            case DiscreteUniform when a.All(x => ConstantOf(x!) is not null):
                DiscreteUniformDraw((int)ConstantOf(a[0]!)!.Value, (int)ConstantOf(a[1]!)!.Value, frame, target);
                break;
            default:
                return DrawArray(d, frame, target);
        }
        return 1;
    }

    private static ConstantValue Number(double value, BoundDistribution at) => new(value, ElementType.Real, at.Span);

    private static ElementwiseValue Over(Bound a, Bound b) => Scalarising.Binary(Operators.Divide, a, b, ElementType.Real);

    /// <summary>The variance that a form of the normal distribution with known spread says.</summary>
    private static Bound Squared(CatalogDistribution normal, int parameter) => normal.Form switch
    {
        0 => Times(normal.Arguments[parameter], normal.Arguments[parameter]!),
        1 => normal.Arguments[parameter]!,
        _ => Over(Number(1, normal), normal.Arguments[parameter]!),
    };

    private void GaussianDraw(Bound mean, CatalogDistribution d, Frame frame, Target target)
    {
        var spread = d.Arguments[1]!;
        var (name, center) = (target.Name, Operand(mean, frame, target.Name + "Mean"));
        if (d.Form != 2 && IsKnown(spread, frame))
        {
            Define(target, FactorDomain.Gaussian, FactorOperation.GaussianFromMeanAndVariance, [center, Table(Squared(d, 1), frame, name + "Variance")]);
            return;
        }
        var exponent = d.Form switch { 0 => -2.0, 1 => -1, _ => 1 };
        if (Positive(spread, exponent, frame, name + "Precision") is { } precision) Define(target, FactorDomain.Gaussian, FactorOperation.GaussianFromMeanAndPrecision, [center, precision]);
        else if (Positive(spread, -exponent, frame, name + "Variance") is { } variance) Define(target, FactorDomain.Gaussian, FactorOperation.GaussianFromMeanAndVariance, [center, variance]);
        else throw new UnsupportedException(FactorGraphDiagnostics.Parameter("Normal", d.Distribution.Forms[d.Form].Parameters[1].Name, TextOf(spread), Locate(spread.Span), PrecisionRemedy));
    }

    /// <summary>A normal distribution whose precision is drawn from a gamma distribution.</summary>
    private void StudentDraw(CatalogDistribution d, Frame frame, Target target)
    {
        var (df, location, scale) = (d.Arguments[0]!, d.Arguments[1]!, d.Arguments[2]!);
        if (!IsKnown(df, frame) || !IsKnown(scale, frame))
            throw new UnsupportedException(FactorGraphDiagnostics.Distribution("StudentT", Locate(d.Span), "give `df` and `scale` as known numbers"));
        var half = Over(df, Number(2, d));
        var precision = Auxiliary(target.Name + "Precision", target.Text, frame, FactorDomain.Gamma, FactorOperation.GammaFromShapeAndRate,
            Table(half, frame, target.Name + "Shape"), Table(Times(half, Times(scale, scale)), frame, target.Name + "Rate"));
        Define(target, FactorDomain.Gaussian, FactorOperation.GaussianFromMeanAndPrecision, [Operand(location, frame, target.Name + "Location"), precision]);
    }

    private void Truncated(Bound mean, Bound variance, Bound? lower, Bound? upper, Frame frame, Target target) =>
        Define(target, FactorDomain.TruncatedGaussian, FactorOperation.TruncatedGaussian,
        [
            Table(mean, frame, target.Name + "Mean"), Table(variance, frame, target.Name + "Variance"),
            lower is null ? ConstantTable(double.NegativeInfinity, "noLower") : Table(lower, frame, target.Name + "Lower"),
            upper is null ? ConstantTable(double.PositiveInfinity, "noUpper") : Table(upper, frame, target.Name + "Upper"),
        ]);

    /// <summary>A uniform probability has the form that messages to probabilities have.</summary>
    private void UniformDraw(Bound lower, Bound upper, Frame frame, Target target)
    {
        var isUnit = ConstantOf(lower) is 0 && ConstantOf(upper) is 1;
        if (isUnit && (target.Demanded ?? FactorDomain.Beta) == FactorDomain.Beta)
            Define(target, FactorDomain.Beta, FactorOperation.Beta, [ConstantTable(1, "one"), ConstantTable(1, "one")]);
        else
            Define(target, FactorDomain.TruncatedGaussian, FactorOperation.TruncatedGaussian,
                [ConstantTable(0, "zero"), ConstantTable(double.PositiveInfinity, "infinite"), Table(lower, frame, target.Name + "Lower"), Table(upper, frame, target.Name + "Upper")]);
    }

    private void GammaDraw(CatalogDistribution d, Bound shape, Bound rate, double exponent, Frame frame, Target target)
    {
        var parameter = d.Distribution.Forms[d.Form].Parameters;
        var a = Positive(shape, 1, frame, target.Name + "Shape") ?? throw new UnsupportedException(FactorGraphDiagnostics.Parameter(d.Distribution.Name, parameter[0].Name, TextOf(shape), Locate(shape.Span), "give it as a known number"));
        var b = Positive(rate, exponent, frame, target.Name + "Rate")
            ?? throw new UnsupportedException(FactorGraphDiagnostics.Parameter(d.Distribution.Name, parameter[^1].Name, TextOf(rate), Locate(rate.Span), "draw the rate from a Gamma distribution"));
        Define(target, FactorDomain.Gamma, FactorOperation.GammaFromShapeAndRate, [a, b]);
    }

    private void BernoulliDraw(Bound? p, Bound? logit, CatalogDistribution d, Frame frame, Target target)
    {
        if (target.Demanded == FactorDomain.Integer)
        {
            var probability = Scalar(p!);
            FiniteDraw(0, 2, LoopsIn(p!), GraphPrinter.Print(p!), p!.Span, frame, target, k => k == 0 ? 1 - probability() : probability());
            return;
        }
        if (p is not null && !IsKnown(p, frame) && p is ElementwiseValue { Function: OpFunction { Op: Op.Subtract }, Arguments: [var one, var rest] } && IsOne(one))
        {
            Negated(rest, d, frame, target);
            return;
        }
        if (p is ElementwiseValue { Function: OpFunction { Op: Op.Phi }, Arguments: [var x] } && !IsKnown(p, frame))
        {
            var noisy = Auxiliary(target.Name + "Noisy", target.Text, frame, FactorDomain.Gaussian, FactorOperation.GaussianFromMeanAndVariance, Operand(x, frame, target.Name + "Score"), ConstantTable(1, "one"));
            Define(target, FactorDomain.Boolean, FactorOperation.Greater, [noisy, ConstantTable(0, "zero")]);
            return;
        }
        var (operation, argument) = Success(p, logit, frame, target.Name, FactorOperation.Bernoulli, FactorOperation.BernoulliFromLogOdds);
        Define(target, FactorDomain.Boolean, operation, [argument]);
    }

    /// <summary>An event with the probability 1 - p is the contrary of one with the probability p.</summary>
    private void Negated(Bound p, CatalogDistribution d, Frame frame, Target target)
    {
        if (target.Observed is { } observed)
        {
            var contrary = new Target(target.Name, frame, target.Place)
            {
                Observed = (domain, values, lowest) =>
                {
                    var data = observed(domain, values, lowest);
                    return data with { Numbers = Array.ConvertAll(data.Numbers.ToArray(), x => 1 - x) };
                },
            };
            BernoulliDraw(p, null, d, frame, contrary);
            return;
        }
        var other = new Target(target.Name + "Contrary", frame, target.Place);
        BernoulliDraw(p, null, d, frame, other);
        Define(target, FactorDomain.Boolean, FactorOperation.Not, [other.Reference]);
    }

    /// <summary>The probability of a success, or its log odds.</summary>
    private (FactorOperation, FactorReference) Success(Bound? p, Bound? logit, Frame frame, string name, FactorOperation byProbability, FactorOperation byLogOdds)
    {
        if (p is ElementwiseValue { Function: OpFunction { Op: Op.Logistic }, Arguments: [var x] } && !IsKnown(p, frame)) logit = x;
        if (logit is not null && IsKnown(logit, frame)) (p, logit) = (new ElementwiseValue(new OpFunction("logistic", Op.Logistic), [logit], 0, ElementType.Real, logit.Span), null);
        return logit is not null ? (byLogOdds, Operand(logit, frame, name + "LogOdds")) : (byProbability, Operand(p!, frame, name + "Probability"));
    }

    private void BinomialDraw(CatalogDistribution d, Frame frame, Target target)
    {
        var (n, p, logit) = (d.Arguments[0]!, d.Form == 0 ? d.Arguments[1]! : null, d.Form == 1 ? d.Arguments[1]! : null);
        if (target.Observed is null && ConstantOf(n) is { } most && p is not null && IsKnown(p, frame))
        {
            var (binomial, probability) = (d.Distribution, Scalar(p));
            FiniteDraw(0, (int)most + 1, LoopsIn(p), GraphPrinter.Print(d), d.Span, frame, target, k => Math.Exp(((ScalarDistribution)binomial).LogDensity<Real>(0, k, [most, probability()])));
            return;
        }
        var trials = Operand(n, frame, target.Name + "Trials", FactorDomain.Count);
        var (operation, success) = Success(p, logit, frame, target.Name, FactorOperation.Binomial, FactorOperation.BinomialFromLogOdds);
        Define(target, FactorDomain.Count, operation, [trials, success]);
    }

    private void PoissonDraw(CatalogDistribution d, Frame frame, Target target)
    {
        var rate = d.Arguments[0]!;
        if (target.Observed is null && !IsKnown(rate, frame)) throw new UnsupportedException(FactorGraphDiagnostics.UnknownCount(target.Text ?? target.Name, _place));
        if (d.Form == 1 && !IsKnown(rate, frame) || rate is ElementwiseValue { Function: OpFunction { Op: Op.Exp } } && !IsKnown(rate, frame))
        {
            var log = d.Form == 1 ? rate : ((ElementwiseValue)rate).Arguments[0];
            Define(target, FactorDomain.Count, FactorOperation.PoissonFromLogRate, [Operand(log, frame, target.Name + "LogRate")]);
            return;
        }
        if (d.Form == 1) rate = new ElementwiseValue(new OpFunction("exp", Op.Exp), [rate], 0, ElementType.Real, rate.Span);
        if (LogOfScaledRate(rate, frame) is { } log2)
        {
            Define(target, FactorDomain.Count, FactorOperation.PoissonFromLogRate, [Operand(log2, frame, target.Name + "LogRate")]);
            return;
        }
        var mean = Positive(rate, 1, frame, target.Name + "Rate") ?? Operand(rate, frame, target.Name + "Rate");
        Define(target, FactorDomain.Count, FactorOperation.Poisson, [mean]);
    }

    /// <summary>Of c exp(x), x + log c; null for other rates.</summary>
    private Bound? LogOfScaledRate(Bound rate, Frame frame) =>
        !IsKnown(rate, frame) && Power(rate, frame) is { Base: ElementwiseValue exp, Exponent: 1, Coefficient: { } c }
            ? Scalarising.Binary(Operators.Add, exp.Arguments[0], new ElementwiseValue(new OpFunction("log", Op.Log), [c], 0, ElementType.Real, rate.Span), ElementType.Real) : null;

    private void DiscreteUniformDraw(int lower, int upper, Frame frame, Target target) =>
        FiniteDraw(lower, upper - lower + 1, new HashSet<Loop>(), $"uniform {upper - lower + 1}", default, frame, target, _ => 1.0 / (upper - lower + 1));

    /// <summary>One of so many integers, with known probabilities.</summary>
    private void FiniteDraw(int lowest, int count, IReadOnlySet<Loop> loops, string text, Text.Span place, Frame frame, Target target, Func<int, double> probability)
    {
        var values = target.Values is { } wanted && wanted.Count == count ? wanted : _ranges.Of(FactorRanges.Key("." + target.Name, count), target.Name + "Value", []);
        var table = TableOf(frame, loops, text, target.Name + "Probabilities", FactorDomain.Simplex, values, [count], (into, _) =>
        {
            for (var k = 0; k < count; k++) into[k] = probability(k);
        }, place);
        Define(target, FactorDomain.Integer, FactorOperation.Discrete, [table], values, lowest);
    }
}
