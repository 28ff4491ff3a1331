namespace ProbLang.Binding;

/// <summary>Functions of the model that use themselves, directly or through others.</summary>
internal static class FunctionChecks
{
    public static void MarkRecursive(Declarations declarations, BindingDiagnostics report)
    {
        FunctionSite[] functions = [.. declarations.Functions.Values];
        var number = functions.Select((f, i) => (f.Name, i)).ToDictionary(p => p.Name, p => p.i);
        var calls = new HashSet<int>[functions.Length];
        for (var i = 0; i < functions.Length; i++)
        {
            var names = new FreeNames();
            names.Add(functions[i].Statement.Body, []);
            calls[i] = [.. names.Calls.Where(c => number.ContainsKey(c.Text)).Select(c => number[c.Text])];
        }
        foreach (var cycle in CycleFinder.Find(calls))
            report.Recursive(functions[cycle[0]].Statement.Name, cycle.Skip(1).Select(f => functions[f].Statement.Name));
        var endless = CycleFinder.Trim(calls);
        for (var i = 0; i < functions.Length; i++) functions[i].IsRecursive = endless[i];
    }
}

/// <summary>Inputs that no statement uses.</summary>
internal static class UnusedInputs
{
    public static void Report(Declarations declarations, BindingDiagnostics report)
    {
        var names = new FreeNames();
        foreach (var input in declarations.Inputs)
        {
            names.Add(input.Statement.Dims, []);
            names.Add(input.Statement.Default, []);
            AddType(input.Statement.Type);
        }
        foreach (var function in declarations.Functions.Values) names.Add(function.Statement.Body, [.. function.Statement.Parameters.Select(p => p.Text)]);
        foreach (var plate in declarations.Plates) names.Add(plate.Statement.Range, [.. plate.Outside.Locals.Keys]);
        foreach (var site in declarations.Definitions)
        {
            names.Add(site.Statement.Indices, [.. site.Scope.Locals.Keys]);
            names.Add(site.Statement.Right, [.. site.Scope.Locals.Keys]);
            AddType(site.Statement.Type);
        }
        foreach (var (gate, scope) in declarations.Gates) names.Add(gate.Condition, [.. scope.Locals.Keys]);
        foreach (var factor in declarations.Factors) names.Add(factor.Statement.Value, [.. factor.Around.Scope.Locals.Keys]);
        foreach (var given in declarations.Givens)
        {
            names.Add(given.Statement.Subject, [.. given.Scope.Locals.Keys]);
            names.Add(given.Statement.Value, [.. given.Scope.Locals.Keys]);
        }
        var used = names.Values.Concat(names.Calls).Select(n => n.Text).ToHashSet();
        foreach (var input in declarations.Inputs.Where(i => !used.Contains(i.Variable.Name))) report.UnusedInput(input.Statement.Name, input.Variable.IsParameter);

        void AddType(Syntax.TypeExpr? type)
        {
            foreach (var bound in type?.Arguments ?? []) names.Add(bound, []);
        }
    }
}
