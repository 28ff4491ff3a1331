using System.Text.Encodings.Web;
using System.Text.Json;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Docs;

/// <summary>
/// The grammar by which editors colour models, in the format of TextMate, which Visual Studio Code, Sublime Text, IntelliJ and
/// GitHub read. Names and keywords come from the catalogs, so that it cannot fall behind them.
/// </summary>
internal static class EditorGrammar
{
    private const string Letter = @"[\p{L}\p{Nl}_]";
    private const string LetterOrDigit = @"[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}_]";
    private const string BeforeCall = @"(?=\s*\()";

    private static readonly TokenKind[] s_operatorWords = [TokenKind.And, TokenKind.Or, TokenKind.Not];
    private static readonly TokenKind[] s_modifiers = [TokenKind.Truncated, TokenKind.Censored, TokenKind.Rounded, TokenKind.Ordered];
    private static readonly TokenKind[] s_constants = [TokenKind.True, TokenKind.False];
    private static readonly TokenKind[] s_declarations = [TokenKind.Input, TokenKind.Param, TokenKind.Given, TokenKind.Net, TokenKind.Def, TokenKind.Import, TokenKind.Factor, TokenKind.Guide];

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Json() => JsonSerializer.Serialize(Grammar(), s_options) + "\n";

    private static object Grammar() => new
    {
        name = "ProbLang",
        scopeName = "source.gm",
        fileTypes = new[] { "gm" },
        patterns = new[] { Include("statement") },
        repository = new Dictionary<string, object>
        {
            ["statement"] = Patterns(Include("type"), Include("expression")),
            ["expression"] = Patterns(
                Include("comment"), Include("string"), Include("number"), Include("keyword"), Include("call"), Include("constant"), Include("name"),
                Include("brackets"), Include("sign")),
            ["comment"] = Patterns(
                Match("comment.line.documentation.gm", "///(?!/).*$"),
                Match("comment.line.double-slash.gm", "//.*$")),
            ["string"] = Patterns(new
            {
                name = "string.quoted.double.gm",
                begin = "\"",
                end = "\"|$",
                patterns = new[] { Match("constant.character.escape.gm", @"\\.") },
            }),
            ["number"] = Patterns(Match("constant.numeric.gm", @"[0-9][0-9_]*(\.[0-9][0-9_]*)?([eE][+-]?[0-9][0-9_]*)?")),
            ["keyword"] = Patterns(
                Words("keyword.other.declaration.gm", s_declarations),
                Words("keyword.operator.word.gm", s_operatorWords),
                Words("keyword.other.modifier.gm", s_modifiers),
                Words("constant.language.boolean.gm", s_constants),
                Words("keyword.control.gm", [.. Enum.GetValues<TokenKind>().Where(k => k.IsKeyword()).Except(s_declarations).Except(s_operatorWords).Except(s_modifiers).Except(s_constants)])),
            // A type stands after the colon of a declaration; within brackets a colon names an argument.
            ["type"] = Patterns(new
            {
                match = $@"(:)\s*({Letter}{LetterOrDigit}*)",
                captures = new Dictionary<string, object> { ["1"] = new { name = "punctuation.separator.type.gm" }, ["2"] = new { name = "storage.type.gm" } },
            }),
            ["call"] = Patterns(
                Names("support.class.distribution.gm", DistributionNames(), BeforeCall),
                Names("support.function.gm", FunctionCatalog.All.Select(f => f.Name), BeforeCall),
                Match("entity.name.function.gm", $"{Letter}{LetterOrDigit}*{BeforeCall}")),
            ["constant"] = Patterns(Names("constant.language.gm", ["pi", "infinity"], "")),
            ["name"] = Patterns(Match("variable.other.gm", $"{Letter}{LetterOrDigit}*")),
            ["brackets"] = Patterns(Brackets(@"\(", @"\)"), Brackets(@"\[", @"\]")),
            ["sign"] = Patterns(
                Match("keyword.operator.relation.gm", "~|=(?!=)"),
                Match("keyword.operator.gm", @"\.\.|==|!=|<=|>=|[-+*/%@^<>]"),
                Match("punctuation.gm", "[{},;:]")),
        },
    };

    /// <summary>Those of the catalog, and those that are made of others.</summary>
    private static IEnumerable<string> DistributionNames() => DistributionCatalog.All.Select(d => d.Name).Concat(["Mixture"]);

    private static object Include(string name) => new { include = $"#{name}" };

    private static object Patterns(params object[] patterns) => new { patterns };

    private static object Match(string name, string match) => new { name, match };

    private static object Brackets(string begin, string end) => new { begin, end, beginCaptures = Captures(), endCaptures = Captures(), patterns = new[] { Include("expression") } };

    private static Dictionary<string, object> Captures() => new() { ["0"] = new { name = "punctuation.bracket.gm" } };

    private static object Words(string name, TokenKind[] kinds) => Names(name, kinds.Select(k => k.Text()), "");

    private static object Names(string name, IEnumerable<string> names, string after) =>
        Match(name, $"(?<!{LetterOrDigit})({string.Join('|', names.Distinct().Order(StringComparer.Ordinal))})(?!{LetterOrDigit}){after}");
}
