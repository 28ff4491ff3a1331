using Microsoft.CodeAnalysis;

namespace ProbLang.Packages.Tests.Generator;

/// <summary>What a class of a model has, and that it does what the library does.</summary>
public class GeneratedClassTests
{
    private const string Coins = """
        /// Flips of one coin.

        /// How many flips.
        input N: count
        /// The probability of heads, <0.5 or > 0.5 & unknown.
        bias ~ Beta(1, 1)
        for i in 1..N { y[i] ~ Bernoulli(bias) }
        """;

    private const string EveryKind = """
        /// One of each.

        input N: count
        input n[N]: count
        input X[N, 2]: real
        input ragged[N, n]: real
        input treatment: category("drug a", "placebo")
        input region[N]: category(region)
        input exposed[N]: bool
        input scale: positive = 2
        param slope: real = 0
        mu ~ Normal(0, scale)
        tau_sq ~ Gamma(1, 1)
        dose_effect = exp(mu)
        for r in levels(region) { effect[r] ~ Normal(mu, 1) }
        for i in 1..N {
          label[i]: category(outcome) ~ Categorical([0.3, 0.7])
          arm[i]: category("low", "middle", "high") ~ Categorical([0.2, 0.3, 0.5])
          count[i] ~ Poisson(3)
          event[i] ~ Bernoulli(if exposed[i] then 0.5 else 0.25)
          for j in 1..n[i] { q[i, j] ~ Normal(effect[region[i]] + slope * ragged[i, j], 1) }
          for d in 1..2 { z[i, d] ~ Normal(X[i, d], if treatment == "placebo" then 1 else 2) }
        }
        for k in 1..2 { class[k] ~ DiscreteUniform(1, 3) }
        """;

    [Theory]
    [InlineData("coins", Coins)]
    [InlineData("every_kind", EveryKind)]
    public void The_generated_source_is_as_written_down_and_compiles_without_a_warning(string name, string model)
    {
        var project = GeneratedProject.OfModel(model);
        Assert.Empty(project.Messages);
        Assert.Empty(project.Complaints);
        Golden.Holds($"{name}.cs.expected", project.Source);
    }

    [Fact]
    public void What_is_inferred_is_what_the_library_infers()
    {
        var project = GeneratedProject.Of("""
            [ProbLang.GmModel("coins.gm")] public partial class Coins { }
            internal static class Host
            {
                public static string Run()
                {
                    var posterior = Coins.Infer(new Coins.Data { Y = new[] { true, false, true } }, new ProbLang.Inference.Exact());
                    var partly = Coins.Infer(new Coins.Data { Y = new bool?[] { true, null, true } }, new ProbLang.Inference.Exact());
                    return System.FormattableString.Invariant($"{posterior.Bias.Mean:F6} {posterior.Y.Mean[1]} {partly.Bias.Mean:F6} {partly.Y.Mean[1]:F6} {partly.Y[1].Sd:F6} {posterior.Verdict.Trusted}");
                }
            }
            """, ("/project/coins.gm", Coins));
        Assert.Empty(project.Messages);
        Assert.Equal("0.600000 0 0.750000 0.750000 0.433013 True", project.Result());
    }

    [Fact]
    public void Values_of_every_kind_go_in_and_come_out()
    {
        var project = GeneratedProject.Of("""
            [ProbLang.GmModel("coins.gm")] public partial class Coins { }
            internal static class Host
            {
                public static string Run()
                {
                    var posterior = Coins.Infer(new Coins.Data
                    {
                        Counts = new[] { 2, 1 }, X = new double[,] { { 1, 2 }, { 3, 4 } }, Ragged = new[] { new[] { 1.0, 2 }, new[] { 3.0 } }, Kind = Coins.Kind.DrugA, Region = new[] { "north", "south" },
                        Seen = new[] { true, false }, Arm = new Coins.Arm?[] { Coins.Arm.Low, null }, Z = new double?[,] { { 1, null }, { 2, 3 } }, Q = new[] { new double?[] { 1, null }, new double?[] { 2 } },
                    }, new ProbLang.Inference.Exact());
                    return System.FormattableString.Invariant(
                        $"{posterior.Z.Mean[0, 0]} {posterior.Z.Mean[0, 1]} {posterior.Z.Sd[0, 1]} {posterior.Q.Mean[0].Length} {posterior.Q.Mean[1].Length} {posterior.Q.Mean[0][1]} {posterior.Arm.MostProbable(0)} {posterior.Arm.MostProbable(1)} {posterior.Arm.Probability(Coins.Arm.High, 1):F2} {posterior.Arm.Probability(Coins.Arm.Low, 0)} {posterior.Where.MostProbable()} {posterior.Twice.Mean}");
                }
            }
            """, ("/project/coins.gm", """
            input N: count
            input counts[N]: count
            input X[N, 2]: real
            input ragged[N, counts]: real
            input kind: category("drug a", "placebo")
            input region[N]: category(region)
            input seen[N]: bool
            for i in 1..N {
              arm[i]: category("low", "middle", "high") ~ Categorical([0.2, 0.3, 0.5])
              for d in 1..2 { z[i, d] ~ Normal(X[i, d], if kind == "placebo" then 1 else 2) }
              for j in 1..counts[i] { q[i, j] ~ Normal(ragged[i, j], if seen[i] then 1 else 2) }
            }
            where: category(region) ~ Categorical([0.9, 0.1])
            mu ~ Normal(1.5, 1)
            twice = 2 * mu
            """));
        Assert.Empty(project.Messages);
        Assert.Equal("1 2 2 2 1 2 Low High 0.50 1 north 3", project.Result());
    }

