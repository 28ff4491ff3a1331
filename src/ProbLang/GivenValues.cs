using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProbLang.Graph;

namespace ProbLang;

/// <summary>The values that one question gives, which must agree where they are of the same quantity, or of an array and a part of it.</summary>
internal sealed class GivenValues
{
    private readonly List<(Variable Variable, ImmutableArray<double> Indices, JsonNode? Value)> _given = [];

    /// <summary>Whether a value agrees with all before it.</summary>
    public bool Add(GivenElement element)
    {
        var node = JsonNode.Parse(element.Value);
        var agrees = _given.TrueForAll(g => g.Variable != element.Variable || Agree(g.Indices, g.Value, element.Indices, node));
        _given.Add((element.Variable, element.Indices, node));
        return agrees;
    }

    private static bool Agree(ImmutableArray<double> indices, JsonNode? value, ImmutableArray<double> others, JsonNode? other)
    {
        var common = Math.Min(indices.Length, others.Length);
        if (!indices.AsSpan(0, common).SequenceEqual(others.AsSpan(0, common))) return true;
        // A place that is not there is said where the data are bound.
        return !Part(value, others[common..].AsSpan(), out var part) || !Part(other, indices[common..].AsSpan(), out var otherPart) || JsonNode.DeepEquals(part, otherPart);
    }

    private static bool Part(JsonNode? value, ReadOnlySpan<double> indices, out JsonNode? part)
    {
        part = value;
        foreach (var index in indices)
        {
            if (part is not JsonArray rows || !(index >= 1 && index <= rows.Count)) return false;
            part = rows[(int)index - 1];
        }
        return true;
    }
}
