using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>A posterior that was saved is the one that was there.</summary>
public sealed class SavedPosteriorTests : IDisposable
{
    private const string Groups = """
        input N: count
        input kind[N]: category
        mu ~ Normal(0, 2)
        tau ~ HalfNormal(1)
        for k in levels(kind) { a[k] ~ Normal(mu, tau)
          for d in 1..2 { b[k, d] ~ Normal(0, 1) } }
        for i in 1..N { y[i] ~ Normal(a[kind[i]] + b[kind[i], 2], 1) }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("problang-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_has_the_draws_and_scores_that_it_had()
    {
        var posterior = Infer();
        var folder = Save(posterior);
        var saved = SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(posterior.Layout.ElementNames, saved.Draws.Layout.ElementNames);
        for (var c = 0; c < 2; c++)
            for (var d = 0; d < 50; d++)
            {
                Assert.Equal(posterior.Draws.Chains[c].Draw(d).ToArray(), saved.Draws.Chains[c].Draw(d).ToArray());
                Assert.Equal(posterior.Draws.Chains[c].Statistics(d).ToArray(), saved.Draws.Chains[c].Statistics(d).ToArray());
            }
        Assert.Equal(posterior.Summary.Rows.Select(r => (r.Name, r.Mean, r.Mcse)), saved.Summary.Rows.Select(r => (r.Name, r.Mean, r.Mcse)));
        foreach (var kind in (string[])["red", "blue", "green"])
            Assert.Equal(posterior.Scorer().Score(new { kind, y = 0.3 }, TestContext.Current.CancellationToken), saved.Scorer().Score(new { kind, y = 0.3 }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_not_what_was_written_is_told()
    {
        Assert.ThrowsAny<IOException>(() => SavedPosterior.Load(Path.Combine(_folder, "nowhere"), cancellation: TestContext.Current.CancellationToken));
        var folder = Save(Infer());
        var chain = Path.Combine(folder, "chain-2.csv");
        var lines = File.ReadAllLines(chain);
        File.WriteAllLines(chain, lines[..^1].Append(lines[^1] + ",1"));
        Assert.Contains("line of another form after 49 draws", Assert.Throws<InvalidDataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        File.WriteAllLines(chain, lines.Select(l => l.Replace("lp__", "lp", StringComparison.Ordinal)));
        Assert.Contains("other columns", Assert.Throws<InvalidDataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder, "chain-*.csv")) File.Delete(file);
        Assert.Contains("no draws", Assert.Throws<InvalidDataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "model.gm"), "mu ~");
        Assert.Throws<DataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken));
    }

    private string Save(SampledPosterior posterior)
    {
        var folder = Path.Combine(_folder, "posterior");
        posterior.Save(folder, "1.0", "a test", TestContext.Current.CancellationToken);
        return folder;
    }

    private static SampledPosterior Infer() => Model.Compile(Groups).Model!.Condition(Data.Of(new { kind = new[] { "red", "blue", "green", "red", "blue" }, y = new[] { 0.3, -1.2, 2.5, 0.9, 0.1 } }))
        .Infer(new Nuts { Seed = 4, Chains = 2, Warmup = 100, Draws = 50 }, null, TestContext.Current.CancellationToken);
}
