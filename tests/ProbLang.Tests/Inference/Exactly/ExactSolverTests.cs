using System.Diagnostics;
using System.Text;
using ProbLang.Inference;
using Xunit;
using static System.Math;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>What the solver does beside the sum itself: bounds, plans, tables that are shared, counts without an end, and what it objects to.</summary>
public class ExactSolverTests
{
    private static ExactPlan Plan(string text, object? data = null, Exact? options = null) =>
        ExactPlan.Of(Model.Compile(text).Model.Condition(data is null ? Data.Empty : Data.Of(data)).Conditioned, options ?? new Exact(), -40, TestContext.Current.CancellationToken);

    private const string Chain = """
        input T: count
        x[1] ~ Bernoulli(0.3)
        for t in 2..T { x[t] ~ Bernoulli(if x[t-1] then 0.9 else 0.2) }
        for t in 1..T { y[t] ~ Bernoulli(if x[t] then 0.8 else 0.1) }
        given y[T] = true
        """;

    [Fact]
    public void A_count_is_followed_to_where_a_density_speaks_for_it()
    {
        var found = Answers.Of("k ~ Poisson(3)\ny ~ Normal(if k > 100 then 100 else 0, 1)", new { y = 100.0 });
        // Beyond 100 the Poisson's terms fall faster than those of a geometric series of 3/102.
        var (log, sum, mean, term) = (-3 + 101 * Log(3) - Enumerable.Range(1, 101).Sum(n => Log(n)), 0.0, 0.0, 1.0);
        for (var k = 101; k < 140; k++, term *= 3.0 / k) (sum, mean) = (sum + term, mean + k * term);
        Assert.Equal(mean / sum, found.Scalar("k").Mean, 1e-10);
        Assert.Equal(log + Log(sum) - 0.5 * Log(2 * PI), found.LogEvidence!.Value, 1e-10);
    }

    [Fact]
    public void A_chain_is_summed_step_by_step_whatever_its_length()
    {
        var (shorter, longer) = (Plan(Chain, new { T = 500 }), Plan(Chain, new { T = 5000 }));
        Assert.Equal(1, longer.Tree!.Width);
        Assert.InRange(longer.Tree.Entries / shorter.Tree!.Entries, 9.9, 10.1);
        Assert.InRange((double)longer.Tree.Work / shorter.Tree.Work, 9.9, 10.1);
        // By the two-state chain in closed form.
        var answer = Answers.Of(Chain, new { T = 5000 });
        var p = 2.0 / 3 + (0.3 - 2.0 / 3) * Pow(0.7, 4999);
        Assert.Equal(p * 0.8 / (p * 0.8 + (1 - p) * 0.1), answer.P("x[5000]"), 1e-12);
        Assert.Equal(0.1 + 0.7 * (2.0 / 3 + (0.3 - 2.0 / 3) * Pow(0.7, 2499)), answer.P("y[2500]"), 1e-12);
    }

    [Fact]
    public void Statements_that_say_the_same_in_every_iteration_have_one_table()
    {
        var plan = Plan(Chain, new { T = 100 });
        // The first state, the others, what is seen of a state, and the last one, which is given.
        Assert.Equal(4, plan.Terms.Select(t => t.Key).Distinct().Count());
        // A time that is part of the density makes tables of their own, and so do data.
        const string Timed = "for t in 1..20 { x[t] ~ Bernoulli(1 / (1 + t)); y[t] ~ Normal(x[t] * 3, t); z[t] ~ Bernoulli([0.1, 0.2][x[t] + 1]) }\n";
        var timed = Plan(Timed + string.Join('\n', Enumerable.Range(1, 20).Select(t => $"given y[{t}] = {t % 5}")));
        Assert.Equal(20 + 20 + 1, timed.Terms.Select(t => t.Key).Distinct().Count());
    }

