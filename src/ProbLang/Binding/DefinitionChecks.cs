using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>How definitions fit together, as far as it can be said without data.</summary>
internal static class DefinitionChecks
{
    public static void Check(ModelGraph graph, RandomVariables random, BindingDiagnostics report)
    {
        var byVariable = graph.Definitions.GroupBy(d => d.Variable).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var definitions in byVariable.Values.Watched())
        {
            CheckOverlap(definitions, report);
            CheckRanks(definitions, report);
        }
        CheckCycles(graph, byVariable, report);
        foreach (var definition in graph.Definitions.Watched()) CheckBranches(definition, byVariable, random, report);
    }

    /// <summary>Two definitions of a whole variable, of one constant element, or of the same element of one plate.</summary>
    private static void CheckOverlap(Definition[] definitions, BindingDiagnostics report)
    {
        if (definitions.Length == 1) return;
        var (wholes, parts, byKey) = (new List<Definition>(), new List<Definition>(), new Dictionary<string, List<Definition>>());
        foreach (var definition in definitions)
        {
            var first = First(wholes);
            List<Definition>? same = null;
            if (definition.Indices.IsEmpty) first ??= First(parts);
            else if (Key(definition) is { } key)
            {
                if (!byKey.TryGetValue(key, out same)) byKey.Add(key, same = []);
                first ??= First(same);
            }
            if (first is not null)
            {
                if (definition.Gates.IsEmpty && first.Gates.IsEmpty) report.DefinedTwice(definition.Variable.Name, definition.Target, first.Target);
                else report.DefinedTwice(definition.Variable.Name, definition.Target, first.Target, "both may hold at once: write them as the branches of one `if … else …`");
                continue;
            }
            same?.Add(definition);
            (definition.Indices.IsEmpty ? wholes : parts).Add(definition);

            Definition? First(List<Definition> others) => others.Find(o => !Exclude(o, definition));
        }
    }

    /// <summary>Whether two definitions are in different branches of one <c>if</c>.</summary>
    private static bool Exclude(Definition a, Definition b) =>
        a.Gates.Any(g => b.Gates.Any(h => ReferenceEquals(g.Condition, h.Condition) && g.Side != h.Side));

    /// <summary>What two definitions of one element have in common; null where only data can tell.</summary>
    private static string? Key(Definition definition)
    {
        var plates = definition.Plates.Select(p => p.Loop.Span.Start).ToArray();
        var indices = definition.Indices.Select(i => i is ConstantValue or LoopValue ? GraphPrinter.Print(i) : null).ToArray();
        return indices.Contains(null) ? null : $"{string.Join(',', plates)}:{string.Join(',', indices)}";
    }

    private static void CheckRanks(Definition[] definitions, BindingDiagnostics report)
    {
        var highest = definitions.MaxBy(RankOf)!;
        foreach (var definition in definitions)
            if (RankOf(definition) < RankOf(highest))
                report.DefinitionShapes(definition.Variable.Name, definition.Target, RankOf(definition), highest.Target, RankOf(highest));
    }

    private static int RankOf(Definition definition) => definition.Indices.Length + (definition.Value?.Rank ?? definition.Distribution!.Rank);

    /// <summary>Cycles that there are whatever the data: through whole variables, and through the same element in one plate.</summary>
    private static void CheckCycles(ModelGraph graph, Dictionary<Variable, Definition[]> byVariable, BindingDiagnostics report)
    {
        var number = new Dictionary<Definition, int>(ReferenceEqualityComparer.Instance);
        foreach (var definition in graph.Definitions) number.Add(definition, number.Count);
        var uses = new HashSet<int>[graph.Definitions.Length];
        for (var i = 0; i < uses.Length; i++)
        {
            Budget.Current.Check();
            uses[i] = [];
            // Statements in branches may never hold together: what goes in circles among them shows with the data.
            if (!graph.Definitions[i].Gates.IsEmpty) continue;
            foreach (var used in new CertainUses(graph.Definitions[i], byVariable).Definitions) uses[i].Add(number[used]);
        }
        foreach (var cycle in CycleFinder.Find(uses))
            report.Cycle([.. cycle.Select(c => (graph.Definitions[c].Variable.Name, graph.Definitions[c].Target))]);
    }

    /// <summary>What only one branch of an <c>if</c> defines, if the data do not decide it, is used in that branch alone.</summary>
    private static void CheckBranches(Definition user, Dictionary<Variable, Definition[]> byVariable, RandomVariables random, BindingDiagnostics report)
    {
        foreach (var used in new CertainUses(user, byVariable).Definitions)
            foreach (var gate in used.Gates)
            {
                if (!random.MayReach(gate.Condition) || user.Gates.Any(g => ReferenceEquals(g.Condition, gate.Condition) && g.Side == gate.Side)) continue;
                if (byVariable[used.Variable].Any(other => Exclude(used, other))) continue;
                report.OutsideBranch(used.Variable.Name, FirstUse.Of(user, used.Variable) ?? user.Target, gate.Condition.Span, gate.Side == GateSide.Else, used.Target);
                return;
            }
    }
}

