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
        Assert.Equal(61, lines.Length);
        Write(lines[..^1].Append(lines[^1] + ",1"));
        Assert.EndsWith("chain-2.csv` has a line of another form after 49 draws, in line 61", Refused(folder), StringComparison.Ordinal);
        Write(lines.Select(l => l.Replace("lp__", "lp", StringComparison.Ordinal)));
        Assert.EndsWith("chain-2.csv` has other columns than the model reports, in line 11", Refused(folder), StringComparison.Ordinal);
        Write(lines[..36]);
        Assert.EndsWith("chain-2.csv` ends after 25 of the 50 draws that were written, in line 36", Refused(folder), StringComparison.Ordinal);
        Write(lines.Append(lines[^1]));
        Assert.EndsWith("chain-2.csv` has more than the 50 draws that were written, in line 62", Refused(folder), StringComparison.Ordinal);
        Write(lines.Select((l, at) => at == 20 ? l[..^40] : l));
        Assert.EndsWith("chain-2.csv` has a line of another form after 9 draws, in line 21", Refused(folder), StringComparison.Ordinal);
        Write(lines[..5]);
        Assert.Contains("chain-2.csv` is too short for the 50 draws", Refused(folder), StringComparison.Ordinal);
        // What is left of the last number is a number.
        File.WriteAllText(chain, string.Join('\n', lines)[..^3]);
        Assert.EndsWith("chain-2.csv` is cut off, in line 61", Refused(folder), StringComparison.Ordinal);
        File.Delete(chain);
        Assert.EndsWith("chain-2.csv` is not there", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "model.gm"), "mu ~");
        Assert.Throws<DataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken));

        void Write(IEnumerable<string> changed) => File.WriteAllText(chain, string.Concat(changed.Select(l => l + "\n")));
    }

    [Fact]
    public void Labels_stand_for_their_codes_only_where_they_are_those_that_were_written()
    {
        var folder = Save(Infer());
        var (summary, run) = (Path.Combine(folder, "summary.json"), Path.Combine(folder, "run.json"));
        var (written, mark) = (File.ReadAllText(summary), File.ReadAllText(run));
        Assert.Contains("\"draws\": { \"chain-1.csv\": 50, \"chain-2.csv\": 50 }", mark, StringComparison.Ordinal);
        File.WriteAllText(summary, "{}");
        Assert.Contains("summary.json` is not what was written", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(summary, written.Replace("\"levels\"", "\"labels\"", StringComparison.Ordinal));
        Assert.EndsWith("summary.json` is not what was written: it does not have the levels of `kind`", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(summary, written.Replace("\"levels\": {", "\"levels\": 5, \"others\": {", StringComparison.Ordinal));
        Assert.Contains("summary.json` is not what was written: ", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(summary, written.Replace("\"a[red]\"", "\"a[rod]\"", StringComparison.Ordinal));
        Assert.EndsWith("it has other variables than the model reports", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(summary, string.Join('\n', written.Split('\n')[..4]));
        Assert.Matches("summary.json` is not what was written, from line [45] on$", Refused(folder));
        File.Delete(summary);
        Assert.EndsWith("summary.json` is not there", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(summary, written);
        File.WriteAllText(run, mark.Replace("\"draws\"", "\"lines\"", StringComparison.Ordinal));
        Assert.Contains("has no draws", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(run, mark.Replace("50", "many", StringComparison.Ordinal));
        Assert.Contains("run.json` is not what was written", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(run, mark.Replace("50", "2000000000", StringComparison.Ordinal));
        Assert.Contains("is too short for the 2000000000 draws", Refused(folder), StringComparison.Ordinal);
        File.WriteAllText(run, mark);
        Assert.Equal(50, SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken).Draws.Count);
    }

    private static string Refused(string folder) => Assert.Throws<InvalidDataException>(() => SavedPosterior.Load(folder, cancellation: TestContext.Current.CancellationToken)).Message;

    private string Save(SampledPosterior posterior)
    {
        var folder = Path.Combine(_folder, "posterior");
        posterior.Save(folder, "1.0", "a test", TestContext.Current.CancellationToken);
        return folder;
    }

    private static SampledPosterior Infer() => Model.Compile(Groups).Model!.Condition(Data.Of(new { kind = new[] { "red", "blue", "green", "red", "blue" }, y = new[] { 0.3, -1.2, 2.5, 0.9, 0.1 } }))
        .Infer(new Nuts { Seed = 4, Chains = 2, Warmup = 100, Draws = 50 }, null, TestContext.Current.CancellationToken);
}
