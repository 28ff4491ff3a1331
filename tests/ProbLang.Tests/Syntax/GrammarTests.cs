using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ProbLang.Syntax;
using Sprache;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class GrammarTests
{
    [Fact]
    public void The_rules_of_the_parser_are_the_rules_of_the_grammar()
    {
        var inParser = new[] { typeof(ExpressionGrammar), typeof(StatementGrammar) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Parser<>))
            .Select(field => field.Name);
        Assert.Equal(Rules().Keys.Order(), inParser.Order());
    }

    [Fact]
    public void Every_rule_that_is_used_is_defined()
    {
        string[] ofCharacters = ["Letter", "Digit", "Digits", "Character"];
        var used = Rules().Values.SelectMany(body => Regex.Matches(Regex.Replace(body, "\"[^\"]*\"|'[^']*'", ""), "[A-Z][A-Za-z]*")).Select(match => match.Value);
        Assert.Empty(used.Except(Rules().Keys).Except(ofCharacters));
    }

    [Fact]
    public void Every_keyword_and_sign_of_the_grammar_is_one_of_the_lexer()
    {
        string[] withinNumbers = [".", "e", "E"];
        var inGrammar = Rules().Where(rule => rule.Key is not "String")
            .SelectMany(rule => Regex.Matches(rule.Value, "\"([^\"]+)\"")).Select(match => match.Groups[1].Value).Except(withinNumbers);
        var inLexer = Enum.GetValues<TokenKind>().Select(kind => kind.Text()).Where(text => text.Length > 0);
        Assert.Equal(inLexer.Order(StringComparer.Ordinal), inGrammar.Distinct().Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Rules() =>
        Regex.Matches(Regex.Replace(File.ReadAllText(GrammarPath()), @"\(\*.*?\*\)", "", RegexOptions.Singleline), @"^(\w+)\s*=\s(.*?) \.\s*$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    private static string GrammarPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../grammar/problang.ebnf");
}
