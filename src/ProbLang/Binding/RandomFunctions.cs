using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>
/// Random functions: <c>x[i] ~ D(1, 2)</c> stands for the statements of D, whose variables are those of this use.
/// Its local <c>theta</c> becomes the variable <c>x.theta</c>, with the indices of x before its own; what it returns defines x.
/// </summary>
internal sealed class RandomFunctions(Declarations declarations, BindingDiagnostics report)
{
    /// <summary>How many statements the random functions of a model may stand for.</summary>
    private const int MostExpanded = 10_000;

    private int _expanded;

    /// <summary>Whether a definition draws from a random function that has variables of its own, as it stands or repeated by <c>^</c>.</summary>
    public bool Takes(DefinitionSite site) =>
        site.Statement.IsRandom && Called(site.Statement.Right) is { } call && declarations.Function(call.Function.Text, site.Scope) is { } function
        && Expands(function) && Arguments(call, function) is not null;

    /// <summary>Whether a function stands for statements: it draws something itself, or returns a draw from one that does.</summary>
    public static bool Expands(FunctionSite function)
    {
        for (FunctionSite? next = function; next is { IsRecursive: false, IsMistaken: false };)
        {
            if (next.IsRandom) return true;
            next = Called(next.Statement.Body) is { } call ? next.Module.Function(call.Function.Text) : null;
        }
        return false;
    }

    public void Expand(DefinitionSite site) => Expand(site, site.Variable.Name, []);

    private void Expand(DefinitionSite site, string owner, ImmutableHashSet<string> taken)
    {
        var repeated = Repeated(site);
        var call = (CallExpr)repeated.Statement.Right;
        var function = declarations.Function(call.Function.Text, site.Scope)!;
        ImmutableArray<LateArgument> arguments = [.. Arguments(call, function)!.Value.Select(a => new LateArgument(a, repeated.Scope))];
        var use = new RandomUse(function, site.Statement, site.Scope, repeated.Plates.Length, site.Use, arguments);
        declarations.Uses.Add(use);
        if (function.Locals.Any(l => taken.Contains(l.Name))) owner = $"{owner}.{function.Name}";

        var indices = repeated.Indices.ToImmutableArray();
        var scope = function.Outside;
        for (var i = 0; i < arguments.Length; i++) scope = scope.With(function.Statement.Parameters[i].Text, arguments[i]);
        var variables = function.Locals.ToDictionary(l => l.Name, l => l == function.Returned ? site.Variable : declarations.Hidden($"{owner}.{l.Name}", l, site.Variable));
        foreach (var (name, variable) in variables) scope = scope.With(name, new DrawnLocal(variable, indices));

        var inside = repeated with { Scope = scope, Outer = indices, Use = use };
        foreach (var statement in function.Statement.Locals ?? []) Local(statement, inside, variables);
        if (function.Returned is null) Return(function, inside, owner, taken.Union(function.Locals.Select(l => l.Name)));
    }

    private void Local(Statement statement, DefinitionSite around, Dictionary<string, Variable> variables)
    {
        if (++_expanded > MostExpanded)
        {
            if (_expanded == MostExpanded + 1) report.TooManyDraws(around.Use!.Statement.Right.Span);
            return;
        }
        switch (statement)
        {
            case ForStatement loop:
                var plate = new PlateSite(loop, new Loop(loop.Variable.Text, loop.Variable.Span), around.Scope);
                declarations.Plates.Add(plate);
                foreach (var inner in loop.Body) Local(inner, around with { Plates = around.Plates.Add(plate), Scope = around.Scope.With(plate.Loop) }, variables);
                break;
            case DefineStatement define:
                declarations.Add(around with { Statement = define, Variable = variables[define.Name.Text] });
                break;
        }
    }

    /// <summary>What the function returns defines what is drawn: as a distribution, as a draw from another random function, or as a value.</summary>
    private void Return(FunctionSite function, DefinitionSite inside, string owner, ImmutableHashSet<string> taken)
    {
        var drawn = inside with { Statement = inside.Statement with { Indices = [], Right = function.Statement.Body, IsRandom = true } };
        if (_expanded <= MostExpanded && Takes(drawn)) Expand(drawn, owner, taken);
        else declarations.Definitions.Add(drawn with { Statement = drawn.Statement with { IsRandom = declarations.IsDistribution(function.Statement.Body, inside.Scope) } });
    }

    /// <summary><c>D(…) ^ N</c> is a plate of draws; the first exponent is the outermost dimension.</summary>
    private DefinitionSite Repeated(DefinitionSite site)
    {
        while (site.Statement.Right is PowerExpr power)
        {
            foreach (var exponent in power.Exponents) site = Repeated(site, exponent);
            site = site with { Statement = site.Statement with { Right = power.Base } };
        }
        return site;
    }

    private DefinitionSite Repeated(DefinitionSite site, Expr count)
    {
        // No name of the modeller has a point, so that none is hidden.
        var name = new Identifier($".draw{site.Plates.Length}", count.Span);
        var statement = new ForStatement(name, new RangeExpr(new NumberExpr(1, true, count.Span), count, count.Span), [], count.Span);
        var plate = new PlateSite(statement, new Loop(Name(site), count.Span), site.Scope);
        declarations.Plates.Add(plate);
        var scope = site.Scope.With(name.Text, new LoopLocal(plate.Loop));
        var moved = site with { Outer = [.. site.Indices, new OuterIndex(new NameExpr(name, count.Span), scope)], Plates = site.Plates.Add(plate), Scope = scope };
        return moved with { Statement = site.Statement with { Indices = [] } };
    }

    /// <summary>draw, draw2 and so on.</summary>
    private static string Name(DefinitionSite site)
    {
        var before = site.Plates.Count(p => p.Statement.Variable.Text.StartsWith(".draw", StringComparison.Ordinal));
        return before == 0 ? "draw" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"draw{before + 1}");
    }

    private static CallExpr? Called(Expr expr)
    {
        while (expr is PowerExpr power) expr = power.Base;
        return expr as CallExpr;
    }

    /// <summary>The arguments in the order of the parameters; null where they do not fit, which is said where the call is bound.</summary>
    private static ImmutableArray<Expr>? Arguments(CallExpr call, FunctionSite function)
    {
        var parameters = function.Statement.Parameters;
        if (call.Arguments.Length != parameters.Length) return null;
        var values = new Expr?[parameters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var argument = call.Arguments[i];
            var place = argument.Name is { } name ? parameters.ToList().FindIndex(p => p.Text == name.Text) : i;
            if (place < 0 || values[place] is not null || argument.Value is null || i > 0 && argument.Name is null && call.Arguments[i - 1].Name is not null) return null;
            values[place] = argument.Value;
        }
        return [.. values.OfType<Expr>()];
    }
}
