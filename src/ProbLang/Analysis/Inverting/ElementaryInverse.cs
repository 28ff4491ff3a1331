using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>What must hold of the value of a map for it to have come from somewhere.</summary>
/// <param name="Holds">Truth values, one an element.</param>
/// <param name="Of">What they are about.</param>
/// <param name="Why">Said where one does not hold, after the value.</param>
internal sealed record RangeLimit(Bound Holds, Bound Of, string Why);

/// <summary>A map undone at a value.</summary>
/// <param name="Value">The argument that gives the value.</param>
/// <param name="LogDerivative">log |d argument / d value|, for each element; one number where it is the same for all.</param>
/// <param name="Limits">Of the value.</param>
internal sealed record UndoneMap(Bound Value, Bound LogDerivative, params ImmutableArray<RangeLimit> Limits);

/// <summary>The inverses of elementary functions of real numbers, each with the logarithm of its derivative.</summary>
/// <param name="formula">Writes at the place of the function.</param>
internal sealed class ElementaryInverse(Formula formula)
{
    /// <summary>The argument for which a function has a value; null where there is none or more than one.</summary>
    /// <param name="op">The function.</param>
    /// <param name="x">Its value.</param>
    /// <param name="argument">The argument as it is written.</param>
    /// <param name="isNonNegative">Whether a quantity is nowhere below 0.</param>
    public UndoneMap? Of(Op op, Bound x, Bound argument, Func<Bound, bool> isNonNegative) => op switch
    {
        Op.Negate => new(formula.Negate(x), Zero),
        Op.Exp => new(Log(x), formula.Negate(Log(x)), Above(x, 0, "`exp` gives numbers above 0")),
        Op.Log => new(Exp(x), x),
        Op.Log1p => new(formula.Apply(Op.Expm1, x), x),
        Op.Expm1 => new(Log1p(x), formula.Negate(Log1p(x)), Above(x, -1, "`expm1` gives numbers above -1")),
        Op.Logit => new(formula.Apply(Op.Logistic, x), formula.Negate(formula.Add(Softplus(x), Softplus(formula.Negate(x))))),
        Op.Logistic => new(formula.Apply(Op.Logit, x), formula.Negate(formula.Add(Log(x), Log1p(formula.Negate(x)))), Between(x, 0, 1, "`logistic` gives numbers between 0 and 1")),
        Op.Tanh => Tanh(x),
        Op.Sinh => Sinh(x),
        Op.Softplus => Softplus(x, formula.Apply(Op.Expm1, formula.Negate(x))),
        Op.Phi => Phi(x),
        Op.InversePhi => new(formula.Apply(Op.Phi, x), LogNormal(x)),
        Op.Sqrt => new(Square(x), formula.Add(formula.Number(Math.Log(2)), Log(x)), Above(x, 0, "`sqrt` gives numbers above 0")),
        Op.Square when isNonNegative(argument) => Power(x, formula.Number(2)),
        Op.Abs when isNonNegative(argument) => new(x, Zero, Above(x, 0, "`abs` gives numbers above 0")),
        _ => null,
    };

    /// <summary>As <see cref="Of(Op, Bound, Bound, Func{Bound, bool})"/>, of two arguments, of which the other one does not depend on what is sought.</summary>
    public UndoneMap? Of(Op op, Bound x, Bound argument, Bound other, bool isFirst, Func<Bound, bool> isNonNegative) => (op, isFirst) switch
    {
        (Op.Add, _) => new(formula.Subtract(x, other), Zero),
        (Op.Subtract, true) => new(formula.Add(x, other), Zero),
        (Op.Subtract, false) => new(formula.Subtract(other, x), Zero),
        (Op.Multiply, _) => new(formula.Divide(x, other), formula.Negate(formula.LogAbs(other)), NotZero(other, "a multiple by 0 says nothing of what is multiplied")),
        (Op.Divide, true) => new(formula.Multiply(x, other), formula.LogAbs(other)),
        (Op.Divide, false) => new(formula.Divide(other, x), formula.Subtract(formula.LogAbs(other), formula.Multiply(formula.Number(2), formula.LogAbs(x))),
            NotZero(other, "0 divided by anything says nothing of what it is divided by"), NotZero(x, "a quotient of numbers is not 0")),
        (Op.Power, true) => isNonNegative(argument) ? Power(x, other) : other is ConstantValue { Value: var n } && Math.Abs(n % 2) == 1 ? OddPower(x, n) : null,
        (Op.Power, false) => Exponent(x, other),
        _ => null,
    };

