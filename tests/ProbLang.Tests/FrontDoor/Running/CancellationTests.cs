using System.Globalization;
using ProbLang.Inference;
using ProbLang.Limits;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>Whatever is computed may be cancelled wherever it looks whether it is; then it ends at once, and what it was asked of answers as ever.</summary>
public class CancellationTests
{
    /// <summary>When all of a computation's threads have seen that it is cancelled, and with what is done before its parts are returned.</summary>
    private const int MostLooksAfter = 40;

    private const string Coins = "for i in 1..12 { x[i] ~ Bernoulli(0.5) }\nfor i in 2..12 { y[i] ~ Bernoulli(if x[i] == x[i - 1] then 0.3 else 0.6)\n given y[i] = true }";
    private const string Groups = "m ~ Normal(0, 1)\nfor i in 1..30 { a[i] ~ Normal(m, 1)\n y[i] ~ StudentT(4, a[i], 1)\n given y[i] = i / 30 }";
    private const string Linear = "m ~ Normal(0, 1)\nfor i in 1..40 { a[i] ~ Normal(m, 1)\n y[i] ~ Normal(a[i], 1)\n given y[i] = i / 40 }";
    private const string Learned = "param w\nparam s: positive\nfor i in 1..30 { a[i] ~ Normal(w, s)\n y[i] ~ Normal(a[i], 1)\n given y[i] = i / 10 }";
    private const string Process = "s ~ HalfNormal(1)\nf ~ MvNormal([for i in 1..130: 0.0], [for i in 1..130: [for j in 1..130: exp(-((i - j) / 10) ^ 2 / (2 * s ^ 2)) + (if i == j then 0.01 else 0.0)]])\nfor i in 1..130 { y[i] ~ StudentT(3, f[i], 1)\n given y[i] = i / 130 }";

