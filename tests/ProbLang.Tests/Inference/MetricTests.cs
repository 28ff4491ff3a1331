using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Inference;

public unsafe class MetricTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Momenta_have_the_mass_matrix_as_their_covariance(bool dense)
    {
        const int N = 5, Draws = 40_000;
        var metric = LeapfrogTests.SomeMetric(dense);
        var random = new RandomStream(new Philox(7, 0, 0));
        var buffer = new AlignedBuffer(2 * metric.Padded);
        double* p = buffer.Pointer, v = p + metric.Padded;
        var products = new double[N * N];
        for (var draw = 0; draw < Draws; draw++)
        {
            metric.DrawMomentum(random, p);
            metric.Multiply(p, v);
            for (var i = 0; i < N; i++) for (var j = 0; j < N; j++) products[i * N + j] += p[i] * v[j] / Draws;
        }
        // E[p (M⁻¹ p)ᵀ] = I; the sd of a term is at most √2 times the ratio of the scales, under 4 here.
        for (var i = 0; i < N; i++) for (var j = 0; j < N; j++) Assert.Equal(i == j ? 1 : 0, products[i * N + j], 4 * 4 / Math.Sqrt(Draws));
    }

    [Fact]
    public void The_determinant_is_that_of_the_covariance()
    {
        var metric = new Metric(2);
        metric.SetDiagonal([2, 8]);
        Assert.Equal(Math.Log(16), metric.LogDeterminant, 1e-12);
        Assert.True(metric.TrySetDense([2, 1, 1, 8]));
        Assert.Equal(Math.Log(15), metric.LogDeterminant, 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_changes_nothing()
    {
        var metric = new Metric(2);
        metric.SetDiagonal([2, 8]);
        Assert.False(metric.TrySetDense([1, 2, 2, 1]));
        Assert.False(metric.IsDense);
        Assert.Equal(8, metric.InverseDiagonal[1]);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    [InlineData(-0.9)]
    public void The_condition_number_of_a_correlation_is_found(double r) =>
        Assert.Equal((1 + Math.Abs(r)) / (1 - Math.Abs(r)), Conditioning.ConditionNumber([1, r, r, 1], 2), 1e-3 / (1 - Math.Abs(r)));

    [Fact]
    public void Noise_is_not_taken_for_correlation()
    {
        var random = new RandomStream(new Philox(3, 0, 0));
        foreach (var (n, draws) in new[] { (2, 25), (5, 25), (10, 50), (20, 100), (50, 500), (100, 500) })
        {
            var window = new WindowDraws(n, draws);
            var x = new double[n];
            var points = new PointPool(n, 1);
            var point = points.Rent(1);
            for (var draw = 0; draw < draws; draw++)
            {
                random.FillNormal(new Span<double>(point->Position, n));
                for (var i = 0; i < n; i++) point->Gradient[i] = -point->Position[i];
                window.Add(point);
            }
            var metric = new Metric(n);
            MetricEstimator.Update(metric, window, MetricKind.Auto);
            Assert.False(metric.IsDense, $"{n} coordinates, {draws} draws");
            // The prior's five draws and the others' noise: each variance within four standard errors.
            for (var i = 0; i < n; i++) Assert.Equal(1, metric.InverseDiagonal[i], 4 * Math.Sqrt(2.0 / draws));
        }
    }
}
