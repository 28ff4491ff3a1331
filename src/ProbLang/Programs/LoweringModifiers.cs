using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>Distributions made of others: what modifiers, mixtures and extra zeros make of a density and of a distribution function.</summary>
internal sealed partial class Lowering
{
    private const double LogHalf = -0.6931471805599453;

    private static Term Where(Term condition, Term a, Term b) => Term.Where(condition, a, b);

    private Term TruncatedDensity(TruncatedDistribution truncated, Bindings environment, Term[] batch, Arr<Term> x)
    {
        var (lower, upper) = (Bound(truncated.Lower, environment, batch), Bound(truncated.Upper, environment, batch));
        var mass = LogMass(truncated.Base, environment, batch, lower, upper, hasLower: !truncated.IsLowerOpen);
        var density = Density(truncated.Base, environment, batch, x) - mass;
        if (!mass.IsConstant(0) && MayBeEmpty(truncated, environment, batch, lower, upper)) density = Where(Less(double.NegativeInfinity, mass), density, double.NegativeInfinity);
        if (lower is not null && !IsKept(lower, x.Scalar)) density = Where(Less(x.Scalar, lower), double.NegativeInfinity, density);
        if (upper is not null && !IsKept(upper, x.Scalar)) density = Where(Less(upper, x.Scalar), double.NegativeInfinity, density);
        return truncated.IsLowerOpen ? Where(Equal(x.Scalar, lower!), double.NegativeInfinity, density) : density;
    }

    /// <summary>Whether the interval may hold no mass: where its ends are not known to be in order, or one lies beyond the support.</summary>
    private bool MayBeEmpty(TruncatedDistribution truncated, Bindings environment, Term[] batch, Term? lower, Term? upper)
    {
        if (lower is not null && upper is not null && !(lower.Kind == TermKind.Constant && upper.Kind == TermKind.Constant)) return true;
        var support = Support(truncated.Base, environment, batch);
        return upper is not null && support.HasLower && !IsBelow(support.Lower, upper) || lower is not null && support.HasUpper && !IsBelow(lower, support.Upper);
    }

    private static bool IsBelow(Term a, Term b) => a.Kind == TermKind.Constant && b.Kind == TermKind.Constant && a.Value < b.Value;

    /// <summary>Whether a bound needs no check: data are checked against known bounds before, and a latent is transformed into its own.</summary>
    private static bool IsKept(Term bound, Term x) => bound.IsData && x.IsData || x.IsActive;

    private Term? Bound(Bound? bound, Bindings environment, Term[] batch) => bound is null ? null : Argument(bound, environment, batch);

    /// <summary>The element of an argument that goes with a draw.</summary>
    private Term Argument(Bound argument, Bindings environment, Term[] batch)
    {
        var view = Lower(argument, environment);
        return Term.AsReal(view.Rank == 0 ? view.Scalar : view[batch]);
    }

    /// <summary>The distribution of the catalog that is drawn once or repeatedly.</summary>
    private static (CatalogDistribution Catalog, Term[] Batch) Unwrap(BoundDistribution distribution, Term[] batch) => distribution switch
    {
        CatalogDistribution catalog => (catalog, batch),
        RepeatedDistribution repeated => Unwrap(repeated.Base, batch[repeated.Sizes.Length..]),
        _ => throw new UnreachableException($"{distribution.GetType().Name} is not of the catalog"),
    };

    private Term CensoredDensity(CensoredDistribution censored, Bindings environment, Term[] batch, Arr<Term> x)
    {
        var (lower, upper) = (Bound(censored.Lower, environment, batch), Bound(censored.Upper, environment, batch));
        var density = Density(censored.Base, environment, batch, x);
        if (upper is not null) density = Where(LessOrEqual(upper, x.Scalar), LogAbove(censored.Base, environment, batch, upper, true), density);
        if (lower is not null) density = Where(LessOrEqual(x.Scalar, lower), LogBelow(censored.Base, environment, batch, lower, true), density);
        // Nothing is recorded beyond a bound.
        if (lower is not null && !IsKept(lower, x.Scalar)) density = Where(Less(x.Scalar, lower), double.NegativeInfinity, density);
        if (upper is not null && !IsKept(upper, x.Scalar)) density = Where(Less(upper, x.Scalar), double.NegativeInfinity, density);
        if (lower is null || upper is null) return density;
        return Where(Less(upper, lower), double.NegativeInfinity, Where(Equal(lower, upper), Where(Equal(x.Scalar, lower), 0.0, double.NegativeInfinity), density));
    }

