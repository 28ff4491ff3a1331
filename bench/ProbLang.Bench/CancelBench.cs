using System.Diagnostics;
using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>How long a slow computation of each kind goes on after it is cancelled at a random moment.</summary>
internal static class CancelBench
{
    private const int Times = 24;

    private static readonly string s_manyStatements = string.Concat(Enumerable.Range(1, 6000).Select(i => $"x{i} ~ Normal({(i > 1 ? $"x{i - 1}" : "0")}, {i} + 0.5 * 3)\n"));
    private static readonly string s_manyDependent = "x1 ~ Normal(0, 1)\n" + string.Concat(Enumerable.Range(2, 800).Select(i => $"x{i} ~ Normal(x{i - 1}, exp(0.1 * x{i - 1}))\n"));
    private static readonly string s_grid = "for i in 1..11 { for j in 1..300 { x[i, j] ~ Bernoulli(if j > 1 then (if x[i, j - 1] then 0.7 else 0.2) else 0.5)\n if i > 1 { y[i, j] ~ Bernoulli(if x[i, j] == x[i - 1, j] then 0.8 else 0.3)\n given y[i, j] = true } } }";
    private static readonly string s_table = "for i in 1..24 { x[i] ~ Bernoulli(0.5) }\nfor i in 1..24 { for j in i + 1..24 { y[i, j] ~ Bernoulli(if x[i] == x[j] then 0.3 else 0.6)\n given y[i, j] = true } }";
    private static readonly string s_regression = "input n: count\ninput x[n, 20]: real\nfor k in 1..20 { b[k] ~ Normal(0, 1) }\nfor i in 1..n { y[i] ~ Bernoulli(logit: dot(x[i], b)) }";
    private static readonly string s_linear = "input n: count\nmu ~ Normal(0, 1)\nfor i in 1..n { a[i] ~ Normal(mu, 1)\n y[i] ~ Normal(a[i], 1)\n given y[i] = i / n }";
    private static readonly string s_process = "input n: count\nx = [for i in 1..n: i / 10]\ns ~ HalfNormal(1)\nf ~ MvNormal([for i in 1..n: 0.0], [for i in 1..n: [for j in 1..n: exp(-(x[i] - x[j]) ^ 2 / (2 * s ^ 2)) + (if i == j then 0.01 else 0.0)]])\nfor i in 1..n { y[i] ~ StudentT(3, f[i], 1)\n given y[i] = i / n }";

