using System.Collections.Immutable;
using System.Reflection;
using ProbLang.Syntax;

namespace ProbLang.Datasets;

/// <summary>
/// Which variable a property gives: the one of its name; else, where it begins with a capital, the one whose name differs only in case and underscores, as <c>ExamScore</c> and <c>exam_score</c> do. Where two could be meant, neither is.
/// </summary>
internal sealed class PropertyNames
{
    private readonly HashSet<string> _variables;
    private readonly ILookup<string, string> _alike;

    public PropertyNames(IEnumerable<string> variables)
    {
        _variables = [.. variables];
        _alike = _variables.ToLookup(Folded);
    }

    /// <summary>Whether a key is the name of a variable.</summary>
    public bool Has(string key) => _variables.Contains(Nfkc.Normalize(key));

    /// <summary>The same values by the names that the model has for them.</summary>
    /// <exception cref="ArgumentException">A name is ambiguous.</exception>
    public DataPart Resolve(DataPart part)
    {
        var arrays = part.Reading.Data.Arrays;
        var loose = arrays.Values.Where(a => a.IsProperty).Select(a => a.Name).Concat(part.Unreadable.Where(u => u.Value.IsProperty).Select(u => u.Key)).ToArray();
        var meant = new Dictionary<string, string>();
        foreach (var property in loose)
        {
            if (_variables.Contains(property) || Meant(property, v => arrays.ContainsKey(v) || part.Unreadable.ContainsKey(v)) is not { } variable) continue;
            if (meant.FirstOrDefault(m => m.Value == variable) is { Key: { } other }) throw BothMeant(other, property, variable);
            meant.Add(property, variable);
        }
        if (meant.Count == 0) return part;
        return part with
        {
            Reading = part.Reading with { Data = part.Reading.Data with { Arrays = arrays.Values.Select(a => meant.TryGetValue(a.Name, out var name) ? a with { Name = name } : a).ToDictionary(a => a.Name) } },
            Unreadable = part.Unreadable.ToImmutableDictionary(u => meant.GetValueOrDefault(u.Key, u.Key), u => u.Value),
        };
    }

    /// <summary>The property of a type of rows that gives each variable, by the same rules.</summary>
    /// <exception cref="ArgumentException">A name is ambiguous; or objects of the type do not say what their values are called.</exception>
    public Dictionary<string, PropertyInfo> Of(Type type)
    {
        var properties = from property in HostValues.PropertiesOf(type, "row") let name = HostName.Of(property, new DataOptions()) where name is not null select (name.Value, property);
        return Assigned(properties, p => p.Name);
    }

    /// <summary>The variable that each column of a query gives, by the same rules; those that give none are left out.</summary>
    /// <exception cref="ArgumentException">A name is ambiguous.</exception>
    public Dictionary<string, string> Of(IEnumerable<string> columns)
    {
        var named = from column in columns where column.Length > 0 select (HostName.Of(column, new DataOptions(), isProperty: true)!.Value, column);
        return Assigned(named, c => c).ToDictionary(a => a.Value, a => a.Key);
    }

    private Dictionary<string, T> Assigned<T>(IEnumerable<(HostName Name, T Giver)> named, Func<T, string> called)
    {
        var (found, loose) = (new Dictionary<string, T>(), new List<(string Name, T Giver)>());
        foreach (var (name, giver) in named)
        {
            if (_variables.Contains(name.Name)) found[name.Name] = giver;
            else if (name.IsProperty) loose.Add((name.Name, giver));
        }
        var exact = found.Keys.ToHashSet();
        foreach (var (name, giver) in loose)
        {
            if (Meant(name, exact.Contains) is not { } variable) continue;
            if (!found.TryAdd(variable, giver)) throw BothMeant(called(found[variable]), name, variable);
        }
        return found;
    }

    private static ArgumentException BothMeant(string one, string other, string variable) =>
        new($"`{one}` and `{other}` could both be the variable `{variable}` of the model. Give one of them that name, or leave one out.");

    private string? Meant(string property, Func<string, bool> isTaken)
    {
        var candidates = _alike[Folded(property)].Where(v => !isTaken(v)).Order(StringComparer.Ordinal).ToArray();
        return candidates.Length < 2 ? candidates.FirstOrDefault()
            : throw new ArgumentException($"`{property}` could be {string.Join(" or ", candidates.Select(c => $"`{c}`"))} of the model. Give it the name of the one that is meant.");
    }

    private static string Folded(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
