using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Orders the iterations of statements that may need each other, each after those it reads. Statements that do not read
/// each other's variables stay whole; the rest is sorted iteration by iteration, without recursion, so that long chains do
/// not exhaust the stack.
/// </summary>
internal sealed class Schedule
{
    private enum Mark : byte { New, Open, Done }

    private readonly Draft _draft;
    private readonly int[] _definitions;
    private readonly int[] _base;
    private readonly Reads[] _reads;
    private readonly Mark[] _marks;
    private readonly bool[] _onceDone;
    private readonly List<int> _dependencies = [];
    private readonly Stack<(int Node, int From, int At)> _path = new();
    private int _from;

    private Schedule(Draft draft, int[] definitions, HashSet<Variable> variables)
    {
        _draft = draft;
        _definitions = definitions;
        _base = new int[definitions.Length + 1];
        for (var k = 0; k < definitions.Length; k++) _base[k + 1] = _base[k] + draft.Definitions[definitions[k]].Count;
        _reads = [.. definitions.Select(d => new Reads(draft.Code, v => variables.Contains(v) ? draft.State(v) : null, draft.Graph.Definitions[d]))];
        _marks = new Mark[_base[^1]];
        _onceDone = new bool[definitions.Length];
    }

    /// <summary>Appends the iterations of the statements of some variables to the order. A cycle is thrown as a diagnostic.</summary>
    public static void Run(Draft draft, IReadOnlyList<Variable> variables)
    {
        var own = new HashSet<Variable>(variables, ReferenceEqualityComparer.Instance);
        var definitions = new List<int>();
        foreach (var variable in variables) definitions.AddRange(draft.DefinitionsOf(variable));
        definitions.Sort();
        if (definitions.Exists(d => Parts.OfRight(draft.Graph.Definitions[d]).Any(e => Uses.Of([e]).Overlaps(own))))
            new Schedule(draft, [.. definitions], own).Sort();
        else
            foreach (var d in definitions)
                if (draft.Definitions[d].Count > 0) draft.Order.Add(new DefinitionRun(d, 0, draft.Definitions[d].Count));
    }

    private void Sort()
    {
        for (var root = 0; root < _marks.Length; root++)
        {
            if (_marks[root] != Mark.New) continue;
            Enter(root);
            while (_path.Count > 0)
            {
                var (node, from, at) = _path.Pop();
                while (at < _dependencies.Count && _marks[_dependencies[at]] == Mark.Done) at++;
                if (at == _dependencies.Count) Leave(node, from);
                else
                {
                    var next = _dependencies[at];
                    _path.Push((node, from, at + 1));
                    if (_marks[next] == Mark.Open) throw Cycle(next);
                    Enter(next);
                }
            }
        }
    }

    private void Enter(int node)
    {
        _marks[node] = Mark.Open;
        _from = _dependencies.Count;
        _path.Push((node, _from, _from));
        var k = StatementOf(node);
        Iterations.Set(_draft.Code, _draft.Definitions[_definitions[k]], node - _base[k]);
        if (!_onceDone[k]) _reads[k].VisitOnce(Depend);
        _reads[k].VisitEach(Depend);
    }

    private void Leave(int node, int from)
    {
        _dependencies.RemoveRange(from, _dependencies.Count - from);
        _marks[node] = Mark.Done;
        var k = StatementOf(node);
        _onceDone[k] = true;
        Append(_definitions[k], node - _base[k]);
    }

    private void Depend(VariableState state, int offset, int count)
    {
        var variable = _draft[state.Variable];
        for (var cell = offset; cell < offset + count; cell++)
        {
            if (variable.Owner[cell] < 0) continue;
            var node = _base[Array.IndexOf(_definitions, variable.Owner[cell])] + variable.Iteration[cell];
            if (_dependencies.Count == _from || _dependencies[^1] != node) _dependencies.Add(node);
        }
    }

    private void Append(int definition, int iteration)
    {
        var order = _draft.Order;
        if (order.Count > 0 && order[^1] is var last && last.Definition == definition && last.First + last.Count == iteration)
            order[^1] = last with { Count = last.Count + 1 };
        else order.Add(new DefinitionRun(definition, iteration, 1));
    }

    private int StatementOf(int node)
    {
        var k = Array.BinarySearch(_base, node);
        if (k < 0) return ~k - 1;
        // Statements without iterations share their start with the next one.
        while (_base[k + 1] == _base[k]) k++;
        return k;
    }

    private DiagnosticException Cycle(int node)
    {
        var around = _path.Select(p => p.Node).TakeWhile(n => n != node).Append(node).Reverse().ToArray();
        var notes = around.Skip(1).DistinctBy(StatementOf).Where(n => StatementOf(n) != StatementOf(node))
            .Select(n => ($"through `{Element(n)}`, defined here", Place(n)));
        return new(DataDiagnostics.Cycle(Element(node), Place(node), notes));
    }

    private string Element(int node)
    {
        var state = _draft.Definitions[_definitions[StatementOf(node)]];
        var variable = _draft[state.Definition.Variable].State;
        return state.BlockSize == 1
            ? ShapeText.Element(variable.Variable.Name, variable.Shape, state.Targets[node - _base[StatementOf(node)]])
            : variable.Variable.Name;
    }

    private Location Place(int node) => _draft.Locate(_draft.Graph.Definitions[_definitions[StatementOf(node)]].Span);
}
