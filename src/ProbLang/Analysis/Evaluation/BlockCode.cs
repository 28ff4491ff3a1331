namespace ProbLang.Analysis;

/// <summary>Evaluates the right side of a deterministic statement into the cells that an iteration defines.</summary>
internal static class BlockCode
{
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
