using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>
/// What a model is rewritten to has the posterior of the model: draws from the factor graph, weighted by its data, agree with exact inference on the model,
/// which knows nothing of factor graphs.
/// </summary>
public class RewriteLawTests
{
    /// <summary>Each with an operation or a structure that its rewriting must show.</summary>
    public static TheoryData<string, string, string> Models => new()
    {
        { "a sum of normals is an inner product", "InnerProduct(", """
            x = [-1.0, 0.5, 2.0]
            a ~ Normal(0, 1); b ~ Normal(0.5, 1)
            for i in 1..3 { y[i] ~ Normal(a + b * x[i], 1) }
            given y = [0.3, 1.0, 1.5]
            """ },
        { "normals that depend on each other share a joint prior", "a_b = VectorGaussian", """
            x = [-1.0, 0.5, 2.0]
            a ~ Normal(0, 1); b ~ Normal(0.3 - a, 0.7)
            for i in 1..3 { y[i] ~ Normal(a + b * x[i], 1) }
            given y = [0.3, 1.0, 1.5]
            """ },
        { "a product with a matrix is inner products", "InnerProduct(", """
            X = [[1.0, 0.2], [1.0, -0.7], [1.0, 1.3]]
            b ~ Normal(0, 1) ^ 2
            y ~ Normal(X @ b, 0.8)
            given y = [0.1, 0.9, 1.2]
            """ },
        { "effects of groups are in the vector while they are few", "InnerProduct(", """
            g = [1, 2, 1, 3]
            x = [0.5, 1.0, -0.5, 2.0]
            for j in 1..3 { a[j] ~ Normal(0, 1) }
            b ~ Normal(0, 1)
            for n in 1..4 { y[n] ~ Normal(a[g[n]] + b * x[n], 1) }
            given y = [0.2, 0.8, -0.4, 1.0]
            """ },
        { "a standard deviation by its precision", "GaussianFromMeanAndPrecision(yMean, tau)", """
            tau ~ Gamma(3, 2)
            sigma = 1 / sqrt(tau)
            for i in 1..3 { y[i] ~ Normal(0.5, sigma) }
            given y = [0.3, 1.0, 1.5]
            """ },
        { "a variance from an inverse gamma distribution", "GaussianFromMeanAndPrecision(", """
            v ~ InverseGamma(3, 2)
            for i in 1..3 { y[i] ~ Normal(0.5, variance: 2 * v) }
            given y = [0.3, 1.0, 1.5]
            """ },
        { "a rate with a known factor", "Product(rate, exposure", """
            exposure = [1.0, 2.0, 0.5]
            rate ~ Gamma(2, 1)
            for i in 1..3 { n[i] ~ Poisson(rate * exposure[i]) }
            given n = [1, 3, 0]
            """ },
        { "a uniform probability is a beta distribution", "Beta(one, one)", """
            p ~ Uniform(0, 1)
            for i in 1..4 { y[i] ~ Bernoulli(p) }
            given y = [1, 0, 1, 1]
            """ },
        { "the contrary of an event", "Not(", """
            p ~ Beta(2, 1)
            q ~ Bernoulli(1 - p)
            y ~ Bernoulli(if q then 0.8 else 0.1)
            z ~ Bernoulli(1 - p)
            given y = 1
            given z = 0
            """ },
        { "arithmetic on data is computed before", "Product(", """
            x = [0.1, 0.7]
            m ~ Normal(0, 1)
            for i in 1..2 { y[i] ~ Normal(m * exp(x[i]) / 2 + sin(x[i]), 0.5 + x[i]^2) }
            given y = [0.3, 1.0]
            """ },
        { "a sequence is written out", "z_4", """
            T = [[0.9, 0.1], [0.3, 0.7]]
            m = [0.0, 2.0]
            z[1] ~ Categorical([0.5, 0.5])
            for t in 2..4 { z[t] ~ Categorical(T[z[t-1]]) }
            for t in 1..4 { y[t] ~ Normal(m[z[t]], 1) }
            given y = [0.1, 1.8, 1.2, 0.3]
            """ },
        { "series beside each other stay a plate", "for s", """
            for s in 1..2 { x[s, 1] ~ Normal(0, 1); for t in 2..3 { x[s, t] ~ Normal(0.8 * x[s, t-1], 0.6) } }
            for s in 1..2 { for t in 1..3 { y[s, t] ~ Normal(x[s, t], 0.9) } }
            given y = [[0.4, 0.5, -0.2], [1.0, 0.3, 0.8]]
            """ },
        { "truth values that decide together are integers", "Case rain", """
            cloudy ~ Bernoulli(0.5)
            sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
            rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
            wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0.1)
            given wet
            """ },
        { "a gate stands outside of the plate that it does not depend on", "If fair", """
            fair ~ Bernoulli(0.5)
            bias ~ Beta(1, 1)
            for i in 1..5 { y[i] ~ Bernoulli(if fair then 0.5 else bias) }
            given y = [1, 1, 0, 1, 1]
            """ },
        { "an element of few values by its index", "Switch z[n]", """
            m = [-1.0, 1.0]
            for n in 1..3 { z[n] ~ Categorical([0.4, 0.6]); y[n] ~ Normal(m[z[n]], 1) }
            given y = [-0.6, 0.4, 1.1]
            """ },
        { "an unknown index of unknown numbers", "Switch", """
            for k in 1..2 { m[k] ~ Normal(2 * k - 3, 0.5) }
            z ~ Categorical([0.4, 0.6])
            y ~ Normal(m[z], 1)
            given y = 0.4
            """ },
        { "a change point decides element by element", "If yCondition", """
            n ~ DiscreteUniform(1, 4)
            a ~ Gamma(2, 1); b ~ Gamma(2, 1)
            for t in 1..4 { y[t] ~ Poisson(if t < n then a else b) }
            given y = [1, 0, 4, 3]
            """ },
        { "a mixture has labels", "yComponent[n] = Discrete", """
            for n in 1..2 { y[n] ~ Mixture([0.3, 0.7], [Normal(-1, 1), Normal(1, 2)]) }
            m ~ Normal(0, 1); x ~ Normal(m, 1)
            given y = [0.2, 1.4]
            given x = 0.5
            """ },
        { "some rows are given and some are not", "Row", """
            for i in 1..4 { m[i] ~ Normal(0, 1); y[i] ~ Normal(m[i], 1) }
            given y[1] = 0.4
            given y[3] = -0.7
            """ },
        { "some elements are known, and others drawn", "GaussianFromMeanAndVariance", """
            a[1] = 0
            for j in 2..3 { a[j] ~ Normal(0, 1) }
            g = [1, 2, 3, 2]
            for n in 1..4 { y[n] ~ Normal(a[g[n]], 1) }
            given y = [0.5, 0.2, 0.1, 0.9]
            """ },
        { "rows of different lengths", "for i", """
            input n[2]: count = [3, 1]
            for d in 1..2 { p[d] ~ Beta(1, 2); for i in 1..n[d] { y[d, i] ~ Bernoulli(p[d]) } }
            given y[1, 1] = 1
            given y[1, 2] = 0
            given y[1, 3] = 1
            given y[2, 1] = 0
            """ },
        { "proportions and categories", "Discrete(theta[d])", """
            for d in 1..2 { theta[d] ~ Dirichlet([1, 2, 1]); for i in 1..3 { z[d, i] ~ Categorical(theta[d]) } }
            given z = [[1, 2, 2], [3, 3, 2]]
            """ },
        { "counts of a multinomial", "Multinomial", """
            theta ~ Dirichlet([1, 2, 1])
            n ~ Multinomial(6, theta)
            given n = [1, 3, 2]
            """ },
        { "a vector and an inner product with it", "InnerProduct(w, ", """
            x = [[1.0, 0.5], [1.0, -1.0]]
            w ~ MvNormal([0.0, 0.5], covariance: [[1.0, 0.3], [0.3, 0.8]])
            for i in 1..2 { y[i] ~ Normal(dot(w, x[i]), 0.7) }
            given y = [0.3, 1.0]
            """ },
        { "a branch that alone defines what is in it", "If a", """
            a ~ Bernoulli(0.4)
            if a { x ~ Normal(1, 1); y ~ Normal(x, 1) } else { y ~ Normal(-1, 1) }
            given y = 0.6
            """ },
        { "sums of integers", "Plus(", """
            a ~ Categorical([0.2, 0.3, 0.5]); b ~ Categorical([0.6, 0.4])
            s = a + b
            y ~ Normal(if s == 3 then 1 else -1, 1)
            given y = 0.6
            """ },
        { "what the model has computed is not computed again", "False(both)", """
            first ~ Bernoulli(0.5); second ~ Bernoulli(0.4)
            both = first and second
            given not both
            """ },
    };

