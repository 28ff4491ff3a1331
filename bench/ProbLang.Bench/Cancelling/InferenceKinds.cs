using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Limits;

namespace ProbLang.Bench.Cancelling;

/// <summary>What compiles, infers, learns and draws.</summary>
internal static class InferenceKinds
{
    private const string Regression = "input n: count\ninput x[n, 20]: real\nfor k in 1..20 { b[k] ~ Normal(0, 1) }\nfor i in 1..n { y[i] ~ Bernoulli(logit: dot(x[i], b)) }";
    private const string Forward = "input n: count\nfor i in 1..n { x[i] ~ Normal(0, 1) }";
    private const string Grid = "for i in 1..11 { for j in 1..300 { x[i, j] ~ Bernoulli(if j > 1 then (if x[i, j - 1] then 0.7 else 0.2) else 0.5)\n if i > 1 { y[i, j] ~ Bernoulli(if x[i, j] == x[i - 1, j] then 0.8 else 0.3)\n given y[i, j] = true } } }";
    private const string Table = "for i in 1..24 { x[i] ~ Bernoulli(0.5) }\nfor i in 1..24 { for j in i + 1..24 { y[i, j] ~ Bernoulli(if x[i] == x[j] then 0.3 else 0.6)\n given y[i, j] = true } }";
    private const string Linear = "input n: count\nmu ~ Normal(0, 1)\nfor i in 1..n { a[i] ~ Normal(mu, 1)\n y[i] ~ Normal(a[i], 1)\n given y[i] = i / n }";
    private const string Process = "input n: count\nx = [for i in 1..n: i / 10]\ns ~ HalfNormal(1)\nf ~ MvNormal([for i in 1..n: 0.0], [for i in 1..n: [for j in 1..n: exp(-(x[i] - x[j]) ^ 2 / (2 * s ^ 2)) + (if i == j then 0.01 else 0.0)]])\nfor i in 1..n { y[i] ~ StudentT(3, f[i], 1)\n given y[i] = i / n }";
    private const string Groups = "input n: count\nm ~ Normal(0, 1)\nfor i in 1..n { a[i] ~ Normal(m, 1)\n y[i] ~ StudentT(4, a[i], 1)\n given y[i] = i / n }";
    private const string Picture = "input n: count\ninput x[n, 784]\nnet f = mlp(hidden: [128])\nfor i in 1..n { label[i]: int(1, 10) ~ Categorical(logits: f(x[i])) }";

    private static string ManyStatements => string.Concat(Enumerable.Range(1, 6000).Select(i => $"x{i} ~ Normal({(i > 1 ? $"x{i - 1}" : "0")}, {i} + 0.5 * 3)\n"));

    private static string ManyDependent => "x1 ~ Normal(0, 1)\n" + string.Concat(Enumerable.Range(2, 800).Select(i => $"x{i} ~ Normal(x{i - 1}, exp(0.1 * x{i - 1}))\n"));

