using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class HessianTests
{
    [Theory]
    [InlineData(1UL, 30)]
    [InlineData(2UL, 50)]
    [InlineData(3UL, 1000)]
    [InlineData(4UL, 20000)]
    public void Standard_errors_of_a_logistic_regression_are_those_of_the_closed_form(ulong seed, int rows)
    {
        // Covariates in units that differ by nine orders.
        var regression = new LogisticRegression(seed, rows, 1, 1, 1e3, 1e-6, 0.7);
        var estimate = regression.Estimate();
        var hessian = Hessian.Of(regression, estimate, TestContext.Current.CancellationToken);
        var exact = regression.Information(estimate);
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++) Assert.Equal(exact[i, j], hessian[i, j], 1e-9 * Math.Sqrt(exact[i, i] * exact[j, j]));
        }
        var covariance = exact.Inverse();
        var curvature = Curvature.Of(hessian);
        Assert.NotNull(curvature.Inverse);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(Math.Sqrt(covariance[i, i]), Math.Sqrt(curvature.Inverse[i * 4 + i]), 1e-9 * Math.Sqrt(covariance[i, i]));
        }
        Assert.Equal(Math.Log(exact.Determinant()), curvature.LogDeterminant, 1e-8);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(0)]
    [InlineData(3)]
    public void The_estimate_of_the_error_covers_the_error(double at)
    {
        // Σ exp(x + y / 2) + cosh(x): all derivatives are known.
        var function = new SmoothFunction(2, (x, g) =>
        {
            var e = Math.Exp(x[0] + 0.5 * x[1]);
            (g[0], g[1]) = (e + Math.Sinh(x[0]), 0.5 * e + x[1]);
            return e + Math.Cosh(x[0]) + 0.5 * x[1] * x[1];
        });
        var hessian = Hessian.Of(function, [at, -at], TestContext.Current.CancellationToken);
        var e = Math.Exp(0.5 * at);
        double[] exact = [e + Math.Cosh(at), 0.5 * e, 0.5 * e, 0.25 * e + 1];
        for (var i = 0; i < 4; i++)
        {
            var scale = Math.Sqrt(exact[i / 2 * 3] * exact[i % 2 * 3]);
            Assert.InRange(Math.Abs(hessian.Values[i] - exact[i]) / scale, 0, 1e-10);
            Assert.InRange(Math.Abs(hessian.Values[i] - exact[i]) / scale, 0, hessian.Error + 1e-15);
        }
        Assert.InRange(hessian.Error, 0, 1e-9);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1)]
    [InlineData(1e8)]
    public void The_step_finds_the_scale_of_a_coordinate(double scale)
    {
        var function = new SmoothFunction(1, (x, g) =>
        {
            var z = x[0] / scale - 1;
            g[0] = (Math.Exp(z) - 1) / scale;
            return Math.Exp(z) - z;
        });
        var hessian = Hessian.Of(function, [scale], TestContext.Current.CancellationToken);
        Assert.Equal(1, hessian[0, 0] * scale * scale, 1e-10);
    }

    [Fact]
    public void Near_the_edge_of_the_domain_steps_are_short_enough()
    {
        // The Poisson log likelihood in its rate, where 0 is the wall.
        var function = new SmoothFunction(1, (x, g) =>
        {
            g[0] = 1 - 2 / x[0];
            return x[0] <= 0 ? double.PositiveInfinity : x[0] - 2 * Math.Log(x[0]);
        });
        Assert.Equal(2 / 0.01 / 0.01, Hessian.Of(function, [0.01], TestContext.Current.CancellationToken)[0, 0], 1e-8 * 2 / 0.01 / 0.01);
        Assert.Equal(0.5, Hessian.Of(function, [2.0], TestContext.Current.CancellationToken)[0, 0], 1e-9);
    }

    [Fact]
    public void A_sum_and_a_difference_that_the_data_do_not_tell_apart_are_named()
    {
        // Only x + 1000 y matters, and z.
        var function = new SmoothFunction(3, (x, g) =>
        {
            var sum = x[0] + 1000 * x[1];
            (g[0], g[1], g[2]) = (sum, 1000 * sum, Math.Exp(x[2]) - 1);
            return 0.5 * sum * sum + Math.Exp(x[2]) - x[2];
        });
        var curvature = Curvature.Of(Hessian.Of(function, [0, 0, 0], TestContext.Current.CancellationToken));
        Assert.Null(curvature.Inverse);
        var weak = Assert.Single(curvature.Weak);
        Assert.True(weak.IsFlat);
        Assert.Equal([0, 1], weak.Coordinates.Order());
        Assert.Equal(1, weak.Direction[0], 1e-9);
        Assert.Equal(-0.001, weak.Direction[1], 1e-9);
    }

    [Fact]
    public void A_coordinate_that_nothing_depends_on_is_flat_and_alone()
    {
        var function = new SmoothFunction(3, (x, g) =>
        {
            (g[0], g[1], g[2]) = (Math.Sinh(x[0]), 0, 4 * x[2]);
            return Math.Cosh(x[0]) + 2 * x[2] * x[2];
        });
        var weak = Assert.Single(Curvature.Of(Hessian.Of(function, [0.1, 5, 0], TestContext.Current.CancellationToken)).Weak);
        Assert.True(weak.IsFlat);
        Assert.Equal([1], weak.Coordinates);
    }

    [Fact]
    public void A_saddle_says_where_it_falls()
    {
        var function = new SmoothFunction(2, (x, g) =>
        {
            (g[0], g[1]) = (2 * x[0] + 3 * x[1], 3 * x[0] + 2 * x[1]);
            return x[0] * x[0] + 3 * x[0] * x[1] + x[1] * x[1];
        });
        var weak = Assert.Single(Curvature.Of(Hessian.Of(function, [0, 0], TestContext.Current.CancellationToken)).Weak);
        Assert.False(weak.IsFlat);
        Assert.Equal(-0.5, weak.Curvature, 1e-9);
        Assert.Equal(-1, weak.Direction[0] / weak.Direction[1], 1e-9);
    }

    [Fact]
    public void Collinear_covariates_have_standard_errors_as_long_as_differences_can_tell()
    {
        const double near = 1e-4;
        var function = new SmoothFunction(2, (x, g) =>
        {
            double sum = x[0] + x[1], difference = near * (x[0] - x[1]);
            (g[0], g[1]) = (sum + near * difference, sum - near * difference);
            return 0.5 * sum * sum + 0.5 * difference * difference;
        });
        var curvature = Curvature.Of(Hessian.Of(function, [0.3, -0.2], TestContext.Current.CancellationToken));
        Assert.NotNull(curvature.Inverse);
        Assert.Equal(0.25 / near / near, curvature.Inverse[0], 1e-5 * 0.25 / near / near);
    }

    [Fact]
    public void Where_the_gradient_is_nowhere_finite_the_coordinates_are_named()
    {
        var function = new SmoothFunction(2, (x, g) =>
        {
            (g[0], g[1]) = (x[0], x[1] == 1 ? 0 : double.NaN);
            return x[0] * x[0] / 2;
        });
        var curvature = Curvature.Of(Hessian.Of(function, [0, 1], TestContext.Current.CancellationToken));
        Assert.Null(curvature.Inverse);
        Assert.Equal([0, 1], curvature.NotFinite.Union([0]).Order());
        Assert.Contains(1, curvature.NotFinite);
    }

    [Fact]
    public void It_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => Hessian.Of(Functions.Bowl(1), [0.0], new CancellationToken(canceled: true)));
}
