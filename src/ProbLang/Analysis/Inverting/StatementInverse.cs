using System.Globalization;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Finds what a computed statement whose value is given can be solved for.</summary>
internal sealed class StatementInverse(Draft draft)
{
    private readonly ConditionedFacts _facts = new(draft);
    private readonly SolvableParts _parts = new(draft.Graph);
    private readonly HashSet<int> _open = [];

    /// <summary>Why a statement has no inverse; where several parts might have been solved for, of the likeliest.</summary>
    public NoInverse? Reason { get; private set; }

    /// <summary>Solves some iterations of a statement, and takes the cells that they are solved for; null where there is no inverse.</summary>
    public SolvedStatement? Solve(int number, bool[] iterations, SolvedStatements taken)
    {
        var definition = draft.Graph.Definitions[number];
        Reason = null;
        if (!_open.Add(number)) return null;
        var found = _parts.Of(definition, IsUnknown).Select(target => TrySolve(number, iterations, target, taken)).FirstOrDefault(s => s is not null);
        _open.Remove(number);
        if (found is null) Reason ??= new NoInverse("nothing unknown goes into it that has as many elements", definition.Span);
        return found;
    }

    private SolvedStatement? TrySolve(int number, bool[] iterations, Bound target, SolvedStatements taken)
    {
        var state = draft.Definitions[number];
        var definition = state.Definition;
        var variable = SolvableParts.VariableOf(target);
        if (Unfit(variable, target) is { } unfit) return Refuse(unfit);
        Iterations.Set(draft.Code, state, Array.IndexOf(iterations, true));
        var inverse = new ExpressionInverse(target, new Formula(definition.Target).Part(definition.Variable, definition.Indices), _facts);
        if (inverse.Of(definition.Value!) is not { } solution) return Refuse(inverse.Reason!);
        if (Cells(number, iterations, target, taken, out var cells) is { } misfit) return Refuse(misfit);
        if (Behind(variable, cells, taken) is { } behind) return Refuse(behind);
        foreach (var (from, count) in cells) taken.Take(draft[variable].State, from, count, number);
        return new SolvedStatement(number, iterations, target, solution);
    }

    private SolvedStatement? Refuse(NoInverse reason)
    {
        Reason ??= reason;
        return null;
    }

    /// <summary>Whether some of a variable is unknown that the data may determine.</summary>
    private bool IsUnknown(Variable variable) => variable is { IsInput: false, IsParameter: false } && Enumerable.Range(0, draft[variable].State.Count).Any(c => IsUnknown(draft[variable], c));

    private static bool IsUnknown(VariableDraft variable, int cell) =>
        variable.Owner[cell] >= 0 && double.IsNaN(variable.State.Values[cell]) && (variable.Given is not { } given || double.IsNaN(given.Values[cell]));

    /// <summary>Why nothing can be solved for a variable, whatever the map.</summary>
    private NoInverse? Unfit(Variable variable, Bound target)
    {
        if (variable.Type != ElementType.Real) return new NoInverse($"`{_facts.TextOf(target)}` is discrete", target.Span);
        return SolvableParts.WhyNoDensity(draft.Graph, variable) is { } why ? new NoInverse($"`{variable}` {why}", target.Span) : null;
    }

    /// <summary>The cells that the target is in each iteration: as many as the left side has, and others in each.</summary>
    private NoInverse? Cells(int number, bool[] iterations, Bound target, SolvedStatements taken, out List<(int From, int Count)> cells)
    {
        cells = [];
        var (state, variable) = (draft.Definitions[number], draft[SolvableParts.VariableOf(target)]);
        var seen = new HashSet<int>();
        var offset = OffsetOf(target, variable.State);
        for (var i = 0; i < iterations.Length; i++)
        {
            if (!iterations[i]) continue;
            Iterations.Set(draft.Code, state, i);
            var (from, count) = offset();
            if (from < 0) return new NoInverse($"which element `{_facts.TextOf(target)}` is, is not known", target.Span);
            if (variable.State.Rows is { } rows && target is not VariableValue) count = Enumerable.Range(from, count).Count(rows.Contains);
            if (count != state.SizeOf(i)) return new NoInverse($"`{_facts.TextOf(target)}` has {Elements(count)}, and what is computed of it {Elements(state.SizeOf(i))}", target.Span);
            for (var cell = from; cell < from + count; cell++)
            {
                if (!seen.Add(cell)) return new NoInverse($"`{Element(variable.State, cell)}` goes into more than one element", target.Span);
                if (!IsUnknown(variable, cell)) return new NoInverse($"`{Element(variable.State, cell)}` is given, too", target.Span);
                if (taken[variable.State.Variable, cell] is >= 0 and var other) return new NoInverse(
                    $"`{Element(variable.State, cell)}` is determined by `{draft.Graph.Definitions[other].Variable}` (line {draft.Locate(draft.Graph.Definitions[other].Span).Line.ToString(CultureInfo.InvariantCulture)}) already", target.Span);
                if (draft.Definitions[variable.Owner[cell]] is { } owner && (owner.Definition.IsMerged || owner.Space.IsOpen is not [] && owner.Space.IsOpen[variable.Iteration[cell]]))
                    return new NoInverse($"`{Element(variable.State, cell)}` is defined in a branch that the data do not decide", target.Span);
            }
            cells.Add((from, count));
        }
        return null;
    }

    private Func<(int From, int Count)> OffsetOf(Bound target, VariableState variable)
    {
        if (target is not IndexedValue part) return () => (0, variable.Count);
        var indices = part.Indices.Select(i => draft.Code.Scalar(((AtIndex)i).Position)).ToArray();
        var block = Tensor.CountOf(variable.Shape.AsSpan(indices.Length));
        return () =>
        {
            var offset = 0;
            for (var d = 0; d < indices.Length; d++)
            {
                var at = draft.Code.Offset(indices[d](), variable.Shape[d], part.Array, d, part.Span);
                if (at < 0) return (-1, 0);
                offset = offset * variable.Shape[d] + at;
            }
            return (offset * block, block);
        };
    }

    /// <summary>What is solved for and is computed itself must be solvable in turn.</summary>
    private NoInverse? Behind(Variable variable, List<(int From, int Count)> cells, SolvedStatements taken)
    {
        var own = draft[variable];
        foreach (var number in cells.SelectMany(c => Enumerable.Range(c.From, c.Count)).Select(c => own.Owner[c]).Distinct().ToArray())
        {
            if (draft.Graph.Definitions[number].IsRandom || taken.Contains(number)) continue;
            // All of its iterations, to see whether there is a way: which of them are solved shows when all that is given is.
            var (reason, trial) = (Reason, new SolvedStatements());
            var every = new bool[draft.Definitions[number].Count];
            Array.Fill(every, true);
            var isSolvable = !_open.Contains(number) && Solve(number, every, trial) is not null;
            var why = Reason;
            Reason = reason;
            if (!isSolvable) return why ?? new NoInverse($"`{variable}` depends on itself", draft.Graph.Definitions[number].Span);
        }
        return null;
    }

    private static string Element(VariableState state, int cell) => ShapeText.Element(state.Variable.Name, state.Shape, cell);

    private static string Elements(int count) => count == 1 ? "1 element" : count.ToString(CultureInfo.InvariantCulture) + " elements";
}