    [Fact]
    public void Imported_files_are_built_in()
    {
        var project = GeneratedProject.Of("""
            [ProbLang.GmModel("models/main.gm")] public partial class Coins { }
            internal static class Host
            {
                public static string Run() => System.FormattableString.Invariant($"{Coins.Infer(new Coins.Data { Y = 3 }).Mu.Mean}");
            }
            """, ("/project/models/main.gm", "import \"lib/priors.gm\"\nmu ~ Normal(twice(1), 1)\ny ~ Normal(mu, 1)"), ("/project/models/lib/priors.gm", "def twice(x) = 2 * x"));
        Assert.Empty(project.Messages);
        Assert.Equal("2.5", project.Result());
        Assert.DoesNotContain("/project", project.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_in_a_namespace_may_have_a_model()
    {
        var project = GeneratedProject.Of("namespace My.@namespace; [ProbLang.GmModel(\"coins.gm\")] internal sealed partial record @event { }", ("/project/coins.gm", Coins));
        Assert.Empty(project.Messages);
        Assert.Empty(project.Complaints);
    }

    [Fact]
    public void Names_that_would_be_one_stay_as_they_are_written_and_none_hides_a_member()
    {
        var project = GeneratedProject.OfModel("input N: count\ninput n[N]: count\nposterior ~ Normal(0, 1)\nverdict ~ Normal(posterior, 1)\nμ ~ Normal(0, 1)\nget_type ~ Normal(μ, 1)\nvalues ~ Normal(0, 1)\nValues ~ Normal(values, 1)\nlong ~ Normal(0, 1)\nLong ~ Normal(long, 1)\nfor i in 1..N { y[i] ~ Normal(n[i], 1) }");
        Assert.Empty(project.Messages);
        Assert.Empty(project.Complaints);
        foreach (var name in new[] { "int? N {", "int[] n {", "PosteriorValue =>", "VerdictValue =>", " μ =>", "GetTypeValue =>", " @long =>", " Long =>" }) Assert.Contains(name, project.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_all_kinds_survive()
    {
        var project = GeneratedProject.Of("""
            [ProbLang.GmModel("coins.gm")] public partial class Coins { }
            internal static class Host { public static string Run() => Coins.ModelText; }
            """, ("/project/coins.gm", "// \"quoted\" {braces} \\n \t tab\r\ninput k: category(\"a \\\"b\\\"\", \"c\")\nx ~ Normal(if k == \"c\" then 1 else 0, 1) // ü 𝑥"));
        Assert.Empty(project.Messages);
        Assert.Equal("// \"quoted\" {braces} \\n \t tab\r\ninput k: category(\"a \\\"b\\\"\", \"c\")\nx ~ Normal(if k == \"c\" then 1 else 0, 1) // ü 𝑥", project.Result());
    }

    [Fact]
    public void Nothing_is_compiled_again_for_an_edit_elsewhere()
    {
        var project = GeneratedProject.OfModel(Coins);
        Assert.Equal([IncrementalStepRunReason.New], project.Compilings);
        project.WithSource("/project/Other.cs", "public class Other { public int Value => 1; }");
        Assert.Equal([IncrementalStepRunReason.Cached], project.Compilings);
    }

    [Fact]
    public void A_model_is_compiled_again_when_its_text_changes()
    {
        var project = GeneratedProject.OfModel(Coins).WithModel("/project/coins.gm", Coins.Replace("bias", "chance", StringComparison.Ordinal));
        Assert.Equal([IncrementalStepRunReason.Modified], project.Compilings);
        Assert.Contains(" Chance =>", project.Source, StringComparison.Ordinal);
    }
}
