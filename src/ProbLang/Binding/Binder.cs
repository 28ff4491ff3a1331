using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Limits;
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
    private readonly NetBinder _nets;

    private Binder(ModelFile file, SourceText source, Unread unread, ImmutableArray<Import> imports)
    {
        _report = new(source);
        _declarations = Declarations.Collect(file, _report, Modules.Of(file, imports, _report));
        unread.Add(_declarations.Unread);
        _declarations.Unread = unread;
        _binder = new(_declarations, _report);
        _definitions = new(_declarations, _binder, _report);
        _nets = new(_binder, _report);
    }

    /// <summary>Binds what could be read of a file.</summary>
    /// <param name="file">The model's own file.</param>
    /// <param name="source">Its text, with those of the files that it imports.</param>
    /// <param name="unread">What statements that could not be read may define, and so only seems to be missing.</param>
    /// <param name="imports">What its <c>import</c> statements stand for.</param>
    /// <param name="silenced">Ids of warnings that are not reported.</param>
    public static BindResult Bind(ModelFile file, SourceText source, Unread? unread = null, ImmutableArray<Import> imports = default, ImmutableArray<string> silenced = default)
    {
        var binder = new Binder(file, source, unread ?? new Unread(), imports.IsDefault ? [] : imports);
        binder.CheckFunctions();
        binder._nets.BindKinds([.. binder._declarations.Nets]);
        binder.InferRanks();
        var graph = binder.BindStatements(file, source);
        return new BindResult(binder._report.HasErrors ? null : graph, binder._report.ToDiagnostics(silenced));
    }

    private void CheckFunctions()
    {
        foreach (var function in _declarations.Functions) _binder.CheckNames(function);
    }

    private void InferRanks()
    {
        _report.IsMuted = true;
        foreach (var plate in _declarations.Plates.Watched()) plate.Loop.Category = _binder.Ends(plate.Statement.Range, plate.Outside) is { } ends ? CategoryOf.Range(ends.Lower, ends.Upper) : null;
        new RankInference(_declarations, _binder, _definitions).Run();
        _report.IsMuted = false;
        _binder.Restart();
    }

    private ModelGraph BindStatements(ModelFile file, SourceText source)
    {
        foreach (var input in _declarations.Inputs.Watched()) BindInput(input);
        foreach (var variable in _declarations.Variables.Watched())
            if (!variable.IsInput && _declarations.TypeOf(variable) is { } type) BindDeclaredType(variable, type);
        foreach (var site in _declarations.Definitions.Watched()) CheckDeclaredType(site);
        foreach (var use in _declarations.Uses.Watched()) _binder.CheckArguments(use);
        var surroundings = new SurroundingsBinder(_declarations, _binder);
        var definitions = _declarations.Definitions.Select(s => _definitions.Bind(s, surroundings)).OfType<Definition>().ToImmutableArray();
        Budget.Current.Check();
        var random = new RandomVariables(definitions);
        var byVariable = definitions.ToLookup(d => d.Variable);
        foreach (var variable in _declarations.Variables.Where(v => !v.IsInput).Watched()) variable.DimensionNames = DimensionNames(variable, byVariable[variable]);
        Budget.Current.Check();
        new DimensionCategories(_declarations.Variables, byVariable).Find();
        var givens = new GivenBinder(_binder, byVariable, random, _report);
        foreach (var given in _declarations.Givens.Watched()) givens.Bind(given, surroundings);
        var factors = _declarations.Factors.Select(f => BindFactor(f, surroundings)).OfType<Factor>().ToImmutableArray();
        _nets.BindArguments(_declarations.Nets);
        Budget.Current.Check();
        UnusedInputs.Report(_declarations, _report);

        var graph = new ModelGraph(
            source, file.Documentation, [.. _declarations.Variables, .. _declarations.Categories.All.SelectMany(c => c.Codes.Prepend(c.Size))], definitions, [.. givens.Values], [.. givens.Orders])
        {
            GivenConditions = [.. givens.Conditions],
            Factors = factors,
            Nets = [.. _declarations.Nets.Select(n => n.Net)],
            Guide = _declarations.Guide is { } guide ? GuideBinder.Bind(guide, _declarations, source, _report) : null,
        };
        DefinitionChecks.Check(graph, random, _report);
        IndexOrigins.Check(definitions, _report);
        graph = graph with { Definitions = Branches.Join(definitions, random) };
        ConstantShapes.Check(graph, _report);
        if (_report.HasErrors) return graph;
        FlatPriors.Report(graph, _report);
        ExchangeableComponents.Report(graph, _report);
        return graph;
    }

    private void BindInput(InputSite site) => BindInput(site, _binder, _report);

    /// <summary>Gives an input, or a parameter of a guide, its sizes, bounds and default.</summary>
    public static void BindInput(InputSite site, ExpressionBinder binder, BindingDiagnostics report)
    {
        var (statement, variable) = (site.Statement, site.Variable);
        var dims = new List<Bound>();
        foreach (var dim in statement.Dims)
            if (binder.Integers(dim, Scope.Top, "a size", mostDimensions: dims.Count) is { } bound && ConstantChecks.IsSize(bound, dim.Span, report)) dims.Add(bound);
        if (statement.Type is { } type) DeclaredTypes.Apply(type, variable, binder, report);
        variable.Dims = [.. dims, .. variable.StructureSize is { } size ? Enumerable.Repeat(size, DeclaredTypes.RankOf(variable.Structure)) : []];
        if (statement.Default is not { } written || binder.ValueFor(variable, written, Scope.Top) is not { } value) return;
        if (value.Rank != variable.Rank) report.DefaultShape(variable, written.Span, value.Rank);
        else if (value.Type > variable.Type) report.DeclaredTypeMismatch(variable.Name, variable.DeclaredType ?? "real", "a real number", written.Span);
        else if (variable.IsParameter) variable.Start = value;
        else variable.Default = value;
    }

    private void BindDeclaredType(Variable variable, TypeExpr type)
    {
        var names = new FreeNames();
        foreach (var argument in type.Arguments) names.Add(argument, Scope.Top);
        var site = _declarations.Definitions.Find(d => d.Statement.Type == type);
        if (variable.Category is null && names.Values.FirstOrDefault(n => site is not null && site.Scope.Has(n.Text)) is { } local) _report.TypeUsesLoop(local);
        else DeclaredTypes.Apply(type, variable, _binder, _report);
    }

    private void CheckDeclaredType(DefinitionSite site)
    {
        if (site.Statement.Type is not { } type) return;
        var declared = _declarations.TypeOf(site.Variable)!;
        if (_report.TextOf(type.Span) != _report.TextOf(declared.Span)) _report.DeclaredTwice(site.Variable.Name, type.Span, declared.Span);
    }

    private Factor? BindFactor(FactorSite site, SurroundingsBinder surroundings)
    {
        _binder.BeginStatement();
        var value = _binder.Value(site.Statement.Value, site.Around.Scope);
        if (value is { Rank: > 0 }) _report.FactorShape(value.Span, value.Rank);
        if (value is not { Rank: 0 } || surroundings.Bind(site.Around.Plates, site.Around.Gates) is not var (plates, gates)) return null;
        return new Factor(plates, gates, value, site.Statement.Span);
    }

    /// <summary>A dimension is named by the plate whose index runs along it.</summary>
    public static ImmutableArray<string?> DimensionNames(Variable variable, IEnumerable<Definition> definitions)
    {
        var names = new string?[variable.Rank];
        foreach (var definition in definitions)
            for (var i = 0; i < definition.Indices.Length; i++)
                names[i] ??= (definition.Indices[i] as LoopValue)?.Loop.Name;
        return [.. names];
    }
}
