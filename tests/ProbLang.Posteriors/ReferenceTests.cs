using System.Globalization;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Every reference posterior, from a model as one would write it, against means and standard deviations of 10 000 reference draws.</summary>
public class ReferenceTests(ITestOutputHelper output)
{
    private const double LargestRHat = 1.01;
    private const double StandardErrors = 5;
    private const double SdTolerance = 0.1;

    /// <summary>The folder of data and reference, and the model in <c>Models</c>, whose variables have the names of the reference.</summary>
    internal static readonly (string Posterior, string Model)[] Models =
    [
        ("eight_schools-eight_schools_noncentered", "eight_schools"),
        ("sblrc-blr", "linear_regression"),
        ("arK-arK", "autoregression"),
        ("kidiq-kidscore_momiq", "kidscore_momiq"),
        ("kidiq-kidscore_momhsiq", "kidscore_momhsiq"),
        ("mesquite-logmesquite", "mesquite"),
        ("garch-garch11", "garch"),
        ("low_dim_gauss_mix-low_dim_gauss_mix", "gaussian_mixture"),
        ("low_dim_gauss_mix-low_dim_gauss_mix", "gaussian_mixture_labels"),
        ("hmm_example-hmm_example", "hidden_markov"),
        ("gp_pois_regr-gp_regr", "gaussian_process"),
        ("earnings-logearn_height", "earnings_height"),
        ("earnings-logearn_logheight_male", "earnings_logheight_male"),
        ("nes1980-nes", "party_identification"),
        ("nes1996-nes", "party_identification"),
        ("kilpisjarvi_mod-kilpisjarvi", "kilpisjarvi"),
    ];

    public static TheoryData<string, string, ulong> Runs
    {
        get
        {
            var runs = new TheoryData<string, string, ulong>();
            foreach (var (posterior, model) in Models) for (ulong seed = 1; seed <= 3; seed++) runs.Add(posterior, model, seed);
            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_model_agrees_with_its_reference(string posterior, string model, ulong seed)
    {
        var references = SharedPosteriors.References(posterior);
        var result = Inferring.File(model).Condition(SharedPosteriors.Data(posterior)).Infer(Inferring.Options(seed), null, TestContext.Current.CancellationToken);

        var differences = references.Select(r => (Row: result.Scalar(r.Name), Reference: r)).Select(p => (
            p.Reference.Name, p.Row.RHat,
            Errors: (p.Row.Mean - p.Reference.Mean) / Math.Sqrt(p.Row.Mcse * p.Row.Mcse + p.Reference.Mcse * p.Reference.Mcse),
            SdRatio: p.Row.Sd / p.Reference.Sd)).ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{posterior}, seed {seed}: R-hat {differences.Max(d => d.RHat):F4}, z {differences.MaxBy(d => Math.Abs(d.Errors)).Errors:F2}, " +
            $"sd ratio {differences.MaxBy(d => Math.Abs(d.SdRatio - 1)).SdRatio:F3}, divergences {result.Diagnostics.Divergences}, " +
            $"gradients {result.Run.Gradients}, {result.Seconds.Total:F2} s"));

        Assert.All(differences, d => Assert.True(d.RHat <= LargestRHat, $"{d.Name}: R-hat {d.RHat}"));
        Assert.All(differences, d => Assert.True(Math.Abs(d.Errors) <= StandardErrors, $"{d.Name}: the mean is {d.Errors} standard errors from the reference"));
        Assert.All(differences, d => Assert.True(Math.Abs(d.SdRatio - 1) <= SdTolerance, $"{d.Name}: the sd is {d.SdRatio} times the reference"));
    }

    [Fact]
    public void No_posterior_is_left_out()
    {
        var folders = Directory.GetDirectories(SharedPosteriors.FolderOrSkip()).Select(Path.GetFileName);
        Assert.Equal(folders.Order(StringComparer.Ordinal), Models.Select(m => m.Posterior).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_model_is_without_mistakes()
    {
        foreach (var file in Directory.GetFiles(Repository.Models, "*.gm")) Assert.Empty(Model.CompileFile(file).Diagnostics.Where(d => d.Severity == Text.Severity.Error));
        Assert.Equal(Directory.GetFiles(Repository.Models, "*.gm").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            Models.Select(m => m.Model).Distinct().Order(StringComparer.Ordinal));
    }
}
