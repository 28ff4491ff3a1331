using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Inference;

public unsafe class LeapfrogTests
{
    private const int N = 5;
    private readonly PointPool _points = new(N, 64);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_are_undone_by_steps_backwards(bool dense)
    {
        var metric = SomeMetric(dense);
        var leapfrog = new Leapfrog(Densities.Banana().Widened(N), metric);
        var start = Begin(leapfrog, metric);
        var back = Walk(leapfrog, Walk(leapfrog, start, 20, 0.05), 20, -0.05);
        for (var i = 0; i < N; i++)
        {
            Assert.Equal(start->Position[i], back->Position[i], 1e-11);
            Assert.Equal(start->Momentum[i], back->Momentum[i], 1e-11);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_energy_error_is_of_second_order(bool dense)
    {
        var metric = SomeMetric(dense);
        var leapfrog = new Leapfrog(Densities.Chained(N, 0.8), metric);
        var start = Begin(leapfrog, metric);
        var coarse = Walk(leapfrog, start, 10, 0.02)->Energy - start->Energy;
        var fine = Walk(leapfrog, start, 20, 0.01)->Energy - start->Energy;
        Assert.InRange(coarse / fine, 3.5, 4.5);
    }

    [Fact]
    public void A_step_preserves_volume()
    {
        var metric = SomeMetric(dense: false);
        var leapfrog = new Leapfrog(Densities.Banana().Widened(N), metric);
        var start = Begin(leapfrog, metric);
        const double Difference = 1e-5;
        var jacobian = new double[2 * N * 2 * N];
        for (var column = 0; column < 2 * N; column++)
        {
            double* moved = column < N ? start->Position + column : start->Momentum + column - N;
            var value = *moved;
            var after = new Point*[2];
            for (var side = 0; side < 2; side++)
            {
                *moved = value + (side == 0 ? Difference : -Difference);
                leapfrog.Evaluate(start);
                leapfrog.Refresh(start);
                after[side] = _points.Rent(1);
                leapfrog.Step(start, after[side], 0.3);
            }
            *moved = value;
            for (var row = 0; row < 2 * N; row++)
            {
                double up = row < N ? after[0]->Position[row] : after[0]->Momentum[row - N];
                double down = row < N ? after[1]->Position[row] : after[1]->Momentum[row - N];
                jacobian[row * 2 * N + column] = (up - down) / (2 * Difference);
            }
        }
        var determinant = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(2 * N, 2 * N, jacobian).Determinant();
        Assert.Equal(1, determinant, 1e-8);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_carried_energy_is_that_of_position_and_momentum(bool dense)
    {
        var metric = SomeMetric(dense);
        var leapfrog = new Leapfrog(Densities.Chained(N, 0.8), metric);
        var end = Walk(leapfrog, Begin(leapfrog, metric), 30, 0.1);
        var energy = end->Energy;
        leapfrog.Evaluate(end);
        leapfrog.Refresh(end);
        Assert.Equal(end->Energy, energy, 1e-10);
    }

    internal static Metric SomeMetric(bool dense)
    {
        var metric = new Metric(N);
        double[] variances = [0.5, 1, 2, 0.3, 1.5];
        metric.SetDiagonal(variances);
        if (!dense) return metric;
        var covariance = new double[N * N];
        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < N; j++) covariance[i * N + j] = Math.Sqrt(variances[i] * variances[j]) * Math.Pow(0.6, Math.Abs(i - j));
        }
        Assert.True(metric.TrySetDense(covariance));
        return metric;
    }

    private Point* Begin(Leapfrog leapfrog, Metric metric)
    {
        var start = _points.Rent(1);
        for (var i = 0; i < N; i++) start->Position[i] = 0.3 * i - 0.5;
        metric.DrawMomentum(new RandomStream(new Philox(1, 2, 3)), start->Momentum);
        leapfrog.Evaluate(start);
        leapfrog.Refresh(start);
        return start;
    }

    private Point* Walk(Leapfrog leapfrog, Point* from, int steps, double step)
    {
        // The first point stays as it is; the others take turns.
        Point*[] turns = [_points.Rent(1), _points.Rent(1)];
        for (var i = 0; i < steps; i++)
        {
            leapfrog.Step(from, turns[i % 2], step);
            from = turns[i % 2];
        }
        return from;
    }
}
