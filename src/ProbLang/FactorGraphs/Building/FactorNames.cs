using System.Globalization;
using System.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Gives names that are identifiers, and each once.</summary>
internal sealed class FactorNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public string New(string wanted)
    {
        var name = Identifier(wanted);
        if (_taken.Add(name)) return name;
        // A name that ends in a digit is kept apart from its number.
        var stem = char.IsAsciiDigit(name[^1]) ? name + "_" : name;
        for (var n = 2; ; n++)
            if (stem + n.ToString(CultureInfo.InvariantCulture) is var numbered && _taken.Add(numbered)) return numbered;
    }

    private static string Identifier(string wanted)
    {
        var text = new StringBuilder();
        foreach (var c in wanted)
            if (char.IsLetterOrDigit(c) || c == '_') text.Append(c);
            else if (text.Length > 0 && text[^1] != '_') text.Append('_');
        while (text.Length > 1 && text[^1] == '_') text.Length--;
        if (text.Length == 0 || char.IsDigit(text[0])) text.Insert(0, 'v');
        return text.ToString();
    }
}
