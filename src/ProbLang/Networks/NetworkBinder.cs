using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>Makes a network of a file: who is whose parent, tables whole and in one order, parents before children.</summary>
internal sealed class NetworkBinder
{
    /// <summary>A hostile table of a few words can ask for any number of cells; beyond this many the model would be longer than a model may be.</summary>
    public const int MaximumCells = 1 << 20;

    /// <summary>With more, of which most have a single label, lists would be nested more deeply than a model may nest them.</summary>
    public const int MaximumParents = 32;

    private readonly SourceText _source;
    private readonly DiagnosticList _diagnostics;
    private readonly BifFile _file;
    private readonly Dictionary<string, int> _variables = [];
    private readonly List<LabelledVariable> _labelled = [];
    private readonly Dictionary<int, BoundTable> _tables = [];
    private readonly List<Diagnostic> _warnings = [];
    private long _cells;

    private NetworkBinder(BifFile file, SourceText source, DiagnosticList diagnostics) => (_file, _source, _diagnostics) = (file, source, diagnostics);

    /// <summary>The network, or null where the file has mistakes.</summary>
    public static Network? Bind(BifFile file, SourceText source, DiagnosticList diagnostics)
    {
        var binder = new NetworkBinder(file, source, diagnostics);
        binder.AddVariables();
        foreach (var table in file.Tables)
            if (!diagnostics.IsFull) binder.AddTable(table);
        binder.ReportMissingTables();
        return binder.Ordered();
    }

    private void AddVariables()
    {
        if (_file.Variables.Count == 0) _diagnostics.Add(NetworkDiagnostics.Empty(_source));
        for (var i = 0; i < _file.Variables.Count && !_diagnostics.IsFull; i++)
        {
            var (name, labels) = _file.Variables[i];
            if (!_variables.TryAdd(name.Text, i)) _diagnostics.Add(NetworkDiagnostics.VariableTwice(_source, name, _file.Variables[_variables[name.Text]].Name.Span));
            if (labels.Count == 0) _diagnostics.Add(NetworkDiagnostics.NoLabels(_source, name));
            var codes = new Dictionary<string, int>();
            foreach (var label in labels)
                if (!codes.TryAdd(label.Text, codes.Count)) _diagnostics.Add(NetworkDiagnostics.LabelTwice(_source, label, name));
            _labelled.Add(new LabelledVariable(name, labels, codes));
        }
    }

    private void AddTable(BifTable table)
    {
        if (Find(table.Variable) is not { } variable) return;
        if (_tables.TryGetValue(variable, out var first))
        {
            _diagnostics.Add(NetworkDiagnostics.TableTwice(_source, table.Variable, first.Head));
            return;
        }
        var parents = FindParents(table);
        _tables.Add(variable, new BoundTable(table.Variable.Span, parents ?? [], null));
        if (parents is null || !Fits(table, variable, parents)) return;
        var cells = TableBinder.Bind(table, _labelled[variable], [.. parents.Select(p => _labelled[p])], _source, _diagnostics, _warnings);
        _tables[variable] = new BoundTable(table.Variable.Span, parents, cells);
    }

    private List<int>? FindParents(BifTable table)
    {
        if (table.Parents.Count > MaximumParents)
        {
            _diagnostics.Add(NetworkDiagnostics.TooManyParents(_source, table.Variable, table.Parents.Count));
            return null;
        }
        var parents = new List<int>();
        foreach (var name in table.Parents)
        {
            if (Find(name) is not { } parent) continue;
            if (parents.Contains(parent)) _diagnostics.Add(NetworkDiagnostics.ParentTwice(_source, name, table.Variable));
            else parents.Add(parent);
        }
        return parents.Count == table.Parents.Count ? parents : null;
    }

    private int? Find(BifName name)
    {
        if (_variables.TryGetValue(name.Text, out var variable)) return variable;
        _diagnostics.Add(NetworkDiagnostics.UnknownVariable(_source, name, Spelling.Nearest(name.Text, _variables.Keys)));
        return null;
    }

    private bool Fits(BifTable table, int variable, List<int> parents)
    {
        double cells = _file.Variables[variable].Labels.Count;
        foreach (var parent in parents) cells *= _file.Variables[parent].Labels.Count;
        if (cells == 0) return false;
        if (cells + _cells <= MaximumCells)
        {
            _cells += (long)cells;
            return true;
        }
        _diagnostics.Add(NetworkDiagnostics.TooManyCells(_source, table.Variable, cells));
        return false;
    }

    private void ReportMissingTables()
    {
        for (var i = 0; i < _file.Variables.Count && !_diagnostics.IsFull; i++)
            if (!_tables.ContainsKey(i)) _diagnostics.Add(NetworkDiagnostics.NoTable(_source, _file.Variables[i].Name));
    }

    /// <summary>The variables, each at the first place in the file's order that comes after its parents.</summary>
    private Network? Ordered()
    {
        var count = _file.Variables.Count;
        var parents = Enumerable.Range(0, count).Select(i => _tables.TryGetValue(i, out var table) ? table.Parents : []).ToList();
        var order = NetworkOrder.Of(parents);
        if (order.Count < count) _diagnostics.Add(Cycle(NetworkOrder.Cycle(parents, order)));
        var isWrong = _diagnostics.HasErrors;
        // Only now, so that no warning takes the place of a mistake.
        foreach (var warning in _warnings) _diagnostics.Add(warning);
        if (isWrong) return null;
        var places = new int[count];
        for (var i = 0; i < count; i++) places[order[i]] = i;
        var variables = order.Select(v => new NetworkVariable(_file.Variables[v].Name.Text, [.. _file.Variables[v].Labels.Select(l => l.Text)],
            [.. parents[v].Select(p => places[p])], _tables[v].Cells!));
        return new Network(_file.Network?.Name, [.. _file.Network?.Properties ?? []], [.. variables]);
    }

    private Diagnostic Cycle(List<int> cycle) =>
        NetworkDiagnostics.Cycle(_source, [.. cycle.Select(v => (_file.Variables[v].Name.Text, _tables[v].Head))]);

    /// <summary>What a probability block says: where its variable is named, the parents, and the cells, null where they have mistakes.</summary>
    private sealed record BoundTable(Span Head, List<int> Parents, double[]? Cells);
}

/// <summary>A variable with the place of each of its labels.</summary>
internal sealed record LabelledVariable(BifName Name, List<BifName> Labels, Dictionary<string, int> Codes);