    private Term MarkedDensity(MarkedDistribution marked, Bindings environment, Term[] batch, Arr<Term> x)
    {
        var density = Density(marked.Base, environment, batch, x);
        if (marked.Interval is not null)
        {
            var end = Argument(marked.Interval, environment, batch);
            density = Where(Equal(end, x.Scalar), density, LogMass(marked.Base, environment, batch, x.Scalar, end));
        }
        if (marked.Left is not null) density = Where(Argument(marked.Left, environment, batch), LogBelow(marked.Base, environment, batch, x.Scalar, true), density);
        if (marked.Right is not null) density = Where(Argument(marked.Right, environment, batch), LogAbove(marked.Base, environment, batch, x.Scalar, true), density);
        return density;
    }

    private Term RoundedDensity(RoundedDistribution rounded, Bindings environment, Term[] batch, Term x)
    {
        var step = Argument(rounded.Step, environment, batch);
        var mass = LogMass(rounded.Base, environment, batch, x - 0.5 * step, x + 0.5 * step, hasUpper: false);
        // Data are multiples of a known step, except in a mixture, where another component may have given them.
        return Where(IsMultiple(x, step), mass, double.NegativeInfinity);
    }

    private static Term IsMultiple(Term x, Term step)
    {
        var multiple = Multiple(x, step);
        return Equal(multiple, Term.Apply(Op.Round, multiple));
    }

    /// <summary>How many steps a value is; whole where it is so but for rounding.</summary>
    private static Term Multiple(Term x, Term step)
    {
        var multiple = x / step;
        var nearest = Term.Apply(Op.Round, multiple);
        return Where(LessOrEqual(Abs(multiple - nearest), 1e-9 * Maximum(Abs(multiple), 1.0)), nearest, multiple);
    }

    private static Term Nearest(Term x, Term step) => Floor(x / step + 0.5) * step;

    private Term OrderedDensity(OrderedDistribution ordered, Bindings environment, Term[] batch, Arr<Term> x) =>
        _math.Sum(x.Length, k => Density(ordered.Base, environment, [.. batch, k], new Arr<Term>(x[k]))) + SpecialFunctions.LogGamma(x.Length + 1);

    private Term ZeroDensity(ZeroDistribution zero, Bindings environment, Term[] batch, Arr<Term> x)
    {
        var p = Argument(zero.Probability, environment, batch);
        var inner = BatchOf(zero.Rest, batch);
        var (logZero, logRest) = (LogOfProbability(p), LogOfComplement(p));
        var atZero = logZero;
        if (!zero.IsHurdle && IsAtom(zero.Rest, environment, inner, new Arr<Term>(0.0)) is var isAtom && !isAtom.IsConstant(0))
            atZero = Where(isAtom, LogSum(logZero, logRest + ComponentDensity(zero.Rest, Bounds<Term>.None, environment, batch, new Arr<Term>(0.0))), logZero);
        return Where(Equal(x.Scalar, 0.0), atZero, logRest + Density(zero.Rest, environment, inner, x));
    }

    // --- mixtures ---

    /// <summary>log Σ weight · density of components that are written one by one, and so are their terms.</summary>
    private static Term Mixed(int count, Arr<Term> weights, Func<int, Term> density)
    {
        var terms = new Term[count];
        for (var k = 0; k < count; k++) terms[k] = Term.AsReal(Log(weights[(double)k]) + density(k));
        return LogSum(terms);
    }

