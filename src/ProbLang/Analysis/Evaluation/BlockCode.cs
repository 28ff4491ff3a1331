namespace ProbLang.Analysis;

/// <summary>Evaluates the right side of a deterministic statement into the cells that an iteration defines.</summary>
internal static class BlockCode
{
    /// <summary>Writes the cells of so many iterations from one on, of a statement of which no branch decides.</summary>
    public static Action<int, int> RunWriter(ExpressionCode code, DefinitionState state, double[] cells)
    {
        if (NetRun.Of(code, state, cells) is { } net) return net.Write;
        var write = Writer(code, state, cells);
        return (first, count) =>
        {
            for (var i = first; i < first + count; i++)
            {
                Iterations.Set(code, state, i);
                write(i);
            }
        };
    }

    /// <summary>Given an iteration whose plates' indices are set, writes its cells.</summary>
    public static Action<int> Writer(ExpressionCode code, DefinitionState state, double[] cells)
    {
        var value = state.Definition.Value!;
        var targets = state.Targets;
        if (value.Rank == 0)
        {
            var scalar = code.Scalar(value);
            return i => cells.AsSpan(targets[i], state.SizeOf(i)).Fill(scalar());
        }
        var array = code.Array(value);
        return i => array().Values.AsSpan(0, state.SizeOf(i)).CopyTo(cells.AsSpan(targets[i], state.SizeOf(i)));
    }
}
