using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Inference;

public unsafe class AdaptationTests
{
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.8)]
    [InlineData(0.95)]
    public void Dual_averaging_finds_the_step_with_the_target_acceptance(double target)
    {
        var averaging = new DualAveraging();
        averaging.Restart(target, 1);
        for (var i = 0; i < 5000; i++) averaging.Update(Math.Exp(-averaging.Step));
        Assert.Equal(target, Math.Exp(-averaging.Average), 0.005);
    }

    [Fact]
    public void Dual_averaging_takes_a_meaningless_statistic_for_a_rejection()
    {
        var averaging = new DualAveraging();
        averaging.Restart(0.8, 1);
        averaging.Update(double.NaN);
        var rejected = new DualAveraging();
        rejected.Restart(0.8, 1);
        rejected.Update(0);
        Assert.Equal(rejected.Step, averaging.Step);
    }

    [Fact]
    public void A_thousand_iterations_have_the_classical_windows()
    {
        var schedule = new WarmupSchedule(1000);
        Assert.Equal(75, schedule.WindowStart);
        Assert.Equal([100, 150, 250, 450, 950], schedule.WindowEnds);
        Assert.Equal(500, schedule.LongestWindow);
    }

    [Fact]
    public void Windows_grow_and_leave_room_at_both_ends_for_any_length()
    {
        for (var n = 0; n <= 3000; n++)
        {
            var schedule = new WarmupSchedule(n);
            var ends = schedule.WindowEnds;
            if (n < 20)
            {
                Assert.Equal(0, ends.Length);
                continue;
            }
            Assert.InRange(schedule.WindowStart, 1, n / 4 + 75);
            Assert.InRange(ends[^1], schedule.WindowStart + 1, n - 1);
            var (start, length) = (schedule.WindowStart, 0);
            foreach (var end in ends)
            {
                Assert.True(end - start >= length, $"{n}");
                (length, start) = (end - start, end);
            }
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(i >= schedule.WindowStart && i < ends[^1], schedule.IsInWindow(i));
            }
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1)]
    [InlineData(1e5)]
    public void The_first_step_has_the_scale_of_the_target(double sd)
    {
        var metric = new Metric(3);
        var leapfrog = new Leapfrog(new FunctionDensity(3, (q, g) =>
        {
            var sum = 0.0;
            for (var i = 0; i < 3; i++)
            {
                sum += q[i] * q[i] / sd / sd;
                g[i] = -q[i] / sd / sd;
            }
            return -0.5 * sum;
        }), metric);
        var points = new PointPool(3, 2);
        Point* start = points.Rent(1), scratch = points.Rent(1);
        for (var i = 0; i < 3; i++) start->Position[i] = sd;
        leapfrog.Evaluate(start);
        var step = StepSize.Search(leapfrog, metric, new RandomStream(new Philox(1, 0, 0)), start, scratch, 1, TestContext.Current.CancellationToken);
        Assert.InRange(step / sd, 0.2, 8);
        Assert.Equal(sd, start->Position[0]);
    }

    [Fact]
    public void The_windows_of_the_longest_warm_up_end_with_it()
    {
        var ends = new WarmupSchedule(int.MaxValue).WindowEnds.ToArray();
        Assert.Equal(ends.Order(), ends);
        Assert.Equal(int.MaxValue - 50, ends[^1]);
    }

    [Fact]
    public void The_search_for_a_step_ends_where_every_step_is_accepted_or_none()
    {
        foreach (var (gradient, least, most) in new[] { (0.0, 1e6, 1e8), (1e300, 0, 1e-11) })
        {
            var metric = new Metric(1);
            var leapfrog = new Leapfrog(new FunctionDensity(1, (_, g) =>
            {
                g[0] = gradient;
                return 0;
            }), metric);
            var points = new PointPool(1, 2);
            Point* start = points.Rent(1), scratch = points.Rent(1);
            leapfrog.Evaluate(start);
            Assert.InRange(StepSize.Search(leapfrog, metric, new RandomStream(new Philox(1, 0, 0)), start, scratch, 1, TestContext.Current.CancellationToken), least, most);
        }
    }
}