    /// <summary>log Σ exp, around the greatest, taken as a constant: its derivative cancels. Where nothing is left, neither is a derivative.</summary>
    private static Term LogSum(params Term[] terms)
    {
        var shift = Term.Apply(Op.GreaterOf, Term.Constant(terms.Aggregate((a, b) => Term.Apply(Op.GreaterOf, a, b))), double.MinValue);
        Term sum = 0.0;
        foreach (var term in terms) sum += Term.Apply(Op.ExpNonPositive, term - shift);
        if (!Array.TrueForAll(terms, MayBeNothing)) return shift + Log(sum);
        var isSome = Less(0.0, sum);
        return Where(isSome, shift + Log(Where(isSome, sum, 1.0)), double.NegativeInfinity);
    }

    /// <summary>Whether a logarithm may be -infinity other than at the edge of what its parameters may be.</summary>
    private static bool MayBeNothing(Term term) => term.Kind switch
    {
        TermKind.Constant => double.IsNegativeInfinity(term.Value),
        TermKind.Where => MayBeNothing(term.Arguments[1]) || MayBeNothing(term.Arguments[2]),
        TermKind.Binary => term.Op is Op.Add or Op.Subtract or Op.Multiply && Array.Exists(term.Arguments, MayBeNothing),
        TermKind.Unary => term.Op == Op.Negate && MayBeNothing(term.Arguments[0]),
        _ => false,
    };

    /// <summary>Whether a value has a probability of its own, as all have of discrete distributions.</summary>
    private Term IsAtom(BoundDistribution distribution, Bindings environment, Term[] batch, Arr<Term> x)
    {
        // A point is one whatever the type of its value, which may be that of a whole number among reals.
        if (!DistributionTraits.HasAtoms(distribution)) return distribution.Type == ElementType.Real ? 0.0 : 1.0;
        switch (distribution)
        {
            case RepeatedDistribution repeated:
                return IsAtom(repeated.Base, environment, batch[repeated.Sizes.Length..], x);
            case TruncatedDistribution truncated:
                var isAtomOfWhole = IsAtom(truncated.Base, environment, batch, x);
                return truncated.IsLowerOpen ? Where(Equal(x.Scalar, Bound(truncated.Lower, environment, batch)!), 0.0, isAtomOfWhole) : isAtomOfWhole;
            case CensoredDistribution censored:
                var isAtom = IsAtom(censored.Base, environment, batch, x);
                if (Bound(censored.Lower, environment, batch) is { } lower) isAtom = Either(isAtom, Equal(x.Scalar, lower));
                return Bound(censored.Upper, environment, batch) is { } upper ? Either(isAtom, Equal(x.Scalar, upper)) : isAtom;
            case PointDistribution point:
                return Equal(x.Scalar, Argument(point.Value, environment, batch));
            case ZeroDistribution zero:
                return Where(Equal(x.Scalar, 0.0), 1.0, IsAtom(zero.Rest, environment, BatchOf(zero.Rest, batch), x));
            case MixtureDistribution mixture:
                return mixture.Components.Select(c => IsAtom(c, environment, BatchOf(c, batch), x)).Aggregate(Either);
            case MixtureComprehension mixture:
                var first = Scalar(mixture.Lower, environment);
                var size = Size(Scalar(mixture.Upper, environment) - first + 1.0, mixture.Span);
                return Less(0.0, _math.Sum(size, k => IsAtom(mixture.Component, environment.With(mixture.Loop, k + first), BatchOf(mixture.Component, batch), x)));
            case RoundedDistribution rounded:
                return IsMultiple(x.Scalar, Argument(rounded.Step, environment, batch));
            case MarkedDistribution:
                return 1.0;
            default:
                throw new UnreachableException($"no case for {distribution.GetType().Name}");
        }
    }

    private static Term Either(Term a, Term b) => a.IsConstant(0) ? b : b.IsConstant(0) || a.IsConstant(1) ? a : Where(a, 1.0, b);

    /// <summary>At a value that has a probability of its own in one component, the densities of the others count for nothing.</summary>
    private Term UnlessAtom(Term isAtom, BoundDistribution component, Bindings environment, Term[] batch, Arr<Term> x, Term density)
    {
        if (isAtom.Kind == TermKind.Constant || component is PointDistribution) return density;
        var own = IsAtom(component, environment, BatchOf(component, batch), x);
        return own.IsConstant(1) ? density : Where(Either(own, Not(isAtom)), density, double.NegativeInfinity);
    }

