using ProbLang.FactorGraphs;
using ProbLang.Inference;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;

namespace ProbLang.InferNet.Tests;

/// <summary>What an engine promises apart from its answers.</summary>
public sealed class SolvingTests
{
    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void New_data_of_another_size_and_new_priors_run_the_same_code(string name)
    {
        var compiled = new CompiledAlgorithms();
        var engine = Solve.Engine(name) switch
        {
            ExpectationPropagation e => e with { Compiled = compiled },
            VariationalMessagePassing e => e with { Compiled = compiled },
            var e => (MessagePassing)((GibbsSampling)e with { Compiled = compiled }),
        };
        var (first, mean) = Sample([1, 2, 3], 100);
        Assert.False(Solve.By(engine, first).WasCompiled);
        var (second, again) = Sample([.. Enumerable.Range(0, 50).Select(i => 7.0 + i % 2)], 1e6);
        var solution = Solve.By(engine, second);
        Assert.True(solution.WasCompiled);
        Assert.Equal(7.5, Solve.Gaussian(solution, again).Mean, 0.05);
        Assert.Equal(2, Solve.Gaussian(Solve.By(engine, first), mean).Mean, 0.1);
        Assert.Equal(1, compiled.Count);
    }

    [InferNetFact]
    public void Each_structure_is_compiled_and_those_not_used_for_longest_are_given_up()
    {
        var engine = new ExpectationPropagation { Compiled = new CompiledAlgorithms(capacity: 2), Evidence = false };
        FactorGraph[] graphs = [Coins(1), Coins(2), Coins(3)];
        bool WasCompiled(int graph) => Solve.By(engine, graphs[graph]).WasCompiled;
        Assert.Equal([false, false, true, false, true, false], new[] { 0, 1, 0, 2, 0, 1 }.Select(WasCompiled));
        Assert.Equal(2, engine.Compiled.Count);
    }

    [InferNetFact]
    public void The_code_of_what_is_given_up_is_unloaded()
    {
        var engine = new ExpectationPropagation { Compiled = new CompiledAlgorithms(capacity: 1), Evidence = false };
        for (var i = 1; i < 6; i++) Solve.By(engine, Coins(i));
        for (var i = 0; i < 20 && Generated() > 1; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.InRange(Generated(), 0, 1);

        int Generated() => System.Runtime.Loader.AssemblyLoadContext.All.Count(c => c.Name == "problang of " + nameof(Coins));
    }

    // Some ten minutes: run it with -explicit on.
    [Fact(Explicit = true)]
    public void A_thousand_models_take_little_more_memory_than_a_hundred()
    {
        if (Package.Missing is { } reason) Assert.Skip(reason);
        var engine = new ExpectationPropagation { Compiled = new CompiledAlgorithms() };
        var after = new long[2];
        for (var i = 1; i <= 1000; i++)
        {
            Solve.By(engine, Sample([1, 2, 3], 100, suffix: i).Graph);
            if (i == 100) after[0] = Environment.WorkingSet;
        }
        after[1] = Environment.WorkingSet;
        var told = $"{after[0] >> 20} MB after 100, {after[1] >> 20} MB after 1000";
        TestContext.Current.TestOutputHelper!.WriteLine(told);
        Assert.True(after[1] <= 1.5 * after[0], told);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Progress_counts_iterations(string engine)
    {
        var told = new Told();
        var solution = Solve.By(Solve.Engine(engine) with { Iterations = 40 }, Sample([1, 2, 3], 100).Graph, told);
        Assert.Equal(Enumerable.Range(1, solution.Iterations), told.Seen.Select(p => p.Iteration));
        Assert.All(told.Seen, p => Assert.Equal(40, p.Iterations));
        if (engine != "gibbs") Assert.Equal(solution.Change, told.Seen[^1].Change);
        Assert.True(solution.HasConverged);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("gibbs")]
    public void What_was_believed_when_it_was_cancelled_is_the_result(string engine)
    {
        using var source = new CancellationTokenSource();
        var told = new Told { Then = p => { if (p.Iteration == 30) source.Cancel(); } };
        var solution = (Solve.Engine(engine) with { Iterations = 100, Tolerance = 0 }).Solve(League(), told, source.Token);
        Assert.True(solution.Interrupted);
        Assert.False(solution.HasConverged);
        Assert.InRange(solution.Iterations, 14, 30);
        Assert.All(told.Seen, p => Assert.InRange(p.Iteration, 1, 30));
        Assert.Equal(4, solution.Beliefs.Single().Value.Length);
    }

    [InferNetFact]
    public void Cancelled_before_it_began_it_has_no_result()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new ExpectationPropagation().Solve(League(), null, source.Token));
    }

