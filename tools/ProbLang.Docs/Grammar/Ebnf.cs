using System.Text.RegularExpressions;

namespace ProbLang.Docs.Grammar;

/// <summary>What a rule of the grammar, or a part of one, consists of.</summary>
public abstract record Production;

/// <summary>A word or a sign as it is written in a model.</summary>
public sealed record Literal(string Text) : Production;

/// <summary>Another rule, or a kind of character.</summary>
public sealed record Reference(string Rule) : Production;

/// <summary>One after the other.</summary>
public sealed record Sequence(IReadOnlyList<Production> Parts) : Production;

/// <summary>Any one of them.</summary>
public sealed record Choice(IReadOnlyList<Production> Alternatives) : Production;

/// <summary><c>[x]</c>: x or nothing.</summary>
public sealed record Maybe(Production Part) : Production;

/// <summary><c>{x}</c>: any number of x.</summary>
public sealed record Repetition(Production Part) : Production;

/// <summary>A rule: its name, what it consists of, that as text, and the remark beside it.</summary>
public sealed record EbnfRule(string Name, Production Body, string Text, string? Remark, string Section);

/// <summary>The grammar of the language as it stands in <c>grammar/problang.ebnf</c>: <c>Name = … .</c>, with remarks in <c>(* *)</c>.</summary>
public sealed class EbnfGrammar
{
    private EbnfGrammar(IReadOnlyList<EbnfRule> rules) => Rules = rules;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<EbnfRule> Rules { get; }

    /// <summary>The rule of a name; null for a kind of character, such as <c>Letter</c>.</summary>
    public EbnfRule? Find(string name) => Rules.FirstOrDefault(r => r.Name == name);

    /// <summary>Reads a grammar.</summary>
    /// <exception cref="FormatException">The text is not one.</exception>
    public static EbnfGrammar Read(string text)
    {
        var rules = new List<EbnfRule>();
        var section = "";
        foreach (Match line in Regex.Matches(text, @"^\(\*(?<section>[^*]*)\*\)\s*$|^(?<name>\w+)\s*=\s(?<body>.*?)\s\.\s*(\(\*(?<remark>.*?)\*\))?\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture))
        {
            if (line.Groups["section"].Success) section = line.Groups["section"].Value.Trim();
            else rules.Add(new EbnfRule(line.Groups["name"].Value, new Reader(line.Groups["body"].Value).All(), line.Groups["body"].Value,
                line.Groups["remark"].Success ? line.Groups["remark"].Value.Trim() : null, section));
        }
        return new EbnfGrammar(rules);
    }

    private sealed class Reader(string text)
    {
        private readonly MatchCollection _words = Regex.Matches(text, "\"[^\"]*\"|'[^']*'|\\w+|[][{}()|]");
        private int _at;

        private string Next => _at < _words.Count ? _words[_at].Value : "";

        public Production All()
        {
            var all = Alternatives();
            return _at == _words.Count ? all : throw new FormatException($"`{Next}` closes nothing in `{text}`");
        }

        private Production Alternatives()
        {
            var alternatives = new List<Production> { Parts() };
            while (Next == "|")
            {
                _at++;
                alternatives.Add(Parts());
            }
            return alternatives is [var alone] ? alone : new Choice(alternatives);
        }

        private Production Parts()
        {
            var parts = new List<Production>();
            while (Next is not ("" or "|" or "]" or "}" or ")")) parts.Add(Part());
            return parts is [var alone] ? alone : new Sequence(parts);
        }

        private Production Part()
        {
            var word = Next;
            _at++;
            return word[0] switch
            {
                '"' or '\'' => new Literal(word[1..^1]),
                '[' => new Maybe(Closed("]")),
                '{' => new Repetition(Closed("}")),
                '(' => Closed(")"),
                _ => new Reference(word),
            };
        }

        private Production Closed(string close)
        {
            var inner = Alternatives();
            if (Next != close) throw new FormatException($"`{close}` is missing in `{text}`");
            _at++;
            return inner;
        }
    }
}