    [Theory, MemberData(nameof(Models))]
    public void A_rewritten_model_has_the_posterior_of_the_model(string name, string shows, string text)
    {
        var problem = Model.Compile(text, new CompileOptions { Path = "m.gm" }).Model!.Condition(Data.Empty);
        var build = FactorGraphBuilder.Of(problem.Conditioned, cancellation: TestContext.Current.CancellationToken);
        Assert.True(build.Graph is not null, $"{name}: {string.Join('\n', build.Objections)}");
        Assert.Contains(shows, build.Graph.Structure, StringComparison.Ordinal);
        Assert.Empty(build.Notes);
        var exact = problem.Infer(new Exact(), TestContext.Current.CancellationToken);
        const int Draws = 50_000;
        var (means, deviations, effective) = LikelihoodWeighting.Posterior(build.Graph, Draws);
        Assert.True(effective > 500, $"{effective} effective draws say too little");
        foreach (var ((variable, cell), at) in build.Reports)
        {
            // A branch's own are drawn where the branch holds, and a power's mean is not the power of the mean.
            if (at.Power != 1 || !at.Branches.IsEmpty) continue;
            var place = build.Graph.Queries.TakeWhile(q => q != at.Variable).Sum(q => q.Count * ItemSize(q)) + at.Element * ItemSize(at.Variable) + at.Component;
            var element = problem.ReportedElements[ElementOf(problem, variable.Name, cell)];
            var marginal = exact.Marginal(element);
            var mean = at.Scale * (means[place] + at.Variable.Lowest) + at.Offset;
            var error = 4 * Math.Abs(at.Scale) * deviations[place] / Math.Sqrt(effective) + 1e-12;
            Assert.True(Math.Abs(mean - marginal.Mean) <= error, $"{name}: {element} is {mean}, not {marginal.Mean} (by more than {error})");
        }
    }

    private static int ItemSize(FactorVariable variable) => variable.Domain switch
    {
        FactorDomain.Simplex => variable.Values!.Count,
        FactorDomain.Vector => 2,
        _ => 1,
    };

    private static int ElementOf(Problem problem, string variable, int cell)
    {
        var output = ReportedLayout.Of(problem.Conditioned).Find(variable)!;
        return output.Offset + (output.Cells.IsDefault ? cell : output.Cells.IndexOf(cell));
    }
}
