using System.Diagnostics;

namespace ProbLang.Numerics;

/// <summary>Every operation of <see cref="Op"/> on doubles.</summary>
internal static class Scalar
{
    /// <summary>A function of one argument.</summary>
    public static double Apply(Op op, double x) => op switch
    {
        Op.Not => x == 0 ? 1 : 0,
        Op.Negate => -x,
        Op.Abs => Math.Abs(x),
        Op.Square => x * x,
        Op.Sqrt => Math.Sqrt(x),
        Op.Exp or Op.ExpNonPositive => Math.Exp(x),
        Op.Log => Math.Log(x),
        Op.Log1p => SpecialFunctions.Log1p(x),
        Op.Expm1 => SpecialFunctions.Expm1(x),
        Op.Sin => Math.Sin(x),
        Op.Cos => Math.Cos(x),
        Op.Tan => Math.Tan(x),
        Op.Asin => Math.Asin(x),
        Op.Acos => Math.Acos(x),
        Op.Atan => Math.Atan(x),
        Op.Sinh => Math.Sinh(x),
        Op.Cosh => Math.Cosh(x),
        Op.Tanh => Math.Tanh(x),
        Op.Floor => Math.Floor(x),
        Op.Ceiling => Math.Ceiling(x),
        Op.Round => Math.Round(x, MidpointRounding.AwayFromZero),
        Op.Logistic => SpecialFunctions.Logistic(x),
        Op.Logit => SpecialFunctions.Logit(x),
        Op.Softplus => SpecialFunctions.Softplus(x),
        Op.LogGamma => SpecialFunctions.LogGamma(x),
        Op.Digamma => SpecialFunctions.Digamma(x),
        Op.Erf => SpecialFunctions.Erf(x),
        Op.Phi => SpecialFunctions.Phi(x),
        Op.InversePhi => SpecialFunctions.InversePhi(x),
        Op.LogPhi => SpecialFunctions.LogPhi(x),
        _ => throw new UnreachableException($"{op} does not take one argument"),
    };

    /// <summary>A function of two arguments.</summary>
    public static double Apply(Op op, double x, double y) => op switch
    {
        Op.Add => x + y,
        Op.Subtract => x - y,
        Op.Multiply => x * y,
        Op.Divide => x / y,
        Op.Remainder => SpecialFunctions.Remainder(x, y),
        Op.Power => Math.Pow(x, y),
        Op.Minimum => Math.Min(x, y),
        Op.Maximum => Math.Max(x, y),
        Op.GreaterOf => x > y ? x : y,
        Op.Atan2 => Math.Atan2(x, y),
        Op.Less => x < y ? 1 : 0,
        Op.LessOrEqual => x <= y ? 1 : 0,
        Op.Equal => x == y ? 1 : 0,
        Op.NotEqual => x != y ? 1 : 0,
        Op.And => x != 0 && y != 0 ? 1 : 0,
        Op.Or => x != 0 || y != 0 ? 1 : 0,
        _ => throw new UnreachableException($"{op} does not take two arguments"),
    };

    /// <summary>Whether an operation takes two arguments.</summary>
    public static bool IsBinary(Op op) => op <= Op.Or;
}
