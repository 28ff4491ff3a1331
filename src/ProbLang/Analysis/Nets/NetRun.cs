using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>Applies a net in the iterations of a statement, many at a time: they are the rows of one matrix.</summary>
internal sealed class NetRun
{
    private const int MostIterations = 512;

    private readonly ExpressionCode _code;
    private readonly DefinitionState _state;
    private readonly double[] _cells;
    private readonly Func<Tensor> _argument;
    private readonly Func<Tensor>? _context;
    private readonly Func<Tensor> _weights;
    private readonly Once<NetPlan> _plan;
    private readonly NetApplication _application;

    private NetRun(NetValue value, ExpressionCode code, DefinitionState state, double[] cells)
    {
        (_code, _state, _cells) = (code, state, cells);
        (_argument, _context, _weights) = (code.Array(value.Argument), value.Context is { } context ? code.Array(context) : null, code.Array(value.Weights!));
        (_plan, _application) = (new Once<NetPlan>(() => code.Plans(value.Net)), new NetApplication(value, code.Source));
    }

    /// <summary>Of a statement whose iterations apply a net to one row each, and none to what another makes; else null.</summary>
    public static NetRun? Of(ExpressionCode code, DefinitionState state, double[] cells)
    {
        if (state.Definition.Value is not NetValue { Argument.Rank: <= 1, Context: null or { Rank: <= 1 }, Weights: not null } value || state.Space.OpenGates.Length > 0) return null;
        if (value is { Net.Kind.Name: "embedding", Argument.Rank: > 0 }) return null;
        Bound[] arguments = [value.Argument, .. value.Context is { } context ? [context] : (ReadOnlySpan<Bound>)[]];
        return Uses.Of(arguments).Contains(state.Definition.Variable) ? null : new NetRun(value, code, state, cells);
    }

    /// <summary>Writes the cells of some iterations.</summary>
    public void Write(int first, int count)
    {
        for (var from = first; from < first + count; from += MostIterations) WriteSome(from, Math.Min(MostIterations, first + count - from));
    }

    private void WriteSome(int first, int count)
    {
        var (arguments, contexts) = (new Tensor[count], new Tensor?[count]);
        for (var i = 0; i < count; i++)
        {
            Iterations.Set(_code, _state, first + i);
            (arguments[i], contexts[i]) = (Copy(_argument()), _context is null ? null : Copy(_context()));
        }
        var weights = _weights();
        // Beginnings of rows may be of different lengths.
        if (Array.TrueForAll(arguments, a => a.Values.Length == arguments[0].Values.Length)) Write(first, _application.OfRows(_plan.Value, arguments, contexts, weights));
        else
            for (var i = 0; i < count; i++) Write(first + i, [_application.Of(_plan.Value, arguments[i], contexts[i], weights).Values]);
    }

    private void Write(int first, double[][] values)
    {
        for (var i = 0; i < values.Length; i++) values[i].AsSpan(0, _state.SizeOf(first + i)).CopyTo(_cells.AsSpan(_state.Targets[first + i]));
    }

    private static Tensor Copy(Tensor value) => new(value.Shape, (double[])value.Values.Clone());
}