    /// <summary>
    /// A log density under weights; -infinity where these do not add up to 1, unless it is certain that they do. A term of its own, it
    /// leaves the sum over data of what it is added to.
    /// </summary>
    private Term Whole(Bound written, Arr<Term> weights, Term density) => IsSimplex(written) ? density
        : density + Where(Less(Domains.Tolerance, Abs(_math.Sum(weights.Length, k => weights[k]) - 1.0)), double.NegativeInfinity, 0.0);

    /// <summary>The weights of an event; none is negative, so that a sum that is still 1 shows that none was.</summary>
    private Arr<Term> Weights(Bound weights, Bindings environment, Term[] batch)
    {
        var view = Lower(weights, environment);
        var own = view.Rank == 1 ? view : new Arr<Term>(view.Shape[^1..], index => view[[.. batch, .. index]]);
        return IsSimplex(weights) ? own : new Arr<Term>(own.Shape, index => Maximum(Term.AsReal(own[index]), 0.0));
    }

    /// <summary>Whether weights add up to 1 by what they are: data, which are checked before; a draw from a simplex; softmax; p and 1 - p.</summary>
    private bool IsSimplex(Bound weights) => weights switch
    {
        _ when Dependencies.Of(weights).All(IsKnown) => true,
        VariableValue variable => _definitions[variable.Variable].All(d => d.Definition.Indices.Length < variable.Rank
            && (d.Definition.Distribution is { } distribution ? IsSimplex(distribution) : IsSimplex(d.Definition.Value!))),
        IndexedValue indexed => indexed.Rank == 1 && indexed.Indices.All(i => i is AtIndex) && IsSimplex(indexed.Array),
        ArrayFunctionValue { Function: ArrayFunction.Softmax } => true,
        ArrayLiteral { Elements: [{ Rank: 0 } a, { Rank: 0 } b] } => IsComplement(a, b) || IsComplement(b, a),
        _ => false,
    };

    /// <summary>Whether the first is a probability, and the second is written as 1 less the first.</summary>
    private bool IsComplement(Bound a, Bound b) =>
        b is ElementwiseValue { Function: OpFunction { Op: Op.Subtract }, Arguments: [ConstantValue { Value: 1 }, var other] }
        && IsProbability(a) && GraphPrinter.Print(a) == GraphPrinter.Print(other);

    private bool IsProbability(Bound value) => value switch
    {
        ElementwiseValue { Function: OpFunction { Op: Op.Logistic or Op.Phi } } => true,
        VariableValue variable => IsProbability(variable.Variable),
        IndexedValue { Array: VariableValue variable } => IsProbability(variable.Variable),
        _ => false,
    };

    private bool IsProbability(Variable variable) =>
        variable is { Lower: ConstantValue { Value: >= 0 }, Upper: ConstantValue { Value: <= 1 } } || _definitions[variable].All(d => IsProbability(d.Definition.Distribution));

    private static bool IsProbability(BoundDistribution? distribution) => distribution switch
    {
        CatalogDistribution { Distribution: Beta } => true,
        CatalogDistribution { Distribution: Uniform, Arguments: [ConstantValue { Value: >= 0 }, ConstantValue { Value: <= 1 }] } => true,
        RepeatedDistribution repeated => IsProbability(repeated.Base),
        TruncatedDistribution truncated => IsProbability(truncated.Base),
        _ => false,
    };

    // --- distribution functions ---

    /// <summary>log P(lower ≤ X ≤ upper), or without the upper end, from the tail that is nearer.</summary>
    private Term LogMass(BoundDistribution distribution, Bindings environment, Term[] batch, Term? lower, Term? upper, bool hasUpper = true, bool hasLower = true)
    {
        if (lower is null) return upper is null ? 0.0 : LogBelow(distribution, environment, batch, upper, hasUpper);
        if (upper is null) return LogAbove(distribution, environment, batch, lower, hasLower);
        var (below, through) = (LogBelow(distribution, environment, batch, lower, !hasLower), LogBelow(distribution, environment, batch, upper, hasUpper));
        var (from, beyond) = (LogAbove(distribution, environment, batch, lower, hasLower), LogAbove(distribution, environment, batch, upper, !hasUpper));
        var isRight = Less(LogHalf, below);
        return LogDifference(Where(isRight, from, through), Where(isRight, beyond, below));
    }

