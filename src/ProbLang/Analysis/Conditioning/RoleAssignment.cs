using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>
/// Decides what each cell is. What is observed needs the cells that its statement's iteration reads, and these need theirs;
/// a cell that is not given is latent where it is needed, else it is drawn forward.
/// </summary>
internal sealed class RoleAssignment
{
    private readonly Draft _draft;
    private readonly Reads[] _reads;
    private readonly bool[] _onceDone;
    private readonly bool[][] _visited;
    private readonly Stack<(int Definition, int Iteration)> _open = new();

    private RoleAssignment(Draft draft)
    {
        _draft = draft;
        _reads = [.. draft.Graph.Definitions.Watched().Select(d => new Reads(draft.Code, v => v.IsInput ? null : draft.State(v), d))];
        _onceDone = new bool[draft.Definitions.Length];
        _visited = [.. draft.Definitions.Select(d => new bool[d.Count])];
    }

    public static void Run(Draft draft)
    {
        var roles = new RoleAssignment(draft);
        roles.CheckReads();
        roles.CheckExtents();
        if (draft.HasErrors) return;
        foreach (var state in draft.Graph.Variables.Where(v => !v.IsInput).Select(v => draft[v].State)) roles.NeedObserved(state);
        foreach (var order in draft.Graph.GivenOrders) roles.NeedConditioned(order.Plates, order.Gates, [order.Less, order.Greater], order.Span, "this condition");
        foreach (var condition in draft.Graph.GivenConditions) roles.NeedConditioned(condition.Plates, condition.Gates, [condition.Condition], condition.Span, "this condition");
        foreach (var value in draft.Conditions.Where(c => c.Of is not null)) roles.NeedConditioned([], [], [value.Condition], value.Span, "what is given");
        foreach (var factor in draft.Graph.Factors) roles.NeedConditioned(factor.Plates, factor.Gates, [factor.Value], factor.Span, "this factor");
        roles.Spread();
        foreach (var variable in draft.Graph.Variables.Where(v => !v.IsInput)) roles.Assign(draft[variable]);
        roles.FindForward();
    }

    /// <summary>How many cells one draw of an iteration covers; those of a batch are drawn independently.</summary>
    public static int EventSize(DefinitionState state, int iteration)
    {
        if (!state.Definition.IsRandom || state.BlockShape.Length == 0) return 1;
        var rank = state.EventRank;
        return rank == state.BlockShape.Length ? state.SizeOf(iteration) : Tensor.CountOf(state.BlockShape.AsSpan(state.BlockShape.Length - rank));
    }

    /// <summary>Every index is inside its array, and nothing is read that nothing defines.</summary>
    private void CheckReads()
    {
        var shapes = new Shapes(_draft.Code, v => _draft.State(v)?.Shape, v => _draft.State(v)?.Rows);
        for (var d = 0; d < _reads.Length; d++)
        {
            var (state, reads) = (_draft.Definitions[d], new Reads(_draft.Code, _draft.State, _draft.Graph.Definitions[d], shapes));
            if (state.Count == 0) continue;
            _draft.Attempt(state.Definition.Variable, () =>
            {
                for (var i = 0; i < state.Count; i++)
                {
                    Iterations.Set(_draft.Code, state, i);
                    if (i == 0) reads.VisitOnce(Check);
                    if (reads.AreAllOnce) break;
                    reads.VisitEach(Check);

                    void Check(VariableState read, int offset, int count)
                    {
                        if (read.Variable.IsInput) return;
                        var variable = _draft[read.Variable];
                        for (var cell = offset; cell < offset + count; cell++)
                        {
                            if (!state.Definition.IsMerged && OutsideBranch(read, cell, state.Space.IsOpen is [] || !state.Space.IsOpen[i] ? [] : state.Space.OpenGates) is { } owner)
                                throw Outside(read, cell, owner, state.Definition.Span, $"`{TargetOf(state, i)}`");
                            if (variable.Owner[cell] >= 0 || !read.Exists(cell)) continue;
                            if (double.IsNaN(read.Values[cell])) throw Undefined(read, cell, state, i);
                            if (variable.IsExtended && !variable.IsReadBeyond) variable.NoteRead(cell);
                        }
                    }
                }
            });
        }
    }

    /// <summary>An array that is longer than what the statements define, and not for their use, is a mistake.</summary>
    private void CheckExtents()
    {
        foreach (var variable in _draft.Graph.Variables.Select(v => _draft[v]))
            if (variable is { Defined: { } defined, IsReadBeyond: false, Given: { } given })
                _draft.Report(KnownValues.WrongShape(_draft, variable.State.Variable, defined, given));
            else if (variable is { DefinedRows: { } rows, IsReadBeyond: false, Given: { } longer })
                _draft.Attempt(variable.State.Variable, () => RaggedFit.Of(_draft, variable.State.Variable, rows.Shape, rows, longer));
    }

    private DiagnosticException Undefined(VariableState read, int cell, DefinitionState state, int iteration) =>
        new(DataDiagnostics.Undefined(ShapeText.Element(read.Variable.Name, read.Shape, cell), _draft.Locate(FirstUse.Of(state.Definition, read.Variable) ?? state.Definition.Span), $"`{TargetOf(state, iteration)}`"));

    private string TargetOf(DefinitionState state, int iteration)
    {
        var defined = _draft[state.Definition.Variable].State;
        return state.BlockSize == 1 ? ShapeText.Element(defined.Variable.Name, defined.Shape, state.Targets[iteration]) : defined.Variable.Name;
    }

