using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Results;

/// <summary>What a program calls a variable or an element of one: <c>theta</c>, <c>theta[3]</c>, <c>a[Ohio, 2]</c>.</summary>
internal sealed record ElementName(string Variable, ImmutableArray<string> Indices)
{
    public static ElementName Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim();
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0 || !name.EndsWith(']')) return new ElementName(Nfkc.Normalize(name), []);
        var indices = ImmutableArray.CreateBuilder<string>();
        var (start, isQuoted) = (bracket + 1, false);
        for (var at = start; at < name.Length; at++)
        {
            if (isQuoted && name[at] == '\\') at++;
            else if (name[at] == '"') isQuoted = !isQuoted;
            else if (at == name.Length - 1 || name[at] == ',' && !isQuoted)
            {
                indices.Add(name[start..at].Trim());
                start = at + 1;
            }
        }
        return new ElementName(Nfkc.Normalize(name[..bracket].Trim()), indices.ToImmutable());
    }

    public bool Equals(ElementName? other) => other is not null && Variable == other.Variable && Indices.SequenceEqual(other.Indices);

    public override int GetHashCode() => HashCode.Combine(Variable, Indices.Length);

    /// <summary>The row-major cell; null where there is none by these indices.</summary>
    public int? CellOf(ReadOnlySpan<int> shape, ImmutableArray<ImmutableArray<string>> labels)
    {
        if (Indices.Length != shape.Length) return null;
        var cell = 0;
        for (var d = 0; d < shape.Length; d++)
        {
            var own = labels.IsDefaultOrEmpty ? default : labels[d];
            var index = IndexOf(Indices[d], own);
            if (index < 0 || index >= shape[d]) return null;
            cell = cell * shape[d] + index;
        }
        return cell;
    }

    /// <summary>A label as it is written in results, or a number from 1 where the dimension has none.</summary>
    private static int IndexOf(string index, ImmutableArray<string> labels)
    {
        if (labels.IsDefaultOrEmpty) return int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : -1;
        for (var k = 0; k < labels.Length; k++)
            if (labels[k] == index || LabelText.InBrackets(labels[k]) == index) return k;
        return -1;
    }

    public static ArgumentException NotThere(string what, string name, IEnumerable<string> variables)
    {
        var (parsed, all) = (Parse(name), variables.ToArray());
        if (parsed.Indices.Length > 0 && all.Contains(parsed.Variable)) return new ArgumentException($"`{parsed.Variable}` has no element `{name}`.", nameof(name));
        return new ArgumentException($"{what} has no variable `{name}`{(Spelling.Nearest(parsed.Variable, all) is { } meant ? $"; did you mean `{meant}`?" : ".")}", nameof(name));
    }
}