    public static int Measure(string[] names)
    {
        (string Name, Func<Action<CancellationToken>> Prepare)[] kinds =
        [
            ("compile, 6000 statements", () => token => Model.Compile(s_manyStatements, null, token)),
            ("condition, 300 000 rows", () =>
            {
                var (model, data) = (Model.Compile("input n: count\nmu ~ Normal(0, 1)\nfor i in 1..n { m[i] = mu * i\n y[i] ~ Normal(m[i], 1) }").Model, Data.Of(new { y = Numbers(300_000) }));
                return token => model.Condition(data, null, token);
            }),
            ("condition and prepare, 800 dependent statements", () =>
            {
                var model = Model.Compile(s_manyDependent).Model;
                return token => model.Condition(Data.Given("x800=1"), null, token).Prepare(token);
            }),
            ("exact, one sum of 11 chains", () => OfProblem(s_grid, Data.Empty, (p, token) => p.Infer(new Exact { MaxEntries = 1L << 28 }, token))),
            ("exact, a table of 2^24", () => OfProblem(s_table, Data.Empty, (p, token) => p.Infer(new Exact(), token))),
            ("exact, 3000 continuous together", () => OfProblem(s_linear, Data.Of(new { n = 3000 }), (p, token) => p.Infer(new Exact(), token))),
            ("nuts, logistic regression of 20 000 rows", () => OfProblem(s_regression, Rows(20_000), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token))),
            ("nuts, 200 points of a process", () => OfProblem(s_process, Data.Of(new { n = 200 }), (p, token) => p.Infer(new Nuts { Seed = 1 }, cancellation: token))),
            ("laplace, logistic regression of 20 000 rows", () => OfProblem(s_regression, Rows(20_000), (p, token) => p.Infer(new Laplace { Seed = 1, Draws = 100_000 }, token))),
            ("fit, the mode of 200 points of a process", () => OfProblem(s_process, Data.Of(new { n = 200 }), (p, token) => p.Fit(new MaximumAPosteriori { Starts = 20 }, cancellation: token))),
            ("sample, 20 000 rows", () => OfProblem("input n: count\nfor i in 1..n { x[i] ~ Normal(0, 1) }", Data.Of(new { n = 20_000 }), (p, token) => p.Sample(100_000, 1, token))),
            ("generate, 20 000 rows", () => OfProblem("input n: count\nfor i in 1..n { x[i] ~ Normal(0, 1) }", Data.Of(new { n = 20_000 }), (p, token) => p.Generate(100_000, 1, null, token))),
            ("score, one sum of 11 chains", () => OfProblem(s_grid, Data.Empty, (p, token) => p.Score(token))),
            ("compare, exact and nuts", () => OfProblem("a ~ Normal(0, 1)\nfor i in 1..3000 { y[i] ~ Normal(a, 1)\n given y[i] = i / 3000 }", Data.Empty, (p, token) => p.Compare([new Exact(), new Nuts { Seed = 1, Draws = 1_000_000 / 4 }], null, token))),
            ("a stream", () => OfProblem(s_regression, Rows(20_000), (p, token) =>
            {
                var draws = p.StreamAsync(new Nuts { Seed = 1, Draws = int.MaxValue, Warmup = 20 }, cancellation: token).GetAsyncEnumerator(token);
                try
                {
                    while (draws.MoveNextAsync().AsTask().GetAwaiter().GetResult()) { }
                }
                finally
                {
                    draws.DisposeAsync().AsTask().GetAwaiter().GetResult();
                }
            })),
        ];
        Console.WriteLine("| ms from the cancellation to the end | runs | median | p95 | max | takes |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var worst = 0.0;
        foreach (var (name, prepare) in kinds)
            if (names.Length == 0 || names.Any(n => name.Contains(n, StringComparison.Ordinal))) worst = Math.Max(worst, Print(name, prepare));
        return worst > 50 ? 1 : 0;
    }

    private static double Print(string name, Func<Action<CancellationToken>> prepare)
    {
        // What it takes when it is left alone, for at most three seconds, and with all code compiled.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var (random, delays) = (new Random(1), new List<double>());
        _ = Delay(prepare, new CancellationTokenSource(200));
        var clock = Stopwatch.StartNew();
        _ = Delay(prepare, patience);
        var takes = clock.Elapsed.TotalMilliseconds;
        for (var i = 0; i < Times; i++)
        {
            using var stop = new CancellationTokenSource();
            stop.CancelAfter(TimeSpan.FromMilliseconds(random.NextDouble() * Math.Min(takes, 1500)));
            if (Delay(prepare, stop) is { } delay) delays.Add(delay);
        }
        delays.Sort();
        if (delays.Count == 0) return 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {delays.Count} | {delays[delays.Count / 2]:0.0} | {delays[(int)(0.95 * (delays.Count - 1))]:0.0} | {delays[^1]:0.0} | {(takes > 2900 ? "more than 3 s" : $"{takes / 1000:0.00} s")} |"));
        return delays[^1];
    }

    /// <summary>Milliseconds from the cancellation to the end; null where it ended before.</summary>
    private static double? Delay(Func<Action<CancellationToken>> prepare, CancellationTokenSource stop)
    {
        var cancelled = 0L;
        using var registration = stop.Token.Register(() => cancelled = Stopwatch.GetTimestamp());
        var run = prepare();
        try
        {
            run(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As it should be.
        }
        var ended = Stopwatch.GetTimestamp();
        return cancelled == 0 ? null : Stopwatch.GetElapsedTime(cancelled, ended).TotalMilliseconds;
    }

    private static Action<CancellationToken> OfProblem(string text, Data data, Action<Problem, CancellationToken> ask)
    {
        var problem = Model.Compile(text).Model.Condition(data);
        return token => ask(problem, token);
    }

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
}
