using System.Text.RegularExpressions;

namespace ProbLang.Packages.Tests.Packed;

/// <summary>What a user of the packages has.</summary>
public partial class HostTests(Packages packages)
{
    [Fact]
    public void A_host_conditions_a_model_on_its_records_streams_draws_and_cancels()
    {
        var host = new HostProject(packages, "shops", ("Program.cs", EmbeddingShop.Program), ("models/shop.gm", EmbeddingShop.Model), ("models/lib/priors.gm", "def prior(strength) = strength"));
        Assert.Equal(
            ["rate 0.6000, dan 0.6000, ann 1", "rate about 0.6", "1000 draws, rate about 0.6", "cancelled", "False GM0201 1", "A rate of conversions for each shop."],
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
