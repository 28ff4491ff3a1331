namespace ProbLang.Packages.Tests.Packed;

/// <summary>A program of a user, whose lines the page about embedding shows.</summary>
internal static class EmbeddingShop
{
    public const string Model = """
        /// A rate of conversions for each shop.

        import "lib/priors.gm"

        input N: count
        /// What was seen in each visit.
        rate ~ Beta(prior(1), prior(1))
        for i in 1..N { converted[i] ~ Bernoulli(rate) }
        drift ~ Normal(0, 1)
        spend ~ Normal(drift ^ 3, 1)
        """;

    /// <summary>Its only project reference is the package of the generator.</summary>
    public const string Program = """
        using ProbLang;
        using ProbLang.Inference;

        Visit[] visits = [new("ann", true), new("bob", false), new("cem", true), new("dan", null)];
        var exact = Shop.Infer(new() { Converted = [.. visits.Select(v => v.Converted)], Drift = 0.5, Spend = 1 }, new Exact());
        double rate = exact.Rate.Mean;                    // of an array there is an array: exact.Converted.Mean[3]
        Console.WriteLine(FormattableString.Invariant($"rate {rate:F4}, dan {exact.Converted.Mean[3]:F4}, ann {exact.Converted.Mean[0]}"));

        // The same from records: their properties are the columns.
        var problem = Shop.Model.Condition(Data.OfRecords(visits).With(Data.Of(new { spend = 1 })));
        var sampled = new Shop.Posterior(await problem.InferAsync(new Nuts { Seed = 1, Warmup = 500, Draws = 500 }));
        Console.WriteLine(Math.Abs(sampled.Rate.Mean - 0.6) < 0.05 ? "rate about 0.6" : $"rate {sampled.Rate.Mean}");

        // Draws as they are made, until there are enough of them.
        var (sum, count) = (0.0, 0);
        await foreach (var draw in problem.StreamAsync(new Nuts { Seed = 1, Draws = int.MaxValue }))
        {
            sum += draw["rate"];
            if (++count == 1000) break;
        }
        Console.WriteLine(Math.Abs(sum / count - 0.6) < 0.05 ? $"{count} draws, rate about 0.6" : $"rate {sum / count}");

        // A computation without an end that is cancelled.
        using var stop = new CancellationTokenSource();
        try
        {
            await foreach (var draw in problem.StreamAsync(new Nuts { Seed = 1, Draws = int.MaxValue }, cancellation: stop.Token)) stop.Cancel();
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("cancelled");
        }

        var compilation = Model.Compile("x ~ Normal(0, sigme)\nsigma ~ HalfNormal(1)");
        Console.WriteLine($"{compilation.Success} {compilation.Diagnostics[0].Id} {compilation.Diagnostics[0].Location!.Line}");
        Console.WriteLine(Shop.Model.Documentation);

        internal sealed record Visit(string Who, bool? Converted);

        [GmModel("models/shop.gm")]
        internal sealed partial class Shop;
        """;
}
