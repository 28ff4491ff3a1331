using MathNet.Numerics.LinearAlgebra;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

/// <summary>Sparse elimination against dense linear algebra.</summary>
public class LinearGaussianTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(40)]
    public void Random_systems_have_the_moments_that_dense_algebra_gives(int count)
    {
        for (var seed = 0UL; seed < 40; seed++)
        {
            var random = new Philox(seed, (uint)count, 0);
            var system = new LinearGaussian();
            for (var v = 0; v < count; v++) system.AddUnknown();
            for (var v = 0; v < count; v++) system.Add([v], [0.5 + random.NextDouble()], random.NextNormal());
            for (var row = 0; row < 2 * count; row++) AddRandomRow(system, ref random);
            AssertDense(system);
        }
    }

    [Fact]
    public void A_system_in_which_all_is_connected_has_the_moments_that_dense_algebra_gives()
    {
        var random = new Philox(5, 0, 0);
        var system = new LinearGaussian();
        int[] all = [.. Enumerable.Range(0, 60).Select(_ => system.AddUnknown())];
        for (var row = 0; row < 90; row++)
        {
            var coefficients = new double[all.Length];
            for (var v = 0; v < all.Length; v++) coefficients[v] = random.NextNormal();
            system.Add(all, coefficients, random.NextNormal());
        }
        for (var v = 0; v < all.Length; v++) system.Add([v], [1], v);
        AssertDense(system);
    }

    [Fact]
    public void A_precise_observation_under_a_wide_prior_keeps_its_digits()
    {
        var system = new LinearGaussian();
        var (a, b) = (system.AddUnknown(), system.AddUnknown());
        system.Add([a], [1e-6], 0);
        system.Add([b], [1e-6], 0);
        system.Add([a, b], [1e6, 1e6], 3e6);
        system.Add([a, b], [1e6, -1e6], 1e6);
        var posterior = system.Solve();
        Assert.Equal(2, posterior.Mean(a), 1e-12);
        Assert.Equal(1, posterior.Mean(b), 1e-12);
        Assert.Equal(0.5e-12, posterior.Variance(a), 1e-22);
        Assert.Equal(-1, posterior.Improper);
    }

    [Fact]
    public void An_unknown_of_which_nothing_is_said_is_found()
    {
        var system = new LinearGaussian();
        var (a, b) = (system.AddUnknown(), system.AddUnknown());
        system.Add([a, b], [1, 1], 3);
        system.Add([a, b], [2, 2], 6);
        Assert.InRange(system.Solve().Improper, 0, 1);
    }

    [Fact]
    public void A_row_without_unknowns_counts()
    {
        var system = new LinearGaussian();
        system.Add([], [], 2);
        Assert.Equal(-2, system.Solve().LogIntegral);
    }

    [Fact]
    public void A_long_chain_settles_to_the_variance_of_its_filter()
    {
        // x[t] = x[t-1] + noise of variance 1, y = x + noise of variance 1: smoothed variance 1 / √5.
        const int Length = 100_000;
        var system = new LinearGaussian();
        for (var t = 0; t < Length; t++)
        {
            system.AddUnknown();
            if (t == 0) system.Add([0], [1], 0);
            else system.Add([t, t - 1], [1, -1], 0);
            system.Add([t], [1], 1);
        }
        var posterior = system.Solve();
        Assert.Equal(1 / Math.Sqrt(5), posterior.Variance(Length / 2), 1e-12);
        Assert.Equal(1, posterior.Mean(Length / 2), 1e-12);
    }

    private static void AddRandomRow(LinearGaussian system, ref Philox random)
    {
        var unknowns = new SortedSet<int>();
        for (var i = 0; i < 1 + (int)(3 * random.NextDouble()); i++) unknowns.Add((int)(system.Count * random.NextDouble()));
        int[] shuffled = [.. unknowns.Reverse()];
        var coefficients = new double[shuffled.Length];
        for (var i = 0; i < shuffled.Length; i++) coefficients[i] = 2 * random.NextNormal();
        system.Add(shuffled, coefficients, 3 * random.NextNormal());
    }

    private static void AssertDense(LinearGaussian system)
    {
        var (n, rows) = (system.Count, system.Rows);
        var a = Matrix<double>.Build.Dense(rows, n);
        var b = Vector<double>.Build.Dense(rows);
        for (var row = 0; row < rows; row++)
        {
            b[row] = system.MeanOf(row);
            for (var i = 0; i < system.UnknownsOf(row).Length; i++) a[row, system.UnknownsOf(row)[i]] += system.CoefficientsOf(row)[i];
        }
        var precision = a.TransposeThisAndMultiply(a);
        var covariance = precision.Inverse();
        var mean = covariance * a.TransposeThisAndMultiply(b);
        var residual = a * mean - b;
        var log = -0.5 * (residual * residual) - 0.5 * precision.Cholesky().DeterminantLn + 0.5 * n * Math.Log(2 * Math.PI);

        var posterior = system.Solve();
        Assert.Equal(-1, posterior.Improper);
        Assert.Equal(log, posterior.LogIntegral, 1e-9 * Math.Max(1, Math.Abs(log)));
        for (var v = 0; v < n; v++)
        {
            Assert.Equal(mean[v], posterior.Mean(v), 1e-9 * Math.Max(1, Math.Abs(mean[v])));
            Assert.Equal(covariance[v, v], posterior.Variance(v), 1e-9 * covariance[v, v]);
        }
        double[] weights = [.. Enumerable.Range(0, n).Select(v => Math.Sin(v + 1))];
        var sum = Vector<double>.Build.Dense(weights);
        Assert.Equal(sum * covariance * sum, posterior.Variance([.. Enumerable.Range(0, n)], weights), 1e-9);
    }
}
