using System.Globalization;
using ProbLang.Inference;
using Xunit;
using static System.Math;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>Sums, products and the like over many unknowns are taken term by term, and come out the same.</summary>
public class DecompositionTests
{
    private static readonly double[] Strengths = [.. Enumerable.Range(0, 20).Select(i => 0.05 + 0.045 * i)];

    private static void Equal(double expected, double found) => Assert.True(Abs(expected - found) <= 1e-12 * Max(1, Abs(expected)), $"{found:R} for {expected:R}");

    private static ExactPlan Plan(Problem problem) => ExactPlan.Of(problem.Conditioned, new Exact(), -40, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("1 - prod(for i in 1..20: 1 - q[i] * cause[i])", 0)]
    [InlineData("1 - prod(1 - q * cause)", 0)]
    [InlineData("1 - (1 - 0.07) * prod(for i in 1..20: 1 - q[i] * cause[i])", 0.07)]
    [InlineData("0.07 + 0.93 * (1 - prod(for i in 1..20: 1 - q[i] * cause[i]))", 0.07)]
    public void A_noisy_or_of_twenty_causes_has_the_answer_in_closed_form(string p, double leak)
    {
        var text = $"input q[20]\ncause ~ Bernoulli(0.1) ^ 20\ny ~ Bernoulli({p})";
        var seen = Answers.Of(text, new { q = Strengths, y = true });
        var none = (1 - leak) * Strengths.Aggregate(1.0, (product, q) => product * (0.9 + 0.1 * (1 - q)));
        Equal(Log(1 - none), seen.LogEvidence!.Value);
        for (var i = 0; i < 20; i++)
        {
            var without = none / (0.9 + 0.1 * (1 - Strengths[i])) * (1 - Strengths[i]);
            Equal(0.1 * (1 - without) / (1 - none), seen.P($"cause[{i + 1}]"));
        }
        // Not seen, the causes are independent.
        var unseen = Answers.Of(text, new { q = Strengths, y = false });
        Equal(Log(none), unseen.LogEvidence!.Value);
        Equal(0.1 * (1 - Strengths[7]) / (0.9 + 0.1 * (1 - Strengths[7])), unseen.P("cause[8]"));
        var plan = Plan(Model.Compile(text).Model.Condition(Data.Of(new { q = Strengths, y = true })));
        Assert.True(plan.HasChance);
        Assert.True(plan.Tree!.Entries < 1000, $"{plan.Tree.Entries} entries");
    }

    [Fact]
    public void So_has_one_by_the_exponential_of_a_sum()
    {
        var seen = Answers.Of("input q[20]\ncause ~ Bernoulli(0.1) ^ 20\ny ~ Bernoulli(1 - exp(-0.02 - sum(q * cause)))", new { q = Strengths, y = true });
        Equal(Log(1 - Exp(-0.02) * Strengths.Aggregate(1.0, (product, q) => product * (0.9 + 0.1 * Exp(-q)))), seen.LogEvidence!.Value);
    }

