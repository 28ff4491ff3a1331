using System.Text;

namespace ProbLang.FactorGraphs;

/// <summary>
/// The C# identifiers of the variables and ranges of a factor graph: their own names, but for keywords, which get an @, and for words that the program
/// needs itself, which get an underscore.
/// </summary>
internal sealed class CSharpNames
{
    private readonly Dictionary<string, string> _identifiers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(CSharpWords.Reserved, StringComparer.Ordinal);

    public CSharpNames(FactorGraph graph)
    {
        foreach (var name in graph.Ranges.Select(r => r.Name).Concat(graph.Variables.Select(v => v.Name)))
        {
            var identifier = Spelled(name);
            while (!_taken.Add(identifier)) identifier += "_";
            _identifiers.TryAdd(name, identifier);
        }
    }

    /// <summary>What stands in the program for a variable or a range.</summary>
    public string this[string name] => CSharpWords.Keywords.Contains(_identifiers[name]) ? "@" + _identifiers[name] : _identifiers[name];

    /// <summary>By what name Infer.NET knows it: as in the program, since the code that it generates has the same words for itself.</summary>
    public string Label(string name) => _identifiers[name];

    /// <summary>A word like this one that is no variable's and no range's.</summary>
    public string Unused(string word)
    {
        while (_taken.Contains(word)) word += "_";
        return word;
    }

    private static string Spelled(string name)
    {
        var text = new StringBuilder(name.Length + 1);
        foreach (var c in name) text.Append(char.IsLetterOrDigit(c) || c == '_' ? c : '_');
        if (text.Length == 0 || char.IsDigit(text[0])) text.Insert(0, '_');
        return text.ToString();
    }
}
