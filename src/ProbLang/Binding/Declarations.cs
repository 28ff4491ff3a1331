using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>A <c>for</c> statement with the index that it introduces.</summary>
internal sealed record PlateSite(ForStatement Statement, Loop Loop, Scope Outside);

/// <summary>An <c>input</c> with its variable.</summary>
internal sealed record InputSite(InputStatement Statement, Variable Variable);

/// <summary>A statement that defines a variable or a part of one, with the plates around it, outermost first.</summary>
internal sealed record DefinitionSite(DefineStatement Statement, Variable Variable, ImmutableArray<PlateSite> Plates, Scope Scope)
{
    /// <summary>Indices before those of the statement: the element for which a random function is used.</summary>
    public ImmutableArray<OuterIndex> Outer { get; init; } = [];

    /// <summary>The use of a random function that it belongs to, or null.</summary>
    public RandomUse? Use { get; init; }

    public int IndexCount => Outer.Length + Statement.Indices.Length;

    public IEnumerable<OuterIndex> Indices => Outer.Concat(Statement.Indices.Select(i => new OuterIndex(i, Scope)));
}

/// <summary>A <c>given</c> with the plates around it.</summary>
internal sealed record GivenSite(GivenStatement Statement, ImmutableArray<PlateSite> Plates, Scope Scope);

/// <summary>A use of a random function: its statement, the plates around that, and, where a random function uses another, its own.</summary>
internal sealed record RandomUse(FunctionSite Function, DefineStatement Statement, Scope Scope, int PlateCount, RandomUse? Outer, ImmutableArray<LateArgument> Arguments);

/// <summary>The first look at a model: who declares what, where. Nothing on a right side has been read yet.</summary>
internal sealed class Declarations
{
    /// <summary>As deep as functions may be inlined.</summary>
    private const int LongestChainOfFunctions = 600;

    private readonly BindingDiagnostics _report;
    private readonly Dictionary<string, Variable> _variables = [];
    private readonly Dictionary<Variable, TypeExpr> _types = [];
    private readonly Dictionary<Variable, int> _anchors = [];
    private readonly RandomFunctions _random;
    private readonly Declarations? _model;
    private readonly Dictionary<string, NetSite> _nets = [];

    private Declarations(IReadOnlyList<Module> modules, BindingDiagnostics report, Declarations? model = null)
    {
        (_report, Modules, Own, _model) = (report, modules, modules[^1], model);
        _random = new(this, report);
        Categories = model?.Categories ?? new(report);
        Unread = model?.Unread ?? new();
    }

    /// <summary>The files of the model, each after those that it imports: its own is the last.</summary>
    public IReadOnlyList<Module> Modules { get; }

    /// <summary>The model's own file.</summary>
    public Module Own { get; }

    /// <summary>The uses of random functions.</summary>
    public List<RandomUse> Uses { get; } = [];

    public List<Variable> Variables { get; } = [];

    public List<InputSite> Inputs { get; } = [];

    public List<PlateSite> Plates { get; } = [];

    public List<DefinitionSite> Definitions { get; } = [];

    public List<GivenSite> Givens { get; } = [];

    /// <summary>What statements that could not be read may define.</summary>
    public Unread Unread { get; set; }

    public Categories Categories { get; }

    /// <summary>Every function of the model and of the files that it imports.</summary>
    public IEnumerable<FunctionSite> Functions => Modules.SelectMany(m => m.Own);

    public Variable? Find(string name) => _variables.GetValueOrDefault(name) ?? _model?.Find(name);

    /// <summary>The variable that a name stands for at a place where nothing local hides it.</summary>
    public Variable? Find(string name, Scope scope) => scope.SeesModel ? Find(name) : null;

    /// <summary>The guide, or null.</summary>
    public GuideStatement? Guide { get; private set; }

    /// <summary>The nets of a guide, or those of the model and of the files that it imports.</summary>
    public IEnumerable<NetSite> Nets => _model is null ? Modules.SelectMany(m => m.OwnNets) : _nets.Values;

