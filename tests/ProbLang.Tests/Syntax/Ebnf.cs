using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ProbLang.Syntax;

namespace ProbLang.Tests.Syntax;

/// <summary>A part of a rule of a grammar in EBNF.</summary>
internal abstract record Ebnf
{
    internal sealed record Sequence(Ebnf[] Parts) : Ebnf;

    internal sealed record Choice(Ebnf[] Alternatives) : Ebnf;

    internal sealed record Any(Ebnf Part) : Ebnf;

    internal sealed record Maybe(Ebnf Part) : Ebnf;

    /// <summary>A word or a sign.</summary>
    internal sealed record Terminal(TokenKind Kind) : Ebnf;

    internal sealed record Rule(string Name) : Ebnf;

    /// <summary>The rules made of characters, which are single tokens here.</summary>
    private static readonly Dictionary<string, TokenKind> s_tokens = new() { ["Name"] = TokenKind.Name, ["Number"] = TokenKind.Number, ["String"] = TokenKind.String };

    /// <summary>The rules of grammar/problang.ebnf by their names.</summary>
    public static Dictionary<string, Ebnf> Grammar { get; } = Read(File.ReadAllText(Path()));

    private static Dictionary<string, Ebnf> Read(string text)
    {
        var plain = Regex.Replace(text, @"\(\*.*?\*\)", "", RegexOptions.Singleline);
        return Regex.Matches(plain, @"^(\w+)\s*=\s(.*?) \.\s*$", RegexOptions.Multiline).Where(rule => !s_tokens.ContainsKey(rule.Groups[1].Value))
            .ToDictionary(rule => rule.Groups[1].Value, rule => new Reader(rule.Groups[2].Value).Read());
    }

    private static string Path([CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../../grammar/problang.ebnf");

    private sealed class Reader(string text)
    {
        private readonly string[] _parts = [.. Regex.Matches(text, "\"[^\"]+\"|\\w+|[^\\s\\w]").Select(match => match.Value)];
        private int _at;

        public Ebnf Read()
        {
            var read = Alternatives();
            return _at == _parts.Length ? read : throw new InvalidDataException($"`{_parts[_at]}` does not belong into `{text}`");
        }

        private Ebnf Alternatives()
        {
            var alternatives = new List<Ebnf> { Parts() };
            while (_at < _parts.Length && _parts[_at] == "|")
            {
                _at++;
                alternatives.Add(Parts());
            }
            return alternatives is [var only] ? only : new Choice([.. alternatives]);
        }

        private Ebnf Parts()
        {
            var parts = new List<Ebnf>();
            while (_at < _parts.Length && _parts[_at] is not ("|" or ")" or "]" or "}")) parts.Add(Part());
            return parts is [var only] ? only : new Sequence([.. parts]);
        }

        private Ebnf Part()
        {
            var part = _parts[_at++];
            return part switch
            {
                "(" => Inside(inner => inner),
                "[" => Inside(inner => new Maybe(inner)),
                "{" => Inside(inner => new Any(inner)),
                ['"', .. var word, '"'] => new Terminal(Enum.GetValues<TokenKind>().Single(kind => kind.Text() == word)),
                _ => s_tokens.TryGetValue(part, out var kind) ? new Terminal(kind) : new Rule(part),
            };
        }

        private Ebnf Inside(Func<Ebnf, Ebnf> make)
        {
            var inner = Alternatives();
            _at++;
            return make(inner);
        }
    }
}