    [Fact]
    public void A_running_computation_stays_narrow()
    {
        const string Carry = """
            input T: count
            for t in 1..T { a[t] ~ Bernoulli(0.5); b[t] ~ Bernoulli(0.25) }
            total[1] = a[1] + b[1]
            for t in 2..T { total[t] = a[t] + b[t] + (if total[t-1] >= 2 then 1 else 0) }
            for t in 1..T { digit[t] = total[t] % 2 == 1 }
            given total[T] >= 2
            """;
        var plan = Plan(Carry, new { T = 300 });
        Assert.True(plan.Tree!.Entries < 300 * 200, $"{plan.Tree.Entries}");
        // P(carry) satisfies c' = P(a + b + c >= 2) = 1/8 + c (1/2) from c = 1/8, and 1/4 in the end.
        var carry = 0.125;
        for (var t = 2; t < 300; t++) carry = 0.125 + 0.5 * carry;
        Assert.Equal(Log(0.125 + 0.5 * carry), Answers.Of(Carry, new { T = 300 }).LogEvidence!.Value, 1e-12);
    }

    [Fact]
    public void A_long_line_of_values_that_follow_from_one_is_linear()
    {
        const string Flips = "input T: count\nx ~ Bernoulli(0.3)\ns[1] = not x\nfor t in 2..T { s[t] = not s[t-1] }\ny ~ Bernoulli(if s[T] then 0.9 else 0.2)\ngiven y";
        Assert.Equal(0.3 * 0.9 / (0.3 * 0.9 + 0.7 * 0.2), Answers.Of(Flips, new { T = 2000 }).P("x"), 1e-12);
    }

