using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>The plates and the conditions of a model, each bound once, for all the statements inside of them.</summary>
internal sealed class SurroundingsBinder
{
    private readonly Dictionary<PlateSite, Plate?> _plates = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, Bound> _shared = [];
    private readonly Dictionary<IfStatement, Bound?> _conditions = new(ReferenceEqualityComparer.Instance);

    public SurroundingsBinder(Declarations declarations, ExpressionBinder binder)
    {
        foreach (var plate in declarations.Plates.Watched())
        {
            binder.BeginStatement();
            _plates.Add(plate, binder.Ends(plate.Statement.Range, plate.Outside) is { } ends ? new Plate(plate.Loop, ends.Lower, ends.Upper) : null);
        }
        foreach (var (gate, scope) in declarations.Gates)
        {
            binder.BeginStatement();
            _conditions.Add(gate, binder.Condition(gate.Condition, scope) is { } condition ? Shared(condition) : null);
        }
    }

    /// <summary>What is asked twice outside of plates is one condition, so that what one `if` defines another by the same condition may use.</summary>
    private Bound Shared(Bound condition)
    {
        if (Walk.Over([condition]).Any(part => part is LoopValue)) return condition;
        var text = GraphPrinter.Print(condition);
        if (!_shared.TryGetValue(text, out var first)) _shared.Add(text, first = condition);
        return first;
    }

    /// <summary>What is around a statement; null where something of it is mistaken, which has then been reported.</summary>
    public (ImmutableArray<Plate> Plates, ImmutableArray<Gate> Gates)? Bind(ImmutableArray<PlateSite> plates, ImmutableArray<GateSite> gates)
    {
        var around = plates.Select(p => _plates[p]).OfType<Plate>().ToImmutableArray();
        var within = gates.Select(g => _conditions[g.Statement] is { } condition ? new Gate(condition, g.Side, g.Depth) : null).OfType<Gate>().ToImmutableArray();
        return around.Length == plates.Length && within.Length == gates.Length ? (around, within) : null;
    }
}
