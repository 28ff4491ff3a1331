using System.Globalization;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>Models, problems and posteriors serve any number of threads, which all get what one gets.</summary>
public class SharedProblemTests
{
    private const int Threads = 8;

    private const string Mixed = """
        input n: count
        rain ~ Bernoulli(0.3)
        k ~ Categorical([0.2, 0.3, 0.5])
        theta ~ Beta(2, 3)
        for i in 1..n { y[i] ~ Bernoulli(theta) }
        wet ~ Bernoulli(if rain then 0.9 else 0.1 * k)
        """;

    private const string Curved = """
        input n: count
        mu ~ Normal(0, 2)
        tau ~ HalfNormal(1)
        for i in 1..n {
          a[i] ~ Normal(mu, tau)
          y[i] ~ StudentT(4, a[i], 1)
        }
        """;

    private static readonly Data s_flips = Data.Of(new { y = new[] { true, false, true, true }, wet = true });
    private static readonly Data s_numbers = Data.Of(new { y = new double?[] { 0.5, 1.5, null, 2 } });

    [Fact]
    public async Task Threads_that_share_a_model_get_what_one_gets()
    {
        var model = Model.Compile(Curved).Model;
        await AllAgree(() => Text(model.Condition(s_numbers).Infer(new Nuts { Seed = 3, Chains = 1, Warmup = 60, Draws = 40 })), rounds: 3);
    }

    [Fact]
    public async Task Threads_that_share_a_problem_get_what_one_gets()
    {
        foreach (var (text, data) in new[] { (Mixed, s_flips), (Curved, s_numbers) })
        {
            // Each round has a problem of its own, on which nothing has been computed.
            var model = Model.Compile(text).Model;
            for (var round = 0; round < 4; round++)
            {
                var problem = model.Condition(data);
                await AllAgree(() => string.Join("\n", Answers(problem)), rounds: 1);
            }
        }
    }

    [Fact]
    public async Task Threads_that_share_a_fit_or_a_score_get_what_one_gets()
    {
        var learned = Model.Compile("param a: real\nparam s: positive\nfor i in 1..6 { y[i] ~ Normal(a * i, s) }").Model;
        for (var round = 0; round < 3; round++)
        {
            var problem = learned.Condition(Data.Of(new { y = new[] { 1, 2.5, 2.9, 4.2, 5, 5.5 } }));
            await AllAgree(() => problem.Fit(new MaximumLikelihood()).ToString() + Text(problem.Fit(new MaximumLikelihood())["a"][0]), rounds: 1);
            var scored = learned.Condition(Data.Of(new { a = 1, s = 0.5, y = new[] { 1, 2.5, 2.9, 4.2, 5, 5.5 } }));
            await AllAgree(() => Text(scored.Score().Total) + scored.Explain(), rounds: 1);
        }
    }

    [Fact]
    public async Task Threads_that_share_a_posterior_get_what_one_gets()
    {
        for (var round = 0; round < 4; round++)
        {
            var exact = Model.Compile(Mixed).Model.Condition(s_flips).Infer(new Exact());
            var sampled = Model.Compile(Curved).Model.Condition(s_numbers).Infer(new Nuts { Seed = 3, Chains = 2, Warmup = 60, Draws = 40 });
            await AllAgree(() => string.Join("\n",
                Text(exact), string.Join(" ", exact.Joint("rain", "k").Probabilities.Select(Text)), Text(exact.MostProbable().Probability),
                Text(sampled), sampled.Verdict.ToString(), Text(sampled.Array("a").Mean[2])), rounds: 1);
        }
    }

    private static IEnumerable<string> Answers(Problem problem)
    {
        yield return problem.Explain();
        yield return Text(problem.Infer(new Auto { Nuts = new Nuts { Seed = 3, Chains = 1, Warmup = 40, Draws = 30 } }));
        yield return Text(problem.Infer(new Nuts { Seed = 3, Chains = 2, Warmup = 40, Draws = 30 }));
        if (problem.Objections(new Laplace()).IsEmpty) yield return Text(problem.Infer(new Laplace { Seed = 2, Draws = 20 }));
        if (problem.Objections(new MaximumAPosteriori()).IsEmpty) yield return string.Join(" ", problem.Fit(new MaximumAPosteriori()).ToString());
        yield return string.Join(" ", problem.Stream(4).Take(5).Select(d => string.Join(",", d.Values.ToArray().Select(Text))));
        yield return problem.PrintProgram();
    }

    private static async Task AllAgree(Func<string> compute, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var together = new Barrier(Threads);
            var answers = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(() =>
            {
                together.SignalAndWait();
                return compute();
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            Assert.All(answers, a => Assert.Equal(answers[0], a));
            Assert.Equal(compute(), answers[0]);
        }
    }

    private static string Text(Posterior posterior) => string.Join("\n", posterior.Summary.Rows.Select(r => $"{r.Name} {Text(r.Mean)} {Text(r.Sd)}")) + Text(posterior.LogEvidence ?? 0);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
