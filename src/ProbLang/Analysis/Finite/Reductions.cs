using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A reduction that is worth taking term by term.</summary>
/// <param name="Reduction">What is reduced.</param>
/// <param name="IsChance">
/// Whether partial products stand for what has these probabilities: of a draw whose probability is affine in a product of probabilities, such as a noisy or,
/// the product may be replaced by whether all of so many independent draws succeed (Heckerman, 1993; Díez, 1993).
/// </param>
internal sealed record Decomposition(Reduction Reduction, bool IsChance);

/// <summary>Finds the reductions over so many finite cells that a table over all of them together is much larger than those of their partial results.</summary>
internal sealed class Reductions(ConditionedModel model, Evaluator evaluator, FiniteCells cells, FiniteScopes scopes)
{
    /// <summary>A table of so many entries is not worth the trouble.</summary>
    private const long SmallTable = 512;

    /// <summary>So many values may a partial result have, and so many settings a term; and so many entries all tables of the partial results.</summary>
    private const int MostValues = 1024;
    private const long MostSettings = 1 << 12;
    private const double MostEntries = 1 << 25;

    /// <summary>The reductions in a statement.</summary>
    /// <param name="values">What it evaluates.</param>
    /// <param name="distribution">What it draws from, where it is a draw.</param>
    /// <param name="space">Its iterations.</param>
    /// <param name="withChance">Whether partial results may be random.</param>
    public IReadOnlyList<Decomposition> Of(IEnumerable<Bound> values, BoundDistribution? distribution, IterationSpace space, bool withChance)
    {
        var found = new List<Decomposition>();
        if (space.Count == 0) return found;
        if (withChance && distribution is CatalogDistribution { Distribution: Bernoulli, Form: 0, Arguments: [{ Rank: 0 } p] } && Chance(p, space) is { } chance) return [chance];
        foreach (var value in values) Collect(value, space, found);
        return found;
    }

    private void Collect(Bound value, IterationSpace space, List<Decomposition> found)
    {
        if (Reduction.Of(value) is { } reduction && IsLong(reduction) && IsLarge(value, space) && HasFewPartialResults(reduction, space))
        {
            found.Add(new Decomposition(reduction, IsChance: false));
            return;
        }
        switch (value)
        {
            case ElementwiseValue { Rank: 0 } or ConditionalValue { Rank: 0 } or ArrayLiteral { Rank: 1 } or IndexedValue { Rank: 0 }:
                foreach (var part in Parts.Of(value))
                    if (part.Rank == 0 || part is ArrayLiteral) Collect(part, space, found);
                return;
        }
    }

    /// <summary>The product of probabilities in which a probability is affine.</summary>
    private Decomposition? Chance(Bound p, IterationSpace space)
    {
        foreach (var product in Products(p, space))
            if (AreProbabilities(product, space) && IsProbabilityAt(product, 0) && IsProbabilityAt(product, 1)) return new Decomposition(product, IsChance: true);
        return null;

        bool IsProbabilityAt(Reduction product, double success)
        {
            var affine = Rewriting.OfPart(product.Node, new ConstantValue(success, ElementType.Real, p.Span)).In(p);
            return AreProbabilities(new Reduction(affine, product.Operation, [new ReducedTerms(affine)]), space);
        }
    }

    /// <summary>The products in which an expression is affine, outermost first.</summary>
    private IEnumerable<Reduction> Products(Bound p, IterationSpace space)
    {
        if (Reduction.ProductOf(p) is { } product && IsLong(product) && IsLarge(p, space)) yield return product;
        if (p is not ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Add or Op.Subtract or Op.Negate or Op.Multiply } } affine) yield break;
        foreach (var argument in affine.Arguments)
        {
            if (argument.Rank > 0) continue;
            foreach (var inner in Products(argument, space)) yield return inner;
        }
    }

    /// <summary>A few terms are not worth a look.</summary>
    private static bool IsLong(Reduction reduction) => reduction.Terms.Length >= 8 || reduction.Terms.Any(t => t.Loop is not null);

    private bool IsLarge(Bound value, IterationSpace space)
    {
        for (var i = 0; i < space.Count; i++)
            if (Settings(scopes.Of(value, space, i, [])) > SmallTable) return true;
        return false;
    }

    private double Settings(FiniteScope scope) => scope.ReadsContinuous ? 0 : scope.Cells.Aggregate(1.0, (count, number) => count * cells[number].Count);

    private bool AreProbabilities(Reduction product, IterationSpace space)
    {
        var are = true;
        for (var i = 0; i < space.Count && are; i++)
        {
            var terms = ForEachTerm(product, space, i, values => are &= values is not null && values.All(v => v is >= 0 and <= 1));
            are &= terms > 0;
        }
        return are;
    }

    private bool HasFewPartialResults(Reduction reduction, IterationSpace space)
    {
        var (isSmall, entries) = (true, 0.0);
        for (var i = 0; i < space.Count && isSmall; i++)
        {
            var partial = new HashSet<double>();
            var isFirst = true;
            var terms = ForEachTerm(reduction, space, i, values =>
            {
                if (!isSmall || values is null)
                {
                    isSmall = false;
                    return;
                }
                var next = isFirst ? values : [];
                if (!isFirst)
                {
                    foreach (var a in partial)
                        foreach (var b in values) next.Add(reduction.Operation.Evaluate<Real>([a, b]));
                    entries += (double)partial.Count * values.Count * next.Count;
                }
                (partial, isFirst) = (next, false);
                isSmall = partial.Count <= MostValues && entries <= MostEntries;
            });
            isSmall &= terms > 0;
        }
        return isSmall;
    }

    /// <summary>Calls a body with the values that each term may have, null where they are too many to look at, and returns how many terms there are.</summary>
    private int ForEachTerm(Reduction reduction, IterationSpace space, int iteration, Action<HashSet<double>?> body)
    {
        var terms = 0;
        foreach (var group in reduction.Terms)
        {
            Iterations.Set(evaluator.Code, space, iteration);
            var (first, count) = group.Loop is null ? (0, 1) : evaluator.Code.Extent(Scalar(group.Lower!), Scalar(group.Upper!), reduction.Node.Span);
            var evaluate = evaluator.Code.Scalar(group.Term);
            for (var k = first; k < first + count; k++) body(Values(group, evaluate, space, iteration, k));
            terms += count;
        }
        return terms;
    }

    private HashSet<double>? Values(ReducedTerms group, Func<double> evaluate, IterationSpace space, int iteration, int k)
    {
        Set();
        var scope = scopes.Of(group.Term, space, iteration, []);
        if (scope.ReadsContinuous || Settings(scope) > MostSettings) return null;
        var values = new HashSet<double>();
        new FiniteSettings(model, evaluator, cells, scope).ForEach(_ =>
        {
            Set();
            var value = evaluate();
            if (!double.IsNaN(value)) values.Add(value);
        }, excuse: (_, _) => true);
        return values;

        void Set()
        {
            Iterations.Set(evaluator.Code, space, iteration);
            if (group.Loop is { } loop) evaluator.Code[loop].Value = k;
        }
    }

    private double Scalar(Bound value) => evaluator.Code.Scalar(value)();
}
