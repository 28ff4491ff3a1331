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
internal sealed record DefinitionSite(DefineStatement Statement, Variable Variable, ImmutableArray<PlateSite> Plates, Scope Scope);

/// <summary>A <c>given</c> with the plates around it.</summary>
internal sealed record GivenSite(GivenStatement Statement, ImmutableArray<PlateSite> Plates, Scope Scope);

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
        foreach (var input in file.Statements.OfType<InputStatement>()) declarations.Input(input);
        foreach (var statement in file.Statements) declarations.Statement(statement, [], Scope.Top);
        declarations.Variables.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return declarations;
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
            case DefStatement { Locals: not null } or ParamStatement or NetStatement or ImportStatement or IfStatement or FactorStatement or GuideStatement:
                _report.NotInThisVersion("this statement", statement.Span);
                break;
            case DefStatement def:
                if (plates.IsEmpty) Function(def);
                else _report.BelongsAtTheTop("def", def.Span);
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

    private void Define(DefineStatement define, ImmutableArray<PlateSite> plates, Scope scope)
    {
        var variable = Find(define.Name.Text);
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
        if (define.Type is { } type && _types.TryAdd(variable, type)) DeclaredTypes.Declare(type, define.Name, variable, Categories);
        variable.Rank = Math.Max(variable.Rank, define.Indices.Length + DeclaredTypes.RankOf(variable.Structure));
        Definitions.Add(new(define, variable, plates, scope));
    }

    private Variable Declare(Identifier name, bool isInput)
    {
        var variable = new Variable(name.Text, isInput, name.Span);
        _variables.Add(name.Text, variable);
        Variables.Add(variable);
        return variable;
    }
}
