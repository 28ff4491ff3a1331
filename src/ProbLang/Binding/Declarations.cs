using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>A <c>for</c> statement with the index that it introduces.</summary>
internal sealed record PlateSite(ForStatement Statement, Loop Loop, Scope Outside);

/// <summary>A branch of an <c>if</c> around a statement, with the number of the statement's plates outside of it.</summary>
internal sealed record GateSite(IfStatement Statement, GateSide Side, int Depth, Scope Scope);

/// <summary>What is around a statement: plates and gates, outermost first, and the names that they bring.</summary>
internal sealed record Surroundings(ImmutableArray<PlateSite> Plates, ImmutableArray<GateSite> Gates, Scope Scope)
{
    public static Surroundings None { get; } = new([], [], Scope.Top);

    public bool IsTop => Plates.IsEmpty && Gates.IsEmpty;
}

/// <summary>A <c>factor</c> with what is around it.</summary>
internal sealed record FactorSite(FactorStatement Statement, Surroundings Around);

/// <summary>An <c>input</c> or a <c>param</c> with its variable.</summary>
internal sealed record InputSite(InputStatement Statement, Variable Variable);

/// <summary>A statement that defines a variable or a part of one, with the plates around it, outermost first.</summary>
internal sealed record DefinitionSite(DefineStatement Statement, Variable Variable, ImmutableArray<PlateSite> Plates, Scope Scope)
{
    public ImmutableArray<GateSite> Gates { get; init; } = [];

    /// <summary>Indices before those of the statement: the element for which a random function is used.</summary>
    public ImmutableArray<OuterIndex> Outer { get; init; } = [];

    /// <summary>The use of a random function that it belongs to, or null.</summary>
    public RandomUse? Use { get; init; }

    public int IndexCount => Outer.Length + Statement.Indices.Length;

    public IEnumerable<OuterIndex> Indices => Outer.Concat(Statement.Indices.Select(i => new OuterIndex(i, Scope)));
}

