using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace ProbLang.Generators;

/// <summary>Names of a model as names of C#.</summary>
internal static class Identifier
{
    /// <summary>A name that may be a keyword.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>
    /// A C# name for each of a model's: <c>sigma_obs</c> is <c>SigmaObs</c>. Names that would become the same stay as they are written, and a name that is taken gets a <c>Value</c>.
    /// </summary>
    /// <param name="names">Different names of the model.</param>
    /// <param name="taken">What members are called already.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<string> names, IReadOnlySet<string> taken)
    {
        var found = new Dictionary<string, string>();
        var used = new HashSet<string>(taken);
        foreach (var group in names.GroupBy(Pascal))
            foreach (var name in group)
            {
                var wanted = group.Count() == 1 ? group.Key : name;
                if (!SyntaxFacts.IsValidIdentifier(wanted)) wanted = $"Variable{found.Count + 1}";
                while (!used.Add(wanted)) wanted += "Value";
                found.Add(name, Escaped(wanted));
            }
        return found;
    }

    /// <summary>In Pascal case; null where nothing is left that a name could be made of.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var part in name.Split(['_', ' ', '-', '.', '/'], StringSplitOptions.RemoveEmptyEntries))
            // Capitals of other alphabets look like those of this one.
            text.Append(char.IsAsciiLetterLower(part[0]) ? char.ToUpperInvariant(part[0]) : part[0]).Append(part, 1, part.Length - 1);
        return SyntaxFacts.IsValidIdentifier(text.ToString()) ? text.ToString() : name;
    }
}
