using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Writes Σ body as coefficient · Σ rest with everything that the counter does not touch outside of the sum, and with
/// what depends on data alone in sums of its own, which are computed once.
/// </summary>
internal static class SumSplitter
{
    // A shared subexpression is visited once for each path to it; past this many addends the rest stays whole.
    private const int MostAddends = 64;

    public static Term Split(Counter counter, Term body)
    {
        if (counter.Size == 0) return 0.0;
        if (!body.DependsOn(counter)) return Term.AsReal(counter.Extent) * body;
        // What holds in all iterations or in none is decided once; where it does not hold nothing of the sum is looked at.
        if (body.Kind == TermKind.Where && !body.Arguments[0].DependsOn(counter) && (body.Arguments[1].IsConstant(0) || body.Arguments[2].IsConstant(0)))
            return Term.Where(body.Arguments[0], Split(counter, body.Arguments[1]), Split(counter, body.Arguments[2]));
        var addends = new List<(Term Coefficient, Term Addend)>();
        Collect(counter, body, 1.0, addends);

        Term total = 0.0;
        Term outside = 0.0;
        var groups = new List<(Term Coefficient, AddendKind Kind, Term Addend)>();
        foreach (var (coefficient, rest) in addends)
        {
            if (!rest.DependsOn(counter))
            {
                outside += coefficient * rest;
                continue;
            }
            var kind = KindOf(rest);
            var at = kind == AddendKind.LogLike ? -1 : groups.FindIndex(g => g.Kind == kind && Term.Same(g.Coefficient, coefficient));
            if (at < 0) groups.Add((coefficient, kind, rest));
            else groups[at] = (coefficient, kind, groups[at].Addend + rest);
        }
        foreach (var (coefficient, _, rest) in groups)
            total += coefficient * (rest.DependsOn(counter) ? rest.Table!.Intern(TermKind.Sum, default, counter, [rest]) : Term.AsReal(counter.Extent) * rest);
        return total + Term.AsReal(counter.Extent) * outside;
    }

    private enum AddendKind
    {
        /// <summary>Added up with its like in one sum.</summary>
        Plain,

        /// <summary>Known before the program runs.</summary>
        Data,

        /// <summary>A logarithm: alone in its sum, which then is the logarithm of a product.</summary>
        LogLike,
    }

    private static AddendKind KindOf(Term term) =>
        term.IsData ? AddendKind.Data : term.Is(Op.Log) || term.Is(Op.Softplus) ? AddendKind.LogLike : AddendKind.Plain;

    private static void Collect(Counter counter, Term term, Term coefficient, List<(Term, Term)> addends)
    {
        if (addends.Count < MostAddends && term.DependsOn(counter))
        {
            if (term.Is(Op.Add) || term.Is(Op.Subtract))
            {
                Collect(counter, term.Arguments[0], coefficient, addends);
                Collect(counter, term.Arguments[1], term.Op == Op.Add ? coefficient : -coefficient, addends);
                return;
            }
            if (term.Is(Op.Negate))
            {
                Collect(counter, term.Arguments[0], -coefficient, addends);
                return;
            }
            if (term.Is(Op.Square) && Strip(counter, term.Arguments[0]) is var (factor, root) && !ReferenceEquals(root, term.Arguments[0]))
            {
                Collect(counter, root * root, coefficient * factor * factor, addends);
                return;
            }
            if (term.Is(Op.Multiply))
            {
                var (a, b) = (term.Arguments[0], term.Arguments[1]);
                if (!a.DependsOn(counter)) { Collect(counter, b, coefficient * a, addends); return; }
                if (!b.DependsOn(counter)) { Collect(counter, a, coefficient * b, addends); return; }
                // (c x) (d y) is (c d) (x y).
                var ((outer, x), (further, y)) = (Strip(counter, a), Strip(counter, b));
                if (!ReferenceEquals(x, a) || !ReferenceEquals(y, b)) { Collect(counter, x * y, coefficient * outer * further, addends); return; }
            }
        }
        addends.Add((coefficient, term));
    }

    /// <summary>A product as the factor that the counter does not touch, and the rest.</summary>
    private static (Term Factor, Term Varying) Strip(Counter counter, Term term)
    {
        if (!term.Is(Op.Multiply)) return (1.0, term);
        var (a, b) = (term.Arguments[0], term.Arguments[1]);
        if (!a.DependsOn(counter)) return (a, b);
        return b.DependsOn(counter) ? (1.0, term) : (b, a);
    }
}