    [Fact]
    public void A_bound_on_the_tables_is_an_objection_that_names_what_is_in_the_largest()
    {
        const string Clique = "for i in 1..6 { x[i] ~ Bernoulli(0.5) }\nfor i in 1..6 { for j in 1..6 { factor 0.1 * (x[i] == x[j]) } }";
        Assert.Equal(64, Plan(Clique).Tree!.Entries);
        Assert.Empty(Plan(Clique, options: new Exact { MaxEntries = 64 }).Objections);
        var objection = Assert.Single(Plan(Clique, options: new Exact { MaxEntries = 63 }).Objections);
        Assert.Equal("GM0444", objection.Id);
        for (var i = 1; i <= 6; i++) Assert.Contains($"`x[{i}]`", objection.Message, StringComparison.Ordinal);
        Assert.Contains(" 6.3e+1", objection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_far_too_large_is_refused_without_being_tried()
    {
        var clock = Stopwatch.StartNew();
        Assert.StartsWith("GM0444", Answers.Objection("x ~ Bernoulli(0.5) ^ 200\nfactor sin(sum(for i in 1..200: x[i] * sqrt(i)))"), StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }

    [Fact]
    public void A_joint_table_beyond_the_bound_is_an_objection_when_it_is_asked_for()
    {
        var posterior = Answers.Of("for i in 1..12 { x[i] ~ Bernoulli(0.5) }", engine: new Exact { MaxEntries = 1000 });
        Assert.Equal(8, posterior.Joint("x[1]", "x[5]", "x[9]").Probabilities.Length);
        Assert.Throws<EngineException>(() => posterior.Joint([.. Enumerable.Range(1, 12).Select(i => $"x[{i}]")]));
    }

    [Fact]
    public void A_cancelled_inference_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var problem = Model.Compile(Chain).Model.Condition(Data.Of(new { T = 50 }));
        Assert.Throws<OperationCanceledException>(() => problem.Infer(new Exact(), cancelled.Token));
        Assert.Equal(50, problem.Infer(new Exact(), TestContext.Current.CancellationToken).Array("x").Mean.Length);
    }

    [Theory]
    // What the data say lies far in the tail.
    [InlineData("n ~ Poisson(1)\nk ~ Binomial(n, 0.5)", 200)]
    [InlineData("n ~ Geometric(0.5)\nk ~ Binomial(n, 0.9)", 150)]
    public void A_count_is_followed_as_far_as_the_data_ask(string text, int value)
    {
        var found = Model.Compile(text).Model.Condition(Data.Of(new { k = value })).Infer(new Exact(), TestContext.Current.CancellationToken);
        double Term(int n) => text.Contains("Poisson", StringComparison.Ordinal)
            ? -1 - LogFactorial(n) + LogFactorial(n) - LogFactorial(value) - LogFactorial(n - value) + n * Log(0.5)
            : (n + 1) * Log(0.5) + LogFactorial(n) - LogFactorial(value) - LogFactorial(n - value) + value * Log(0.9) + (n - value) * Log(0.1);
        var terms = Enumerable.Range(value, 400).Select(Term).ToArray();
        var evidence = terms.Max() + Log(terms.Sum(t => Exp(t - terms.Max())));
        Assert.Equal(evidence, found.LogEvidence!.Value, 1e-11 * Abs(evidence));
        Assert.Equal(Exp(terms[1] - evidence), found.P("n", value + 1), 1e-11);
    }

    [Theory]
    [InlineData("a ~ Bernoulli(0)\nb ~ Bernoulli(if a then 0.5 else 0)\nc ~ Bernoulli(0.5)\ngiven c\ngiven b", "GM0449 the given facts contradict the model: `b` is true, which has probability zero")]
    [InlineData("z ~ DiscreteUniform(1, 3)\ngiven z > 1\nc ~ Bernoulli(0.5)\ngiven c or z == 1\ngiven z != 2\ngiven z != 3", "GM0449 the given facts contradict each other: `z > 1`, `z != 2` and `z != 3`")]
    public void Facts_that_contradict_each_other_are_the_fewest(string text, string expected) => Assert.Equal(expected, Answers.Objection(text));

    [Fact]
    public void An_index_that_cannot_be_is_no_mistake()
    {
        // Of a ragged array the row has no such element, but z is never beyond it.
        var found = Answers.Of("""
            n ~ DiscreteUniform(1, 3)
            z ~ DiscreteUniform(1, n)
            y ~ Bernoulli([[0.1, 0, 0], [0.2, 0.3, 0], [0.4, 0.5, 0.6]][n, z])
            w ~ Bernoulli([0.2, 0.4, 0.9][3 - n + z])
            given y
            """);
        var total = 0.1 / 3 + (0.2 + 0.3) / 6 + (0.4 + 0.5 + 0.6) / 9;
        Assert.Equal(0.5 / 6 / total, found.P("n", 2), 1e-13);
        Assert.Equal((0.1 / 3 * 0.9 + (0.2 * 0.4 + 0.3 * 0.9) / 6 + (0.4 * 0.2 + 0.5 * 0.4 + 0.6 * 0.9) / 9) / total, found.P("w"), 1e-13);
    }

    [Fact]
    public void An_index_that_cannot_be_by_what_its_parts_are_computed_of_is_no_mistake()
    {
        var found = Answers.Of("""
            n ~ DiscreteUniform(1, 4)
            z ~ DiscreteUniform(1, n)
            further = z + n
            half = n > 2
            y ~ Bernoulli([[0.1, 0.2], [0.3, 0.4]][half + 1, if half then (if further > 5 then 2 else further - 3) else further - (if further > 2 then 2 else 1)])
            """);
        // n = 1: 2, first; n = 2: 3 and 4, first and second; n = 3: 4, 5, 6; n = 4: 5, 6, 7, 8.
        Assert.Equal((0.1 + (0.1 + 0.2) / 2 + (0.3 + 0.4 + 0.4) / 3 + 0.4) / 4, found.P("y"), 1e-13);
    }

    [Fact]
    public void Two_answers_of_one_problem_do_not_disturb_each_other()
    {
        var problem = Model.Compile("for i in 1..8 { x[i] ~ Bernoulli(0.1 * i) }\ns = 2 * sum(x)\ngiven s > 6").Model.Condition(Data.Empty);
        var answers = new double[4];
        Parallel.For(0, 4, i => answers[i] = problem.Infer(new Exact()).Joint("s", "x[3]")[0, 1]);
        Assert.All(answers, a => Assert.Equal(answers[0], a));
    }

    [Fact]
    public void Many_components_are_as_fast_as_one()
    {
        var text = new StringBuilder("for i in 1..3000 { z[i] ~ Bernoulli(0.3); y[i] ~ Poisson(if z[i] then 5 else 1) }\n");
        for (var i = 1; i <= 3000; i += 3) text.Append("given y[").Append(i).Append("] = 4\n");
        var found = Answers.Of(text.ToString());
        double high = 0.3 * Exp(-5) * Pow(5, 4) / 24, low = 0.7 * Exp(-1) / 24;
        Assert.Equal(high / (high + low), found.P("z[1]"), 1e-13);
        Assert.Equal(1000 * Log(high + low), found.LogEvidence!.Value, 1e-9);
    }

    private static double LogFactorial(int n) => Enumerable.Range(1, n).Sum(k => Log(k));
}
