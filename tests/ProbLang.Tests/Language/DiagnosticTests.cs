using System.Text.RegularExpressions;
using ProbLang.Text;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Diagnostics” of the language page.</summary>
public partial class DiagnosticTests
{
    /// <summary>Every kind of error that the page lists.</summary>
    [Theory]
    [InlineData("x ~ Normal(0 1)", "GM0111")]
    [InlineData("x ~ Normal(nu, 1)", "GM0201")]
    [InlineData("x ~ Normla(0, 1)", "GM0203")]
    [InlineData("x = exq(1)", "GM0202")]
    [InlineData("x ~ Normal(0)", "GM0223")]
    [InlineData("x ~ Normal(0, 1, 2)", "GM0220")]
    [InlineData("x ~ Normal(0, stdev: 1)", "GM0221")]
    [InlineData("x ~ Normal(0, sd: 1, variance: 1)", "GM0224")]
    [InlineData("x = [1, 2] + [1, 2, 3]", "GM0241")]
    [InlineData("x = [1, 2][1.5]", "GM0244")]
    [InlineData("x = y\ny = x", "GM0264")]
    [InlineData("x = 1\nx = 2", "GM0260")]
    [InlineData("x ~ Normal(0, -1)", "GM0229")]
    [InlineData("x ~ Categorical([0.5, 0.6])", "GM0230")]
    [InlineData("x: reel ~ Normal(0, 1)", "GM0215")]
    public void A_mistake_has_an_id_a_place_and_a_sentence(string text, string id)
    {
        var diagnostic = Model.Compile(text).Diagnostics.First(d => d.Severity == Severity.Error);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(Severity.Error, diagnostic.Severity);
        Assert.InRange(diagnostic.Location!.Line, 1, 2);
        Assert.Matches(Layout(), diagnostic.ToString());
        Assert.DoesNotMatch(JargonOfCompilers(), diagnostic.ToString());
    }

    [Fact]
    public void A_misspelt_name_has_a_remedy() => Assert.Contains("did you mean `sigma`?", Mistakes("sigma ~ HalfNormal(1)\ny ~ Normal(0, sigam)"), StringComparison.Ordinal);

    [Fact]
    public void One_run_reports_all_mistakes_that_do_not_follow_from_each_other()
    {
        Assert.Equal(["GM0201", "GM0229", "GM0223", "GM0202"], Model.Compile("a ~ Normal(nu, 1)\nb ~ Normal(0, -1)\nc = a + b\nd ~ Normal(c)\ne = exq(c)").Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Id));
        Assert.Single(Model.Compile("a ~ Normal(nu, 1)\nb = a + 1\nc = b + nu").Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal(50, Model.Compile(string.Join('\n', Enumerable.Range(0, 70).Select(i => $"x{i} ~ Normal(nu{i}, 1)"))).Diagnostics.Length);
    }

    [Theory]
    [InlineData("x ~ Normal(0, 1) truncated (3, 2)", "GM0231")]
    [InlineData("v = [1, 2]\nx = v[3]", "GM0250")]
    [InlineData("x ~ Uniform(3, 2)", "GM0231")]
    [InlineData("x ~ Mixture([0.5, 0.5], [Normal(0, 1)])", "GM0234")]
    [InlineData("x = [[1, 2], [3, 4]] @ [1, 2, 3]", "GM0241")]
    [InlineData("x: int(5, 3) ~ Poisson(2)", "GM0217")]
    public void What_constants_decide_is_checked_without_data(string text, string id) => Assert.Contains(id, Mistakes(text), StringComparison.Ordinal);

    [Fact]
    public void A_warning_does_not_stop_a_model()
    {
        var compilation = Model.Compile("input a\ny ~ Normal(0, 1)");
        Assert.True(compilation.Success);
        Assert.Equal(Severity.Warning, Assert.Single(compilation.Diagnostics, d => d.Id == "GM0214").Severity);
    }

    [Fact]
    public void Data_that_the_model_does_not_name_and_scalars_that_data_clamp_are_warned_of()
    {
        Assert.Contains("warning GM0320", Mistakes("y ~ Normal(0, 1)", "y=1", "z=2"), StringComparison.Ordinal);
        Assert.Contains("warning GM0321", Mistakes("tau ~ HalfNormal(1)\ny ~ Normal(0, tau)", "y=1", "tau=2"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_in_the_data_names_the_file_its_line_and_the_column()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + ".csv");
        File.WriteAllText(file, "k,y\n1,2\n2,-3\n");
        try
        {
            Compiled("input N: count\nfor i in 1..N { y[i] ~ Exponential(1) }\ninput k[N]\nz = sum(k)").TryCondition(Data.Load(file, TestContext.Current.CancellationToken), out _, out var diagnostics);
            var place = Assert.Single(diagnostics, d => d.Severity == Severity.Error).Location!;
            Assert.Equal((file, 3, 3), (place.Path, place.Line, place.Column));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"^model\.gm:\d+:\d+: error GM\d{4}: [^\n]+\n +\d+ \| [^\n]*\n +\| +\^+(\n  = [^\n]+)?")]
    private static partial Regex Layout();

    [GeneratedRegex(@"\b(node|symbol|token|identifier|parse|AST|exception)\b", RegexOptions.IgnoreCase)]
    private static partial Regex JargonOfCompilers();
}
