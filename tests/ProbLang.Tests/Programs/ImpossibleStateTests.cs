using ProbLang.Datasets;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>Discrete unknowns of which some values are impossible, or make no sense: the sum over the others is a number, and so are its derivatives.</summary>
public class ImpossibleStateTests
{
    public static TheoryData<string, string> Cases => new()
    {
        { "a scale that is 0 for one label", "t ~ HalfNormal(1); m ~ Normal(0, 1); input N: count; for i in 1..N { z[i] ~ Categorical([0.3, 0.7]); y[i] ~ Normal(m, (z[i] - 1) * t) }" },
        { "a scale that is negative for one label", "t ~ HalfNormal(1); m ~ Normal(0, 1); input N: count; for i in 1..N { z[i] ~ Categorical([0.3, 0.7]); y[i] ~ Normal(m, (2 * z[i] - 3) * t) }" },
        { "scales of which the data say one is 0", "input s[2]; t ~ HalfNormal(1); m ~ Normal(0, 1); input N: count; for i in 1..N { z[i] ~ Categorical([0.3, 0.7]); y[i] ~ Normal(m, s[z[i]] * t) }" },
        { "a scale of 0 that is data alone", "input s[2]; m ~ Normal(0, 1); input N: count; for i in 1..N { z[i] ~ Categorical([0.3, 0.7]); y[i] ~ Normal(m, s[z[i]]) }" },
        { "a computed weight that is 0", "p ~ Beta(2, 2); m ~ Normal(0, 1) ^ 3; input N: count; for i in 1..N { z[i] ~ Categorical([p, 1 - p, 0 * p]); y[i] ~ Normal(m[z[i]], 1) }" },
        { "weights of neighbours", "p ~ Beta(2, 2); m ~ Normal(0, 1) ^ 5; input N: count; z[1] ~ Categorical([0.2, 0.2, 0.2, 0.2, 0.2]); for i in 2..N { z[i] ~ Categorical([for k in 1..5: (if k == z[i-1] then 1 - p else 0) + (if k == z[i-1] % 5 + 1 then p else 0)]) } for i in 1..N { y[i] ~ Normal(m[z[i]], 1) }" },
        { "weights by distance", "p ~ Beta(2, 2); m ~ Normal(0, 1) ^ 5; input N: count; z[1] ~ Categorical([0.2, 0.2, 0.2, 0.2, 0.2]); for i in 2..N { z[i] ~ Categorical([for k in 1..5: abs(k - z[i-1]) * p / sum(for j in 1..5: abs(j - z[i-1]) * p)]) } for i in 1..N { y[i] ~ Normal(m[z[i]], 1) }" },
        { "a probability of 0 or 1 by parent", "p ~ Beta(2, 2); m ~ Normal(0, 1) ^ 2; input N: count; z[1] ~ Bernoulli(0.5); for i in 2..N { z[i] ~ Bernoulli(z[i-1] * p) } for i in 1..N { y[i] ~ Normal(m[1 + z[i]], 1) }" },
        { "a probability over 1 for what is impossible", "p ~ Beta(2, 2); n ~ DiscreteUniform(0, 4); k ~ Binomial(n, p); y ~ Normal(k, 1); x ~ Binomial(8, (k + 1) / (n + 2)); input N: count; u ~ Normal(p, 1) ^ N; given x == 3" },
        { "far away", "m ~ Normal(0, 1) ^ 2; input N: count; for i in 1..N { z[i] ~ Categorical([0.3, 0.7]); y[i] ~ Normal(m[z[i]] * 1e6, 1e-3) }" },
        { "an unknown count in a branch that may be empty", "p ~ Beta(2, 2); n ~ DiscreteUniform(0, 2); if n > 0 { k ~ DiscreteUniform(1, n); v ~ Normal(k * p, 1) } else { v ~ Normal(0, 1) } input N: count; for i in 1..N { y[i] ~ Normal(n, 1) }" },
        { "what only a branch reads", "m ~ Normal(0, 1) ^ 3; input N: count; for i in 1..N { a[i] ~ DiscreteUniform(0, 1); if a[i] > 0 { h[i] ~ Normal(m[a[i]], 1); y[i] ~ Normal(h[i], 1) } else { y[i] ~ Normal(m[3], 1) } }" },
        { "a rate of 0", "r ~ Gamma(2, 1); input N: count; for i in 1..N { a[i] ~ Bernoulli(0.4); c[i] ~ Poisson(a[i] * r); y[i] ~ Normal(r, 1) }" },
        { "a probability of 0 for one label", "r ~ Beta(2, 1); input N: count; for i in 1..N { a[i] ~ Bernoulli(0.4); c[i] ~ Binomial(2, a[i] * r); y[i] ~ Normal(r, 1) }" },
        { "waiting times by label", "r ~ Gamma(2, 1) ^ 2; input N: count; for i in 1..N { a[i] ~ Bernoulli(0.4); w[i] ~ Exponential(r[a[i] + 1]); u[i] ~ Beta(r[a[i] + 1], 2); y[i] ~ Normal(w[i] + u[i], 1) }" },
        { "a table by power", "r ~ Gamma(2, 1); input N: count; for i in 1..N { a[i] ~ DiscreteUniform(0, 20); y[i] ~ Normal(r * a[i], sqrt(r * a[i])) }" },
        { "an exponential with a rate of 0", "r ~ Gamma(2, 1); input N: count; for i in 1..N { a[i] ~ DiscreteUniform(0, 2); w[i] ~ Exponential(a[i] * r); y[i] ~ Normal(w[i], 1) }" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void The_sum_and_its_gradient_are_numbers(string name, string model)
    {
        Assert.NotEmpty(name);
        DataArray[] data = [Given("N", 5), Given("y", 0.4, 1.2, -0.3, 0.9, 0.1), Given("s", 0, 1), Given("v", 0.7), Given("c", 0, 1, 2, 0, 0)];
        if (name.Contains("over 1", StringComparison.Ordinal)) data = [Given("N", 5), Given("y", 0.4), Given("x", 3), Given("u", 0.4, 1.2, -0.3, 0.9, 0.1)];
        var graph = Bind(model);
        var conditioned = Condition(model, [.. data.Where(d => graph.Find(d.Name) is not null)]);
        if (name != "far away") ProgramChecks.Gradient(conditioned);
        ProgramChecks.Emission(conditioned);
        // Where it is not there, the slow evaluator knows no prior of what the branch alone can read.
        if (name != "what only a branch reads" && ProgramChecks.Settings(conditioned) < 4000) ProgramChecks.DrawingBack(conditioned);
    }
}
