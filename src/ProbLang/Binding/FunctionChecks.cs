using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Limits;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>What can be said of functions where they stand: those that use themselves, and mistakes in their blocks.</summary>
internal static class FunctionChecks
{
    public static void Check(IEnumerable<FunctionSite> functions, BindingDiagnostics report)
    {
        FunctionSite[] all = [.. functions];
        foreach (var function in all)
        {
            foreach (var statement in function.Statement.Locals ?? []) CheckKind(function, statement, report);
            CheckLocals(function, report);
        }
        MarkRecursive(all, report);
    }

    private static void MarkRecursive(FunctionSite[] functions, BindingDiagnostics report)
    {
        var number = new Dictionary<FunctionSite, int>();
        foreach (var function in functions) number.Add(function, number.Count);
        var calls = functions.Select(f => f.FreeNames().Calls.Select(c => f.Module.Function(c.Text)).OfType<FunctionSite>().Select(c => number[c]).ToHashSet()).ToArray();
        foreach (var cycle in CycleFinder.Find(calls))
            report.Recursive(functions[cycle[0]].Statement.Name, cycle.Skip(1).Select(f => functions[f].Statement.Name));
        var endless = CycleFinder.Trim(calls);
        for (var i = 0; i < functions.Length; i++) functions[i].IsRecursive = endless[i];
    }

    private static void CheckKind(FunctionSite function, Statement statement, BindingDiagnostics report)
    {
        if (Keyword(statement) is { } keyword)
        {
            function.IsMistaken = true;
            report.NotInAFunction(keyword, statement.Span);
        }
        if (statement is not ForStatement loop) return;
        foreach (var inner in loop.Body) CheckKind(function, inner, report);
    }

    private static string? Keyword(Statement statement) => statement switch
    {
        DefineStatement or ForStatement => null,
        InputStatement => "input",
        GivenStatement => "given",
        DefStatement => "def",
        ParamStatement => "param",
        NetStatement => "net",
        ImportStatement => "import",
        IfStatement => "if",
        FactorStatement => "factor",
        GuideStatement => "guide",
        _ => throw new UnreachableException(statement.GetType().Name),
    };

    private static void CheckLocals(FunctionSite function, BindingDiagnostics report)
    {
        var parameters = function.Statement.Parameters;
        foreach (var local in function.Locals)
        {
            var whole = local.Pieces.FirstOrDefault(p => p.Statement.Indices.IsEmpty)?.Statement.Name;
            if (parameters.FirstOrDefault(p => p.Text == local.Name) is { } parameter) Twice(local.First, parameter);
            else if (whole is not null && local.Pieces.Length > 1) Twice(local.Pieces[1].Statement.Name, local.First);
            else if (!function.IsRandom && !LocalShapes.IsArray(local))
            {
                function.IsMistaken = true;
                report.PatchedLocal(local, function.Name);
            }
        }
        if (!function.IsRandom && !function.IsMistaken) CheckRecursion(function, report);
        if (!function.IsMistaken) CheckUse(function, report);

        void Twice(Identifier second, Identifier first)
        {
            function.IsMistaken = true;
            report.DefinedTwice(second.Text, second.Span, first.Span, "a quantity does not change: give the new value a name of its own");
        }
    }

    private static void CheckRecursion(FunctionSite function, BindingDiagnostics report)
    {
        var needs = function.Locals.Select(l => Used(l).Select(n => IndexOf(function, n)).Where(i => i >= 0).ToHashSet()).ToArray();
        foreach (var cycle in CycleFinder.Find(needs))
        {
            function.IsMistaken = true;
            report.RecursiveLocal(function.Locals[cycle[0]], function.Name);
        }
    }

    /// <summary>A local that nothing uses is of no use, unless it is a draw, which may be observed or predicted.</summary>
    private static void CheckUse(FunctionSite function, BindingDiagnostics report)
    {
        var names = new FreeNames();
        names.Add(function.Statement.Body, Scope.Top);
        var used = names.Values.Select(n => n.Text).Concat(function.Locals.SelectMany(l => Used(l).Where(n => n != l.Name))).ToHashSet();
        foreach (var local in function.Locals)
            if (!used.Contains(local.Name) && !local.Pieces.Any(p => p.Statement.IsRandom)) report.UnusedLocal(local.First, function.Name);
    }

    private static HashSet<string> Used(LocalSite local)
    {
        var names = new FreeNames();
        foreach (var piece in local.Pieces)
        {
            var loops = Scope.Top.With(piece.Loops.Select(l => l.Variable.Text));
            names.Add(piece.Statement.Indices, loops);
            names.Add(piece.Statement.Right, loops);
            foreach (var loop in piece.Loops) names.Add(loop.Range, loops);
        }
        return [.. names.Values.Select(n => n.Text)];
    }

    private static int IndexOf(FunctionSite function, string local)
    {
        for (var i = 0; i < function.Locals.Length; i++)
            if (function.Locals[i].Name == local) return i;
        return -1;
    }
}

/// <summary>Inputs that no statement uses.</summary>
internal static class UnusedInputs
{
    public static void Report(Declarations declarations, BindingDiagnostics report)
    {
        var names = new FreeNames();
        foreach (var input in declarations.Inputs.Watched())
        {
            names.Add(input.Statement.Dims, Scope.Top);
            names.Add(input.Statement.Default, Scope.Top);
            AddType(input.Statement.Type);
        }
        foreach (var function in declarations.Own.Own)
        {
            var free = function.FreeNames();
            names.Values.AddRange(free.Values);
            names.Calls.AddRange(free.Calls);
        }
        foreach (var use in declarations.Uses.Watched())
            foreach (var argument in use.Arguments) names.Add(argument.Written, argument.Around);
        foreach (var net in declarations.Own.OwnNets) names.Add(net.Statement.Value, Scope.Top);
        foreach (var statement in declarations.Guide?.Body ?? []) names.Add(statement, Scope.Top);
        foreach (var plate in declarations.Plates.Watched()) names.Add(plate.Statement.Range, plate.Outside);
        foreach (var site in declarations.Definitions.Watched())
        {
            foreach (var (index, scope) in site.Indices) names.Add(index, scope);
            names.Add(site.Statement.Right, site.Scope);
            AddType(site.Statement.Type);
        }
        foreach (var (gate, scope) in declarations.Gates) names.Add(gate.Condition, scope);
        foreach (var factor in declarations.Factors.Watched()) names.Add(factor.Statement.Value, factor.Around.Scope);
        foreach (var given in declarations.Givens.Watched())
        {
            names.Add(given.Statement.Subject, given.Scope);
            names.Add(given.Statement.Value, given.Scope);
        }
        var used = names.Values.Concat(names.Calls).Select(n => n.Text).ToHashSet();
        foreach (var input in declarations.Inputs.Where(i => !used.Contains(i.Variable.Name))) report.UnusedInput(input.Statement.Name, input.Variable.IsParameter);

        void AddType(Syntax.TypeExpr? type)
        {
            if (type is null) return;
            foreach (var bound in type.Arguments) names.Add(bound, Scope.Top);
        }
    }
}
