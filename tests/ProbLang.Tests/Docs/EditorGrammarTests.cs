using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Tests.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Docs;

public class EditorGrammarTests
{
    private static readonly TextMate s_grammar = new(File.ReadAllText(Path.Combine(GeneratedFileTests.Root(), "grammar/problang.tmLanguage.json")));

    public static TheoryData<string> Examples() =>
        [.. Directory.GetFiles(Path.Combine(GeneratedFileTests.Root(), "examples"), "*.gm", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(GeneratedFileTests.Root(), f))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_word_of_an_example_is_coloured_as_what_it_is(string path) => Agree(File.ReadAllText(Path.Combine(GeneratedFileTests.Root(), path)));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_word_of_any_model_is_coloured_as_what_it_is(int seed) => Agree(Printer.Print(new RandomTrees(seed).File()));

    [Fact]
    public void A_text_that_is_never_closed_ends_with_its_line() => Assert.Equal("variable.other.gm", s_grammar.ScopesOf("import \"a\nx = 1")[10]);

    [Fact]
    public void A_colon_in_a_declaration_is_followed_by_a_type_and_one_in_brackets_is_not()
    {
        const string Text = "input n: count\nx ~ Normal(mean: count, sd: 1)";
        var scopes = s_grammar.ScopesOf(Text);
        Assert.Equal("storage.type.gm", scopes[Text.IndexOf("count", StringComparison.Ordinal)]);
        Assert.Equal("variable.other.gm", scopes[Text.LastIndexOf("count", StringComparison.Ordinal)]);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 100)];

    private static void Agree(string text)
    {
        var scopes = s_grammar.ScopesOf(text);
        var tokens = Lexer.Read(new SourceText("m.gm", text));
        var brackets = 0;
        for (var i = 0; i < tokens.Last; i++)
        {
            var token = tokens[i];
            if (token.Kind is TokenKind.LeftParenthesis or TokenKind.LeftBracket) brackets++;
            if (token.Kind is TokenKind.RightParenthesis or TokenKind.RightBracket) brackets--;
            var isType = token.Kind == TokenKind.Name && i > 0 && tokens[i - 1].Kind == TokenKind.Colon && brackets == 0;
            var expected = isType ? "storage.type.gm"
                : token.Kind == TokenKind.Colon ? brackets == 0 ? "punctuation.separator.type.gm" : "punctuation.gm"
                : ScopeOf(token.Kind, tokens.TextOf(i), tokens[i + 1].Kind);
            for (var at = token.Span.Start; at < token.Span.End; at++)
                if (token.Kind == TokenKind.String ? scopes[at] is "string.quoted.double.gm" or "constant.character.escape.gm" : scopes[at] == expected) continue;
                else Assert.Fail($"`{tokens.TextOf(i)}` at {at} is {scopes[at] ?? "nothing"}, not {expected}:\n{text}");
        }
        foreach (var comment in Comments(text)) Assert.StartsWith("comment.line.", scopes[comment]);
    }

    private static IEnumerable<int> Comments(string text)
    {
        for (var at = text.IndexOf("\n//", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\n//", at + 1, StringComparison.Ordinal)) yield return at + 1;
    }

    private static string ScopeOf(TokenKind kind, string text, TokenKind next) => kind switch
    {
        TokenKind.Name when next == TokenKind.LeftParenthesis && (DistributionCatalog.Find(text) is not null || DerivedDistributions.Calls.Any(d => d.Name == text)) => "support.class.distribution.gm",
        TokenKind.Name when next == TokenKind.LeftParenthesis && (!FunctionCatalog.Find(text).IsEmpty || DistributionFunctions.Find(text) is not null) => "support.function.gm",
        TokenKind.Name when next == TokenKind.LeftParenthesis => "entity.name.function.gm",
        TokenKind.Name when text is "pi" or "infinity" => "constant.language.gm",
        TokenKind.Name => "variable.other.gm",
        TokenKind.Number => "constant.numeric.gm",
        TokenKind.String => "string.quoted.double.gm",
        TokenKind.True or TokenKind.False => "constant.language.boolean.gm",
        TokenKind.And or TokenKind.Or or TokenKind.Not => "keyword.operator.word.gm",
        TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered => "keyword.other.modifier.gm",
        TokenKind.For or TokenKind.In or TokenKind.If or TokenKind.Then or TokenKind.Else or TokenKind.Return => "keyword.control.gm",
        _ when kind.IsKeyword() => "keyword.other.declaration.gm",
        TokenKind.LeftParenthesis or TokenKind.RightParenthesis or TokenKind.LeftBracket or TokenKind.RightBracket => "punctuation.bracket.gm",
        TokenKind.Tilde or TokenKind.Assign => "keyword.operator.relation.gm",
        TokenKind.LeftBrace or TokenKind.RightBrace or TokenKind.Comma or TokenKind.Semicolon => "punctuation.gm",
        _ => "keyword.operator.gm",
    };
}
