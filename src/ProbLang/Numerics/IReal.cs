using System.Numerics;

namespace ProbLang.Numerics;

/// <summary>
/// The scalar algebra in which densities and functions are written once. Instantiated with <see cref="Real"/> a formula
/// computes; instantiated with a program's terms it builds the program. Conditions are values: 1 holds, 0 does not.
/// </summary>
internal interface IReal<T> :
    IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IMultiplyOperators<T, T, T>, IDivisionOperators<T, T, T>, IUnaryNegationOperators<T, T>
    where T : IReal<T>
{
    /// <summary>A constant.</summary>
    static abstract implicit operator T(double value);

    /// <summary>A built-in function of one or more arguments, by <see cref="Op"/>.</summary>
    static abstract T Apply(Op op, T a);

    /// <summary>A built-in function of two arguments.</summary>
    static abstract T Apply(Op op, T a, T b);

    /// <summary><paramref name="a"/> where the condition holds, else <paramref name="b"/>. Both sides are computed; a non-finite value on the side not taken does no harm to value or gradient.</summary>
    static abstract T Where(T condition, T a, T b);

    /// <summary>A special function that has no <see cref="Op"/> of its own.</summary>
    static abstract T Call(SpecialFunction function, ReadOnlySpan<T> arguments);

    /// <summary>The value with its derivative taken as 0.</summary>
    static abstract T Constant(T value);
}

/// <summary>The elementwise operations that every back end knows.</summary>
internal enum Op
{
#pragma warning disable CS1591 // each is the function of its name
    Add, Subtract, Multiply, Divide, Remainder, Power, Minimum, Maximum, Atan2,
#pragma warning restore CS1591

    /// <summary>The greater; either of the two where one is not a number. For a value that only scales what it is later divided out of.</summary>
    GreaterOf,

#pragma warning disable CS1591
    Less, LessOrEqual, Equal, NotEqual, And, Or,
#pragma warning restore CS1591

    /// <summary>exp of what is at most 0; results below 1e-307 may be 0.</summary>
    ExpNonPositive,

#pragma warning disable CS1591
    Not, Negate, Abs, Square, Sqrt, Exp, Log, Log1p, Expm1,
    Sin, Cos, Tan, Asin, Acos, Atan, Sinh, Cosh, Tanh,
    Floor, Ceiling, Round,
    Logistic, Logit, Softplus, LogGamma, Digamma, Erf, Phi, InversePhi, LogPhi,
#pragma warning restore CS1591
}

/// <summary>A smooth function outside the hot set: how to compute it, and each partial derivative as a function of the same arguments.</summary>
/// <param name="Name">Shown in dumps.</param>
/// <param name="Evaluate">The value at the arguments.</param>
/// <param name="Partials">One a parameter; null where the function is taken as constant in it.</param>
internal sealed record SpecialFunction(string Name, SpecialFunction.Evaluation Evaluate, Func<SpecialFunction>?[] Partials)
{
    /// <summary>Computes a value.</summary>
    public delegate double Evaluation(ReadOnlySpan<double> arguments);
}

/// <summary>Names for the operations, so that a formula reads as a formula: <c>using static ProbLang.Numerics.RealMath;</c></summary>
internal static class RealMath
{
#pragma warning disable CS1591 // each is the function of its name
    public static T Exp<T>(T x) where T : IReal<T> => T.Apply(Op.Exp, x);
    public static T Log<T>(T x) where T : IReal<T> => T.Apply(Op.Log, x);
    public static T Log1p<T>(T x) where T : IReal<T> => T.Apply(Op.Log1p, x);
    public static T Expm1<T>(T x) where T : IReal<T> => T.Apply(Op.Expm1, x);
    public static T Sqrt<T>(T x) where T : IReal<T> => T.Apply(Op.Sqrt, x);
    public static T Square<T>(T x) where T : IReal<T> => T.Apply(Op.Square, x);
    public static T Abs<T>(T x) where T : IReal<T> => T.Apply(Op.Abs, x);
    public static T Sin<T>(T x) where T : IReal<T> => T.Apply(Op.Sin, x);
    public static T Cos<T>(T x) where T : IReal<T> => T.Apply(Op.Cos, x);
    public static T Tanh<T>(T x) where T : IReal<T> => T.Apply(Op.Tanh, x);
    public static T Atan<T>(T x) where T : IReal<T> => T.Apply(Op.Atan, x);
    public static T Floor<T>(T x) where T : IReal<T> => T.Apply(Op.Floor, x);
    public static T Logistic<T>(T x) where T : IReal<T> => T.Apply(Op.Logistic, x);
    public static T Logit<T>(T x) where T : IReal<T> => T.Apply(Op.Logit, x);
    public static T Softplus<T>(T x) where T : IReal<T> => T.Apply(Op.Softplus, x);
    public static T LogGamma<T>(T x) where T : IReal<T> => T.Apply(Op.LogGamma, x);
    public static T Digamma<T>(T x) where T : IReal<T> => T.Apply(Op.Digamma, x);
    public static T Erf<T>(T x) where T : IReal<T> => T.Apply(Op.Erf, x);
    public static T Phi<T>(T x) where T : IReal<T> => T.Apply(Op.Phi, x);
    public static T InversePhi<T>(T x) where T : IReal<T> => T.Apply(Op.InversePhi, x);
    public static T LogPhi<T>(T x) where T : IReal<T> => T.Apply(Op.LogPhi, x);
    public static T Power<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Power, x, y);
    public static T Minimum<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Minimum, x, y);
    public static T Maximum<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Maximum, x, y);
    public static T Less<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Less, x, y);
    public static T LessOrEqual<T>(T x, T y) where T : IReal<T> => T.Apply(Op.LessOrEqual, x, y);
    public static T Equal<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Equal, x, y);
    public static T And<T>(T x, T y) where T : IReal<T> => T.Apply(Op.And, x, y);
    public static T Or<T>(T x, T y) where T : IReal<T> => T.Apply(Op.Or, x, y);
    public static T Not<T>(T x) where T : IReal<T> => T.Apply(Op.Not, x);
    public static T LogBeta<T>(T a, T b) where T : IReal<T> => LogGamma(a) + LogGamma(b) - LogGamma(a + b);
#pragma warning restore CS1591

    /// <summary>log(exp(a) + exp(b)) without overflow.</summary>
    public static T LogAddExp<T>(T a, T b) where T : IReal<T> => Maximum(a, b) + Softplus(-Abs(a - b));
}
