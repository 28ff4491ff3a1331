using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class LimitedMemoryBfgsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(100)]
    public void The_valley_of_Rosenbrock_is_followed_to_its_end(int n)
    {
        var start = new double[n];
        for (var i = 0; i < n; i++) start[i] = i % 2 == 0 ? -1.2 : 1;
        var minimum = Minimize(Functions.Rosenbrock(n), start);
        Assert.True(minimum.IsConverged, minimum.Explanation);
        // From some starts the valley ends in another local minimum, near x[1] = -1, which is one just as well.
        if (minimum.Value < 1) Assert.All(minimum.Position, x => Assert.Equal(1, x, 1e-8));
        Assert.InRange(Vectors.Largest(minimum.Gradient), 0, 1e-6);
        Assert.InRange(minimum.Evaluations, minimum.Iterations, 2 * minimum.Iterations + 20);
    }

    [Fact]
    public void Scales_that_differ_by_eight_orders_are_no_obstacle()
    {
        var minimum = Minimize(Functions.Bowl(1e-4, 1, 1e4), [100, -100, 50]);
        Assert.True(minimum.IsConverged, minimum.Explanation);
        for (var i = 0; i < 3; i++) Assert.Equal(i, minimum.Position[i], 1e-4);
        Assert.InRange(minimum.Iterations, 1, 60);
    }

    [Theory]
    [InlineData(1UL, 20)]
    [InlineData(2UL, 200)]
    [InlineData(3UL, 5000)]
    public void The_estimate_of_a_logistic_regression_is_that_of_Newtons_method(ulong seed, int rows)
    {
        var regression = new LogisticRegression(seed, rows, 1, 1, 1, 0.3, 5);
        var minimum = Minimize(regression, new double[4]);
        Assert.True(minimum.IsConverged, minimum.Explanation);
        var exact = regression.Estimate();
        for (var i = 0; i < 4; i++) Assert.Equal(exact[i], minimum.Position[i], 1e-9 * Math.Max(1, Math.Abs(exact[i])));
    }

    [Fact]
    public void A_wall_of_infinite_or_undefined_values_is_stepped_back_from()
    {
        // x - log x, and NaN from 0 down; y has a wall of infinity just right of its minimum.
        var function = new SmoothFunction(2, (x, g) =>
        {
            (g[0], g[1]) = (1 - 1 / x[0], 2 * (x[1] - 3));
            return x[1] > 3.1 ? double.PositiveInfinity : x[0] - Math.Log(x[0]) + (x[1] - 3) * (x[1] - 3);
        });
        var minimum = Minimize(function, [50, -40]);
        Assert.True(minimum.IsConverged, minimum.Explanation);
        Assert.Equal(MinimizationStop.Gradient, minimum.Stop);
        Assert.Equal(1, minimum.Position[0], 1e-8);
        Assert.Equal(3, minimum.Position[1], 1e-8);
    }

    [Fact]
    public void A_value_that_falls_up_to_a_wall_has_no_minimum()
    {
        var minimum = Minimize(new SmoothFunction(2, (x, g) =>
        {
            (g[0], g[1]) = (-1, 2 * x[1]);
            return x[0] < 1 ? x[1] * x[1] - x[0] : double.NaN;
        }), [0, 5]);
        Assert.Equal(MinimizationStop.Wall, minimum.Stop);
        Assert.InRange(minimum.Position[0], 1 - 1e-9, 1);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_start_without_a_value_is_said_to_be_one(double value)
    {
        var minimum = Minimize(new SmoothFunction(1, (_, g) => { g[0] = 1; return value; }), [0]);
        Assert.Equal(MinimizationStop.NoStart, minimum.Stop);
        Assert.False(minimum.IsConverged);
        Assert.Equal([0.0], minimum.Position);
        Assert.Equal("Not begun: the value or the gradient is not finite at the start, after 0 iterations.", minimum.Explanation);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_is_no_start_either() =>
        Assert.Equal(MinimizationStop.NoStart, Minimize(new SmoothFunction(1, (_, g) => { g[0] = double.NaN; return 0; }), [0]).Stop);

    [Fact]
    public void A_value_that_falls_for_ever_is_unbounded()
    {
        var minimum = Minimize(new SmoothFunction(2, (x, g) => { (g[0], g[1]) = (-1, 2 * x[1]); return -x[0] + x[1] * x[1]; }), [0, 1]);
        Assert.Equal(MinimizationStop.Unbounded, minimum.Stop);
        Assert.False(minimum.IsConverged);
    }

    [Fact]
    public void A_value_that_is_minus_infinity_somewhere_is_unbounded()
    {
        // The likelihood of one observation under a normal whose sd shrinks to 0.
        var minimum = Minimize(new SmoothFunction(1, (x, g) => { g[0] = 1; return x[0] < -3 ? double.NegativeInfinity : x[0]; }), [0]);
        Assert.Equal(MinimizationStop.Unbounded, minimum.Stop);
        Assert.Equal(double.NegativeInfinity, minimum.Value);
    }

    [Fact]
    public void A_gradient_that_contradicts_the_value_ends_in_a_failed_line_search()
    {
        var minimum = Minimize(new SmoothFunction(1, (x, g) => { g[0] = -1; return x[0] * x[0]; }), [0]);
        Assert.Equal(MinimizationStop.LineSearch, minimum.Stop);
        Assert.False(minimum.IsConverged);
    }

    [Fact]
    public void Noise_at_the_level_of_rounding_does_not_keep_it_from_converging()
    {
        var calls = 0;
        var function = new SmoothFunction(2, (x, g) =>
        {
            var noise = calls++ % 2 == 0 ? 1e-12 : -1e-12;
            (g[0], g[1]) = (x[0] - 1 + noise, 50 * (x[1] - 2) - noise);
            return 1000 + 0.5 * (x[0] - 1) * (x[0] - 1) + 25 * (x[1] - 2) * (x[1] - 2) + noise;
        });
        var minimum = new LimitedMemoryBfgs { GradientTolerance = 0 }.Minimize(function, [30.0, -20], cancellation: TestContext.Current.CancellationToken);
        Assert.True(minimum.IsConverged, minimum.Explanation);
        Assert.Equal(1, minimum.Position[0], 1e-9);
        Assert.Equal(2, minimum.Position[1], 1e-9);
    }

    [Fact]
    public void At_the_minimum_it_stays()
    {
        var minimum = Minimize(Functions.Bowl(1, 2), [0, 1]);
        Assert.Equal(MinimizationStop.Gradient, minimum.Stop);
        Assert.Equal(0, minimum.Iterations);
        Assert.Equal("Converged: the gradient vanished after 0 iterations.", minimum.Explanation);
    }

    [Fact]
    public void Iterations_are_counted_reported_and_limited()
    {
        var reported = new List<MinimizationProgress>();
        var minimum = new LimitedMemoryBfgs { MaxIterations = 3 }.Minimize(Functions.Rosenbrock(4), new double[4], reported.Add, TestContext.Current.CancellationToken);
        Assert.Equal(MinimizationStop.Iterations, minimum.Stop);
        Assert.Equal([1, 2, 3], reported.Select(p => p.Iteration));
        Assert.Equal(minimum.Value, reported[^1].Value);
        Assert.Equal(minimum.Evaluations, reported[^1].Evaluations);
    }

    [Fact]
    public void A_cancellation_leaves_what_was_reached()
    {
        using var source = new CancellationTokenSource();
        var best = double.NaN;
        var minimum = new LimitedMemoryBfgs().Minimize(
            Functions.Rosenbrock(10), new double[10],
            p =>
            {
                best = p.Value;
                if (p.Iteration == 5) source.Cancel();
            },
            source.Token);
        Assert.Equal(MinimizationStop.Cancelled, minimum.Stop);
        Assert.Equal(5, minimum.Iterations);
        Assert.Equal(best, minimum.Value);
        Assert.True(minimum.Value < 9);
    }

    [Fact]
    public void A_log_density_is_turned_over()
    {
        var minimum = Minimize(new NegativeLogDensity(Densities.Independent(1, 2, 0.1)), [5, 5, 5]);
        for (var i = 0; i < 3; i++) Assert.Equal(i, minimum.Position[i], 1e-8);
        Assert.True(minimum.IsConverged);
    }

    [Fact]
    public void Nothing_to_minimize_is_minimal() => Assert.True(Minimize(new SmoothFunction(0, (_, _) => 7), []).IsConverged);

    [Fact]
    public void Options_out_of_range_are_the_hosts_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimitedMemoryBfgs { History = 0 }.Minimize(Functions.Bowl(1), [0.0], cancellation: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => Minimize(Functions.Bowl(1), [0, 0]));
    }

    private static Minimum Minimize(ISmoothFunction function, double[] start) =>
        new LimitedMemoryBfgs().Minimize(function, start, cancellation: TestContext.Current.CancellationToken);
}
