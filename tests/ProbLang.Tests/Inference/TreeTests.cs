using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Tests.Inference;

public unsafe class TreeTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void Between_transitions_a_tree_holds_one_point(double step)
    {
        var tree = Make(Densities.Funnel(3), 4, 5, step);
        var stops = new HashSet<Stop>();
        for (var i = 0; i < 2000; i++)
        {
            stops.Add(tree.Next().Stop);
            Assert.Equal(1, tree.PointsInUse);
        }
        Assert.NotEmpty(stops);
    }

    [Fact]
    public void A_step_that_is_too_large_diverges_and_stays()
    {
        var tree = Make(Densities.Independent(1e-3, 1e-3), 2, 10, 100);
        tree.MoveTo([0.001, 1.002]);
        var transition = tree.Next();
        Assert.Equal((Stop.Diverging, 1, 0, false), (transition.Stop, transition.Leapfrogs, transition.Depth, transition.Moved));
        Assert.Equal(0.001, tree.Current->Position[0]);
    }

    [Fact]
    public void A_trajectory_turns_near_half_a_period()
    {
        // Independent normals are harmonic oscillators: half a period is π, so about π / 0.01 steps fit in. There are many of
        // them so that the sum of their phases hardly varies.
        var tree = Make(Densities.Chained(100, 0), 100, 12, 0.01);
        for (var i = 0; i < 20; i++) tree.Next();
        for (var i = 0; i < 50; i++)
        {
            var transition = tree.Next();
            Assert.Equal(Stop.Turning, transition.Stop);
            Assert.InRange(transition.Leapfrogs, 255, 511);
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(1.3)]
    public void The_target_is_invariant_for_any_step(double step)
    {
        // A chain that starts in the target and moves a few times is still in it: exact draws in, moments of the target out.
        const int Draws = 20_000;
        var random = new RandomStream(new Philox(5, 1, 1));
        var tree = Make(Densities.Chained(2, 0.6), 2, 10, step);
        double square = 0, product = 0, fourth = 0;
        var normal = new double[2];
        for (var i = 0; i < Draws; i++)
        {
            random.FillNormal(normal);
            tree.MoveTo([normal[0], 0.6 * normal[0] + 0.8 * normal[1]]);
            tree.Next();
            tree.Next();
            double x = tree.Current->Position[0], y = tree.Current->Position[1];
            square += x * x / Draws;
            product += x * y / Draws;
            fourth += x * x * x * x / Draws;
        }
        Assert.Equal(1, square, 4 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(0.6, product, 4 * Math.Sqrt(1.36 / Draws));
        Assert.Equal(3, fourth, 4 * Math.Sqrt(96.0 / Draws));
    }

    [Fact]
    public void A_cancelled_tree_does_not_step()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var metric = new Metric(1);
        var leapfrog = new Leapfrog(Densities.Independent(1), metric);
        var tree = new Tree(leapfrog, metric, 10, new RandomStream(new Philox(1, 0, 0)), source.Token) { StepSize = 0.1 };
        tree.MoveTo([0.5]);
        var transition = tree.Next();
        Assert.Equal((Stop.Cancelled, 0), (transition.Stop, transition.Leapfrogs));
        Assert.Equal(1, leapfrog.Gradients);
        Assert.Equal(1, tree.PointsInUse);
    }

    private static Tree Make(LogDensity density, int dimension, int maxDepth, double step)
    {
        var metric = new Metric(dimension);
        var tree = new Tree(new Leapfrog(density, metric), metric, maxDepth, new RandomStream(new Philox(1, 0, 0)), default) { StepSize = step };
        tree.MoveTo(new double[dimension]);
        return tree;
    }
}