    /// <summary>log(exp(a) - exp(b)), -infinity where nothing is left.</summary>
    private static Term LogDifference(Term a, Term b)
    {
        if (b.IsConstant(double.NegativeInfinity)) return a;
        var isPositive = Less(b, a);
        return Where(isPositive, a + LogOneMinusExpMinus(Where(isPositive, a - b, 1.0)), double.NegativeInfinity);
    }

    /// <summary>log P(X ≤ x) of a distribution of numbers, or log P(X &lt; x).</summary>
    private Term LogBelow(BoundDistribution distribution, Bindings environment, Term[] batch, Term x, bool isInclusive) =>
        OfFinite(x, double.NegativeInfinity, 0.0, at => Below(distribution, environment, batch, at, isInclusive));

    /// <summary>log P(X > x), or log P(X ≥ x).</summary>
    private Term LogAbove(BoundDistribution distribution, Bindings environment, Term[] batch, Term x, bool isInclusive) =>
        OfFinite(x, 0.0, double.NegativeInfinity, at => Above(distribution, environment, batch, at, isInclusive));

    /// <summary>A distribution function beyond the support, where it has its limits and no derivative; its formula is computed inside.</summary>
    private static Term OfInside(ScalarDistribution scalar, int form, Term[] p, Term x, double below, double above, Func<Term, Term> function)
    {
        var support = scalar.Bounds<Term>(form, p);
        Term isBelow = !support.HasLower || IsAbove(x, support.Lower) ? 0.0 : scalar.IsDiscrete ? Less(x, support.Lower) : LessOrEqual(x, support.Lower);
        Term isAbove = support.HasUpper ? LessOrEqual(support.Upper, x) : 0.0;
        if (isBelow.IsConstant(0) && isAbove.IsConstant(0)) return function(x);
        var inside = scalar.IsDiscrete ? support.HasLower ? support.Lower : support.Upper - 1.0
            : support.HasLower && support.HasUpper ? 0.5 * (support.Lower + support.Upper)
            : support.HasLower ? support.Lower + 1.0 : support.Upper - 1.0;
        return Where(isBelow, below, Where(isAbove, above, function(Where(isBelow, inside, Where(isAbove, inside, x)))));
    }

    /// <summary>Whether data, or a number, are known to lie above a bound.</summary>
    private static bool IsAbove(Term x, Term lower) => lower.Kind == TermKind.Constant && x.Kind switch
    {
        TermKind.Constant => x.Value > lower.Value,
        TermKind.Load => x.Buffer.Initial is { } values && x.IsData && Array.TrueForAll(values, v => v > lower.Value),
        _ => false,
    };

    /// <summary>Data may hold infinite bounds, at which a distribution function has its limits and no derivative.</summary>
    private static Term OfFinite(Term x, double below, double above, Func<Term, Term> function)
    {
        if (x.Kind == TermKind.Constant && double.IsInfinity(x.Value)) return x.Value < 0 ? below : above;
        if (!x.IsData || IsFinite(x)) return function(x);
        var isFinite = Less(Abs(x), double.PositiveInfinity);
        return Where(isFinite, function(Where(isFinite, x, 0.0)), Where(Less(x, 0.0), below, above));
    }

    private static bool IsFinite(Term x) => x.Kind switch
    {
        TermKind.Constant => double.IsFinite(x.Value),
        TermKind.Load => x.Buffer.Initial is { } values && Array.TrueForAll(values, double.IsFinite),
        TermKind.Counter or TermKind.IntegerLoad => true,
        TermKind.ToReal or TermKind.ToInteger => IsFinite(x.Arguments[0]),
        TermKind.Unary or TermKind.Binary => x.Op is Op.Add or Op.Subtract or Op.Multiply or Op.Negate && Array.TrueForAll(x.Arguments, IsFinite),
        _ => false,
    };

