using System.Globalization;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>A host may run anywhere: numbers and words are read and written alike.</summary>
public class CultureTests
{
    private const string Text = """
        input n: count
        mu ~ Normal(0.25, 1.5)
        level: category("low", "middle", "high") ~ Categorical([0.25, 0.25, 0.5])
        i_I ~ Normal(mu, 0.5)
        for i in 1..n { y[i] ~ Normal(mu, 1.25) }
        """;

    /// <summary>The tests run without the data of cultures, so here is one that writes every kind of number in another way.</summary>
    private static CultureInfo Foreign
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            var format = culture.NumberFormat;
            (format.NumberDecimalSeparator, format.NumberGroupSeparator, format.PercentDecimalSeparator, format.CurrencyDecimalSeparator) = (",", ".", ",", ",");
            (format.NegativeSign, format.PositiveSign, format.NaNSymbol, format.PositiveInfinitySymbol) = ("\u2212", "\u2795", "no number", "endless");
            culture.DateTimeFormat.DateSeparator = ".";
            culture.TextInfo.ListSeparator = ";";
            return culture;
        }
    }

    [Fact]
    public void A_run_is_the_same_in_any_culture()
    {
        var here = In(CultureInfo.InvariantCulture, Written);
        Assert.Contains("1.5", here, StringComparison.Ordinal);
        Assert.Equal(here, In(Foreign, Written));
    }

    [Fact]
    public void Mistakes_and_limits_are_said_the_same_in_any_culture() => Assert.Equal(In(CultureInfo.InvariantCulture, Mistakes), In(Foreign, Mistakes));

    private static string Written()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var compilation = Model.Compile(Text);
        text.WriteLine(compilation.Model.PrintSyntax() + compilation.Model.PrintGraph() + compilation.Model.Explain());
        var problem = compilation.Model.Condition(Data.Of(new { y = new[] { 1.5, 2.25, -1e-7 } }).With(Data.Given("level=\"high\"")));
        text.WriteLine(problem.Explain() + problem.PrintProgram());
        var posterior = problem.Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 60, Draws = 40 }, cancellation: TestContext.Current.CancellationToken);
        foreach (var form in Enum.GetValues<SummaryForm>()) posterior.Write(text, form);
        var simulation = problem.Sample(3, 1, TestContext.Current.CancellationToken);
        simulation.WriteCsv(text);
        simulation.WriteJson(text);
        simulation.WriteTable(text);
        // What a run took is another each time.
        return System.Text.RegularExpressions.Regex.Replace(text.ToString(), "\"(compile|warmup|sampling|total)\": ?[0-9.eE-]+", "\"$1\": 0");
    }

    private static string Mistakes()
    {
        var wrong = Model.Compile("x ~ Normal(0.5, -1.25)\ny ~ Nromal(0, 1)");
        var limited = Assert.Throws<ResourceLimitException>(() => Model.Compile("x ~ Normal(0, 1) ^ 12345", new CompileOptions { Limits = new ResourceLimits { Bytes = 1234, Elements = 999 } }).Model.Condition(Data.Empty));
        return string.Join("\n", wrong.Diagnostics) + limited.Message;
    }

    private static string In(CultureInfo culture, Func<string> compute)
    {
        var (before, beforeUi) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            return compute();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, beforeUi);
        }
    }
}
