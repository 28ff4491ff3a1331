using ProbLang.Numerics;

namespace ProbLang.Graph;

/// <summary>A function that acts on scalars, and elementwise on arrays.</summary>
internal abstract class ElementwiseFunction
{
    public abstract string Name { get; }

    public abstract int Arity { get; }

    public abstract T Evaluate<T>(ReadOnlySpan<T> arguments) where T : IReal<T>;
}

/// <summary>An operation of the scalar algebra as a function.</summary>
internal sealed class OpFunction(string name, Op op) : ElementwiseFunction
{
    public Op Op => op;

    public override string Name => name;

    public override int Arity => Scalar.IsBinary(op) ? 2 : 1;

    public override T Evaluate<T>(ReadOnlySpan<T> arguments) => Arity == 1 ? T.Apply(op, arguments[0]) : op switch
    {
        Op.Add => arguments[0] + arguments[1],
        Op.Subtract => arguments[0] - arguments[1],
        Op.Multiply => arguments[0] * arguments[1],
        Op.Divide => arguments[0] / arguments[1],
        _ => T.Apply(op, arguments[0], arguments[1]),
    };
}

/// <summary>The functions of whole arrays, by the names of the language: GpExpQuad is gp_exp_quad.</summary>
internal enum ArrayFunction
{
    Sum, Prod, Mean, Variance, Sd, Min, Max, LogSumExp,
    Softmax, LogSoftmax, Cumsum, Sort, Rank,
    Size, Length, Rows, Cols,
    Dot, MatrixMultiply, Transpose, Inverse, Det, LogDet, Solve, Cholesky, Diag, Diagonal, Identity, Trace, Outer, Quadratic,
    Ones, Zeros, Linspace, Concat, Append, OneHot,
    GpExpQuad, GpMatern32, GpMatern52, GpPeriodic,
}