    private Term Below(BoundDistribution distribution, Bindings environment, Term[] batch, Term x, bool isInclusive)
    {
        switch (distribution)
        {
            case CatalogDistribution { Distribution: ScalarDistribution scalar } catalog:
                var p = Parameters(catalog, environment, batch);
                return OfInside(scalar, catalog.Form, p, Count(scalar, x, isInclusive), double.NegativeInfinity, 0.0, at => scalar.LogCdf<Term>(catalog.Form, at, p));
            case RepeatedDistribution repeated:
                return Below(repeated.Base, environment, batch[repeated.Sizes.Length..], x, isInclusive);
            case TruncatedDistribution truncated:
                var (lower, upper) = (Bound(truncated.Lower, environment, batch), Bound(truncated.Upper, environment, batch));
                var part = LogMass(truncated.Base, environment, batch, lower, x, isInclusive, !truncated.IsLowerOpen) - LogMass(truncated.Base, environment, batch, lower, upper, hasLower: !truncated.IsLowerOpen);
                if (upper is not null) part = Where(isInclusive ? LessOrEqual(upper, x) : Less(upper, x), 0.0, part);
                return lower is null ? part : Where(isInclusive && !truncated.IsLowerOpen ? Less(x, lower) : LessOrEqual(x, lower), double.NegativeInfinity, part);
            case CensoredDistribution censored:
                var inside = Below(censored.Base, environment, batch, x, isInclusive);
                if (Bound(censored.Upper, environment, batch) is { } to) inside = Where(isInclusive ? LessOrEqual(to, x) : Less(to, x), 0.0, inside);
                return Bound(censored.Lower, environment, batch) is { } from ? Where(isInclusive ? Less(x, from) : LessOrEqual(x, from), double.NegativeInfinity, inside) : inside;
            case RoundedDistribution rounded:
                return Below(rounded.Base, environment, batch, Edge(x, Argument(rounded.Step, environment, batch), isInclusive), false);
            case PointDistribution point:
                var value = Argument(point.Value, environment, batch);
                return Where(isInclusive ? LessOrEqual(value, x) : Less(value, x), 0.0, double.NegativeInfinity);
            case ZeroDistribution zero:
                var rest = Below(zero.Rest, environment, BatchOf(zero.Rest, batch), x, isInclusive);
                return WithZero(zero, environment, batch, isInclusive ? LessOrEqual(0.0, x) : Less(0.0, x), rest);
            default:
                return Components(distribution, environment, batch, (component, inner, own) => Below(component, inner, own, x, isInclusive));
        }
    }

    private Term Above(BoundDistribution distribution, Bindings environment, Term[] batch, Term x, bool isInclusive)
    {
        switch (distribution)
        {
            case CatalogDistribution { Distribution: ScalarDistribution scalar } catalog:
                var p = Parameters(catalog, environment, batch);
                return OfInside(scalar, catalog.Form, p, Count(scalar, x, !isInclusive), 0.0, double.NegativeInfinity, at => scalar.LogSurvival<Term>(catalog.Form, at, p));
            case RepeatedDistribution repeated:
                return Above(repeated.Base, environment, batch[repeated.Sizes.Length..], x, isInclusive);
            case TruncatedDistribution truncated:
                var (lower, upper) = (Bound(truncated.Lower, environment, batch), Bound(truncated.Upper, environment, batch));
                var part = LogAfter(truncated.Base, environment, batch, x, upper, isInclusive) - LogMass(truncated.Base, environment, batch, lower, upper, hasLower: !truncated.IsLowerOpen);
                if (lower is not null) part = Where(isInclusive || truncated.IsLowerOpen ? LessOrEqual(x, lower) : Less(x, lower), 0.0, part);
                return upper is null ? part : Where(isInclusive ? Less(upper, x) : LessOrEqual(upper, x), double.NegativeInfinity, part);
            case CensoredDistribution censored:
                var inside = Above(censored.Base, environment, batch, x, isInclusive);
                if (Bound(censored.Lower, environment, batch) is { } from) inside = Where(isInclusive ? LessOrEqual(x, from) : Less(x, from), 0.0, inside);
                return Bound(censored.Upper, environment, batch) is { } to ? Where(isInclusive ? Less(to, x) : LessOrEqual(to, x), double.NegativeInfinity, inside) : inside;
            case RoundedDistribution rounded:
                return Above(rounded.Base, environment, batch, Edge(x, Argument(rounded.Step, environment, batch), !isInclusive), true);
            case PointDistribution point:
                var value = Argument(point.Value, environment, batch);
                return Where(isInclusive ? LessOrEqual(x, value) : Less(x, value), 0.0, double.NegativeInfinity);
            case ZeroDistribution zero:
                var rest = Above(zero.Rest, environment, BatchOf(zero.Rest, batch), x, isInclusive);
                return WithZero(zero, environment, batch, isInclusive ? LessOrEqual(x, 0.0) : Less(x, 0.0), rest);
            default:
                return Components(distribution, environment, batch, (component, inner, own) => Above(component, inner, own, x, isInclusive));
        }
    }