/// <summary>
/// The definitions without which a definition has no value, whatever the data are, as long as no plate is empty: those of
/// a variable that it uses whole, and of an element that the same round of the same plates defines. Branches may go unused.
/// </summary>
internal sealed class CertainUses
{
    private readonly Definition _definition;
    private readonly Dictionary<Variable, Definition[]> _byVariable;
    private readonly HashSet<Bound> _seen = new(ReferenceEqualityComparer.Instance);

    public CertainUses(Definition definition, Dictionary<Variable, Definition[]> byVariable)
    {
        (_definition, _byVariable) = (definition, byVariable);
        foreach (var value in Parts.OfRight(definition)) Add(value);
    }

    public List<Definition> Definitions { get; } = [];

    private void Add(Bound value)
    {
        if (!_seen.Add(value)) return;
        switch (value)
        {
            case VariableValue { Variable: var variable }:
                Definitions.AddRange(Of(variable));
                break;
            case ArrayFunctionValue { Function: ArrayFunction.Size or ArrayFunction.Length or ArrayFunction.Rows or ArrayFunction.Cols }:
                break;
            case IndexedValue { Array: VariableValue { Variable: var variable } } element:
                foreach (var index in element.Indices.SelectMany(Parts.Of)) Add(index);
                Definitions.AddRange(Of(variable).Where(d => IsSame(d, element.Indices)));
                break;
            case IndexedValue element:
                foreach (var index in element.Indices.SelectMany(Parts.Of)) Add(index);
                break;
            case ConditionalValue conditional:
                Add(conditional.Condition);
                break;
            case Comprehension comprehension:
                Add(comprehension.Lower);
                Add(comprehension.Upper);
                break;
            default:
                foreach (var part in Parts.Of(value)) Add(part);
                break;
        }
    }

    private Definition[] Of(Variable variable) => _byVariable.GetValueOrDefault(variable, []);

    /// <summary>Whether the element used is the one that a definition gives in the same round of the same plates.</summary>
    private bool IsSame(Definition other, ImmutableArray<BoundIndex> indices)
    {
        if (other.Indices.Length != indices.Length || other.Plates.Length != _definition.Plates.Length) return false;
        for (var p = 0; p < other.Plates.Length; p++)
            if (other.Plates[p].Loop != _definition.Plates[p].Loop) return false;
        for (var i = 0; i < indices.Length; i++)
            if (indices[i] is not AtIndex at || !IsSame(other.Indices[i], at.Position)) return false;
        return true;
    }

    private static bool IsSame(Bound index, Bound position) => (index, position) switch
    {
        (LoopValue a, LoopValue b) => a.Loop == b.Loop,
        (ConstantValue a, ConstantValue b) => a.Value == b.Value,
        _ => false,
    };
}
