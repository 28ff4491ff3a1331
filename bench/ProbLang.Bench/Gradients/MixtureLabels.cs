using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>A mixture of two normals over 1000 rows, written with a label for each row, beside the same written as <c>Mixture</c>: both are emitted.</summary>
internal static class MixtureLabels
{
    private const string Priors = """
        input N: count
        for k in 1..2 {
          mu[k] ~ Normal(0, 2)
          s[k] ~ HalfNormal(2)
        }
        theta ~ Beta(5, 5)

        """;

    private const int N = 1000;

    public static GradientCase Case()
    {
        var random = new Philox(4, 0, 0);
        var y = new double[N];
        for (var i = 0; i < N; i++) y[i] = random.NextDouble() < 0.6 ? -2.75 + random.NextNormal() : 2.75 + random.NextNormal();
        var summed = Model.Compile(Priors + "for i in 1..N { y[i] ~ Mixture([theta, 1 - theta], [Normal(mu[1], s[1]), Normal(mu[2], s[2])]) }", new CompileOptions { Path = "mixture.gm" }).Model!;
        return new("labels K=2 N=1000, beside Mixture", Priors + "for i in 1..N { z[i] ~ Categorical([theta, 1 - theta]); y[i] ~ Normal(mu[z[i]], s[z[i]]) }",
            new { y }, DensityProgram.Compile(summed.Condition(Data.Of(new { y })).Conditioned));
    }
}