    public Net? Net(string name, Scope scope) =>
        scope.SeesModel && _nets.TryGetValue(name, out var own) ? own.Net : (scope.Module ?? Own).Nets.GetValueOrDefault(name)?.Net;

    public IEnumerable<string> NetNames(Scope scope) => (scope.Module ?? Own).Nets.Keys.Concat(_nets.Keys);

    /// <summary>The function of the model, or of a file, that a name stands for.</summary>
    public FunctionSite? Function(string name, Scope scope) => (scope.Module ?? Own).Function(name);

    /// <summary>The type that a variable's statements declare, the first where there are several; null where none does.</summary>
    public TypeExpr? TypeOf(Variable variable) => _types.GetValueOrDefault(variable);

    public static Declarations Collect(ModelFile file, BindingDiagnostics report, IReadOnlyList<Module> modules)
    {
        var declarations = new Declarations(modules, report);
        FunctionChecks.Check(declarations.Functions, report);
        // An input is an input wherever in the file it stands, so that a definition of the same name is the mistake.
        foreach (var input in file.Statements.OfType<InputStatement>()) declarations.Input(input);
        foreach (var statement in file.Statements) declarations.Statement(statement, [], Scope.Top);
        var inOrder = declarations.Variables.OrderBy(v => declarations._anchors.TryGetValue(v, out var anchor) ? anchor : v.Span.Start).ToArray();
        declarations.Variables.Clear();
        declarations.Variables.AddRange(inOrder);
        return declarations;
    }

    /// <summary>What a guide declares; names that are not its own are those of the model.</summary>
    public static Declarations OfGuide(GuideStatement guide, Declarations model, BindingDiagnostics report)
    {
        var declarations = new Declarations(model.Modules, report, model);
        foreach (var statement in guide.Body) declarations.InGuide(statement, atTheTop: true);
        foreach (var statement in guide.Body.Where(s => s is DefineStatement or ForStatement)) declarations.Statement(statement, [], Scope.Top);
        return declarations;
    }

    private void InGuide(Statement statement, bool atTheTop)
    {
        switch (statement)
        {
            case DefineStatement:
                break;
            case ForStatement loop:
                foreach (var inner in loop.Body) InGuide(inner, atTheTop: false);
                break;
            case ParamStatement param:
                if (!atTheTop) _report.BelongsAtTheTop("param", param.Span);
                else if (_model!.Find(param.Name.Text) is { } known) _report.GuideHidesModel(param.Name.Text, param.Name.Span, known.Span);
                else Input(new InputStatement(param.Name, param.Dims, param.Type, param.Start, param.Span) { Documentation = param.Documentation });
                break;
            case NetStatement net:
                if (!atTheTop) _report.BelongsAtTheTop("net", net.Span);
                else if (Net(net.Name.Text, Scope.Top) is { } first) _report.DefinedTwice(net.Name.Text, net.Name.Span, first.Span);
                else _nets.Add(net.Name.Text, new NetSite(net, new Net(net.Name.Text, net.Name.Span) { Documentation = net.Documentation }, Scope.Top));
                break;
            default:
                _report.NotInAGuide(_report.TextOf(statement.Span).Split([' ', '\t', '\n', '\r'])[0], statement.Span);
                break;
        }
    }

    private void Statement(Statement statement, ImmutableArray<PlateSite> plates, Scope scope)
    {
        switch (statement)
        {
            case InputStatement input:
                if (!plates.IsEmpty) _report.BelongsAtTheTop("input", input.Span);
                break;
            case GivenStatement given:
                Givens.Add(new(given, plates, scope));
                break;
            case ParamStatement or IfStatement or FactorStatement:
                _report.NotInThisVersion("this statement", statement.Span);
                break;
            case DefStatement def:
                if (!plates.IsEmpty) _report.BelongsAtTheTop("def", def.Span);
                break;
            case NetStatement net:
                if (!plates.IsEmpty) _report.BelongsAtTheTop("net", net.Span);
                break;
            case GuideStatement guide:
                if (!plates.IsEmpty) _report.BelongsAtTheTop("guide", guide.Span);
                else if (Guide is { } first) _report.SecondGuide(guide.Span, first.Span);
                else Guide = guide;
                break;
            case ImportStatement import:
                if (!plates.IsEmpty) _report.BelongsAtTheTop("import", import.Span);
                break;
            case ForStatement loop:
                var plate = new PlateSite(loop, new Loop(loop.Variable.Text, loop.Variable.Span), scope);
                Plates.Add(plate);
                foreach (var inner in loop.Body) Statement(inner, plates.Add(plate), scope.With(plate.Loop));
                break;
            case DefineStatement define:
                Define(define, plates, scope);
                break;
            default:
                throw new UnreachableException(statement.GetType().Name);
        }
    }

