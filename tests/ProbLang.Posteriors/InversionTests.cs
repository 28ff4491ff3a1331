using ProbLang.Inference;
using Xunit;
using static System.Math;

namespace ProbLang.Posteriors;

/// <summary>Posteriors in closed form where what is given is computed.</summary>
public class InversionTests
{
    private static readonly double[] s_y = [1.3, -0.4, 2.2, 0.9, 1.8, 3.1, 0.2, 1.1];
    private static readonly double[] s_positive = [.. s_y.Select(Exp)];

    private static readonly Dictionary<string, Known> s_cases = new()
    {
        ["noise that is added"] = new("input N: count; mu ~ Normal(0.5, 2); for i in 1..N { z[i] ~ Normal(0, 1.5); y[i] = mu + z[i] }", new { y = s_y }, Mean(0.5, 2, 1.5)),
        ["noise that is scaled and exponentiated"] = new(
            "input N: count; mu ~ Normal(0.5, 2); for i in 1..N { z[i] ~ Normal(0, 1); eta[i] = mu + 1.5 * z[i]; y[i] = exp(eta[i]) }", new { y = s_positive }, Mean(0.5, 2, 1.5)),
        ["noise in a whole vector"] = new("input N: count; mu ~ Normal(0.5, 2); z ~ Normal(0, 1) ^ N; y = exp(mu + 1.5 * z)", new { y = s_positive }, Mean(0.5, 2, 1.5)),
        ["a rate of what is computed of uniform draws"] = new(
            "input N: count; lambda ~ Gamma(3, 2); for i in 1..N { u[i] ~ Uniform(0, 1); y[i] = -log(u[i]) / lambda }", new { y = new[] { 0.3, 1.2, 0.1, 2.5 } },
            ("lambda", 7 / 6.1, Sqrt(7) / 6.1)),
        ["values of which one is missing"] = new("input N: count; mu ~ Normal(0.5, 2); for i in 1..N { z[i] ~ Normal(0, 1.5); y[i] = mu + z[i] }",
            new { y = (double?[])[.. s_y.Select(y => (double?)y), null] }, Mean(0.5, 2, 1.5), ("y[9]", Mean(0.5, 2, 1.5).Mean, Sqrt(1.5 * 1.5 + Pow(Mean(0.5, 2, 1.5).Sd, 2)))),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_posterior_in_closed_form_is_found(string name)
    {
        var known = s_cases[name];
        var posterior = Inferring.Run(known.Model, known.Data);
        foreach (var (element, mean, sd) in known.Answers) MonteCarlo.AssertMoments(posterior, element, mean, sd);
    }

    [Fact]
    public void A_simulation_draws_the_model_as_it_is_written()
    {
        var problem = Inferring.Problem("input N: count; mu ~ Normal(3, 0.1); for i in 1..N { z[i] ~ Normal(0, 1); y[i] = mu + z[i] }", new { y = s_y });
        Assert.Contains("y", problem.Observed);
        var draws = problem.Sample(2000, 3, TestContext.Current.CancellationToken);
        var y = Enumerable.Range(0, 2000).Select(d => draws.Draw(d, "y")[0]).ToArray();
        Assert.Equal(3, y.Average(), 4 * Sqrt(1.01 / 2000));
    }

    private static (string, double Mean, double Sd) Mean(double m, double s, double noise)
    {
        var precision = 1 / (s * s) + s_y.Length / (noise * noise);
        return ("mu", (m / (s * s) + s_y.Sum() / (noise * noise)) / precision, Sqrt(1 / precision));
    }
}