    /// <summary>log P(x ≤ X ≤ upper), or without the lower end.</summary>
    private Term LogAfter(BoundDistribution distribution, Bindings environment, Term[] batch, Term x, Term? upper, bool isInclusive)
    {
        if (upper is null) return LogAbove(distribution, environment, batch, x, isInclusive);
        var (below, through) = (LogBelow(distribution, environment, batch, x, !isInclusive), LogBelow(distribution, environment, batch, upper, true));
        var (from, beyond) = (LogAbove(distribution, environment, batch, x, isInclusive), LogAbove(distribution, environment, batch, upper, false));
        var isRight = Less(LogHalf, below);
        return LogDifference(Where(isRight, from, through), Where(isRight, beyond, below));
    }

    /// <summary>The greatest integer that P(X ≤ ·) or P(X &lt; ·) of a discrete distribution counts.</summary>
    private static Term Count(ScalarDistribution distribution, Term x, bool isInclusive) =>
        !distribution.IsDiscrete ? x : isInclusive ? Floor(x) : Term.Apply(Op.Ceiling, x) - 1.0;

    private static Term Edge(Term x, Term step, bool isInclusive)
    {
        var multiple = Multiple(x, step);
        return (isInclusive ? Floor(multiple) + 0.5 : Term.Apply(Op.Ceiling, multiple) - 0.5) * step;
    }

    private Term WithZero(ZeroDistribution zero, Bindings environment, Term[] batch, Term hasZero, Term rest)
    {
        var p = Argument(zero.Probability, environment, batch);
        var other = LogOfComplement(p) + rest;
        return Where(hasZero, LogSum(LogOfProbability(p), other), other);
    }

    private Term Components(BoundDistribution distribution, Bindings environment, Term[] batch, Func<BoundDistribution, Bindings, Term[], Term> of)
    {
        switch (distribution)
        {
            case MixtureDistribution mixture:
                var weights = Weights(mixture.Weights, environment, batch);
                return Whole(mixture.Weights, weights, Mixed(mixture.Components.Length, weights,
                    k => of(mixture.Components[k], environment, BatchOf(mixture.Components[k], batch))));
            case MixtureComprehension mixture:
                var shares = Weights(mixture.Weights, environment, batch);
                var first = Scalar(mixture.Lower, environment);
                var size = Size(Scalar(mixture.Upper, environment) - first + 1.0, mixture.Span);
                return Whole(mixture.Weights, shares, _math.LogSumExp(size, k =>
                    Log(shares[k]) + of(mixture.Component, environment.With(mixture.Loop, k + first), BatchOf(mixture.Component, batch))));
            default:
                throw new UnreachableException($"no distribution function of {distribution.GetType().Name}");
        }
    }

    /// <summary>The support of what is recorded: the ends move into the interval.</summary>
    private static Bounds<Term> Clamp(Bounds<Term> support, Term? lower, Term? upper)
    {
        if (lower is not null) support = support with { Lower = support.HasLower ? Maximum(support.Lower, lower) : lower, HasLower = true };
        if (upper is not null) support = support with { Upper = support.HasUpper ? Minimum(support.Upper, upper) : upper, HasUpper = true };
        if (lower is not null && support.HasUpper) support = support with { Upper = Maximum(support.Upper, lower) };
        if (upper is not null && support.HasLower) support = support with { Lower = Minimum(support.Lower, upper) };
        return support;
    }
}
