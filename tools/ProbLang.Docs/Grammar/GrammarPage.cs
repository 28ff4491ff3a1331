using System.Globalization;
using System.Text;

namespace ProbLang.Docs.Grammar;

/// <summary>The page that shows the grammar, with a railroad diagram for every rule.</summary>
internal static class GrammarPage
{
    public static string Text(EbnfGrammar grammar)
    {
        var text = new StringBuilder("""
            # The grammar

            How a model is written, rule by rule. This page and its diagrams are made from `grammar/problang.ebnf` by `tools/ProbLang.Docs`. Follow the tracks from left
            to right: every way through is a text that the rule allows. A round box is written as it stands, an angular one is another rule.


            """);
        foreach (var section in grammar.Rules.GroupBy(r => r.Section))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {section.Key}\n\n");
            foreach (var rule in section) Rule(text, rule, grammar);
        }
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Rule(StringBuilder text, EbnfRule rule, EbnfGrammar grammar)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {rule.Name}\n\n![{rule.Name}](grammar/{rule.Name}.svg)\n\n```ebnf\n{rule.Name} = {rule.Text} .\n```\n\n");
        if (rule.Remark is { } remark) text.Append(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(remark[0])}{remark[1..]}.\n\n");
        var users = grammar.Rules.Where(r => r != rule && Uses(r.Body, rule.Name)).Select(r => $"[{r.Name}](#{r.Name.ToLowerInvariant()})").ToArray();
        if (users.Length > 0) text.Append(CultureInfo.InvariantCulture, $"Used by {string.Join(", ", users)}.\n\n");
    }

    private static bool Uses(Production production, string rule) => production switch
    {
        Reference reference => reference.Rule == rule,
        Sequence sequence => sequence.Parts.Any(p => Uses(p, rule)),
        Choice choice => choice.Alternatives.Any(p => Uses(p, rule)),
        Maybe maybe => Uses(maybe.Part, rule),
        Repetition repetition => Uses(repetition.Part, rule),
        _ => false,
    };
}
