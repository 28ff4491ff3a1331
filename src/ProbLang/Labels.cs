using System.Collections;
using System.Globalization;

namespace ProbLang;

/// <summary>The labels of enumerations, where they are not the names of the members.</summary>
public static class Labels
{
    /// <summary>Values of an enumeration with their labels in their place, as data take them.</summary>
    /// <param name="values">A value, or an array of any rank or nested arrays of them; null is missing.</param>
    /// <param name="labels">The label of each member: the members are numbered from 1.</param>
    /// <exception cref="ArgumentException">A value is none of the members.</exception>
    public static object? Of(object? values, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return values switch
        {
            null => null,
            Enum member => Label(member, labels),
            Array { Rank: > 1 } grid => Rows(grid, 0, new int[grid.Rank], labels),
            IEnumerable parts and not string => parts.Cast<object?>().Select(p => Of(p, labels)).ToArray(),
            _ => throw new ArgumentException($"{values} is no value of an enumeration.", nameof(values)),
        };
    }

    private static string Label(Enum member, string[] labels)
    {
        var code = ((IConvertible)member).ToInt32(CultureInfo.InvariantCulture);
        return code >= 1 && code <= labels.Length ? labels[code - 1] : throw new ArgumentException($"{member} is no member of {member.GetType().Name}.", nameof(member));
    }

    private static object?[] Rows(Array grid, int dimension, int[] indices, string[] labels)
    {
        var rows = new object?[grid.GetLength(dimension)];
        for (var i = 0; i < rows.Length; i++)
        {
            indices[dimension] = i;
            rows[i] = dimension == grid.Rank - 1 ? Of(grid.GetValue(indices), labels) : Rows(grid, dimension + 1, indices, labels);
        }
        return rows;
    }
}
