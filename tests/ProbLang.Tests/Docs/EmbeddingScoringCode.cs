using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Docs;

/// <summary>What docs/embedding.md says of new rows, running.</summary>
public class EmbeddingScoringCode
{
    private const string Launches = """
        input N: count
        input temperature[N]
        alpha ~ Normal(0, 5)
        beta ~ Normal(0, 1)
        for flight in 1..N { damage[flight] ~ Bernoulli(logit: alpha + beta * (temperature[flight] - 70)) }
        """;

    [Fact]
    public void Scoring_new_rows()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var posterior = Infer(cancellation);
        var scorer = posterior.Scorer();
        double logDensity = scorer.Score(new { temperature = 31.0, damage = true }, cancellation);
        var predicted = scorer.Predict(new { temperature = 31.0 }, cancellation: cancellation)["damage"];
        Console.WriteLine(predicted.Probability(1));
        Assert.Equal(Math.Exp(logDensity), predicted.Probability(1), 1e-12);

        double[] rows = [31, 1, 53, 1, 75, 0];
        var scores = new double[3];
        scorer.Score(rows, scores, cancellation);
        var densities = new double[scorer.Draws];
        scorer.ScoreEach(rows.AsSpan(0, scorer.Width), densities, cancellation);
        Assert.Equal(logDensity, scores[0], 1e-12);
        Assert.Equal(logDensity, Math.Log(densities.Average(Math.Exp)), 1e-12);
    }

    [Fact]
    public void A_saved_posterior()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var posterior = Infer(cancellation);
        var folder = Path.Combine(Directory.CreateTempSubdirectory("problang-").FullName, "posterior");
        posterior.Save(folder, version: "1.0", command: "nightly", cancellation);
        var saved = SavedPosterior.Load(folder, cancellation: cancellation);
        double same = saved.Scorer().Score(new { temperature = 31.0, damage = true }, cancellation);
        Assert.Equal(posterior.Scorer().Score(new { temperature = 31.0, damage = true }, cancellation), same);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static SampledPosterior Infer(CancellationToken cancellation) =>
        Model.Compile(Launches, null, cancellation).Model
            .Condition(Data.Of(new { temperature = new[] { 66.0, 70, 69, 57, 63, 70, 78, 53 }, damage = new[] { 0, 1, 0, 1, 1, 0, 0, 1 } }), null, cancellation)
            .Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 300, Draws = 200 }, null, cancellation);
}
