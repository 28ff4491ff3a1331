using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Tests.Analysis.Nets;

/// <summary>A net by itself, at random weights.</summary>
internal sealed class PlannedNet
{
    private readonly NetEvaluation _evaluation;

    /// <param name="net">How it is written.</param>
    /// <param name="inputs">How many values it takes.</param>
    /// <param name="outputs">How many values it gives.</param>
    /// <param name="context">How long its context is.</param>
    /// <param name="spread">The standard deviation of its weights; where it is 0 they are where learning starts.</param>
    public PlannedNet(string net, int inputs, int outputs, int context = 0, double spread = 0.7)
    {
        Plan = PlanOf(net, inputs, outputs, context);
        Weights = spread == 0 ? Plan.Start(1, 0) : Numbers(Plan.WeightCount, spread, 1);
        _evaluation = new NetEvaluation(Plan, Weights);
    }

    public NetPlan Plan { get; }

    public double[] Weights { get; }

    public static NetPlan PlanOf(string net, int inputs, int outputs, int context = 0)
    {
        var graph = ModelText.Bind($"net f = {net}\nx ~ Normal(0, 1)");
        var code = new ExpressionCode(graph.Source, v => throw new InvalidOperationException(v.Name));
        return NetPlan.Of(graph.Nets[0], new NetShape(inputs, outputs, context), code.Evaluate, graph.Source);
    }

    public double[] Of(NetAspect aspect, double[] argument, double[] context, int rows = 1)
    {
        var result = new double[rows * (aspect == NetAspect.InverseLogJacobian ? 1 : Plan.Layer.Outputs)];
        _evaluation.Evaluate(aspect, rows, argument, context, result);
        return result;
    }

    /// <summary>What a masked net says after the beginning of a row.</summary>
    public double Next(double[] beginning, double[] context)
    {
        var result = new double[1];
        _evaluation.Evaluate(NetAspect.Value, 1, beginning, context, result);
        return result[0];
    }

    /// <summary>The derivative of each value by each argument at one row, by Richardson's extrapolation of differences over a step and half of it.</summary>
    public double[,] Jacobian(NetAspect aspect, double[] argument, double[] context, double step)
    {
        var jacobian = new double[Plan.Layer.Outputs, argument.Length];
        for (var j = 0; j < argument.Length; j++)
        {
            var (near, far) = (Difference(j, step / 2), Difference(j, step));
            for (var i = 0; i < near.Length; i++) jacobian[i, j] = (4 * near[i] - far[i]) / 3;
        }
        return jacobian;

        double[] Difference(int j, double h)
        {
            var (up, down) = ((double[])argument.Clone(), (double[])argument.Clone());
            (up[j], down[j]) = (up[j] + h, down[j] - h);
            return [.. Of(aspect, up, context).Zip(Of(aspect, down, context), (a, b) => (a - b) / (2 * h))];
        }
    }

    public static double[] Numbers(int count, double spread, uint stream)
    {
        var random = new Philox(3, stream, 0);
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = spread * random.NextNormal();
        return numbers;
    }
}