    public static IEnumerable<(string Name, Func<Action<CancellationToken>> Prepare)> All =>
    [
        ("compile, 6000 statements", () => Compiling(ManyStatements)),
        ("condition, 300 000 rows", () =>
        {
            var (model, data) = (Model.Compile("input n: count\nmu ~ Normal(0, 1)\nfor i in 1..n { m[i] = mu * i\n y[i] ~ Normal(m[i], 1) }").Model, Data.Of(new { y = Numbers(300_000) }));
            return token => model.Condition(data, null, token);
        }),
        ("condition and prepare, 800 dependent statements", () =>
        {
            var model = Model.Compile(ManyDependent).Model;
            return token => model.Condition(Data.Given("x800=1"), null, token).Prepare(token);
        }),
        ("condition and prepare, 300 000 rows", () =>
        {
            var (model, data) = (Model.Compile(Regression).Model, Rows(300_000));
            return token => model.Condition(data, null, token).Prepare(token);
        }),
        ("exact, one sum of 11 chains", () => OfProblem(Grid, Data.Empty, (p, token) => p.Infer(new Exact { MaxEntries = 1L << 28 }, token))),
        ("exact, a table of 2^24", () => OfProblem(Table, Data.Empty, (p, token) => p.Infer(new Exact(), token))),
        ("exact, 3000 continuous together", () => OfProblem(Linear, Sized(3000), (p, token) => p.Infer(new Exact(), token))),
        ("exact, waiting for another to sum", () => OfProblem(Table, Data.Empty, Waiting)),
        ("nuts, logistic regression of 20 000 rows", () => OfProblem(Regression, Rows(20_000), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token))),
        ("nuts, logistic regression of 1 000 000 rows", Once(() => OfProblem(Regression, Rows(1_000_000), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token)))),
        ("nuts, 200 points of a process", () => OfProblem(Process, Sized(200), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token))),
        ("nuts, 1000 points of a process", () => OfProblem(Process, Sized(1000), (p, token) => p.Infer(new Nuts { Seed = 1, Chains = 2 }, cancellation: token))),
        ("nuts, 300 dense coordinates", () => OfProblem(Groups, Sized(300), (p, token) => p.Infer(new Nuts { Seed = 1, Metric = MetricKind.Dense }, cancellation: token))),
        ("nuts, 800 dependent statements", () => OfProblem(ManyDependent, Data.Given("x800=1"), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token))),
        ("laplace, logistic regression of 20 000 rows", () => OfProblem(Regression, Rows(20_000), (p, token) => p.Infer(new Laplace { Seed = 1, Draws = 100_000 }, token))),
        ("laplace, 200 points of a process", () => OfProblem(Process, Sized(200), (p, token) => p.Infer(new Laplace { Seed = 1 }, token))),
        ("fit, the mode of 200 points of a process", () => OfProblem(Process, Sized(200), (p, token) => p.Fit(new MaximumAPosteriori { Starts = 20 }, cancellation: token))),
        ("fit, the mode of 900 coordinates and its errors", () => OfProblem(Groups, Sized(900), (p, token) => p.Fit(new MaximumAPosteriori(), cancellation: token))),
        ("fit, a net on 2048 pictures", () => OfProblem(Picture, Pictures(2048), (p, token) => p.Fit(new MaximumLikelihood { Training = new Training { Epochs = 1000 } }, cancellation: token))),
        ("a factor graph of 20 000 rows", () => OfProblem(Linear, Sized(20_000), (p, token) => Budget.Run(ResourceLimits.None, default, _ => p.FactorGraph.Plan(FactorAlgorithm.ExpectationPropagation), token))),
        ("explain, 11 chains", () => OfProblem(Grid, Data.Empty, (p, token) => p.Explain([], token))),
        ("sample, 20 000 rows", () => OfProblem(Forward, Sized(20_000), (p, token) => p.Sample(100_000, 1, token))),
        ("sample, 3 000 000 rows", () => OfProblem(Forward, Sized(3_000_000), (p, token) => p.Sample(100, 1, token))),
        ("generate, 20 000 rows", () => OfProblem(Forward, Sized(20_000), (p, token) => p.Generate(10_000, 1, null, token))),
        ("score, one sum of 11 chains", () => OfProblem(Grid, Data.Empty, (p, token) => p.Score(token))),
        ("compare, exact and nuts", () => OfProblem("a ~ Normal(0, 1)\nfor i in 1..3000 { y[i] ~ Normal(a, 1)\n given y[i] = i / 3000 }", Data.Empty, (p, token) => p.Compare([new Exact(), new Nuts { Seed = 1, Draws = 1_000_000 / 4 }], null, token))),
        ("a stream of draws", () => OfProblem(Regression, Rows(20_000), Streamed)),
        ("a session's question to draws", () =>
        {
            var session = Session.New().Add("for i in 1..200 { m[i] ~ StudentT(4, 0, 1)\n y[i] ~ StudentT(4, m[i], 1)\n given y[i] = i / 200 }").Session!;
            return token => session.Ask("m[1] * m[2]", cancellation: token);
        }),
    ];

    /// <summary>What takes longer to prepare than to measure is prepared once.</summary>
    private static Func<Action<CancellationToken>> Once(Func<Action<CancellationToken>> prepare)
    {
        var prepared = new Lazy<Action<CancellationToken>>(prepare);
        return () => prepared.Value;
    }

    private static Action<CancellationToken> Compiling(string text) => token => Model.Compile(text, null, token);

    private static Action<CancellationToken> OfProblem(string text, Data data, Action<Problem, CancellationToken> ask)
    {
        var problem = Model.Compile(text).Model.Condition(data);
        return token => ask(problem, token);
    }

    /// <summary>Another has the model's plan for a while; who waits for it is cancelled.</summary>
    private static void Waiting(Problem problem, CancellationToken cancellation)
    {
        using var ended = new CancellationTokenSource();
        var other = problem.InferAsync(new Exact(), ended.Token);
        try
        {
            // The plan is there when both have it.
            _ = problem.Objections(new Exact(), cancellation);
            _ = problem.Infer(new Exact(), cancellation);
        }
        finally
        {
            ended.Cancel();
            _ = other.ContinueWith(task => task.Exception, TaskScheduler.Default);
        }
    }

    private static void Streamed(Problem problem, CancellationToken cancellation)
    {
        var draws = problem.StreamAsync(new Nuts { Seed = 1, Draws = int.MaxValue, Warmup = 20 }, cancellation: cancellation).GetAsyncEnumerator(cancellation);
        try
        {
            while (draws.MoveNextAsync().AsTask().GetAwaiter().GetResult()) { }
        }
        finally
        {
            draws.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static Data Sized(int n) => Data.Of(new { n });

    private static double[] Numbers(int count)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }

    private static Data Rows(int count)
    {
        var (random, x) = (new Random(3), new double[count, 20]);
        for (var i = 0; i < count; i++)
            for (var k = 0; k < 20; k++) x[i, k] = random.NextDouble() - 0.5;
        return Data.Of(new { x, y = Enumerable.Range(0, count).Select(_ => random.Next(2) == 1).ToArray() });
    }

    private static Data Pictures(int count)
    {
        var (random, x) = (new Random(4), new double[count, 784]);
        for (var i = 0; i < count; i++)
            for (var k = 0; k < 784; k++) x[i, k] = random.NextDouble();
        return Data.Of(new { x, label = Enumerable.Range(0, count).Select(_ => 1 + random.Next(10)).ToArray() });
    }
}
