using System.Text;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Terms as readable formulas.</summary>
internal static class TermPrinter
{
    /// <summary>A formula; a term that <paramref name="name"/> names is shown by its name.</summary>
    public static string Print(Term term, Func<Term, string?>? name = null)
    {
        var text = new StringBuilder();
        Append(text, term, name, 0, true, 40);
        return text.ToString();
    }

    public static string CounterName(Counter counter) => ((char)('i' + Math.Min(counter.Depth, 8))).ToString();

    private static void Append(StringBuilder text, Term term, Func<Term, string?>? name, int precedence, bool isRoot, int depth)
    {
        if (!isRoot && name?.Invoke(term) is { } given)
        {
            text.Append(given);
            return;
        }
        if (depth == 0)
        {
            text.Append('…');
            return;
        }
        void Part(Term part, int level) => Append(text, part, name, level, false, depth - 1);
        switch (term.Kind)
        {
            case TermKind.Constant:
                text.Append(term.ConstantText);
                break;
            case TermKind.Counter:
                text.Append(CounterName(term.Counter));
                break;
            case TermKind.Load or TermKind.IntegerLoad:
                text.Append(term.Payload).Append('[');
                Part(term.Arguments[0], 0);
                text.Append(']');
                break;
            case TermKind.Binary when Infix(term.Op) is var (symbol, level) && symbol is not null:
                if (level < precedence) text.Append('(');
                Part(term.Arguments[0], level);
                text.Append(' ').Append(symbol).Append(' ');
                Part(term.Arguments[1], level + 1);
                if (level < precedence) text.Append(')');
                break;
            case TermKind.Unary when term.Op == Op.Negate:
                text.Append('-');
                Part(term.Arguments[0], 4);
                break;
            case TermKind.Unary when term.Op == Op.Square:
                Part(term.Arguments[0], 5);
                text.Append("^2");
                break;
            case TermKind.Sum or TermKind.Max:
                text.Append(term.Kind == TermKind.Sum ? "sum(" : "max(").Append(CounterName(term.Counter)).Append(": ");
                Part(term.Arguments[0], 0);
                text.Append(')');
                break;
            case TermKind.ToReal or TermKind.ToInteger:
                Part(term.Arguments[0], precedence);
                break;
            default:
                text.Append(term.Kind switch
                {
                    TermKind.Where => "where",
                    TermKind.Special => ((SpecialFunction)term.Payload!).Name,
                    TermKind.Detached => "detached",
                    _ => char.ToLowerInvariant(term.Op.ToString()[0]) + term.Op.ToString()[1..],
                }).Append('(');
                for (var i = 0; i < term.Arguments.Length; i++)
                {
                    if (i > 0) text.Append(", ");
                    Part(term.Arguments[i], 0);
                }
                text.Append(')');
                break;
        }
    }

    private static (string? Symbol, int Level) Infix(Op op) => op switch
    {
        Op.Add => ("+", 2),
        Op.Subtract => ("-", 2),
        Op.Multiply => ("*", 3),
        Op.Divide => ("/", 3),
        Op.Less => ("<", 1),
        Op.LessOrEqual => ("<=", 1),
        Op.Equal => ("==", 1),
        _ => (null, 0),
    };
}
