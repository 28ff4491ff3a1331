using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Learning;

/// <summary>Parameters of which the data reach some elements only.</summary>
public class UnusedElementTests
{
    private const string Regressions = "input N: count\nparam w[2, 2]: real = [[7, 7], [7, 7]]\nparam s[2]: positive\nfor i in 1..N { for d in 1..2 { x[i, d] ~ Normal(sum(for k in 1..d - 1: w[d, k] * x[i, k]), s[d]) } }";

    private static readonly double[,] s_x = { { 1, 2.1 }, { -1, -1.8 }, { 2, 4.3 }, { 0.5, 0.7 } };

    [Fact]
    public void They_keep_their_start_and_the_others_are_learned()
    {
        var problem = Model.Compile(Regressions).Model!.Condition(Data.Of(new { x = s_x }));
        var fit = problem.Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Contains("nothing observed depends on `w[1, 1]` and 2 more such elements", Assert.Single(fit.Warnings), StringComparison.Ordinal);
        Assert.Equal(3, fit.Parameters);
        // Least squares through the origin.
        var (xy, xx) = (1 * 2.1 + 1 * 1.8 + 2 * 4.3 + 0.5 * 0.7, 1 + 1 + 4 + 0.25);
        Assert.Equal(xy / xx, Assert.Single(fit.Estimates(), e => e.Name == "w[2,1]").Value, 1e-6);
        var again = Model.Compile(Regressions).Model!.Condition(fit.Data.With(Data.Of(new { x = s_x })));
        Assert.Equal(fit.LogLikelihood, again.Score(TestContext.Current.CancellationToken).Total, 1e-9);
    }
}
