using ProbLang.Numerics;

namespace ProbLang.Graph;

/// <summary>The operators of the language as functions. <c>a &gt; b</c> is held as <c>b &lt; a</c>.</summary>
internal static class Operators
{
    public static readonly OpFunction Add = new("+", Op.Add);
    public static readonly OpFunction Subtract = new("-", Op.Subtract);
    public static readonly OpFunction Multiply = new("*", Op.Multiply);
    public static readonly OpFunction Divide = new("/", Op.Divide);
    public static readonly OpFunction Remainder = new("%", Op.Remainder);
    public static readonly OpFunction Power = new("^", Op.Power);
    public static readonly OpFunction Square = new("square", Op.Square);
    public static readonly OpFunction Negate = new("-", Op.Negate);
    public static readonly OpFunction Less = new("<", Op.Less);
    public static readonly OpFunction LessOrEqual = new("<=", Op.LessOrEqual);
    public static readonly OpFunction Equal = new("==", Op.Equal);
    public static readonly OpFunction NotEqual = new("!=", Op.NotEqual);
    public static readonly OpFunction And = new("and", Op.And);
    public static readonly OpFunction Or = new("or", Op.Or);
    public static readonly OpFunction Not = new("not", Op.Not);

    private static readonly IReadOnlyDictionary<Op, OpFunction> s_byOp =
        new[] { Add, Subtract, Multiply, Divide, Remainder, Power, Square, Negate, Less, LessOrEqual, Equal, NotEqual, And, Or, Not }
            .Concat(FunctionCatalog.All.OfType<ElementwiseEntry>().Select(e => e.Function).OfType<OpFunction>()).DistinctBy(f => f.Op).ToDictionary(f => f.Op);

    /// <summary>The function of an operation that the language has.</summary>
    public static OpFunction Of(Op op) => s_byOp[op];
}

/// <summary>log B(a, b).</summary>
internal sealed class LogBetaFunction : ElementwiseFunction
{
    public override string Name => "lbeta";

    public override int Arity => 2;

    public override T Evaluate<T>(ReadOnlySpan<T> arguments) => RealMath.LogBeta(arguments[0], arguments[1]);
}

/// <summary>The logarithm of "n choose k".</summary>
internal sealed class LogChooseFunction : ElementwiseFunction
{
    public override string Name => "lchoose";

    public override int Arity => 2;

    public override T Evaluate<T>(ReadOnlySpan<T> arguments)
    {
        var (n, k) = (arguments[0], arguments[1]);
        return RealMath.LogGamma(n + 1.0) - RealMath.LogGamma(k + 1.0) - RealMath.LogGamma(n - k + 1.0);
    }
}
