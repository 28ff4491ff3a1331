using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang;

/// <summary>What a condition gives the value of: a variable of the model, or elements of it whose places are known.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Indices">An index or several for each of its leading dimensions, counted from 1.</param>
internal sealed record GivenQuantity(Variable Variable, ImmutableArray<GivenIndex> Indices)
{
    /// <summary>Null where it is anything else.</summary>
    public static GivenQuantity? Of(Session session, PlacedText written)
    {
        var lone = LoneExpression.Of(written);
        var (array, indices) = lone.Tree is IndexExpr { Array: NameExpr name } index ? (name, index.Indices) : (lone.Tree as NameExpr, []);
        if (array is null || session.Model?.Graph.Find(array.Name.Text) is not { } variable) return null;
        var places = indices.Select(i => GivenIndex.Of(session, lone, i)).ToArray();
        return places.Contains(null) ? null : new GivenQuantity(variable, [.. places!]);
    }

    /// <summary>The variable, or the elements, each with its part of a value; null where these do not go together.</summary>
    /// <param name="value">The value as data have it.</param>
    public ImmutableArray<GivenElement>? Elements(string value)
    {
        if (Indices.IsEmpty) return [new GivenElement(Variable, [], value)];
        var elements = ImmutableArray.CreateBuilder<GivenElement>();
        return Add([], JsonNode.Parse(value), elements) ? elements.ToImmutable() : null;
    }

    private bool Add(ImmutableArray<double> place, JsonNode? value, ImmutableArray<GivenElement>.Builder elements)
    {
        // Of a value that has dimensions beyond those of the variable, the data say that it does not fit.
        if (place.Length == Math.Max(Variable.Rank, Indices.Length) || place.Length >= Indices.Length && value is not JsonArray)
        {
            elements.Add(new GivenElement(Variable, place, value?.ToJsonString() ?? "null"));
            return true;
        }
        if (place.Length < Indices.Length && Indices[place.Length] is { IsOne: true } one) return Add(place.Add(one.Values[0]), value, elements);
        if (value is not JsonArray rows) return false;
        var at = place.Length < Indices.Length ? Indices[place.Length].Values : [.. Enumerable.Range(1, rows.Count)];
        return at.Length == rows.Count && at.Zip(rows).All(row => Add(place.Add(row.First), row.Second, elements));
    }
}

/// <summary>A variable, or an element of it, with a value.</summary>
/// <param name="Variable">The variable.</param>
/// <param name="Indices">Of the element, counted from 1; none for the whole variable.</param>
/// <param name="Value">As data have it.</param>
internal sealed record GivenElement(Variable Variable, ImmutableArray<double> Indices, string Value)
{
    /// <summary>As data name it.</summary>
    public string Name => Indices.IsEmpty ? Variable.Name : $"{Variable.Name}[{string.Join(',', Indices.Select(n => n.ToString(CultureInfo.InvariantCulture)))}]";
}

/// <summary>The places along one dimension that an index stands for.</summary>
/// <param name="Values">Counted from 1.</param>
/// <param name="IsOne">Whether it is one place, rather than several.</param>
internal sealed record GivenIndex(ImmutableArray<double> Values, bool IsOne)
{
    /// <summary>More places than one writes values for.</summary>
    private const double Most = 1e6;

    /// <summary>Null where the places are not known.</summary>
    public static GivenIndex? Of(Session session, LoneExpression quantity, IndexArgument index)
    {
        if (index is ElementIndex { Value: var at }) return KnownValue.Of(session, quantity.Part(at)) is { Shape.Length: <= 1 } known ? new GivenIndex([.. known.Values], known.Shape.Length == 0) : null;
        return index is SliceIndex { Lower: { } lower, Upper: { } upper } && End(lower) is { } from && End(upper) is { } to && to >= from && to - from < Most
            ? new GivenIndex([.. Enumerable.Range(0, (int)(to - from) + 1).Select(i => from + i)], false) : null;

        double? End(Expr end) => KnownValue.Of(session, quantity.Part(end)) is { Shape: [] } known ? known.Values[0] : null;
    }
}