    [Fact]
    public void The_most_probable_causes_of_a_noisy_or_are_found_without_random_partial_results()
    {
        double[] q = [.. Strengths.Take(12)];
        var found = Answers.Of("input q[12]\nfor i in 1..12 { cause[i] ~ Bernoulli(0.02 * i) }\ny ~ Bernoulli(1 - prod(for i in 1..12: 1 - q[i] * cause[i]))", new { q, y = true }).MostProbable();
        // By going through all sets of causes.
        var best = Enumerable.Range(0, 1 << 12).MaxBy(LogJoint);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (double)(best >> i & 1)), found.Values.Select(v => v.Value));
        Equal(LogJoint(best) - Log(Enumerable.Range(0, 1 << 12).Sum(s => Exp(LogJoint(s)))), found.LogProbability);

        double LogJoint(int set)
        {
            var (prior, none) = (0.0, 1.0);
            for (var i = 0; i < 12; i++)
            {
                var p = 0.02 * (i + 1);
                prior += Log((set >> i & 1) == 1 ? p : 1 - p);
                if ((set >> i & 1) == 1) none *= 1 - q[i];
            }
            return prior + Log(1 - none);
        }
    }

    [Fact]
    public void Counts_of_many_unknowns_are_narrow()
    {
        const string Text = "z ~ Bernoulli(0.3) ^ 100\nn = sum(z)\nodd = sum(z) % 2 == 1\ngiven sum(z) >= 40";
        var found = Answers.Of(Text);
        double[] binomial = [.. Enumerable.Range(0, 101).Select(k => Exp(LogChoose(100, k) + k * Log(0.3) + (100 - k) * Log(0.7)))];
        var evidence = binomial.Skip(40).Sum();
        Equal(Log(evidence), found.LogEvidence!.Value);
        Equal(binomial[43] / evidence, found.P("n", 43));
        Equal(Enumerable.Range(0, 30).Sum(k => binomial[41 + 2 * k]) / evidence, found.P("odd"));
        Equal(Enumerable.Range(40, 61).Sum(k => k * binomial[k]) / evidence / 100, found.P("z[17]"));
    }

    [Theory]
    [InlineData("all = z[1] and z[2] and z[3] and z[4] and z[5] and z[6] and z[7] and z[8] and z[9] and z[10] and z[11] and z[12]", "all", 1, 0.002176782336)]
    [InlineData("any = max(z) == 1", "any", 1, 0.9999832227840)]
    [InlineData("score = sum(for i in 1..12: i * z[i])\nhigh = score >= 78", "high", 1, 0.002176782336)]
    public void Conjunctions_and_maxima_and_weighted_sums(string computed, string name, double value, double expected) =>
        Equal(expected, Answers.Of($"z ~ Bernoulli(0.6) ^ 12\n{computed}").P(name, value));

    [Fact]
    public void A_reduction_in_a_plate_and_in_a_branch_has_its_own_partial_results()
    {
        const string Text = """
            for j in 1..2 { for i in 1..12 { z[j, i] ~ Bernoulli(0.1 * j) } }
            on ~ Bernoulli(0.5)
            for j in 1..2 {
              y[j] ~ Bernoulli(1 - prod(for i in 1..12: 1 - 0.03 * i * z[j, i]))
              if on { k[j] ~ Binomial(sum(for i in 1..12: z[j, i]), 0.5) }
            }
            """;
        var found = Answers.Of(Text, new { y = new[] { true, false } });
        double[] none = [.. new[] { 0.1, 0.2 }.Select(p => Enumerable.Range(1, 12).Aggregate(1.0, (product, i) => product * (1 - p * 0.03 * i)))];
        Equal(Log(1 - none[0]) + Log(none[1]), found.LogEvidence!.Value);
        Equal(0.5, found.Marginal("k[2]").Holds);
        Equal(0.5 * Enumerable.Range(1, 12).Sum(i => found.P($"z[1,{i}]")), found.Marginal("k[1]").Mean);
    }

    /// <summary>With and without partial results, random noisy ors and counts come out the same.</summary>
    [Fact]
    public void Random_models_have_the_same_answers_either_way()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(10, 13);
            string Number(double x) => x.ToString("0.###", CultureInfo.InvariantCulture);
            var text = $$"""
                for i in 1..{{n}} { z[i] ~ Bernoulli({{Number(random.NextDouble())}}) }
                input q[{{n}}]
                y ~ Bernoulli({{Number(random.NextDouble() * 0.5)}} + 0.5 * prod(for i in 1..{{n}}: if z[i] then q[i] else 1))
                w ~ Bernoulli(1 - exp(-sum(q * z)))
                m = sum(for i in 1..{{n}}: z[i] * {{random.Next(1, 3)}})
                given m {{(random.Next(2) == 0 ? ">=" : "!=")}} {{random.Next(1, 5)}}
                """;
            var problem = Model.Compile(text).Model.Condition(Data.Of(new { q = Enumerable.Range(0, n).Select(_ => random.NextDouble()).ToArray(), y = true, w = random.Next(2) == 0 }));
            var (with, without) = (Plan(problem), ExactPlan.Of(problem.Conditioned, new Exact(), -40, TestContext.Current.CancellationToken, decomposing: Decomposing.None));
            Assert.True(with.HasChance);
            var (a, b) = (FiniteSum.Of(with, TestContext.Current.CancellationToken), FiniteSum.Of(without, TestContext.Current.CancellationToken));
            Equal(b.LogSum + without.Constant, a.LogSum + with.Constant);
            foreach (var (name, cell) in new[] { ("z", 0), ("z", n - 1), ("m", 0) })
            {
                var variable = problem.Conditioned.Graph.Find(name)!;
                var (p, q) = (new FiniteSolution(a, new Exact(), []).Of(variable, cell), new FiniteSolution(b, new Exact(), []).Of(variable, cell));
                foreach (var (value, probability) in q.Probabilities) Equal(probability, p.P(value));
            }
        }
    }

    private static double LogChoose(int n, int k) => Enumerable.Range(1, k).Sum(i => Log((double)(n - k + i) / i));
}
