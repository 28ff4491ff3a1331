using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Tests.Syntax;

/// <summary>
/// Says whether a text is a sentence of the grammar, and nothing more: it follows every way at once and knows nothing of the
/// parser but its words.
/// </summary>
internal sealed class EbnfRecogniser
{
    private readonly TokenKind[] _words;
    private readonly Dictionary<(string Rule, int From), SortedSet<int>> _known = [];

    private EbnfRecogniser(TokenKind[] words) => _words = words;

    public static bool Accepts(string text)
    {
        var tokens = Lexer.Read(new SourceText("m.gm", text));
        var words = Enumerable.Range(0, tokens.Last).Select(i => tokens[i].Kind).ToArray();
        return new EbnfRecogniser(words).Ends(new Ebnf.Rule("File"), 0).Contains(words.Length);
    }

    /// <summary>Every place where a part that begins at this one can end.</summary>
    private SortedSet<int> Ends(Ebnf node, int from) => node switch
    {
        Ebnf.Terminal terminal => from < _words.Length && _words[from] == terminal.Kind ? [from + 1] : [],
        Ebnf.Rule rule => OfRule(rule.Name, from),
        Ebnf.Sequence sequence => sequence.Parts.Aggregate(new SortedSet<int> { from }, (reached, part) => [.. reached.SelectMany(place => Ends(part, place))]),
        Ebnf.Choice choice => [.. choice.Alternatives.SelectMany(alternative => Ends(alternative, from))],
        Ebnf.Maybe maybe => [from, .. Ends(maybe.Part, from)],
        Ebnf.Any any => Repeated(any.Part, from),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private SortedSet<int> OfRule(string rule, int from)
    {
        if (_known.TryGetValue((rule, from), out var known)) return known;
        var ends = Ends(Ebnf.Grammar[rule], from);
        _known.Add((rule, from), ends);
        return ends;
    }

    private SortedSet<int> Repeated(Ebnf part, int from)
    {
        var (reached, open) = (new SortedSet<int> { from }, new Stack<int>([from]));
        while (open.TryPop(out var place))
            foreach (var end in Ends(part, place))
                if (reached.Add(end)) open.Push(end);
        return reached;
    }
}