    private void Input(InputStatement input)
    {
        if (_variables.TryGetValue(input.Name.Text, out var first))
        {
            _report.DefinedTwice(input.Name.Text, input.Name.Span, first.Span);
            return;
        }
        var variable = Declare(input.Name, isInput: true);
        variable.Rank = input.Dims.Length;
        if (input.Type is { } type) DeclaredTypes.Declare(type, input.Name, variable, Categories);
        variable.Rank += DeclaredTypes.RankOf(variable.Structure);
        variable.Documentation = input.Documentation;
        variable.DimensionNames = [.. Enumerable.Repeat<string?>(null, variable.Rank)];
        Inputs.Add(new(input, variable));
    }

    private void Define(DefineStatement define, ImmutableArray<PlateSite> plates, Scope scope)
    {
        // A guide draws variables of its own, which stand for the latents of the same name.
        var variable = _variables.GetValueOrDefault(define.Name.Text);
        if (variable is { IsInput: true })
        {
            _report.DefinesAnInput(define.Name, variable.Span);
            return;
        }
        if (variable is null)
        {
            variable = Declare(define.Name, isInput: false);
            variable.Type = ExpressionBinder.UnknownType;
        }
        variable.Documentation ??= define.Documentation;
        Add(new(define, variable, plates, scope));
    }

    /// <summary>Whether an expression is written as a distribution, be it a mistaken one, or as a use of a random function.</summary>
    public bool IsDistribution(Expr expr, Scope scope)
    {
        var module = scope.Module ?? Own;
        for (var steps = 0; steps < LongestChainOfFunctions; steps++)
            switch (expr)
            {
                case ModifiedExpr:
                    return true;
                case PowerExpr power:
                    expr = power.Base;
                    break;
                case CallExpr call when module.Function(call.Function.Text) is { } function:
                    if (function.IsRecursive) return false;
                    if (function.IsRandom) return true;
                    (expr, module) = (function.Statement.Body, function.Module);
                    break;
                case CallExpr call:
                    return ExpressionBinder.IsDistributionName(call.Function.Text);
                default:
                    return false;
            }
        return false;
    }

    /// <summary>Takes a definition; one that draws from a random function becomes those that the function stands for.</summary>
    public void Add(DefinitionSite site)
    {
        var variable = site.Variable;
        if (site.Statement.Type is { } type && _types.TryAdd(variable, type)) DeclaredTypes.Declare(type, new Identifier(variable.Name, site.Statement.Name.Span), variable, Categories);
        variable.Rank = Math.Max(variable.Rank, site.IndexCount + DeclaredTypes.RankOf(variable.Structure));
        if (_random.Takes(site)) _random.Expand(site);
        else Definitions.Add(site);
    }

    /// <summary>The variable that is a local of one use of a random function, listed after the variable that is drawn.</summary>
    public Variable Hidden(string name, LocalSite local, Variable owner)
    {
        if (_variables.TryGetValue(name, out var known)) return known;
        var variable = Declare(new Identifier(name, local.First.Span), isInput: false);
        variable.Type = ExpressionBinder.UnknownType;
        variable.Documentation = local.Pieces[0].Statement.Documentation;
        _anchors[variable] = _anchors.TryGetValue(owner, out var anchor) ? anchor : owner.Span.Start;
        return variable;
    }

    private Variable Declare(Identifier name, bool isInput)
    {
        var variable = new Variable(name.Text, isInput, name.Span);
        _variables.Add(name.Text, variable);
        Variables.Add(variable);
        return variable;
    }
}
