using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Prints what makes ranges, variables and arrays.</summary>
/// <param name="writer">Where to.</param>
/// <param name="names">The identifiers.</param>
/// <param name="places">How each variable stands in the program.</param>
internal sealed class DeclarationPrinter(CSharpWriter writer, CSharpNames names, VariablePlaces places)
{
    private readonly HashSet<object> _declared = [];

    /// <summary>Ranges, each after what its size is made of, and what is known.</summary>
    public void Known(FactorGraph graph)
    {
        var values = graph.Variables.Where(v => places.DefinitionsOf(v).Any() || places.NeedsValueRange(v)).Select(v => v.Values);
        var used = graph.Variables.SelectMany(v => v.Ranges).Concat(graph.Statements.SelectMany(Plates)).Concat(values).ToHashSet();
        foreach (var range in graph.Ranges.Where(used.Contains)) Declare(range);
        foreach (var variable in graph.Variables.Where(v => places[v].Form == VariableForm.Constant)) Constant(variable);
        foreach (var variable in graph.Variables.Where(v => places[v].Form == VariableForm.Given && places.UsesOf(v).Any())) Declare(variable);
        foreach (var variable in graph.Variables.Where(v => places[v].IsHoisted)) writer.Line($"{CSharpTypes.Variable(CSharpTypes.Value(variable), variable.Ranges.Length)} {names[variable.Name]};");
    }

    /// <summary>A variable or an array before the statements that define it.</summary>
    public void Make(FactorVariable variable)
    {
        var ranges = variable.Ranges.Skip(places[variable].Dropped).Select(r => names[r.Name]);
        writer.Statement($"{Left(variable)} = {CSharpTypes.New(CSharpTypes.Value(variable), ranges)}{Named(variable.Name)};");
        if (NeedsValues(variable)) writer.Line($"{names[variable.Name]}.SetValueRange({names[variable.Values!.Name]});");
    }

    /// <summary>A variable by its definition.</summary>
    public void Define(FactorVariable variable, Operand definition)
    {
        writer.Statement($"{Left(variable)} = {definition.Within(Binding.Primary)}{Named(variable.Name)};");
        if (NeedsValues(variable)) writer.Line($"{names[variable.Name]}.SetValueRange({names[variable.Values!.Name]});");
    }

    private static IEnumerable<FactorRange> Plates(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => [repeat.Range, .. repeat.Body.SelectMany(Plates)],
        GateStatement gate => gate.Body.SelectMany(Plates),
        _ => [],
    };

    private string Left(FactorVariable variable) => (places[variable].IsHoisted ? "" : "var ") + names[variable.Name];

    private string Named(string name) => $".Named(\"{names.Label(name)}\")";

    private void Declare(FactorRange range)
    {
        if (!_declared.Add(range)) return;
        if (range.IsRagged) Declare(range.Size.Variable);
        var twin = range.IsRagged ? null : _declared.OfType<FactorRange>().FirstOrDefault(r => r != range && !r.IsRagged && r.Size.Variable == range.Size.Variable);
        writer.Line($"var {names[range.Name]} = {(twin is null ? $"new Range({Size(range)})" : $"{names[twin.Name]}.Clone()")}{Named(range.Name)};");
    }

    private string Size(FactorRange range) =>
        range.IsRagged ? new References(names, places).Element(range.Size) : CSharpLiterals.Integer(range.Count);

    private void Declare(FactorVariable variable)
    {
        if (!_declared.Add(variable)) return;
        foreach (var range in variable.Ranges) Declare(range);
        Make(variable);
    }

    private void Constant(FactorVariable variable)
    {
        var isNumber = variable.Data!.ItemShape.IsEmpty;
        new DataPrinter(writer).Assign($"{(isNumber ? CSharpTypes.Value(variable) : "var")} {names[variable.Name]}", variable);
    }

    /// <summary>Distributions over the values of a range bring the range themselves; others, and known values by which gates or counts go, do not.</summary>
    private bool NeedsValues(FactorVariable variable)
    {
        if (variable.Values is null) return false;
        var definitions = places.DefinitionsOf(variable).ToImmutableArray();
        return definitions.IsEmpty ? places.NeedsValueRange(variable) : !definitions.All(d => BringsValues(d, variable));
    }

    private static bool BringsValues(DefineStatement define, FactorVariable variable) => define.Operation switch
    {
        FactorOperation.Discrete => define.Arguments[0].Variable.Values is not { } own || own == variable.Values || define.Arguments[0].Variable is { Data: not null, Ranges.IsEmpty: true },
        FactorOperation.Dirichlet => !KnownPriors.IsPrior(define.Arguments[0].Variable),
        FactorOperation.DiscreteFromLogits or FactorOperation.DirichletSymmetric => true,
        _ => false,
    };
}
