using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProbLang.Graph;

namespace ProbLang.Binding;

/// <summary>
/// Joins the definitions that the branches of an <c>if</c> give of the same elements. Where the data decide the condition one of
/// them holds; for where they do not there is a further definition, which chooses between the right sides.
/// </summary>
internal sealed class Branches(RandomVariables random)
{
    public static ImmutableArray<Definition> Join(ImmutableArray<Definition> definitions, RandomVariables random)
    {
        if (definitions.All(d => d.Gates.IsEmpty)) return definitions;
        var branches = new Branches(random);
        return [.. definitions.GroupBy(KeyOf).SelectMany(group => branches.Variants([.. group], 0))];
    }

    /// <summary>Definitions of the same elements: of one variable, in the same plates, with the same indices.</summary>
    private static (Variable, string) KeyOf(Definition definition) => (definition.Variable,
        $"{string.Join(',', definition.Plates.Select(p => p.Loop.Span.Start))}:{string.Join(',', definition.Indices.Select(GraphPrinter.Print))}");

    /// <summary>The definitions of the same elements, whose first gates are the same, with those that join them.</summary>
    private IEnumerable<Definition> Variants(ImmutableArray<Definition> same, int gate)
    {
        if (!Split(same, gate, out var condition, out var then, out var @else)) return same;
        if (then.IsEmpty || @else.IsEmpty) return Variants(same, gate + 1);
        if (Choose(condition, Whole(then, gate + 1), Whole(@else, gate + 1)) is not { } choice)
            return Variants(then, gate + 1).Concat(Variants(@else, gate + 1));
        var outer = same[0].Gates[..gate];
        // Of two numbers the one that is not taken need not be there, so that one statement serves decided conditions too.
        if (choice.Value is { Rank: 0 }) return [Joined(same[0], choice, outer)];
        var either = Variants(then, gate + 1).Concat(Variants(@else, gate + 1));
        if (!random.MayReach(condition)) return either;
        return either.Select(d => Paired(d, gate)).Append(Joined(same[0], choice, outer.Add(same[0].Gates[gate] with { Side = GateSide.Undecided })));
    }

    /// <summary>Definitions by the branch of the one <c>if</c> that they are all in; false where there is none.</summary>
    private static bool Split(
        ImmutableArray<Definition> same, int gate, [NotNullWhen(true)] out Bound? condition, out ImmutableArray<Definition> then, out ImmutableArray<Definition> @else)
    {
        condition = same[0].Gates.Length > gate ? same[0].Gates[gate].Condition : null;
        (then, @else) = ([], []);
        var first = condition;
        if (condition is null || first is null || !same.All(d => d.Gates.Length > gate && ReferenceEquals(d.Gates[gate].Condition, first))) return false;
        then = [.. same.Where(d => d.Gates[gate].Side == GateSide.Then)];
        @else = [.. same.Where(d => d.Gates[gate].Side == GateSide.Else)];
        return true;
    }

    /// <summary>What several definitions give together.</summary>
    /// <param name="Value">The value, or null where it is drawn.</param>
    /// <param name="Distribution">The distribution, or null where it is computed.</param>
    /// <param name="Defined">Where they give anything; null for everywhere.</param>
    private sealed record Choice(Bound? Value, BoundDistribution? Distribution, Bound? Defined);

    private static Choice? Whole(ImmutableArray<Definition> same, int gate)
    {
        if (same is [var only] && only.Gates.Length == gate) return new(only.Value, only.Distribution, null);
        if (!Split(same, gate, out var condition, out var then, out var @else)) return null;
        if (!then.IsEmpty && !@else.IsEmpty) return Choose(condition, Whole(then, gate + 1), Whole(@else, gate + 1));
        if (Whole(then.IsEmpty ? @else : then, gate + 1) is not { } whole) return null;
        var never = new ConstantValue(0, ElementType.Boolean, condition.Span);
        var defined = whole.Defined ?? new ConstantValue(1, ElementType.Boolean, condition.Span);
        return whole with { Defined = then.IsEmpty ? If(condition, never, defined) : If(condition, defined, never) };
    }

    /// <summary>One or the other; null where one draws what the other computes, or draws what is whole and the other does not.</summary>
    private static Choice? Choose(Bound condition, Choice? then, Choice? @else)
    {
        if (then is null || @else is null) return null;
        var always = new ConstantValue(1, ElementType.Boolean, condition.Span);
        var defined = then.Defined is null && @else.Defined is null ? null : If(condition, then.Defined ?? always, @else.Defined ?? always);
        if (then.Value is { } a && @else.Value is { } b) return a.Rank == b.Rank ? new(If(condition, a, b), null, defined) : null;
        if (then.Distribution is not { } d || @else.Distribution is not { } e) return null;
        if (d.Rank != e.Rank || DistributionTraits.EventRank(d) != DistributionTraits.EventRank(e) || d.Type == ElementType.Real != (e.Type == ElementType.Real)) return null;
        return new(null, new ChoiceDistribution(condition, d, e, ExpressionBinder.Join(d.Type, e.Type), d.Span), defined);
    }

    private static ConditionalValue If(Bound condition, Bound then, Bound @else) =>
        new(condition, then, @else, then.Rank, ExpressionBinder.Join(then.Type, @else.Type), then.Span);

    private static Definition Paired(Definition definition, int gate) =>
        definition with { Gates = definition.Gates.SetItem(gate, definition.Gates[gate] with { IsPaired = true }) };

    private static Definition Joined(Definition first, Choice choice, ImmutableArray<Gate> gates) => first with
    {
        Value = choice.Value,
        Distribution = choice.Distribution,
        Gates = choice.Defined is { } defined ? gates.Add(new(defined, GateSide.Then, first.Plates.Length)) : gates,
        IsMerged = true,
    };
}
