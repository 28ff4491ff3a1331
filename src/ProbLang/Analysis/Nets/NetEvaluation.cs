using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A net on doubles, for any number of rows at a time. What depends on the weights alone is computed once.</summary>
internal sealed class NetEvaluation
{
    private readonly NetPlan _plan;
    private readonly RealNetMath _math;

    /// <param name="plan">The net.</param>
    /// <param name="weights">Its weights, which must not change.</param>
    public NetEvaluation(NetPlan plan, double[] weights)
    {
        if (weights.Length != plan.WeightCount) throw new UnreachableException($"{weights.Length} weights for {plan.Net}, which has {plan.WeightCount}");
        (_plan, _math) = (plan, new RealNetMath(weights));
    }

    /// <summary>Evaluates a net once; see <see cref="Evaluate(NetAspect, int, ReadOnlySpan{double}, ReadOnlySpan{double}, Span{double})"/>.</summary>
    public static void Evaluate(
        NetPlan plan, NetAspect aspect, int rows, ReadOnlySpan<double> argument, ReadOnlySpan<double> context, double[] weights, Span<double> result) =>
        new NetEvaluation(plan, weights).Evaluate(aspect, rows, argument, context, result);

    /// <summary>An aspect of the net at every row.</summary>
    /// <param name="aspect">What of the net.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="argument">Rows × inputs; of an embedding, a label a row; of a masked net also rows × fewer, its first ones.</param>
    /// <param name="context">Rows × the length of the context; empty where there is none.</param>
    /// <param name="result">
    /// Overwritten: rows × outputs, or rows for a Jacobian. Of a masked net that is given its first inputs only, a number a row, its next output. What
    /// is not a number makes its row not a number.
    /// </param>
    public void Evaluate(NetAspect aspect, int rows, ReadOnlySpan<double> argument, ReadOnlySpan<double> context, Span<double> result)
    {
        if (rows == 0) return;
        var math = _math.Fork();
        var x = RealNetMath.Copy([rows, argument.Length / rows], argument);
        var by = _plan.Shape.Context == 0 ? null : RealNetMath.Copy([rows, _plan.Shape.Context], context);
        if (_plan.Layer is MaskedPerceptron masked && x.Shape[1] < _plan.Shape.Inputs)
        {
            var next = masked.Next<Real>(math, x.Shape[1] == 0 ? null : x, rows, by, x.Shape[1])[0];
            for (var r = 0; r < rows; r++) result[r] = next(r);
            return;
        }
        if (aspect == NetAspect.Value)
        {
            RealNetMath.CopyTo(_plan.Layer.Apply(math, x, by), result);
            return;
        }
        var logs = new List<Func<Real, Real>>();
        var inverse = ((InvertibleLayer)_plan.Layer).Invert(math, x, by, logs);
        if (aspect == NetAspect.Inverse) RealNetMath.CopyTo(inverse, result);
        else
            for (var r = 0; r < rows; r++) result[r] = logs.Sum(log => log(r));
    }
}