/// <summary>A <c>given</c> with the plates around it.</summary>
internal sealed record GivenSite(GivenStatement Statement, ImmutableArray<PlateSite> Plates, Scope Scope)
{
    public ImmutableArray<GateSite> Gates { get; init; } = [];
}

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
    private readonly Dictionary<string, Loop> _branchLoops = [];
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

    public List<FactorSite> Factors { get; } = [];

    /// <summary>Every <c>if</c> with the names at its condition.</summary>
    public List<(IfStatement Statement, Scope Scope)> Gates { get; } = [];

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
        foreach (var statement in file.Statements)
        {
            if (statement is InputStatement input) declarations.Input(input, isParameter: false);
            if (statement is ParamStatement param) declarations.Parameter(param);
        }
        foreach (var statement in file.Statements) declarations.Statement(statement, Surroundings.None);
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
        foreach (var statement in guide.Body.Where(s => s is DefineStatement or ForStatement)) declarations.Statement(statement, Surroundings.None);
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
                if (!atTheTop) _report.BelongsAtTheTop("param", "for", param.Span);
                else if (_model!.Find(param.Name.Text) is { } known) _report.GuideHidesModel(param.Name.Text, param.Name.Span, known.Span);
                else Parameter(param);
                break;
            case NetStatement net:
                if (!atTheTop) _report.BelongsAtTheTop("net", "for", net.Span);
                else if (Net(net.Name.Text, Scope.Top) is { } first) _report.DefinedTwice(net.Name.Text, net.Name.Span, first.Span, "rename one of the two");
                else _nets.Add(net.Name.Text, new NetSite(net, new Net(net.Name.Text, net.Name.Span) { Documentation = net.Documentation }, Scope.Top));
                break;
            default:
                _report.NotInAGuide(_report.TextOf(statement.Span).Split([' ', '\t', '\n', '\r'])[0], statement.Span);
                break;
        }
    }

    private void Parameter(ParamStatement param) =>
        Input(new InputStatement(param.Name, param.Dims, param.Type, param.Start, param.Span) { Documentation = param.Documentation }, isParameter: true);

    private void Statement(Statement statement, Surroundings around)
    {
        switch (statement)
        {
            case InputStatement or ParamStatement:
                if (!around.IsTop) BelongsAtTheTop(statement is InputStatement ? "input" : "param", statement, around);
                break;
            case GivenStatement given:
                Givens.Add(new(given, around.Plates, around.Scope) { Gates = around.Gates });
                break;
            case DefStatement or NetStatement or ImportStatement:
                if (!around.IsTop) BelongsAtTheTop(statement is DefStatement ? "def" : statement is NetStatement ? "net" : "import", statement, around);
                break;
            case GuideStatement guide:
                if (!around.IsTop) BelongsAtTheTop("guide", guide, around);
                else if (Guide is { } first) _report.SecondGuide(guide.Span, first.Span);
                else Guide = guide;
                break;
            case ForStatement loop:
                For(loop, around);
                break;
            case IfStatement branches:
                Gates.Add((branches, around.Scope));
                foreach (var inner in branches.Then) Statement(inner, Inside(branches, GateSide.Then, around));
                foreach (var inner in branches.Else ?? []) Statement(inner, Inside(branches, GateSide.Else, around));
                break;
            case FactorStatement factor:
                Factors.Add(new(factor, around));
                break;
            case DefineStatement define:
                Define(define, around);
                break;
            default:
                throw new UnreachableException(statement.GetType().Name);
        }
    }

    private void BelongsAtTheTop(string keyword, Statement statement, Surroundings around)
    {
        // That nothing is called so is no further mistake.
        if (statement switch { InputStatement s => s.Name, ParamStatement s => s.Name, NetStatement s => s.Name, DefStatement s => s.Name, _ => null } is { } name) Unread.Add(name);
        _report.BelongsAtTheTop(keyword, around.Gates is [.., var gate] && gate.Depth == around.Plates.Length ? "if" : "for", statement.Span);
    }

    /// <summary>What a name means inside of a loop or a function, in words; null where it means nothing.</summary>
    public string? InsideOf(string name) =>
        Plates.Any(p => p.Loop.Name == name) ? $"`{name}` stands only inside of its `for`"
        : Own.Own.FirstOrDefault(f => f.Statement.Parameters.Any(p => p.Text == name) || f.Locals.Any(l => l.Name == name)) is { } function ? $"`{name}` stands only inside of `{function.Name}`"
        : null;

    private static Surroundings Inside(IfStatement branches, GateSide side, Surroundings around) =>
        around with { Gates = around.Gates.Add(new(branches, side, around.Plates.Length, around.Scope)) };

    private void For(ForStatement statement, Surroundings around)
    {
        var loop = LoopOf(statement, around);
        var plate = new PlateSite(statement, loop, around.Scope);
        Plates.Add(plate);
        var inside = around with { Plates = around.Plates.Add(plate), Scope = around.Scope.With(statement.Variable.Text, new LoopLocal(loop)) };
        foreach (var inner in statement.Body) Statement(inner, inside);
    }

    /// <summary>
    /// Within branches, what runs over the same range in the same plates has the same index, so that statements of two branches
    /// that define the same elements are seen to do so.
    /// </summary>
    private Loop LoopOf(ForStatement statement, Surroundings around)
    {
        if (around.Gates.IsEmpty) return new Loop(statement.Variable.Text, statement.Variable.Span);
        var names = new FreeNames();
        names.Add(statement.Range, Scope.Top);
        var locals = names.Values.Select(n => around.Scope.Find(n.Text)).OfType<LoopLocal>().Select(l => l.Loop.Span.Start);
        var range = string.Concat(_report.TextOf(statement.Range.Span).Where(c => !char.IsWhiteSpace(c)));
        var key = $"{around.Gates[0].Statement.Span.Start}:{string.Join(',', around.Plates.Select(p => p.Loop.Span.Start))}:{range}:{string.Join(',', locals)}";
        if (!_branchLoops.TryGetValue(key, out var loop)) _branchLoops.Add(key, loop = new Loop(statement.Variable.Text, statement.Variable.Span));
        return loop;
    }

    private void Input(InputStatement input, bool isParameter)
    {
        if (_variables.TryGetValue(input.Name.Text, out var first))
        {
            _report.DefinedTwice(input.Name.Text, input.Name.Span, first.Span, "drop one of the two");
            return;
        }
        var variable = Declare(input.Name, isInput: true, isParameter);
        variable.Rank = input.Dims.Length;
        if (input.Type is { } type) DeclaredTypes.Declare(type, input.Name, variable, Categories);
        variable.Rank += DeclaredTypes.RankOf(variable.Structure);
        variable.Documentation = input.Documentation;
        variable.DimensionNames = [.. Enumerable.Repeat<string?>(null, variable.Rank)];
        Inputs.Add(new(input, variable));
    }

    private void Define(DefineStatement define, Surroundings around)
    {
        // A guide draws variables of its own, which stand for the latents of the same name.
        var variable = _variables.GetValueOrDefault(define.Name.Text);
        if (variable is { IsInput: true })
        {
            _report.DefinesAnInput(define.Name, variable);
            return;
        }
        if (variable is null)
        {
            variable = Declare(define.Name, isInput: false);
            variable.Type = ExpressionBinder.UnknownType;
        }
        variable.Documentation ??= define.Documentation;
        Add(new(define, variable, around.Plates, around.Scope) { Gates = around.Gates });
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

    private Variable Declare(Identifier name, bool isInput, bool isParameter = false)
    {
        var variable = new Variable(name.Text, isInput, name.Span) { IsParameter = isParameter };
        _variables.Add(name.Text, variable);
        Variables.Add(variable);
        return variable;
    }
}
