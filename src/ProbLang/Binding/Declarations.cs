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
}

/// <summary>A <c>given</c> with the plates around it.</summary>
internal sealed record GivenSite(GivenStatement Statement, ImmutableArray<PlateSite> Plates, Scope Scope)
{
    public ImmutableArray<GateSite> Gates { get; init; } = [];
}

/// <summary>A <c>def</c>; one that uses itself cannot be inlined.</summary>
internal sealed class FunctionSite(DefStatement statement)
{
    public DefStatement Statement => statement;

    public string Name => statement.Name.Text;

    public bool IsRecursive { get; internal set; }
}

/// <summary>The first look at a model: who declares what, where. Nothing on a right side has been read yet.</summary>
internal sealed class Declarations
{
    private readonly BindingDiagnostics _report;
    private readonly Dictionary<string, Variable> _variables = [];
    private readonly Dictionary<string, FunctionSite> _functions = [];
    private readonly Dictionary<Variable, TypeExpr> _types = [];
    private readonly Dictionary<string, Loop> _branchLoops = [];

    private Declarations(BindingDiagnostics report)
    {
        _report = report;
        Categories = new(report);
    }

    public List<Variable> Variables { get; } = [];

    public List<InputSite> Inputs { get; } = [];

    public List<PlateSite> Plates { get; } = [];

    public List<DefinitionSite> Definitions { get; } = [];

    public List<GivenSite> Givens { get; } = [];

    public List<FactorSite> Factors { get; } = [];

    /// <summary>Every <c>if</c> with the names at its condition.</summary>
    public List<(IfStatement Statement, Scope Scope)> Gates { get; } = [];

    /// <summary>What statements that could not be read may define.</summary>
    public Unread Unread { get; set; } = new();

    public Categories Categories { get; }

    public IReadOnlyDictionary<string, FunctionSite> Functions => _functions;

    public Variable? Find(string name) => _variables.GetValueOrDefault(name);

    /// <summary>The type that a variable's statements declare, the first where there are several; null where none does.</summary>
    public TypeExpr? TypeOf(Variable variable) => _types.GetValueOrDefault(variable);

    public static Declarations Collect(ModelFile file, BindingDiagnostics report)
    {
        var declarations = new Declarations(report);
        // An input is an input wherever in the file it stands, so that a definition of the same name is the mistake.
        foreach (var statement in file.Statements)
        {
            if (statement is InputStatement input) declarations.Input(input, isParameter: false);
            if (statement is ParamStatement param)
                declarations.Input(new InputStatement(param.Name, param.Dims, param.Type, param.Start, param.Span) { Documentation = param.Documentation }, isParameter: true);
        }
        foreach (var statement in file.Statements) declarations.Statement(statement, Surroundings.None);
        declarations.Variables.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return declarations;
    }

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
            case DefStatement { Locals: not null } or NetStatement or ImportStatement or GuideStatement:
                _report.NotInThisVersion("this statement", statement.Span);
                break;
            case DefStatement def:
                if (around.IsTop) Function(def);
                else BelongsAtTheTop("def", def, around);
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

    private void BelongsAtTheTop(string keyword, Statement statement, Surroundings around) =>
        _report.BelongsAtTheTop(keyword, around.Gates is [.., var gate] && gate.Depth == around.Plates.Length ? "if" : "for", statement.Span);

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
        names.Add(statement.Range, []);
        var locals = names.Values.Select(n => around.Scope.Locals.GetValueOrDefault(n.Text)).OfType<LoopLocal>().Select(l => l.Loop.Span.Start);
        var range = string.Concat(_report.TextOf(statement.Range.Span).Where(c => !char.IsWhiteSpace(c)));
        var key = $"{around.Gates[0].Statement.Span.Start}:{string.Join(',', around.Plates.Select(p => p.Loop.Span.Start))}:{range}:{string.Join(',', locals)}";
        if (!_branchLoops.TryGetValue(key, out var loop)) _branchLoops.Add(key, loop = new Loop(statement.Variable.Text, statement.Variable.Span));
        return loop;
    }

    private void Input(InputStatement input, bool isParameter)
    {
        if (_variables.TryGetValue(input.Name.Text, out var first))
        {
            _report.DefinedTwice(input.Name.Text, input.Name.Span, first.Span);
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

    private void Function(DefStatement def)
    {
        var name = def.Name.Text;
        if (_functions.TryGetValue(name, out var first))
        {
            _report.DefinedTwice(name, def.Name.Span, first.Statement.Name.Span);
            return;
        }
        foreach (var same in def.Parameters.GroupBy(p => p.Text).Where(g => g.Count() > 1)) _report.SameParameter(same.Key, same.Last().Span);
        if (ExpressionBinder.IsBuiltIn(name)) _report.ShadowsBuiltIn(name, def.Name.Span);
        _functions.Add(name, new(def));
    }

    private void Define(DefineStatement define, Surroundings around)
    {
        var variable = Find(define.Name.Text);
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
        if (define.Type is { } type && _types.TryAdd(variable, type)) DeclaredTypes.Declare(type, define.Name, variable, Categories);
        variable.Rank = Math.Max(variable.Rank, define.Indices.Length + DeclaredTypes.RankOf(variable.Structure));
        Definitions.Add(new(define, variable, around.Plates, around.Scope) { Gates = around.Gates });
    }

    private Variable Declare(Identifier name, bool isInput, bool isParameter = false)
    {
        var variable = new Variable(name.Text, isInput, name.Span) { IsParameter = isParameter };
        _variables.Add(name.Text, variable);
        Variables.Add(variable);
        return variable;
    }
}