    private Bound Zero => formula.Number(0);

    private UndoneMap Tanh(Bound x)
    {
        var (above, below) = (Log1p(x), Log1p(formula.Negate(x)));
        return new(formula.Multiply(formula.Number(0.5), formula.Subtract(above, below)), formula.Negate(formula.Add(above, below)), Between(x, -1, 1, "`tanh` gives numbers between -1 and 1"));
    }

    /// <summary>sign(x) log(1 + |x| + (√(1 + x²) - 1)), which is exact near 0.</summary>
    private UndoneMap Sinh(Bound x)
    {
        var (size, squared) = (formula.Apply(Op.Abs, x), Square(x));
        var root = formula.Apply(Op.Sqrt, formula.Add(formula.Number(1), squared));
        var distance = Log1p(formula.Add(size, formula.Divide(squared, formula.Add(formula.Number(1), root))));
        return new(Signed(x, distance), formula.Negate(Log(root)));
    }

    private UndoneMap Softplus(Bound x, Bound lessOne) =>
        new(formula.Add(x, Log(formula.Negate(lessOne))), formula.Negate(Log(formula.Negate(lessOne))), Above(x, 0, "`softplus` gives numbers above 0"));

    private UndoneMap Phi(Bound x)
    {
        var z = formula.Apply(Op.InversePhi, x);
        return new(z, formula.Negate(LogNormal(z)), Between(x, 0, 1, "`Phi` gives numbers between 0 and 1"));
    }

    private UndoneMap Power(Bound x, Bound exponent) =>
        new(formula.Apply(Op.Power, x, formula.Divide(formula.Number(1), exponent)), LogOfRoot(Log(x), exponent),
            Above(x, 0, "a power of a positive number is above 0"), NotZero(exponent, "a power of exponent 0 is always 1"));

    private UndoneMap OddPower(Bound x, double n)
    {
        var size = formula.Apply(Op.Abs, x);
        var root = formula.Apply(Op.Power, size, formula.Number(1 / n));
        return n is 1 ? new(x, Zero) : new(Signed(x, root), LogOfRoot(Log(size), formula.Number(n)), NotZero(x, "the derivative there is 0 or infinite, so that the density is not finite"));
    }

    /// <summary>log |d x^(1/n) / dx|.</summary>
    private Bound LogOfRoot(Bound logX, Bound n) =>
        formula.Subtract(formula.Multiply(formula.Subtract(formula.Divide(formula.Number(1), n), formula.Number(1)), logX), formula.LogAbs(n));

    private UndoneMap Exponent(Bound x, Bound of)
    {
        var log = Log(of);
        return new(formula.Divide(Log(x), log), formula.Negate(formula.Add(Log(x), formula.LogAbs(log))),
            Above(x, 0, "a power of a positive number is above 0"), Above(of, 0, "only powers of a number above 0 can be solved for the exponent"),
            new(formula.Compare(Op.NotEqual, of, formula.Number(1)), of, "a power of 1 is always 1"));
    }

    private Bound LogNormal(Bound z) =>
        formula.Subtract(formula.Number(-0.5 * Math.Log(2 * Math.PI)), formula.Multiply(formula.Number(0.5), Square(z)));

    private Bound Signed(Bound x, Bound size) => formula.Choose(formula.Compare(Op.Less, x, Zero), formula.Negate(size), size);

    private Bound Log(Bound x) => formula.Apply(Op.Log, x);

    private Bound Log1p(Bound x) => formula.Apply(Op.Log1p, x);

    private Bound Exp(Bound x) => formula.Apply(Op.Exp, x);

    private Bound Square(Bound x) => formula.Apply(Op.Square, x);

    private Bound Softplus(Bound x) => formula.Apply(Op.Softplus, x);

    private RangeLimit Above(Bound x, double limit, string why) => new(formula.Compare(Op.Less, formula.Number(limit), x), x, why);

    private RangeLimit Between(Bound x, double lower, double upper, string why) =>
        new(formula.Compare(Op.And, formula.Compare(Op.Less, formula.Number(lower), x), formula.Compare(Op.Less, x, formula.Number(upper))), x, why);

    private RangeLimit NotZero(Bound x, string why) => new(formula.Compare(Op.NotEqual, x, Zero), x, why);
}
