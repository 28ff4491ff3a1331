using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>From the tree of a model to its graph: names resolved, ranks and types inferred, plates kept as plates.</summary>
internal sealed class Binder
{
    private readonly Declarations _declarations;
    private readonly BindingDiagnostics _report;
    private readonly ExpressionBinder _binder;
    private readonly DefinitionBinder _definitions;

    private Binder(ModelFile file, SourceText source, Unread unread)
    {
        _report = new(source);
        _declarations = Declarations.Collect(file, _report);
        _declarations.Unread = unread;
        _binder = new(_declarations, _report);
        _definitions = new(_declarations, _binder, _report);
    }

    /// <summary>Binds what could be read of a file; <paramref name="unread"/> may define what seems to be missing.</summary>
    public static BindResult Bind(ModelFile file, SourceText source, Unread? unread = null)
    {
        var binder = new Binder(file, source, unread ?? new Unread());
        binder.CheckFunctions();
        binder.InferRanks();
        var graph = binder.BindStatements(file, source);
        return new BindResult(binder._report.HasErrors ? null : graph, binder._report.ToDiagnostics());
    }

    private void CheckFunctions()
    {
        FunctionChecks.MarkRecursive(_declarations, _report);
        foreach (var function in _declarations.Functions.Values) _binder.CheckNames(function);
    }

    private void InferRanks()
    {
        _report.IsMuted = true;
        foreach (var plate in _declarations.Plates) plate.Loop.Category = _binder.Ends(plate.Statement.Range, plate.Outside) is { } ends ? CategoryOf.Range(ends.Lower, ends.Upper) : null;
        new RankInference(_declarations, _binder, _definitions).Run();
        _report.IsMuted = false;
        _binder.Restart();
    }

    private ModelGraph BindStatements(ModelFile file, SourceText source)
    {
        foreach (var input in _declarations.Inputs) BindInput(input);
        foreach (var site in _declarations.Definitions) BindDeclaredType(site);
        var plates = _declarations.Plates.ToDictionary(p => p, BindPlate, (IEqualityComparer<PlateSite>)ReferenceEqualityComparer.Instance);
        var definitions = _declarations.Definitions.Select(s => _definitions.Bind(s, plates)).OfType<Definition>().ToImmutableArray();
        var byVariable = definitions.ToLookup(d => d.Variable);
        foreach (var variable in _declarations.Variables.Where(v => !v.IsInput)) variable.DimensionNames = DimensionNames(variable, byVariable[variable]);
        new DimensionCategories(_declarations.Variables, byVariable).Find();
        var givens = new GivenBinder(_binder, _report);
        foreach (var given in _declarations.Givens) givens.Bind(given, plates);
        UnusedInputs.Report(_declarations, _report);

        var graph = new ModelGraph(
            source, file.Documentation, [.. _declarations.Variables, .. _declarations.Categories.All.SelectMany(c => c.Codes.Prepend(c.Size))], definitions, [.. givens.Values], [.. givens.Orders]);
        DefinitionChecks.Check(graph, _report);
        IndexOrigins.Check(definitions, _report);
        ConstantShapes.Check(graph, _report);
        return graph;
    }

    private void BindInput(InputSite site)
    {
        var (statement, variable) = (site.Statement, site.Variable);
        var dims = new List<Bound>();
        foreach (var dim in statement.Dims)
            if (_binder.Integer(dim, Scope.Top, "a size") is { } bound && ConstantChecks.IsSize(bound, dim.Span, _report)) dims.Add(bound);
        if (statement.Type is { } type) DeclaredTypes.Apply(type, variable, _binder, _report);
        variable.Dims = [.. dims, .. variable.StructureSize is { } size ? Enumerable.Repeat(size, DeclaredTypes.RankOf(variable.Structure)) : []];
        if (statement.Default is not { } written || _binder.ValueFor(variable, written, Scope.Top) is not { } value) return;
        if (value.Rank != variable.Rank) _report.DefaultShape(variable.Name, written.Span, variable.Rank, value.Rank);
        else if (value.Type > variable.Type) _report.DeclaredTypeMismatch(variable.Name, variable.DeclaredType ?? "real", "a real number", written.Span);
        else variable.Default = value;
    }

    private void BindDeclaredType(DefinitionSite site)
    {
        if (site.Statement.Type is not { } type) return;
        var declared = _declarations.TypeOf(site.Variable)!;
        var names = new FreeNames();
        foreach (var argument in type.Arguments) names.Add(argument, []);
        if (site.Variable.Category is null && names.Values.FirstOrDefault(n => site.Scope.Locals.ContainsKey(n.Text)) is { } local)
        {
            _report.TypeUsesLoop(local);
            return;
        }
        if (declared == type) DeclaredTypes.Apply(type, site.Variable, _binder, _report);
        else if (_report.TextOf(type.Span) != _report.TextOf(declared.Span)) _report.DeclaredTwice(site.Variable.Name, type.Span, declared.Span);
    }

    private Plate? BindPlate(PlateSite site) =>
        _binder.Ends(site.Statement.Range, site.Outside) is { } ends ? new Plate(site.Loop, ends.Lower, ends.Upper) : null;

    /// <summary>A dimension is named by the plate whose index runs along it.</summary>
    private static ImmutableArray<string?> DimensionNames(Variable variable, IEnumerable<Definition> definitions)
    {
        var names = new string?[variable.Rank];
        foreach (var definition in definitions)
            for (var i = 0; i < definition.Indices.Length; i++)
                names[i] ??= (definition.Indices[i] as LoopValue)?.Loop.Name;
        return [.. names];
    }
}
