using ProbLang.Docs.Grammar;

namespace ProbLang.Docs;

/// <summary>The files of the repository that are made from its code and its grammar.</summary>
public static class GeneratedFiles
{
    /// <summary>The grammar, relative to the root.</summary>
    public const string Ebnf = "grammar/problang.ebnf";

    /// <summary>Every generated file by its path relative to the root, with the text that it must have.</summary>
    public static IEnumerable<(string Path, string Text)> Of(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        yield return ("grammar/problang.tmLanguage.json", EditorGrammar.Json());
        yield return ("docs/reference.md", ReferencePage.Text());
        var grammar = EbnfGrammar.Read(File.ReadAllText(Path.Combine(root, Ebnf)));
        yield return ("docs/grammar.md", GrammarPage.Text(grammar));
        foreach (var rule in grammar.Rules) yield return ($"docs/grammar/{rule.Name}.svg", Railroad.Svg(rule));
    }
}
