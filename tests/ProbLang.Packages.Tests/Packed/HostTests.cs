using System.Text.RegularExpressions;

namespace ProbLang.Packages.Tests.Packed;

/// <summary>What a user of the packages has.</summary>
public partial class HostTests(Packages packages)
{
    private const string Model = """
        /// A rate of conversions for each shop.

        import "lib/priors.gm"

        input N: count
        /// What was seen in each visit.
        rate ~ Beta(prior(1), prior(1))
        for i in 1..N { converted[i] ~ Bernoulli(rate) }
        drift ~ Normal(0, 1)
        spend ~ Normal(drift ^ 3, 1)
        """;

    private const string Program = """
        using ProbLang;
        using ProbLang.Inference;

        Visit[] visits = [new("ann", true), new("bob", false), new("cem", true), new("dan", null)];
        var exact = Shop.Infer(new() { Converted = [.. visits.Select(v => v.Bought)], Drift = 0.5, Spend = 1 }, new Exact());
        Console.WriteLine(FormattableString.Invariant($"rate {exact.Rate.Mean:F4}, dan {exact.Converted.Mean[3]:F4}, ann {exact.Converted.Mean[0]}"));

        var problem = Shop.Condition(new() { Converted = [true, false, true], Spend = 1 });
        var posterior = new Shop.Posterior(await problem.InferAsync(new Nuts { Seed = 1, Warmup = 500, Draws = 500 }));
        Console.WriteLine(Math.Abs(posterior.Rate.Mean - 0.6) < 0.05 ? "rate about 0.6" : $"rate {posterior.Rate.Mean}");

        using var stop = new CancellationTokenSource();
        var watch = new Watch(progress => stop.Cancel());
        var partial = problem.Infer(new Nuts { Seed = 1, Chains = 1, Draws = 100_000_000 / 64 }, watch, stop.Token);
        Console.WriteLine(partial.Interrupted ? "cancelled" : "not cancelled");

        var compilation = ProbLang.Model.Compile("x ~ Normal(0, sigme)\nsigma ~ HalfNormal(1)");
        Console.WriteLine($"{compilation.Success} {compilation.Diagnostics[0].Id} {compilation.Diagnostics[0].Location!.Line}");
        Console.WriteLine(Shop.Model.Documentation);

        internal sealed record Visit(string Who, bool? Bought);

        internal sealed class Watch(Action<ChainProgress> seen) : IProgress<ChainProgress>
        {
            public void Report(ChainProgress value) => seen(value);
        }

        [GmModel("models/shop.gm")]
        internal sealed partial class Shop;
        """;

    [Fact]
    public void A_host_conditions_a_model_on_its_records_and_cancels()
    {
        var host = new HostProject(packages, "shops", ("Program.cs", Program), ("models/shop.gm", Model), ("models/lib/priors.gm", "def prior(strength) = strength"));
        Assert.Equal(
            ["rate 0.6000, dan 0.6000, ann 1", "rate about 0.6", "cancelled", "False GM0201 1", "A rate of conversions for each shop."],
            host.Run().Succeeded.TrimEnd().Split('\n', StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void A_mistake_in_a_model_fails_the_build_at_its_line()
    {
        var host = new HostProject(packages, "mistaken", ("Program.cs", "[ProbLang.GmModel(\"coins.gm\")] internal partial class Coins; internal static class Start { private static void Main() { } }"),
            ("coins.gm", "sigma ~ HalfNormal(1)\n\n  y ~ Normal(0, sigme)\n"));
        var built = host.Build();
        Assert.Equal(1, built.Code);
        Assert.Contains($"{host.PathOf("coins.gm")}(3,17): error GM0201: nothing in this model is called `sigme`; did you mean `sigma`?", built.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8785", built.Text, StringComparison.Ordinal);
        Assert.Single(ErrorLine().Matches(built.Text).Select(m => m.Value).Distinct());
    }

    [Fact]
    public void The_tool_installs_and_runs()
    {
        var folder = Path.Combine(packages.Root, "tool");
        var model = Path.Combine(packages.Root, "tool.gm");
        File.WriteAllText(model, "x ~ Normal(0, 1)\ny ~ Normal(x, sigme)\n");
        _ = Dotnet.Run(packages.Root, "tool", "install", "--tool-path", folder, "--add-source", packages.Folder, "--version", packages.Version("ProbLang.Tool"), "ProbLang.Tool").Succeeded;
        var command = Path.Combine(folder, OperatingSystem.IsWindows() ? "problang.exe" : "problang");
        var run = Dotnet.RunProgram(packages.Root, command, "check", model);
        Assert.Equal(1, run.Code);
        Assert.Contains("GM0201", run.Text, StringComparison.Ordinal);
        Assert.StartsWith(packages.Version("ProbLang.Tool"), Dotnet.RunProgram(packages.Root, command, "--version").Succeeded, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"error [A-Z]+[0-9]+.*?(?= \[|$)", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