    private static readonly Dictionary<string, (string Text, Func<Problem, CancellationToken, Func<string>> Ask)> s_kinds = new()
    {
        ["exact, discrete"] = (Coins, (p, token) => p.Infer(new Exact(), token) is var posterior ? () => Shown(posterior) : null!),
        ["exact, continuous"] = (Linear, (p, token) => p.Infer(new Exact(), token) is var posterior ? () => Shown(posterior) : null!),
        ["nuts"] = (Groups, (p, token) => Whole(p.Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 20, Draws = 10 }, null, token), token)),
        ["nuts, large matrices"] = (Process, (p, token) => Whole(p.Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 3, Draws = 2, MaxDepth = 2 }, null, token), token)),
        ["laplace"] = (Groups, (p, token) => Whole(p.Infer(new Laplace { Seed = 1, Draws = 50 }, token), token)),
        ["mode"] = (Groups, (p, token) => Whole(p.Fit(new MaximumAPosteriori { Starts = 2 }, null, token), token)),
        ["likelihood"] = (Learned, (p, token) => Whole(p.Fit(new MaximumLikelihood(), null, token), token)),
        ["score"] = (Coins, (p, token) => p.Score(token).Total is var score ? () => score.ToString("R", CultureInfo.InvariantCulture) : null!),
        ["explain"] = (Coins, (p, token) => p.Explain([], token) is var text ? () => text : null!),
        ["sample"] = (Groups, (p, token) => WholeIf(!p.Sample(20, 1, token).Interrupted, () => "", token)),
        ["compare"] = (Linear, (p, token) => p.Compare([new Exact(), new Nuts { Seed = 1, Chains = 1, Warmup = 20, Draws = 20 }], null, token) is var both ? WholeIf(!both.Interrupted, () => both.Verdict, token) : null!),
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_computation_that_is_cancelled_at_any_look_ends_and_leaves_the_problem_as_it_was(string kind)
    {
        var (text, ask) = s_kinds[kind];
        var model = Model.Compile(text).Model;
        Func<string> whole = () => "";
        var first = model.Condition(Data.Empty);
        var looks = Looks.Of(() => whole = ask(first, default));
        Assert.True(looks > 4, $"{looks} looks");
        foreach (var look in Some(looks))
        {
            var problem = model.Condition(Data.Empty);
            using var source = new CancellationTokenSource();
            var (thrown, after) = Looks.CancelledAt(look, source, token => ask(problem, token));
            // The last looks may be too late for it to be cancelled.
            if (thrown is OperationCanceledException cancelled) Assert.Equal(source.Token, cancelled.CancellationToken);
            else Assert.True(look > looks / 2, $"cancelled at look {look} of {looks}, it went on to its end");
            Assert.InRange(after, 0, MostLooksAfter);
            Assert.Equal(whole(), ask(problem, default)());
        }
    }

    [Fact]
    public void A_model_that_is_being_compiled_or_conditioned_ends_at_any_look()
    {
        var text = string.Concat(Enumerable.Range(1, 60).Select(i => $"x{i} ~ Normal({(i > 1 ? $"x{i - 1}" : "0")}, {i} + 0.5)\nfor i in 1..40 {{ z{i}[i] ~ Normal(x{i} * i, 1) }}\n"));
        Holds(token => Assert.True(Model.Compile(text, null, token).Success));
        var model = Model.Compile(text).Model;
        Holds(token => model.Condition(Data.Empty, null, token));
        Holds(token => model.Condition(Data.Given("x9=1"), null, token).Prepare(token));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".json")]
    public void A_file_that_is_being_read_ends_at_any_look(string extension)
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + extension);
        File.WriteAllText(file, extension == ".csv"
            ? "a,b\n" + string.Concat(Enumerable.Range(0, 70_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},\n")))
            : $"{{\"a\": [{string.Join(", ", Enumerable.Range(0, 70_000))}, null]}}");
        try
        {
            Holds(token => Data.Load(file, token));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_posterior_that_is_being_saved_or_loaded_ends_at_any_look_and_what_was_saved_before_stays()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var posterior = Model.Compile(Groups).Model.Condition(Data.Empty).Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 50, Draws = 100 }, null, TestContext.Current.CancellationToken);
            var path = Path.Combine(folder, "saved");
            posterior.Save(path, "1", "before", TestContext.Current.CancellationToken);
            var before = File.ReadAllText(Path.Combine(path, "run.json"));
            foreach (var look in Some(Looks.Of(() => posterior.Save(Path.Combine(folder, "other"), "1", "after", CancellationToken.None))))
            {
                using var source = new CancellationTokenSource();
                if (Looks.CancelledAt(look, source, token => posterior.Save(path, "1", "after", token)).Thrown is null) continue;
                Assert.Equal(before, File.ReadAllText(Path.Combine(path, "run.json")));
                Assert.Equal(["other", "saved"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order());
            }
            Holds(token => SavedPosterior.Load(path, null, token));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Who_waits_for_another_s_computation_is_cancelled_and_the_other_goes_on()
    {
        var model = Model.Compile(Coins).Model;
        var problem = model.Condition(Data.Empty);
        using var source = new CancellationTokenSource();
        var waited = (Exception?)null;
        var late = Looks.Of(() => model.Condition(Data.Empty).Objections(new Exact())) * 3 / 4;
        var looks = 0;
        Budget.Run<object?>(ResourceLimits.None, default, budget =>
        {
            budget.Looked = () =>
            {
                if (++looks != late) return;
                // While this one has the plan, another asks for it, on a thread of its own and without the budget of this one.
                using (ExecutionContext.SuppressFlow())
                {
                    var other = new Thread(() => waited = Record.Exception(() => problem.Objections(new Exact(), source.Token)));
                    other.Start();
                    SpinWait.SpinUntil(() => other.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
                    source.Cancel();
                    other.Join();
                }
            };
            Assert.Empty(problem.Objections(new Exact(), TestContext.Current.CancellationToken));
            return null;
        }, default);
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(waited).CancellationToken);
        Assert.False(double.IsNaN(problem.Score(TestContext.Current.CancellationToken).Total));
    }

    /// <summary>Nothing comes of it when it is cancelled at one of its looks, and no more than a few follow.</summary>
    private static void Holds(Action<CancellationToken> compute)
    {
        var looks = Looks.Of(() => compute(default));
        Assert.True(looks > 4, $"{looks} looks");
        foreach (var look in Some(looks))
        {
            using var source = new CancellationTokenSource();
            var (thrown, after) = Looks.CancelledAt(look, source, compute);
            if (thrown is OperationCanceledException cancelled) Assert.Equal(source.Token, cancelled.CancellationToken);
            else Assert.Equal(looks, look);
            Assert.InRange(after, 0, MostLooksAfter);
        }
    }

    private static IEnumerable<int> Some(int looks) => new[] { 1, 2, looks / 7, looks / 3, looks / 2, 3 * looks / 4, looks - 1, looks }.Where(l => l > 0).Distinct();

    private static string Shown(Posterior posterior)
    {
        using var text = new StringWriter();
        posterior.Write(text, SummaryForm.Csv);
        return text.ToString();
    }

    private static Func<string> Whole(Posterior posterior, CancellationToken token) => WholeIf(!posterior.Interrupted, () => Shown(posterior), token);

    private static Func<string> Whole(Fit fit, CancellationToken token) => WholeIf(!token.IsCancellationRequested, () =>
    {
        using var text = new StringWriter();
        fit.Write(text, SummaryForm.Csv);
        return text.ToString();
    }, token);

    /// <summary>A part of an answer counts as none.</summary>
    private static Func<string> WholeIf(bool isWhole, Func<string> shown, CancellationToken token)
    {
        if (!isWhole) token.ThrowIfCancellationRequested();
        return shown;
    }
}