    /// <summary>The statement that defines a cell in a branch that may not hold, where what reads the cell is not in that branch.</summary>
    private DefinitionState? OutsideBranch(VariableState read, int cell, IReadOnlyList<Gate> around)
    {
        var variable = _draft[read.Variable];
        if (variable.Owner[cell] < 0) return null;
        var owner = _draft.Definitions[variable.Owner[cell]];
        var iteration = variable.Iteration[cell];
        if (owner.Definition.IsMerged || owner.Space.IsOpen is [] || !owner.Space.IsOpen[iteration]) return null;
        foreach (var gate in owner.Space.OpenGates)
        {
            if (!around.Any(g => ReferenceEquals(g.Condition, gate.Condition) && g.Side == gate.Side)) return owner;
            // The same gate, in the same round of the plates outside of it.
            for (var p = 0; p < gate.Depth; p++)
                if (_draft.Code[owner.Space.Plates[p].Loop].Value != owner.LoopValues[p][iteration]) return owner;
        }
        return null;
    }

    private DiagnosticException Outside(VariableState read, int cell, DefinitionState owner, Text.Span use, string what) =>
        new(DataDiagnostics.OutsideBranch(ShapeText.Element(read.Variable.Name, read.Shape, cell), _draft.Locate(use), what, _draft.Locate(owner.Definition.Target)));

    private void NeedObserved(VariableState state)
    {
        var variable = _draft[state.Variable];
        for (var cell = 0; cell < state.Count; cell++)
            if (variable.Owner[cell] is >= 0 and var d && _draft.Graph.Definitions[d].IsRandom && !double.IsNaN(state.Values[cell])) Need(variable, cell);
    }

    /// <summary>A condition is evidence like an observation, so what it speaks of is needed.</summary>
    private void NeedConditioned(IReadOnlyList<Plate> plates, IReadOnlyList<Gate> gates, IEnumerable<Bound> values, Text.Span span, string what)
    {
        var reads = new Reads(_draft.Code, v => v.IsInput ? null : _draft.State(v), plates, values.Concat(gates.Select(g => g.Condition)));
        var place = _draft.Locate(span);
        try
        {
            new Gating(_draft, plates, gates).ForEach(open => reads.VisitAll((state, offset, count) =>
            {
                for (var cell = offset; cell < offset + count; cell++)
                    if (OutsideBranch(state, cell, open) is { } owner) throw Outside(state, cell, owner, span, what);
                Need(state, offset, count);
            }));
        }
        catch (DiagnosticException mistake)
        {
            _draft.Report(mistake.Diagnostic);
        }

        void Need(VariableState state, int offset, int count)
        {
            for (var cell = offset; cell < offset + count; cell++)
                if (_draft[state.Variable].Owner[cell] < 0 && double.IsNaN(state.Values[cell]) && state.Exists(cell))
                    throw new DiagnosticException(DataDiagnostics.Undefined(ShapeText.Element(state.Variable.Name, state.Shape, cell), place, what));
            NeedRun(state, offset, count);
        }
    }

    private void NeedRun(VariableState state, int offset, int count)
    {
        var variable = _draft[state.Variable];
        for (var cell = offset; cell < offset + count; cell++)
            if (!state.Needed[cell]) Need(variable, cell);
    }

    private void Need(VariableDraft variable, int cell)
    {
        variable.State.Needed[cell] = true;
        var d = variable.Owner[cell];
        if (d < 0) return;
        var i = variable.Iteration[cell];
        if (EventSize(_draft.Definitions[d], i) is > 1 and var size)
        {
            // One cell of a draw makes all of it needed.
            var from = cell - (cell - _draft.Definitions[d].Targets[i]) % size;
            variable.State.Needed.AsSpan(from, size).Fill(true);
        }
        if (_visited[d][i]) return;
        _visited[d][i] = true;
        _open.Push((d, i));
    }

    private void Spread()
    {
        while (_open.TryPop(out var next))
        {
            var (d, i) = next;
            Iterations.Set(_draft.Code, _draft.Definitions[d], i);
            if (!_onceDone[d])
            {
                _onceDone[d] = true;
                _reads[d].VisitOnce(NeedRun);
            }
            _reads[d].VisitEach(NeedRun);
        }
    }

    private void Assign(VariableDraft variable)
    {
        var state = variable.State;
        var looks = new Ticker();
        for (var cell = 0; cell < state.Count; cell++)
        {
            looks.Tick();
            var isGiven = !double.IsNaN(state.Values[cell]);
            state.Roles[cell] = variable.Owner[cell] switch
            {
                < 0 => isGiven ? Role.Known : Role.Undefined,
                var d when _draft.Graph.Definitions[d].IsRandom => isGiven ? Role.Observed : state.Needed[cell] ? Role.Latent : Role.Predicted,
                _ => Role.Computed,
            };
        }
    }

    /// <summary>In dependency order: computed cells that something predicted goes into are evaluated after the forward draw.</summary>
    private void FindForward()
    {
        foreach (var run in _draft.Order)
        {
            var state = _draft.Definitions[run.Definition];
            if (state.Definition.IsRandom) continue;
            var own = _draft[state.Definition.Variable].State;
            var reads = _reads[run.Definition];
            for (var i = run.First; i < run.First + run.Count; i++)
            {
                var block = own.Roles.AsSpan(state.Targets[i], state.SizeOf(i));
                if (_visited[run.Definition][i]) continue;
                var isForward = false;
                Iterations.Set(_draft.Code, state, i);
                reads.VisitAll((read, offset, count) =>
                {
                    if (isForward) return;
                    foreach (var role in read.Roles.AsSpan(offset, count)) isForward |= role is Role.Predicted or Role.ComputedForward;
                });
                if (isForward) block.Fill(Role.ComputedForward);
            }
        }
    }
}
