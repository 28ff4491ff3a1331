using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>How a number depends on continuous unknowns, which are told apart by their numbers.</summary>
internal abstract record Dependence
{
    /// <summary>What a function of numbers is.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="span">Where it is written.</param>
    public static Dependence Of(ElementwiseFunction function, ReadOnlySpan<Dependence> arguments, Span span)
    {
        if (AreKnown(arguments)) return Evaluate(function, arguments);
        foreach (var argument in arguments)
            if (argument is InvolvedForm) return argument;
        var result = (function as OpFunction)?.Op switch
        {
            Op.Add => Add(arguments[0], arguments[1], 1),
            Op.Subtract => Add(arguments[0], arguments[1], -1),
            Op.Negate => Scale(arguments[0], -1),
            Op.Multiply => Multiply(arguments[0], arguments[1]),
            Op.Divide when arguments[1] is KnownForm by => Divide(arguments[0], by.Value),
            Op.Divide => Multiply(arguments[0], Power(arguments[1], -1)),
            Op.Square => Power(arguments[0], 2),
            Op.Sqrt => Power(arguments[0], 0.5),
            Op.Power when arguments[1] is KnownForm exponent => Power(arguments[0], exponent.Value),
            _ => null,
        };
        return result ?? new InvolvedForm(span);
    }

    /// <summary>The sum of one and a multiple of another; null where it is none of these forms.</summary>
    public static Dependence? Add(Dependence a, Dependence b, double times) => (a, b) switch
    {
        (KnownForm x, KnownForm y) => new KnownForm(x.Value + times * y.Value),
        (AffineForm x, KnownForm y) => x with { Constant = x.Constant + times * y.Value },
        (KnownForm x, AffineForm y) => new AffineForm(x.Value + times * y.Constant, Scaled(y.Terms, times)),
        (AffineForm x, AffineForm y) => Merge(x, y, times),
        (_, KnownForm { Value: 0 }) => a,
        (KnownForm { Value: 0 }, not null) => Scale(b, times),
        _ => null,
    };

    /// <summary>The product; null where it is none of these forms.</summary>
    public static Dependence? Multiply(Dependence? a, Dependence? b) => (a, b) switch
    {
        (KnownForm x, not null) => Scale(b, x.Value),
        (not null, KnownForm y) => Scale(a, y.Value),
        _ => AsMonomial(a) is { } x && AsMonomial(b) is { } y && x.Cell == y.Cell ? MonomialForm.Of(x.Coefficient * y.Coefficient, x.Cell, x.Exponent + y.Exponent, x.IsOfRoot || y.IsOfRoot) : null,
    };

    /// <summary>A number to a known power; null where it is none of these forms.</summary>
    public static Dependence? Power(Dependence a, double exponent) => exponent switch
    {
        0 => new KnownForm(1),
        1 => a,
        _ => a is KnownForm x ? new KnownForm(Math.Pow(x.Value, exponent))
            : AsMonomial(a) is { } m && double.IsFinite(exponent) ? MonomialForm.Of(Math.Pow(m.Coefficient, exponent), m.Cell, m.Exponent * exponent, m.IsOfRoot || exponent != Math.Floor(exponent)) : null,
    };

    /// <summary>A multiple of one unknown to a power, if it is one; the unknown itself included.</summary>
    public static MonomialForm? AsMonomial(Dependence? a) => a switch
    {
        MonomialForm m => m,
        AffineForm { Constant: 0, Terms: [var term] } => new MonomialForm(term.Coefficient, term.Cell, 1),
        _ => null,
    };

    private static Dependence? Scale(Dependence? a, double by) => by == 0 ? new KnownForm(0) : !double.IsFinite(by) ? null : a switch
    {
        KnownForm x => new KnownForm(by * x.Value),
        AffineForm x => new AffineForm(by * x.Constant, Scaled(x.Terms, by)),
        MonomialForm x => x with { Coefficient = by * x.Coefficient },
        _ => null,
    };

    /// <summary>Each part by itself, as it is written, rather than by the reciprocal.</summary>
    private static Dependence? Divide(Dependence a, double by) => by == 0 || !double.IsFinite(by) ? null : a switch
    {
        AffineForm x => new AffineForm(x.Constant / by, [.. x.Terms.Select(t => t with { Coefficient = t.Coefficient / by })]),
        MonomialForm x => x with { Coefficient = x.Coefficient / by },
        _ => null,
    };

    private static ImmutableArray<LinearTerm> Scaled(ImmutableArray<LinearTerm> terms, double by) => by == 1 ? terms : [.. terms.Select(t => t with { Coefficient = by * t.Coefficient })];

    private static Dependence Merge(AffineForm a, AffineForm b, double times)
    {
        var terms = ImmutableArray.CreateBuilder<LinearTerm>(a.Terms.Length + b.Terms.Length);
        for (int i = 0, j = 0; i < a.Terms.Length || j < b.Terms.Length;)
        {
            var (left, right) = (i < a.Terms.Length ? a.Terms[i].Cell : int.MaxValue, j < b.Terms.Length ? b.Terms[j].Cell : int.MaxValue);
            var coefficient = (left <= right ? a.Terms[i].Coefficient : 0) + (right <= left ? times * b.Terms[j].Coefficient : 0);
            if (coefficient != 0) terms.Add(new LinearTerm(Math.Min(left, right), coefficient));
            if (left <= right) i++;
            if (right <= left) j++;
        }
        var constant = a.Constant + times * b.Constant;
        return terms.Count == 0 ? new KnownForm(constant) : new AffineForm(constant, terms.ToImmutable());
    }

    private static bool AreKnown(ReadOnlySpan<Dependence> arguments)
    {
        foreach (var argument in arguments)
            if (argument is not KnownForm) return false;
        return true;
    }

    private static KnownForm Evaluate(ElementwiseFunction function, ReadOnlySpan<Dependence> arguments)
    {
        Span<Real> values = stackalloc Real[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ((KnownForm)arguments[i]).Value;
            if (double.IsNaN(values[i])) return new KnownForm(double.NaN);
        }
        return new KnownForm(function.Evaluate<Real>(values));
    }
}

/// <summary>It depends on none.</summary>
internal sealed record KnownForm(double Value) : Dependence;

/// <summary>A constant and a sum over unknowns, in the order of their numbers, with coefficients other than 0.</summary>
internal sealed record AffineForm(double Constant, ImmutableArray<LinearTerm> Terms) : Dependence;

/// <summary>A multiple of an unknown.</summary>
internal readonly record struct LinearTerm(int Cell, double Coefficient);

/// <summary>A multiple of one unknown to a power.</summary>
/// <param name="Coefficient">The multiple.</param>
/// <param name="Cell">The unknown.</param>
/// <param name="Exponent">The power.</param>
/// <param name="IsOfRoot">Whether a root was taken: √x² is x for a positive unknown alone, and so is not taken for a linear form.</param>
internal sealed record MonomialForm(double Coefficient, int Cell, double Exponent, bool IsOfRoot = false) : Dependence
{
    public static Dependence Of(double coefficient, int cell, double exponent, bool isOfRoot) => exponent switch
    {
        0 => new KnownForm(coefficient),
        1 when !isOfRoot => new AffineForm(0, [new LinearTerm(cell, coefficient)]),
        _ => new MonomialForm(coefficient, cell, exponent, isOfRoot),
    };
}

/// <summary>Anything else.</summary>
/// <param name="Span">The expression that makes it so.</param>
internal sealed record InvolvedForm(Span Span) : Dependence;
