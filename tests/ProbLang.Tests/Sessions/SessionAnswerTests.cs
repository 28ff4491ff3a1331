using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class SessionAnswerTests
{
    private const string Sprinkler = """
        cloudy ~ Bernoulli(0.5)
        sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
        rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
        wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0)
        """;

    private const double Close = 1e-12;

    internal static Session Of(string text, Session? before = null)
    {
        var change = (before ?? Session.New()).Add(text);
        Assert.True(change.Session is not null, string.Join("\n", change.Diagnostics));
        return change.Session;
    }

    internal static Answer Ask(Session session, string question)
    {
        var answer = session.Ask(question, cancellation: TestContext.Current.CancellationToken);
        Assert.True(answer.Success, string.Join("\n", answer.Diagnostics));
        return answer;
    }

    private static double Value(Session session, string question) => Ask(session, question).Value;

    /// <summary>By enumeration of the sixteen worlds.</summary>
    private static double SprinklerProbability(Func<bool, bool, bool, bool, bool> asked, Func<bool, bool, bool, bool, bool> given)
    {
        double both = 0, all = 0;
        for (var world = 0; world < 16; world++)
        {
            bool cloudy = (world & 1) != 0, sprinkler = (world & 2) != 0, rain = (world & 4) != 0, wet = (world & 8) != 0;
            if (!given(cloudy, sprinkler, rain, wet)) continue;
            var p = 0.5 * Of(sprinkler, cloudy ? 0.1 : 0.5) * Of(rain, cloudy ? 0.8 : 0.2) * Of(wet, sprinkler && rain ? 0.99 : sprinkler || rain ? 0.9 : 0);
            all += p;
            if (asked(cloudy, sprinkler, rain, wet)) both += p;
        }
        return both / all;

        static double Of(bool value, double p) => value ? p : 1 - p;
    }

    [Fact]
    public void Probabilities_in_a_network_are_those_of_arithmetic()
    {
        var session = Of(Sprinkler);
        Assert.Equal(SprinklerProbability((_, _, r, _) => r, (_, _, _, _) => true), Value(session, "P(rain)"), Close);
        Assert.Equal(SprinklerProbability((_, _, r, _) => r, (_, _, _, w) => w), Value(session, "P(rain | wet)"), Close);
        Assert.Equal(SprinklerProbability((_, s, r, _) => r && !s, (c, _, _, w) => w && !c), Value(session, "P(rain and not sprinkler | wet, not cloudy)"), Close);
        Assert.Equal(SprinklerProbability((_, s, r, _) => r == s, (c, s, _, w) => w && (c || s)), Value(session, "P(rain == sprinkler | wet = true, cloudy or sprinkler)"), Close);
        Assert.Equal(SprinklerProbability((c, _, _, _) => c, (_, s, _, w) => w && !s), Value(session, "E(cloudy | wet, sprinkler = false)"), Close);
        Assert.All(["P(rain | wet)", "P(rain)"], q => Assert.Equal(AnswerBasis.Exact, Ask(session, q).Basis));
    }

    [Fact]
    public void What_is_and_what_is_not_are_one_together()
    {
        var session = Of(Sprinkler);
        Assert.Equal(1, Value(session, "P(rain | wet)") + Value(session, "P(not rain | wet)"), Close);
    }

    [Fact]
    public void Probabilities_are_totals_over_what_they_depend_on()
    {
        var session = Of(Sprinkler);
        var total = Value(session, "P(rain | cloudy)") * Value(session, "P(cloudy)") + Value(session, "P(rain | not cloudy)") * Value(session, "P(not cloudy)");
        Assert.Equal(Value(session, "P(rain)"), total, Close);
        Assert.Equal(Value(session, "P(rain and wet)"), Value(session, "P(rain | wet)") * Value(session, "P(wet)"), Close);
    }

    [Fact]
    public void A_beta_prior_and_binomial_data_give_the_closed_form()
    {
        var session = Of("theta ~ Beta(2, 3); y ~ Binomial(10, theta)").With(Data.Given("y=7"));
        Assert.Equal(9.0 / 15, Value(session, "E(theta)"), Close);
        Assert.Equal(Math.Sqrt(9.0 * 6 / (15 * 15 * 16)), Value(session, "SD(theta)"), Close);
        Assert.Equal(9.0 * 6 / (15 * 15 * 16), Value(session, "Var(theta)"), Close);
        Assert.Equal(4.0 / 15, Value(session, "E(theta | y = 2)"), Close);
        Assert.Equal(4.0 / 15, Value(session, "E(theta | y == 1 + 1)"), Close);
        var above = Ask(session, "P(theta > 0.5)");
        Assert.Equal(AnswerBasis.Exact, above.Basis);
        // The distribution function of Beta(9, 6) at a half is that of Binomial(14, 1/2).
        Assert.Equal(Enumerable.Range(0, 9).Sum(k => Choose(14, k)) / Math.Pow(2, 14), above.Value, 1e-10);
        Assert.Equal(1, above.Value + Value(session, "P(theta <= 0.5)"), 1e-12);
        Assert.Equal(0.5, Value(session, $"P(theta < {Value(session, "Q(theta, 0.5)"):R})"), 1e-9);
    }

    private static double Choose(int n, int k) => k == 0 ? 1 : Choose(n, k - 1) * (n - k + 1) / k;

    [Fact]
    public void Values_that_the_data_decide_are_said_as_they_are()
    {
        var session = Of("input y[4]: real").With(Data.Of(new { y = new[] { 1.0, 2, 3, 6 } }));
        Assert.Equal(3, Value(session, "mean(y)"));
        Assert.Equal(AnswerBasis.Known, Ask(session, "mean(y)").Basis);
        var twice = Ask(session, "2 * y");
        Assert.Equal([4], twice.Shape);
        Assert.Equal([2.0, 4, 6, 12], twice.Elements.Select(e => e.Value));
        Assert.Equal(["[1]", "[2]", "[3]", "[4]"], twice.Elements.Select(e => e.Index));
        Assert.Equal(5, Value(Session.New(), "2 + 3"));
    }

    [Fact]
    public void A_quantity_computed_from_kept_draws_equals_the_same_written_into_the_model()
    {
        const string Text = "mu ~ Normal(0, 5)\ntau ~ HalfCauchy(5)\nfor i in 1..4 { theta[i] ~ Normal(mu, tau); y[i] ~ Normal(theta[i], 10) }\n";
        var data = Data.Of(new { y = new[] { 28.0, 8, -3, 7 } });
        var nuts = new Nuts { Chains = 2, Warmup = 200, Draws = 200 };
        var session = Of(Text, Session.New(new SessionOptions { Nuts = nuts, Seed = 5 })).With(data);
        var written = Model.Compile(Text + "q = theta[1] - theta[2] * mu\nabove = tau > 3\n").Model.Condition(data).Infer(nuts with { Seed = 5 }, null, TestContext.Current.CancellationToken);
        foreach (var (question, name) in (ReadOnlySpan<(string, string)>)[("theta[1] - theta[2] * mu", "q"), ("tau > 3", "above"), ("tau", "tau")])
        {
            var column = new double[400];
            written.Draws.CopyColumn(written.Layout.ElementNames.IndexOf(name), column);
            var answer = Ask(session, question);
            Assert.Equal(column, answer.Elements[0].Draws);
            Assert.Equal(written.Scalar(name).Mean, answer.Value);
            Assert.Equal(written.Scalar(name).Mcse, answer.Elements[0].Error);
        }
    }

    [Fact]
    public void A_condition_on_draws_leaves_out_those_where_it_does_not_hold()
    {
        var session = Of("x ~ Normal(0, 1)\ny = exp(x) + x", Session.New(new SessionOptions { Seed = 3 }));
        var answer = Ask(session, "E(x | y > 1)");
        Assert.Equal(AnswerBasis.Draws, answer.Basis);
        Assert.Equal(4000, answer.Draws!.Value.Of);
        // y is above 1 where x is above 0: the mean of the half-normal distribution.
        Assert.Equal(Math.Sqrt(2 / Math.PI), answer.Value, 4 * answer.Elements[0].Error);
        Assert.InRange(answer.Draws.Value.Used, 1850, 2150);
        Assert.Equal("GM0744", Assert.Single(session.Ask("E(x | y > 100)", cancellation: TestContext.Current.CancellationToken).Diagnostics).Id);
    }

    [Fact]
    public void Without_data_a_continuous_model_answers_with_its_prior()
    {
        var session = Of("tau ~ HalfCauchy(5)\nmu ~ Normal(0, tau)");
        var answer = Ask(session, "P(mu > tau)");
        Assert.True(answer.IsPrior);
        Assert.Equal(0.158655, answer.Value, 4 * answer.Elements[0].Error);
    }

    [Fact]
    public void What_other_statements_wait_for_is_not_asked_for()
    {
        var session = Of("input N: count; input K: count; mu ~ Normal(3, 5); a ~ Normal(0, N); for i in 1..K { y[i] ~ Normal(mu, 1) }");
        Assert.Equal(3, Value(session, "E(mu)"), Close);
        Assert.Equal(5, Value(session, "2 + 3"));
        Assert.Equal("GM0301", session.Ask("E(a)", cancellation: TestContext.Current.CancellationToken).Diagnostics[0].Id);
        Assert.Equal(2, Value(session.With(Data.Given("N=2")), "SD(a)"), Close);
        // Of what is given, what has nothing to do with the question is no matter, and what has, is.
        Assert.Equal(2, Value(session.With(Data.Given("mu=2")), "E(mu)"), Close);
        Assert.Equal(5, Value(session.With(Data.Given("mu=2")), "2 + 3"));
        Assert.Equal(3, Value(Of("b ~ Normal(0, 1); given b > 1", session), "E(mu)"), Close);
        // What is given whole is known by itself, and not together with what is not.
        Assert.Equal(2, Value(session.With(Data.Given("a=2")), "E(a)"));
        Assert.Equal("GM0301", session.With(Data.Given("a=2")).Ask("E(a + mu)", cancellation: TestContext.Current.CancellationToken).Diagnostics[0].Id);
        var observed = Of("z ~ Normal(mu, K)", session).With(Data.Given("z=2"));
        Assert.False(observed.Ask("E(mu)", cancellation: TestContext.Current.CancellationToken).Success);
    }

    [Fact]
    public void What_has_nothing_to_do_with_a_question_leaves_its_answer_exact()
    {
        var session = Of("k ~ Binomial(4, 0.5); x ~ Normal(0, 1); h ~ Normal(x^2, 1); m ~ Normal(0, 1); for i in 1..2 { y[i] ~ Normal(m, 1) }; w = log(x)").With(Data.Given("h=3"));
        var answer = Ask(session, "P(k = 2)");
        Assert.Equal((AnswerBasis.Exact, 0.375, null), (answer.Basis, Math.Round(answer.Value, 14), answer.Distrust));
        Assert.Equal(AnswerBasis.Draws, Ask(session, "E(x)").Basis);
        // By the laws of the normal distribution; what is given of y is about m, and what is given of h is not.
        Assert.Equal(4.0 / 3, Value(session.With(Data.Given("h=3").With(Data.Given("y=[1, 3]"))), "E(m)"), Close);
        Assert.Equal(1, Value(session, "E(m | y = [1, 2])"), Close);
        Assert.Equal(1, Value(session.With(Data.Given("h=3").With(Data.Given("y[1]=2"))), "E(m)"), Close);
        // What is given joins parts: m and n are apart, and together once their sum is seen.
        var joined = Of("n ~ Normal(0, 1); s ~ Normal(m + n, 1); t ~ Normal(n, 1)", session);
        Assert.Equal(0, Value(joined.With(Data.Given("h=3").With(Data.Given("t=3"))), "E(m)"), Close);
        // Precisions of (m, n): [2, 1; 1, 3], right side (6, 6 + 3).
        Assert.Equal(9.0 / 5, Value(joined.With(Data.Given("h=3").With(Data.Given("s=6")).With(Data.Given("t=3"))), "E(m)"), Close);
    }

    [Fact]
    public void What_a_question_gives_may_make_its_answer_exact()
    {
        var session = Of("tau ~ HalfCauchy(5); mu ~ Normal(0, tau); for i in 1..3 { x[i] ~ Normal(mu, i) }");
        Assert.Equal(AnswerBasis.Draws, Ask(session, "P(mu > 1)").Basis);
        var exact = Ask(session, "P(x > 2 | mu = 0, tau = 1)");
        Assert.Equal(AnswerBasis.Exact, exact.Basis);
        // The upper tails of the normal distribution at 2, 1 and two thirds of a standard deviation.
        Assert.Equal([0.022750131948179, 0.158655253931457, 0.252492537546923], exact.Elements.Select(e => Math.Round(e.Value, 15)), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(["[1]", "[2]", "[3]"], exact.Elements.Select(e => e.Index));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_of_an_answer_is_longer_than_there_is_room(int width)
    {
        var session = Of("mu ~ Normal(1e4, 1); tau = mu * mu; rain ~ Bernoulli(0.3)", Session.New(new SessionOptions { Nuts = new Nuts { Draws = 100 } }));
        foreach (var question in (string[])["tau", "mu", "rain"])
            foreach (var line in Ask(session, question).ToText(width).Split('\n'))
                Assert.True(line.Length < Math.Max(width, 70), line);
        Assert.All(Ask(session, "tau").ToText(80).Split('\n'), line => Assert.True(line.Length < 80, line));
    }

    [Fact]
    public void A_sign_of_equality_in_a_question_compares()
    {
        var session = Of("x ~ Binomial(2, 0.5); y ~ Bernoulli(0.5)");
        Assert.Equal(0.25, Value(session, "P(x = 2)"), Close);
        Assert.Equal(0.125, Value(session, "P(x = 2 and y = true)"), Close);
        Assert.Equal(1.0 / 3, Value(session, "P(x = 2 | x = 2 or x = 1)"), Close);
        Assert.Equal(0.5, Value(session, "P(x = 1) | y"), Close);
    }

    [Fact]
    public void Draws_are_made_once_for_all_questions()
    {
        var session = Of("x ~ Normal(0, 1); s ~ HalfNormal(1); y ~ Normal(x ^ 2, s)").With(Data.Given("y=1"));
        var runs = 0;
        var progress = new Counted(() => runs++);
        foreach (var question in (string[])["x", "P(x > 0)", "E(s)"]) Assert.True(session.Ask(question, "entry", progress, TestContext.Current.CancellationToken).Success);
        var first = runs;
        session.Ask("Q(x, 0.9)", "entry", progress, TestContext.Current.CancellationToken);
        Assert.True(first > 0);
        Assert.Equal(first, runs);
        session.Ask("x | y = 2", "entry", progress, TestContext.Current.CancellationToken);
        Assert.True(runs > first);
    }

    private sealed class Counted(Action count) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value)
        {
            lock (this) if (value.Phase == ChainPhase.Finished) count();
        }
    }

    [Fact]
    public void Errors_of_quantiles_and_spreads_cover_the_truth()
    {
        var session = Of("x ~ Normal(0, 1)\ny = x + 0 * exp(x)");
        foreach (var (question, truth) in (ReadOnlySpan<(string, double)>)[("Q(y, 0.9)", 1.2815515655446004), ("SD(y)", 1), ("Var(y)", 1), ("E(y)", 0)])
        {
            var answer = Ask(session, question);
            Assert.Equal(AnswerBasis.Draws, answer.Basis);
            Assert.InRange(answer.Elements[0].Error, 0.001, 0.1);
            Assert.Equal(truth, answer.Value, 4 * answer.Elements[0].Error);
        }
    }

    [Fact]
    public void A_distribution_is_a_question_too()
    {
        Assert.Equal(3, Value(Session.New(), "E(Normal(3, 2))"), Close);
        Assert.Equal(2, Value(Of("mu ~ Normal(3, 2)"), "SD(mu)"), Close);
        Assert.Equal(Math.Sqrt(5), Value(Of("mu ~ Normal(3, 2)"), "SD(Normal(mu, 1))"), 1e-9);
    }

    [Fact]
    public void Labels_have_probabilities_and_no_mean()
    {
        var session = Of("smoke: category(\"no\", \"yes\") ~ Categorical([0.7, 0.3])\ncough ~ Bernoulli([0.1, 0.6][smoke])");
        Assert.Equal(0.18 / 0.25, Value(session, "P(smoke == \"yes\" | cough)"), Close);
        Assert.Equal(0.6, Value(session, "P(cough | smoke = \"yes\")"), Close);
        Assert.Equal(["no", "yes"], Ask(session, "smoke").Elements[0].Summary.Levels);
        Assert.Equal("GM0745", Assert.Single(session.Ask("E(smoke)", cancellation: TestContext.Current.CancellationToken).Diagnostics).Id);
    }

    [Theory]
    [InlineData("P(tau)", "GM0740", 1, 3)]
    [InlineData("P(smoke)", "GM0740", 1, 3)]
    [InlineData("2 * P(tau > 1)", "GM0741", 1, 5)]
    [InlineData("P(tau > 1 | )", "GM0742", 1, 11)]
    [InlineData("P( | tau > 1)", "GM0742", 1, 2)]
    [InlineData("P(tau > 1 | tau > 2 | tau > 3)", "GM0742", 1, 21)]
    [InlineData("P(tau > 1, tau > 2)", "GM0742", 1, 10)]
    [InlineData("Q(tau)", "GM0742", 1, 3)]
    [InlineData("Q(tau, 2)", "GM0742", 1, 8)]
    [InlineData("E(tau | tau)", "GM0743", 1, 9)]
    [InlineData("E(tau | x > 0)", "GM0743", 1, 9)]
    [InlineData("E(taw)", "GM0201", 1, 3)]
    [InlineData("P(tau > 1 | taw = 3)", "GM0201", 1, 13)]
    [InlineData("E(tau +)", "GM0111", 1, 8)]
    public void A_mistaken_question_is_reported_where_it_is(string question, string id, int line, int column)
    {
        var session = Of("tau ~ HalfNormal(1)\nsmoke: category(\"no\", \"yes\") ~ Categorical([0.7, 0.3])\nfor i in 1..3 { x[i] ~ Normal(0, tau) }");
        var answer = session.Ask(question, "[7]", cancellation: TestContext.Current.CancellationToken);
        Assert.False(answer.Success);
        var diagnostic = answer.Diagnostics[0];
        Assert.Equal((id, "[7]", line, column), (diagnostic.Id, diagnostic.Location!.Path, diagnostic.Location.Line, diagnostic.Location.Column));
        Assert.Equal(question, diagnostic.Location.LineText);
        Assert.Equal(diagnostic, session.Check(question, "[7]")[0], (a, b) => a.ToString() == b.ToString());
    }
}
