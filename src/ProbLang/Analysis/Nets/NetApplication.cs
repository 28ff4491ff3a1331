using System.Runtime.InteropServices;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Applies a net to the rows of arrays, that is, along their last dimension.</summary>
internal sealed class NetApplication(NetValue value, SourceText source)
{
    private readonly bool _isEmbedding = value.Net.Kind!.Name == "embedding";
    private NetEvaluation? _evaluation;
    private double[] _weights = [];

    public Tensor Of(NetPlan plan, Tensor argument, Tensor? context, Tensor weights)
    {
        var (shape, inputs) = (ShapeOf(plan, argument.Shape), _isEmbedding ? 1 : plan.Shape.Inputs);
        var length = argument.Rank == 0 || _isEmbedding ? 1 : argument.Shape[^1];
        var rows = length == 0 ? Tensor.CountOf(argument.Shape.AsSpan(0, argument.Rank - 1)) : argument.Values.Length / length;
        var isPrefix = IsPrefix(argument.Rank);
        if (length != inputs && !(isPrefix && length < inputs)) throw new DiagnosticException(Mismatch(length, inputs, "a vector", value.Argument));
        if (context is not null && (context.Rank == 0 ? 1 : context.Shape[^1]) != plan.Shape.Context)
            throw new DiagnosticException(Mismatch(context.Rank == 0 ? 1 : context.Shape[^1], plan.Shape.Context, "a context", value.Context!));
        if (!argument.IsKnown || context is { IsKnown: false } || EvaluationOf(plan, weights.Values) is not { } evaluation) return Tensor.Unknown(shape);
        var contexts = context is null ? [] : Repeated(context.Values, plan.Shape.Context, rows);
        var result = Tensor.Filled(shape, double.NaN);
        // Nothing follows a whole row.
        if (!isPrefix || length < inputs) evaluation.Evaluate(value.Aspect, rows, argument.Values, contexts, result.Values);
        return result;
    }

    /// <summary>The values for arguments that are a row of one length each.</summary>
    public double[][] OfRows(NetPlan plan, Tensor[] arguments, Tensor?[] contexts, Tensor weights)
    {
        int[] known = [.. Enumerable.Range(0, arguments.Length).Where(i => arguments[i].IsKnown && contexts[i] is not { IsKnown: false })];
        var values = new double[arguments.Length][];
        if (known.Length < 2 || EvaluationOf(plan, weights.Values) is not { } evaluation)
        {
            for (var i = 0; i < values.Length; i++) values[i] = Of(plan, arguments[i], contexts[i], weights).Values;
            return values;
        }
        for (var i = 0; i < values.Length; i++)
            if (i == 0 || Array.BinarySearch(known, i) < 0) values[i] = Of(plan, arguments[i], contexts[i], weights).Values;
        var result = new double[known.Length * values[0].Length];
        if (!IsPrefix(arguments[0].Rank) || arguments[0].Length < plan.Shape.Inputs)
            evaluation.Evaluate(value.Aspect, known.Length, Stacked(known.Select(i => arguments[i])), Stacked(known.Select(i => contexts[i])), result);
        else Array.Fill(result, double.NaN);
        for (var k = 0; k < known.Length; k++) values[known[k]] = result[(k * values[0].Length)..((k + 1) * values[0].Length)];
        return values;
    }

    private static double[] Stacked(IEnumerable<Tensor?> rows) => [.. rows.SelectMany(r => r is null ? [] : r.Values)];

    private bool IsPrefix(int rank) => value is { Aspect: NetAspect.Value, Net.Kind.Change: < 0 } && value.Rank < rank;

    private int[] ShapeOf(NetPlan plan, int[] argument) =>
        value.Aspect == NetAspect.InverseLogJacobian || value.Rank < argument.Length ? argument[..value.Rank]
        : value.Rank == 0 ? [] : [.. argument.AsSpan(0, value.Rank - 1), value.Aspect == NetAspect.Inverse || value.Net.Kind!.IsInvertible ? argument[^1] : plan.Shape.Outputs];

    /// <summary>The net with its weights, kept as long as they stay the same; null where they are not known.</summary>
    private NetEvaluation? EvaluationOf(NetPlan plan, double[] weights)
    {
        if (_evaluation is not null && MemoryMarshal.Cast<double, long>(weights).SequenceEqual(MemoryMarshal.Cast<double, long>(_weights))) return _evaluation;
        if (Array.Exists(weights, double.IsNaN)) return null;
        _weights = (double[])weights.Clone();
        return _evaluation = new NetEvaluation(plan, _weights);
    }

    /// <summary>One context serves all rows.</summary>
    private static double[] Repeated(double[] context, int length, int rows)
    {
        if (context.Length == length * rows) return context;
        var repeated = new double[length * rows];
        for (var r = 0; r < rows; r++) context.CopyTo(repeated, r * length);
        return repeated;
    }

    private Diagnostic Mismatch(int given, int taken, string what, Bound part) =>
        DataDiagnostics.NetArgument(value.Net.Name, given, taken, what, source.Locate(part.Span), source.Locate(value.Net.Span));
}
