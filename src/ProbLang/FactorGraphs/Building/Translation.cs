using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Compiles a conditioned model to a factor graph. Statements are taken apart into points; points that are alike (observed or not, reading the same parts) are
/// put together again into plates; everything known becomes a table; what is left is written with the operations of the factor graph.
/// </summary>
internal sealed partial class Translation
{
    private readonly ConditionedModel _model;
    private readonly CancellationToken _cancellation;
    private readonly bool _withPredictions;
    private readonly ExpressionCode _code;
    private readonly Shapes _shapes;
    private readonly Scalarising _scalarising;
    private readonly FactorNames _names = new();
    private readonly FactorRanges _ranges;
    private readonly FrameMaking _frames;
    private readonly PartTable _parts;
    private readonly List<FactorVariable> _variables = [];
    private readonly Stack<ImmutableArray<FactorStatement>.Builder> _blocks = new();
    private readonly List<Diagnostic> _objections = [];
    private readonly List<string> _notes = [];
    private readonly Dictionary<(Variable Variable, int Cell), double> _given = [];
    private readonly HashSet<Variable> _missing = new(ReferenceEqualityComparer.Instance);
    private Location _place = null!;

    private Translation(ConditionedModel model, bool withPredictions, CancellationToken cancellation)
    {
        (_model, _withPredictions, _cancellation) = (model, withPredictions, cancellation);
        _code = new ExpressionCode(model.Graph.Source, v => new Tensor(model[v].Shape, model[v].Values) { Rows = model[v].Rows }) { Plans = net => model.Nets[net] };
        _shapes = new Shapes(_code, v => model[v].Shape, v => model[v].Rows);
        _scalarising = new Scalarising(e => _shapes.Of(e)!, IsRandom, ConstantOf);
        _ranges = new FactorRanges(_names, _variables.Add);
        _frames = new FrameMaking(_ranges);
        _parts = new PartTable(v => model[v].Count);
        _blocks.Push(ImmutableArray.CreateBuilder<FactorStatement>());
    }

    public static FactorGraphBuild Of(ConditionedModel model, bool withPredictions, CancellationToken cancellation)
    {
        var translation = new Translation(model, withPredictions, cancellation);
        try
        {
            translation.Run();
        }
        catch (DiagnosticException mistake)
        {
            translation._objections.Add(mistake.Diagnostic);
        }
        return translation.Build();
    }

    private void Run()
    {
        foreach (var condition in _model.Conditions)
            if (condition.Of is var (variable, cell, value)) _given[(variable, cell)] = value;
        foreach (var factor in _model.Factors) _objections.Add(FactorGraphDiagnostics.Factor(Locate(factor.Factor.Span)));
        var classes = Classes();
        PrepareRanges(classes);
        PrepareVectors(classes);
        foreach (var each in classes) Attempt(each.Statement, () => Translate(each));
        foreach (var condition in _model.Conditions.Where(c => c.Of is null)) Attempt(null, () => Translate(condition));
    }

    /// <summary>What cannot be translated is objected to where something observed depends on it; else it is left out of the answer.</summary>
    private void Attempt(PointStatement? statement, Action translate)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (statement is not null && statement.Parts.SelectMany(p => Uses.Of([p])).Any(_missing.Contains))
        {
            LeaveOut(statement, null);
            return;
        }
        var (variables, blocks) = (_variables.Count, _blocks.Peek().Count);
        try
        {
            translate();
        }
        catch (UnsupportedException unsupported)
        {
            _combinations = 1;
            while (_blocks.Count > 1) _blocks.Pop();
            var top = _blocks.Peek();
            while (top.Count > blocks) top.RemoveAt(top.Count - 1);
            _variables.RemoveAll(v => _variables.IndexOf(v) >= variables && v.Data is null);
            LeaveOut(statement, unsupported.Diagnostic);
        }
    }

    private void LeaveOut(PointStatement? statement, Diagnostic? why)
    {
        if (statement?.Variable is { } variable)
        {
            _missing.Add(variable);
            var state = _model[variable];
            if (!statement.Cells.Any(c => IsNeeded(state, c)))
            {
                if (why is not null) _notes.Add($"`{variable.Name}` is not reported: {why.Message}");
                else if (!_notes.Exists(n => n.StartsWith($"`{variable.Name}` ", StringComparison.Ordinal))) _notes.Add($"`{variable.Name}` is not reported, since it follows from what is not");
                return;
            }
        }
        if (why is not null) Object(why);
    }

    /// <summary>Adds an objection, once.</summary>
    private void Object(Diagnostic why)
    {
        if (!_objections.Contains(why)) _objections.Add(why);
    }

    /// <summary>Whether something observed depends on a cell, or it is observed itself.</summary>
    private static bool IsNeeded(VariableState state, int cell) => state.Needed is [] ? state.Roles[cell] is Role.Latent or Role.Observed : state.Needed[cell];

    private FactorGraphBuild Build()
    {
        if (_objections.Count > 0) return new FactorGraphBuild { Objections = [.. _objections], Notes = [.. _notes] };
        var reports = Reports();
        var queries = reports.Values.SelectMany(r => r.Branches.Select(b => b.Selector).Append(r.Variable)).Where(v => v.Data is null).Distinct().ToImmutableArray();
        var graph = new FactorGraph(Path.GetFileNameWithoutExtension(_model.Graph.Source.Path), [.. _variables], [.. _ranges.All], Merging.Of(_blocks.Peek().ToImmutable()), queries);
        return new FactorGraphBuild { Graph = graph, Notes = [.. _notes], Reports = reports };
    }

    private Location Locate(Span span) => _model.Graph.Source.Locate(span);

    private string TextOf(Bound value) => value.Span.Length > 0 ? _model.Graph.Source.TextOf(value.Span) : GraphPrinter.Print(value);

    private void Emit(FactorStatement statement) => _blocks.Peek().Add(statement);

    /// <summary>Collects what is emitted meanwhile.</summary>
    private ImmutableArray<FactorStatement> Within(Action body)
    {
        _blocks.Push(ImmutableArray.CreateBuilder<FactorStatement>());
        body();
        return _blocks.Pop().ToImmutable();
    }

    private void Gate(GateKind kind, FactorReference selector, int value, Action body)
    {
        var statements = Within(body);
        if (!statements.IsEmpty) Emit(new GateStatement(kind, selector, value, statements));
    }

    /// <summary>Statements in the plates of a frame, from one depth to another.</summary>
    private void InPlates(Frame frame, int from, int to, Action body)
    {
        var statements = Within(body);
        if (statements.IsEmpty) return;
        for (var a = to - 1; a >= from; a--) statements = [new RepeatStatement(frame.Axes[a].Range, statements)];
        foreach (var statement in statements) Emit(statement);
    }
}