    [InferNetFact]
    public void A_sampler_cancelled_before_its_burn_in_is_over_has_no_result()
    {
        using var source = new CancellationTokenSource();
        var told = new Told { Then = p => { if (p.Iteration == 5) source.Cancel(); } };
        Assert.ThrowsAny<OperationCanceledException>(() => new GibbsSampling().Solve(League(), told, source.Token));
        Assert.Equal(5, told.Seen.Count);
    }

    [InferNetFact]
    public void Too_few_iterations_have_not_converged()
    {
        var few = Solve.By(new ExpectationPropagation { Iterations = 4 }, League());
        Assert.False(few.HasConverged);
        Assert.True(few.Change > 1e-8);
        Assert.Equal(4, few.Iterations);
        var many = Solve.By(new ExpectationPropagation(), League());
        Assert.True(many.HasConverged);
        Assert.True(many.Change <= 1e-8);
        // Twice as many change nothing.
        var more = Solve.By(new ExpectationPropagation { Iterations = 2 * many.Iterations, Tolerance = 0 }, League());
        Assert.Equal(((GaussianBelief)many.Beliefs.Single().Value[0]).Mean, ((GaussianBelief)more.Beliefs.Single().Value[0]).Mean, 1e-6);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp")]
    public void A_contradiction_is_told_as_such(string engine)
    {
        var g = new GraphOf();
        var (a, seen) = (g.Unknown("a", FactorDomain.Boolean), g.Data("seen", FactorDomain.Boolean, [1]));
        g.Define(a.All(), Bernoulli, g.Real(0));
        g.Define(seen.All(), Copy, a.All());
        var exception = Assert.Throws<FactorGraphException>(() => Solve.By(Solve.Engine(engine), g.Ask(a).Build()));
        Assert.True(exception.IsContradiction);
    }

    [InferNetFact]
    public void What_an_algorithm_has_no_factor_for_is_told_in_a_sentence()
    {
        var g = new GraphOf();
        var (a, b, seen) = (g.Unknown("a", FactorDomain.Boolean), g.Unknown("b", FactorDomain.Boolean), g.Data("seen", FactorDomain.Boolean, [1]));
        foreach (var x in new[] { a, b }) g.Define(x.All(), Bernoulli, g.Real(0.5));
        g.Define(seen.All(), Or, a.All(), b.All());
        var exception = Assert.Throws<FactorGraphException>(() => Solve.By(new VariationalMessagePassing(), g.Ask(a).Build()));
        Assert.False(exception.IsContradiction);
        Assert.StartsWith("Infer.NET has no variational message passing for this model: ", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [InferNetFact]
    public void What_is_no_distribution_is_an_error()
    {
        // A negative precision makes an improper belief, about which Infer.NET says nothing.
        var g = new GraphOf();
        var x = g.Unknown("x", Gaussian);
        g.Define(x.All(), GaussianFromMeanAndPrecision, g.Real(0), g.Real(-1));
        Assert.Contains("'x'", Assert.Throws<FactorGraphException>(() => Solve.By(new ExpectationPropagation(), g.Ask(x).Build())).Message);
    }

    [InferNetTheory]
    [InlineData(FactorOperation.Beta), InlineData(GammaFromShapeAndRate), InlineData(GaussianFromMeanAndPrecision), InlineData(GaussianFromMeanAndVariance)]
    [InlineData(Dirichlet), InlineData(DirichletSymmetric), InlineData(VectorGaussianFromMeanAndPrecision), InlineData(WishartFromShapeAndRate)]
    public void The_evidence_of_one_conjugate_unknown_is_exact_by_either_algorithm(FactorOperation prior)
    {
        var (g, known) = Conjugate(prior);
        foreach (var engine in new[] { "ep", "vmp" }) Assert.Equal(known, Solve.By(Solve.Engine(engine), g).LogEvidence!.Value, 1e-6);
    }

    private static (FactorGraph Graph, double Evidence) Conjugate(FactorOperation prior)
    {
        var g = new GraphOf();
        var k = g.Range("k", 3);
        FactorReference Vector(string name, params double[] x) => g.Data(name, FactorDomain.Vector, x, shape: [x.Length]).All();
        FactorReference Unit(string name) => g.Data(name, Matrix, [1, 0, 0, 1], shape: [2, 2]).All();
        var (x, y, evidence) = prior switch
        {
            FactorOperation.Beta => (g.Unknown("x", FactorDomain.Beta), g.Data("y", FactorDomain.Boolean, [1]), Math.Log(2.0 / 5)),
            GammaFromShapeAndRate => (g.Unknown("x", Gamma), g.Data("y", Count, [3]), Math.Log(2.0 / 81)),
            GaussianFromMeanAndPrecision or GaussianFromMeanAndVariance => (g.Unknown("x", Gaussian), g.Data("y", Gaussian, [2]), Math.Log(Reference.NormalDensity(2, 1, 2))),
            Dirichlet or DirichletSymmetric => (g.Unknown("x", Simplex, values: k), g.Data("y", Integer, [1], values: k), Math.Log(1 / 3.0)),
            VectorGaussianFromMeanAndPrecision => (g.Unknown("x", FactorDomain.Vector), g.Data("y", FactorDomain.Vector, [2, 1], shape: [2]), Math.Log(Reference.NormalDensity(2, 0, 2) * Reference.NormalDensity(1, 0, 2))),
            // A t distribution of two dimensions: degrees of freedom 2 * 2 - 1, at (1, 0).
            _ => (g.Unknown("x", Matrix), g.Data("y", FactorDomain.Vector, [1, 0], shape: [2]), StudentT2(2, 1)),
        };
        g.Define(x.All(), prior, prior switch
        {
            FactorOperation.Beta => [g.Real(2), g.Real(3)],
            GammaFromShapeAndRate => [g.Real(1), g.Real(2)],
            GaussianFromMeanAndPrecision or GaussianFromMeanAndVariance => [g.Real(1), g.Real(1)],
            Dirichlet => [Vector("alpha", 2, 2, 2)],
            DirichletSymmetric => [g.Real(2)],
            VectorGaussianFromMeanAndPrecision => [Vector("m", 0, 0), Unit("p")],
            _ => [g.Real(2), Unit("rate")],
        });
        g.Define(y.All(), prior switch
        {
            FactorOperation.Beta => Bernoulli,
            GammaFromShapeAndRate => Poisson,
            GaussianFromMeanAndPrecision or GaussianFromMeanAndVariance => GaussianFromMeanAndPrecision,
            Dirichlet or DirichletSymmetric => Discrete,
            _ => VectorGaussianFromMeanAndPrecision,
        }, prior switch
        {
            FactorOperation.Beta or GammaFromShapeAndRate or Dirichlet or DirichletSymmetric => [x.All()],
            GaussianFromMeanAndPrecision or GaussianFromMeanAndVariance => [x.All(), g.Real(1)],
            VectorGaussianFromMeanAndPrecision => [x.All(), Unit("q")],
            _ => [Vector("zero", 0, 0), x.All()],
        });
        return (g.Ask(x).Build(), evidence);
    }

    // The density at distance r from 0 where the precision is Wishart of a shape with the identity as rate: (2π)^-1 Γ₂(a + 1/2) / Γ₂(a) · |I + yyᵀ/2|^-(a + 1/2).
    private static double StudentT2(double shape, double r) =>
        -Math.Log(2 * Math.PI) + Math.Log((shape - 0.5) * 1.0) - (shape + 0.5) * Math.Log(1 + r * r / 2);

    [InferNetFact]
    public void Threads_do_not_meet()
    {
        var (graph, mean) = Sample([1, 2, 3, 4, 10], 100);
        var engine = new GibbsSampling { Compiled = new CompiledAlgorithms(), Iterations = 2000 };
        var alone = Enumerable.Range(0, 4).Select(i => Solve.Gaussian(Solve.By(engine with { Seed = (ulong)i }, graph), mean).Mean).ToArray();
        var together = new double[16];
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken },
            i => together[i] = Solve.Gaussian((engine with { Seed = (ulong)(i % 4) }).Solve(graph, null, CancellationToken.None), mean).Mean);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => alone[i % 4]), together);
        Assert.Equal(4, alone.Distinct().Count());
    }

    [InferNetFact]
    public void Different_models_are_compiled_side_by_side()
    {
        var engine = new ExpectationPropagation { Compiled = new CompiledAlgorithms() };
        var solutions = new FactorGraphSolution[8];
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, i => solutions[i] = engine.Solve(Coins(i % 4 + 1), null, CancellationToken.None));
        Assert.All(solutions, s => Assert.All(s.Beliefs.Values, b => Assert.Equal(0.3, ((BooleanBelief)b[0]).Probability, 1e-12)));
        Assert.Equal(4, engine.Compiled.Count);
    }

    [Fact]
    public void Without_the_package_engines_say_how_to_get_it()
    {
        if (Package.Missing is null) Assert.Skip("Infer.NET was there when this was built.");
        Assert.Contains("Microsoft.ML.Probabilistic.Compiler", new ExpectationPropagation().Unavailable);
        var exception = Assert.Throws<PlatformNotSupportedException>(() => new GibbsSampling().Solve(Coins(1), null, TestContext.Current.CancellationToken));
        Assert.Equal(new GibbsSampling().Unavailable, exception.Message);
    }

    private sealed class Told : IProgress<IterationProgress>
    {
        public List<IterationProgress> Seen { get; } = [];

        public Action<IterationProgress> Then { get; init; } = _ => { };

        public void Report(IterationProgress value)
        {
            Seen.Add(value);
            Then(value);
        }
    }

    /// <summary>So many coins, each of a name of its own: the structure differs with their number.</summary>
    internal static FactorGraph Coins(int number)
    {
        var g = new GraphOf(nameof(Coins));
        for (var i = 0; i < number; i++)
        {
            var coin = g.Unknown($"coin{i}", FactorDomain.Boolean);
            g.Define(coin.All(), Bernoulli, g.Real(0.3));
            g.Ask(coin);
        }
        return g.Build();
    }

    private static (FactorGraph Graph, FactorVariable Mean) Sample(double[] data, double priorVariance, int suffix = 0)
    {
        var g = new GraphOf();
        var n = g.Range("n", data.Length);
        var (mean, precision, x) = (g.Unknown($"mean{suffix}", Gaussian), g.Unknown("precision", Gamma), g.Data("x", Gaussian, data, [n]));
        g.Define(mean.All(), GaussianFromMeanAndVariance, g.Real(0), g.Real(priorVariance));
        g.Define(precision.All(), GammaFromShapeAndRate, g.Real(1), g.Real(1));
        g.For(n, () => g.Define(x.At(n), GaussianFromMeanAndPrecision, mean.All(), precision.All()));
        return (g.Ask(mean).Build(), mean);
    }

    // Four players with games in a circle.
    private static FactorGraph League()
    {
        var g = new GraphOf();
        var (game, player) = (g.Range("game", 6), g.Range("player", 4));
        var (winner, loser) = (g.Data("winner", Integer, [0, 1, 2, 3, 0, 1], [game]), g.Data("loser", Integer, [1, 2, 3, 0, 2, 3], [game]));
        var (skill, first, second, margin) = (g.Unknown("skill", Gaussian, [player]), g.Unknown("first", Gaussian, [game]), g.Unknown("second", Gaussian, [game]), g.Data("margin", Gaussian, [3, 1, 2, -1, 4, 2], [game]));
        var (difference, mean, variance, noise) = (g.Unknown("difference", Gaussian, [game]), g.Real(25), g.Real(69), g.Real(17));
        g.For(player, () => g.Define(skill.At(player), GaussianFromMeanAndVariance, mean, variance));
        g.For(game, () =>
        {
            g.Define(first.At(game), GaussianFromMeanAndVariance, skill.At(winner.At(game)), noise);
            g.Define(second.At(game), GaussianFromMeanAndVariance, skill.At(loser.At(game)), noise);
            g.Define(difference.At(game), Minus, first.At(game), second.At(game));
            g.Define(margin.At(game), GaussianFromMeanAndVariance, difference.At(game), noise);
        });
        return g.Ask(skill).Build();
    }
}
