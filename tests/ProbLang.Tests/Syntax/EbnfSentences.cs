using ProbLang.Syntax;

namespace ProbLang.Tests.Syntax;

/// <summary>Random sentences of the grammar. What it chose is counted, so that a test can tell that everything was.</summary>
internal sealed class EbnfSentences
{
    private const int Endless = 1_000_000;

    /// <summary>Words of other languages among them: in a sentence of this one they are names like all others.</summary>
    private static readonly string[] s_names = ["x", "theta", "μ", "N", "Normal", "lambda", "model", "data", "T", "I", "real", "print", "let", "target", "log", "elif", "vector", "lower", "_a1"];

    private static readonly string[] s_numbers = ["0", "1", "1_000", "2.5", "1e-3", "3"];
    private static readonly string[] s_strings = ["\"\"", "\"low\"", "\"a \\\"word\\\"\"", "\"# not 'a' comment\""];

    private readonly Dictionary<string, int> _leastOfRule = [];

    public EbnfSentences()
    {
        foreach (var name in Ebnf.Grammar.Keys) _leastOfRule[name] = Endless;
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (name, rule) in Ebnf.Grammar)
                if (Least(rule) is var least && least < _leastOfRule[name]) (_leastOfRule[name], changed) = (least, true);
        }
    }

    /// <summary>How often each way through the grammar was taken.</summary>
    public Dictionary<(Ebnf Node, int Way), int> Taken { get; } = [];

    /// <summary>Every way through the grammar: alternatives, and what may be left out taken and left out.</summary>
    public static IEnumerable<(string Rule, Ebnf Node, int Way)> Ways() => Ebnf.Grammar.SelectMany(rule => Ways(rule.Value).Select(way => (rule.Key, way.Node, way.Way)));

    /// <summary>A sentence as words and signs; about <paramref name="size"/> of them decide how it goes on.</summary>
    public List<string> Sentence(int seed, int size)
    {
        var random = new Random(seed);
        var words = new List<string>();
        Write(new Ebnf.Rule("File"), size);
        return words;

        void Write(Ebnf node, int budget)
        {
            switch (node)
            {
                case Ebnf.Rule rule:
                    Write(Ebnf.Grammar[rule.Name], budget);
                    break;
                case Ebnf.Terminal terminal:
                    words.Add(Word(terminal.Kind, random));
                    break;
                case Ebnf.Sequence sequence:
                    foreach (var part in sequence.Parts) Write(part, budget - sequence.Parts.Length + 1);
                    break;
                case Ebnf.Choice choice:
                    var least = choice.Alternatives.Min(Least);
                    var fitting = Enumerable.Range(0, choice.Alternatives.Length).Where(i => Least(choice.Alternatives[i]) <= Math.Max(budget, least)).ToArray();
                    var chosen = fitting[random.Next(fitting.Length)];
                    Take(node, chosen);
                    Write(choice.Alternatives[chosen], budget - 1);
                    break;
                case Ebnf.Maybe maybe:
                    var goes = budget > Least(maybe.Part) && random.Next(3) == 0;
                    Take(node, goes ? 1 : 0);
                    if (goes) Write(maybe.Part, budget - 2);
                    break;
                case Ebnf.Any any:
                    var times = 0;
                    while (budget > Least(any.Part) && times < 4 && random.Next(words.Count == 0 ? 5 : 3) > 1)
                    {
                        Write(any.Part, budget - 2 - times);
                        times++;
                    }
                    Take(node, Math.Min(times, 1));
                    break;
            }
        }
    }

    /// <summary>A word or sign of any kind.</summary>
    public static string AnyWord(Random random) => Word((TokenKind)random.Next((int)TokenKind.Name, Enum.GetValues<TokenKind>().Length), random);

    private static string Word(TokenKind kind, Random random) => kind switch
    {
        TokenKind.Name => s_names[random.Next(s_names.Length)],
        TokenKind.Number => s_numbers[random.Next(s_numbers.Length)],
        TokenKind.String => s_strings[random.Next(s_strings.Length)],
        _ => kind.Text(),
    };

    private void Take(Ebnf node, int way) => Taken[(node, way)] = Taken.GetValueOrDefault((node, way)) + 1;

    private static IEnumerable<(Ebnf Node, int Way)> Ways(Ebnf node) => node switch
    {
        Ebnf.Sequence sequence => sequence.Parts.SelectMany(Ways),
        Ebnf.Choice choice => choice.Alternatives.SelectMany((alternative, i) => Ways(alternative).Prepend((node, i))),
        Ebnf.Maybe maybe => Ways(maybe.Part).Concat([(node, 0), (node, 1)]),
        Ebnf.Any any => Ways(any.Part).Concat([(node, 0), (node, 1)]),
        _ => [],
    };

    /// <summary>How many words the shortest text of a part has.</summary>
    private int Least(Ebnf node) => node switch
    {
        Ebnf.Terminal => 1,
        Ebnf.Rule rule => _leastOfRule[rule.Name],
        Ebnf.Sequence sequence => Math.Min(Endless, sequence.Parts.Sum(Least)),
        Ebnf.Choice choice => choice.Alternatives.Min(Least),
        _ => 0,
    };
}
