using System.Collections.Immutable;

namespace ProbLang.Graph;

/// <summary>Whether two expressions say the same, wherever they are written.</summary>
internal sealed class SameMeaning
{
    private readonly Dictionary<Loop, Loop> _loops = new(ReferenceEqualityComparer.Instance);

    private SameMeaning()
    {
    }

    public static bool Holds(Bound a, Bound b) => new SameMeaning().Of(a, b);

    private bool Of(Bound? a, Bound? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when a.Rank != b.Rank || a.Type != b.Type => false,
        (ConstantValue x, ConstantValue y) => x.Value.Equals(y.Value),
        (LoopValue x, LoopValue y) => _loops.GetValueOrDefault(x.Loop, x.Loop) == y.Loop,
        (VariableValue x, VariableValue y) => x.Variable == y.Variable,
        (ElementwiseValue x, ElementwiseValue y) => Of(x.Function, y.Function) && Of(x.Arguments, y.Arguments),
        (ArrayFunctionValue x, ArrayFunctionValue y) => x.Function == y.Function && Of(x.Arguments, y.Arguments),
        (IndexedValue x, IndexedValue y) => Of(x.Array, y.Array) && x.Indices.Length == y.Indices.Length && x.Indices.Zip(y.Indices).All(i => Of(i.First, i.Second)),
        (ArrayLiteral x, ArrayLiteral y) => Of(x.Elements, y.Elements),
        (RangeValue x, RangeValue y) => Of(x.Lower, y.Lower) && Of(x.Upper, y.Upper),
        (ConditionalValue x, ConditionalValue y) => Of(x.Condition, y.Condition) && Of(x.Then, y.Then) && Of(x.Else, y.Else),
        (Comprehension x, Comprehension y) => Of(x.Lower, y.Lower) && Of(x.Upper, y.Upper) && Under(x.Loop, y.Loop, x.Body, y.Body),
        (NetValue x, NetValue y) => x.Net == y.Net && x.Aspect == y.Aspect && Of(x.Argument, y.Argument) && Of(x.Context, y.Context),
        // The rest is seldom written twice.
        _ => false,
    };

    private bool Of(BoundIndex a, BoundIndex b) => (a, b) switch
    {
        (AtIndex x, AtIndex y) => Of(x.Position, y.Position),
        (SliceOf x, SliceOf y) => Of(x.Lower, y.Lower) && Of(x.Upper, y.Upper),
        _ => false,
    };

    private static bool Of(ElementwiseFunction a, ElementwiseFunction b) => a == b || a is OpFunction x && b is OpFunction y && x.Op == y.Op;

    private bool Of(ImmutableArray<Bound> a, ImmutableArray<Bound> b) => a.Length == b.Length && a.Zip(b).All(p => Of(p.First, p.Second));

    private bool Under(Loop x, Loop y, Bound a, Bound b)
    {
        _loops[x] = y;
        return Of(a, b);
    }
}
