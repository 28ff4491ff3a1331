using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>Where a statement uses a variable.</summary>
internal static class FirstUse
{
    /// <summary>The first place, with its index if it has one; null where the statement does not use it.</summary>
    public static Span? Of(Definition definition, Variable variable)
    {
        IEnumerable<Bound> parts = definition.Value is { } value ? [value] : definition.Distribution is { } distribution ? Parts.Of(distribution) : [];
        Span? first = null;
        foreach (var part in parts.Concat(definition.Indices))
            if (Of(part, variable) is { } place && (first is null || place.Start < first.Value.Start)) first = place;
        return first;
    }

    private static Span? Of(Bound value, Variable variable)
    {
        if (value is VariableValue v && v.Variable == variable || value is IndexedValue { Array: VariableValue array } && array.Variable == variable) return value.Span;
        foreach (var part in Parts.Of(value))
            if (Of(part, variable) is { } place) return place;
        return null;
    }
}
