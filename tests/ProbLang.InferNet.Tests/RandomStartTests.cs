using ProbLang.FactorGraphs;
using ProbLang.Inference;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;

namespace ProbLang.InferNet.Tests;

/// <summary>What is symmetric does not stay so, and the seed decides how it is broken.</summary>
public sealed class RandomStartTests
{
    private static readonly double[] s_data = [-2.1, -1.9, -2.3, -1.7, -2.0, 3.1, 2.9, 3.3, 2.7, 3.0, 3.05, 2.95];

    [InferNetTheory]
    [InlineData("vmp")]
    [InlineData("ep")]
    [InlineData("gibbs")]
    public void The_groups_of_a_mixture_come_apart(string engine)
    {
        var (graph, centre, label) = Mixture(s_data);
        var solution = Solve.By(Solve.Engine(engine), graph);
        var centres = Enumerable.Range(0, 2).Select(k => Solve.Gaussian(solution, centre, k).Mean).Order().ToArray();
        Assert.Equal(-2, centres[0], 0.2);
        Assert.Equal(3, centres[1], 0.2);
        Assert.NotEqual(Likely(solution, label, 0), Likely(solution, label, 11));
    }

    [InferNetFact]
    public void The_same_seed_gives_the_same_beliefs_and_another_may_not()
    {
        var (graph, centre, _) = Mixture(s_data);
        var runs = new ulong[] { 1, 1, 2, 3, 4, 5, 6, 7, 8 }.Select(seed => Solve.By(new VariationalMessagePassing { Seed = seed }, graph)).Select(s => Solve.Gaussian(s, centre).Mean).ToArray();
        Assert.Equal(runs[0], runs[1]);
        Assert.True(runs.Distinct().Count() > 1);
    }

    [InferNetFact]
    public void Another_number_of_groups_and_data_runs_the_same_code()
    {
        var engine = new VariationalMessagePassing { Compiled = new CompiledAlgorithms() };
        Assert.False(Solve.By(engine, Mixture(s_data).Graph).WasCompiled);
        var (graph, centre, _) = Mixture([.. s_data, 10, 10.2, 9.8, 9.9, 10.1], groups: 3);
        var solution = Solve.By(engine, graph);
        Assert.True(solution.WasCompiled);
        Assert.Equal(3, solution.Beliefs[centre].Length);
    }

    [InferNetFact]
    public void Topics_come_apart()
    {
        // Documents over words 0..3, of which 0 and 1 go together, and 2 and 3.
        double[][] documents = [[0, 1, 0, 1, 0, 1, 1, 0], [2, 3, 2, 3, 3, 2], [0, 0, 1, 1, 0], [3, 3, 2, 2, 3, 2, 2], [0, 1, 1, 0, 1, 1]];
        var g = new GraphOf();
        var (d, topic, word) = (g.Range("d", documents.Length), g.Range("topic", 2), g.Range("word", 4));
        var lengths = g.Data("lengths", Count, [.. documents.Select(x => (double)x.Length)], [d]);
        var w = g.Range("w", lengths.At(d));
        var (theta, phi) = (g.Unknown("theta", Simplex, [d], topic, random: true), g.Unknown("phi", Simplex, [topic], word));
        var (z, words) = (g.Unknown("z", Integer, [d, w], topic), g.Data("words", Integer, [.. documents.SelectMany(x => x)], [d, w], word));
        var (alpha, beta) = (g.Data("alpha", FactorDomain.Vector, [0.5, 0.5], shape: [2]), g.Data("beta", FactorDomain.Vector, [0.2, 0.2, 0.2, 0.2], shape: [4]));
        g.For(d, () => g.Define(theta.At(d), Dirichlet, alpha.All()));
        g.For(topic, () => g.Define(phi.At(topic), Dirichlet, beta.All()));
        g.For(d, () => g.For(w, () =>
        {
            g.Define(z.At(d, w), Discrete, theta.At(d));
            g.Gate(GateKind.Switch, z.At(d, w), 0, () => g.Define(words.At(d, w), Discrete, phi.At(z.At(d, w))));
        }));
        var solution = Solve.By(new VariationalMessagePassing(), g.Ask(phi, theta).Build());
        var alphas = solution.Beliefs[phi].Cast<DirichletBelief>().Select(b => b.Alpha).ToArray();
        Assert.True((alphas[0][0] > 5 && alphas[1][2] > 5) || (alphas[1][0] > 5 && alphas[0][2] > 5));
        Assert.True(solution.HasConverged);
    }

    [InferNetTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Factors_of_a_product_leave_zero_only_where_they_start_randomly(bool random)
    {
        var g = new GraphOf();
        var (a, b, product, y) = (g.Unknown("a", Gaussian, random: random), g.Unknown("b", Gaussian), g.Unknown("product", Gaussian), g.Data("y", Gaussian, [3]));
        foreach (var factor in new[] { a, b }) g.Define(factor.All(), GaussianFromMeanAndVariance, g.Real(0), g.Real(1));
        g.Define(product.All(), Product, a.All(), b.All());
        g.Define(y.All(), GaussianFromMeanAndVariance, product.All(), g.Real(0.01));
        var mean = Solve.Gaussian(Solve.By(new VariationalMessagePassing(), g.Ask(a).Build()), a).Mean;
        if (random) Assert.True(Math.Abs(mean) > 0.5, $"{mean}");
        else Assert.Equal(0, mean, 9);
    }

    [InferNetTheory]
    [MemberData(nameof(Domains))]
    public void Whatever_starts_randomly_ends_where_it_would_have(string domain)
    {
        var (still, moved) = (Started(Enum.Parse<FactorDomain>(domain), false), Started(Enum.Parse<FactorDomain>(domain), true));
        Assert.Equal(still, moved);
    }

    public static TheoryData<string> Domains => [.. new[] { FactorDomain.Boolean, Integer, Gaussian, Gamma, FactorDomain.Beta, Simplex, FactorDomain.Vector }.Select(d => d.ToString())];

    // Conjugate models have one solution, wherever they start.
    private static string Started(FactorDomain domain, bool random)
    {
        var g = new GraphOf();
        var k = g.Range("k", 3);
        var n = g.Range("n", 2);
        var x = g.Unknown("x", domain, [n], domain is Integer or Simplex ? k : null, random);
        var (zero, one) = (g.Real(0), g.Real(1));
        var (half, pair) = (g.Data("half", FactorDomain.Vector, [0.5, 0.25, 0.25], shape: [3]), g.Data("pair", FactorDomain.Vector, [0, 1], shape: [2]));
        var unit = g.Data("unit", Matrix, [1, 0, 0, 1], shape: [2, 2]);
        g.For(n, () => g.Define(x.At(n), domain switch
        {
            FactorDomain.Boolean => Bernoulli,
            Integer => Discrete,
            Gaussian => GaussianFromMeanAndVariance,
            Gamma => GammaFromShapeAndRate,
            FactorDomain.Beta => FactorOperation.Beta,
            Simplex => Dirichlet,
            _ => VectorGaussianFromMeanAndPrecision,
        }, domain switch
        {
            Gaussian => [zero, one],
            FactorDomain.Boolean => [one],
            Gamma or FactorDomain.Beta => [one, one],
            Integer or Simplex => [half.All()],
            _ => [pair.All(), unit.All()],
        }));
        var solution = Solve.By(new VariationalMessagePassing(), g.Ask(x).Build());
        return string.Join(" ", solution.Beliefs[x].Select(b => b switch
        {
            DiscreteBelief { Probabilities: var p } => string.Join(",", p.Select(v => v.ToString("g9"))),
            DirichletBelief { Alpha: var p } => string.Join(",", p.Select(v => v.ToString("g9"))),
            VectorGaussianBelief { Mean: var m, Covariance: var c } => string.Join(",", m.Concat(c).Select(v => v.ToString("g9"))),
            _ => b.ToString(),
        }));
    }

    private static int Likely(FactorGraphSolution solution, FactorVariable label, int element)
    {
        var probabilities = ((DiscreteBelief)solution.Beliefs[label][element]).Probabilities;
        return probabilities.IndexOf(probabilities.Max());
    }

    private static (FactorGraph Graph, FactorVariable Centre, FactorVariable Label) Mixture(double[] data, int groups = 2)
    {
        var g = new GraphOf();
        var (n, k) = (g.Range("n", data.Length), g.Range("k", groups));
        var (centre, label) = (g.Unknown("centre", Gaussian, [k]), g.Unknown("label", Integer, [n], k, random: true));
        var (weights, x) = (g.Unknown("weights", Simplex, values: k), g.Data("x", Gaussian, data, [n]));
        var (counts, mean, variance, noise) = (g.Data("counts", FactorDomain.Vector, [.. Enumerable.Repeat(1.0, groups)], shape: [groups]), g.Real(0), g.Real(25), g.Real(0.1));
        g.Define(weights.All(), Dirichlet, counts.All());
        g.For(k, () => g.Define(centre.At(k), GaussianFromMeanAndVariance, mean, variance));
        g.For(n, () =>
        {
            g.Define(label.At(n), Discrete, weights.All());
            g.Gate(GateKind.Switch, label.At(n), 0, () => g.Define(x.At(n), GaussianFromMeanAndVariance, centre.At(label.At(n)), noise));
        });
        return (g.Ask(centre, label).Build(), centre, label);
    }
}
