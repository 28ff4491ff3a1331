using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference;

public class RobustnessTests
{
    [Fact]
    public void A_start_without_density_is_tried_again()
    {
        var run = Moments.Run(new FunctionDensity(1, (q, g) =>
        {
            g[0] = -(q[0] - 2);
            return q[0] > 1.8 ? -0.5 * (q[0] - 2) * (q[0] - 2) : double.NegativeInfinity;
        }), new Nuts { Seed = 1 });
        Assert.Empty(run.Failures);
        Assert.All(run.Chains, c => Assert.Equal(1000, c.Draws.Count));
        Assert.All(run.Chains, c => Assert.True(c.Draws.Draw(0)[0] > 1.8));
    }

    [Fact]
    public void Starts_come_nearer_to_zero_when_far_ones_fail()
    {
        var run = Moments.Run(new FunctionDensity(30, (q, g) =>
        {
            var sum = 0.0;
            for (var i = 0; i < q.Length; i++)
            {
                sum += q[i] * q[i];
                g[i] = -1e4 * q[i];
            }
            return sum < 0.1 ? -0.5e4 * sum : double.NaN;
        }), new Nuts { Seed = 1, Draws = 100 });
        Assert.Empty(run.Failures);
    }

    [Fact]
    public void Without_any_start_the_chain_says_which_gradient_is_at_fault()
    {
        var run = Moments.Run(new FunctionDensity(3, (q, g) =>
        {
            g.Clear();
            g[1] = double.NaN;
            return 0;
        }), new Nuts { Seed = 1 });
        Assert.Equal(4, run.Failures.Length);
        Assert.All(run.Failures, f => Assert.Equal((FailureKind.NoStart, "q[2]"), (f.Kind, f.Coordinate)));
        Assert.All(run.Chains, c => Assert.Equal(0, c.Draws.Count));
    }

    [Fact]
    public void A_chain_that_cannot_move_begins_again_from_elsewhere()
    {
        // Where the second coordinate is positive the gradient leads nowhere.
        var density = new FunctionDensity(2, (q, g) =>
        {
            double a = q[0], b = (q[1] + 3) / 0.5;
            g[0] = -a;
            g[1] = q[1] > 0 ? 1e300 : -b / 0.5;
            return -0.5 * (a * a + b * b);
        });
        var run = Moments.Run(density, new Nuts { Seed = 1, Chains = 8 });
        Assert.Empty(run.Failures);
        Assert.Contains(run.Chains, c => c.Restarts > 0);
        Moments.AssertMean(run.Draws(Moments.Layout(2)), x => x[1], -3);
    }

    [Fact]
    public void A_chain_that_never_moves_is_given_up_with_the_variable_to_look_at()
    {
        var run = Moments.Run(new FunctionDensity(2, (q, g) =>
        {
            (g[0], g[1]) = (1, 1e300);
            return 0;
        }), new Nuts { Seed = 1, Chains = 2 });
        Assert.Equal(2, run.Failures.Length);
        Assert.All(run.Failures, f => Assert.Equal((FailureKind.Stuck, "q[2]"), (f.Kind, f.Coordinate)));
    }

    [Fact]
    public void A_chain_in_a_mode_without_mass_begins_again_where_the_mass_is()
    {
        // Two modes at -3 and 3 in the first coordinate; the left one has exp(-40) of the mass.
        var density = new FunctionDensity(2, (q, g) =>
        {
            double left = (q[0] + 3) / 0.3, right = (q[0] - 3) / 0.3;
            double logLeft = -40 - 0.5 * left * left, logRight = -0.5 * right * right;
            var isLeft = logLeft > logRight;
            g[0] = -(isLeft ? left : right) / 0.3;
            g[1] = -q[1];
            return (isLeft ? logLeft : logRight) - 0.5 * q[1] * q[1];
        });
        var run = Moments.Run(density, new Nuts { Seed = 2, Chains = 10 });
        Assert.Contains(run.Chains, c => c.Restarts > 0);
        Moments.AssertMean(run.Draws(Moments.Layout(2)), x => x[0], 3);
    }

    [Fact]
    public void Modes_of_like_mass_are_left_alone()
    {
        var density = new FunctionDensity(1, (q, g) =>
        {
            var z = (Math.Abs(q[0]) - 3) / 0.2;
            g[0] = -z / 0.2 * Math.Sign(q[0]);
            return -0.5 * z * z;
        });
        var run = Moments.Run(density, new Nuts { Seed = 1 });
        Assert.All(run.Chains, c => Assert.Equal(0, c.Restarts));
    }

    [Fact]
    public void A_cancellation_stops_at_once_and_keeps_the_finished_draws()
    {
        var whole = Moments.Run(new CountingGaussian(long.MaxValue, () => { }), new Nuts { Seed = 5, Threads = 1 });
        using var source = new CancellationTokenSource();
        var density = new CountingGaussian(whole.Gradients - 5000, source.Cancel);
        var run = new Nuts { Seed = 5, Threads = 1 }.Sample(density, null, source.Token);
        Assert.True(run.IsCancelled);
        Assert.Equal(whole.Gradients - 5000, density.Evaluations);
        var finished = 0;
        for (var c = 0; c < 4; c++)
        {
            finished += run.Chains[c].Draws.Count;
            for (var i = 0; i < run.Chains[c].Draws.Count; i++) Assert.Equal(whole.Chains[c].Draws.Draw(i), run.Chains[c].Draws.Draw(i));
        }
        Assert.InRange(finished, 1000, 3999);
    }

    [Fact]
    public void A_cancellation_before_the_start_gives_no_draws()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var run = new Nuts { Seed = 5 }.Sample(Densities.Independent(1), null, source.Token);
        Assert.True(run.IsCancelled);
        Assert.All(run.Chains, c => Assert.Equal(0, c.Draws.Count));
        Assert.Empty(Summary.Of(run.Draws(Moments.Layout(1))).Rows);
    }

    [Fact]
    public void An_exception_of_the_density_reaches_the_caller()
    {
        var density = new FunctionDensity(1, (_, _) => throw new InvalidOperationException("ours"));
        Assert.Equal("ours", Assert.Throws<InvalidOperationException>(() => Moments.Run(density, new Nuts { Seed = 1 })).Message);
    }

    [Fact]
    public void Progress_ends_with_every_chain_finished()
    {
        var last = new ChainProgress[3];
        var progress = new Listener(p => last[p.Chain - 1] = p);
        new Nuts { Seed = 1, Chains = 3, Draws = 100, Warmup = 100 }.Sample(Densities.Funnel(5), progress, TestContext.Current.CancellationToken);
        Assert.All(last, p => Assert.Equal((ChainPhase.Finished, 200, 200), (p.Phase, p.Iteration, p.Total)));
    }

    [Fact]
    public void A_cancellation_after_the_last_draw_has_stopped_nothing()
    {
        using var source = new CancellationTokenSource();
        var progress = new Listener(p => { if (p.Phase == ChainPhase.Finished) source.Cancel(); });
        var run = new Nuts { Seed = 1, Chains = 1, Draws = 100, Warmup = 100 }.Sample(Densities.Independent(1), progress, source.Token);
        Assert.Equal(100, run.Chains[0].Draws.Count);
        Assert.False(run.IsCancelled);
    }

    [Fact]
    public void The_time_that_a_chain_waits_for_others_is_not_its_own()
    {
        var reports = new List<ChainProgress>();
        var density = new FunctionDensity(1, (x, gradient) => { Thread.SpinWait(2000); gradient[0] = -x[0]; return -0.5 * x[0] * x[0]; });
        var clock = System.Diagnostics.Stopwatch.StartNew();
        new Nuts { Seed = 1, Chains = 3, Draws = 100, Warmup = 100, Threads = 1 }.Sample(density, new Listener(reports.Add), TestContext.Current.CancellationToken);
        var worked = reports.Where(p => p.Phase == ChainPhase.Finished).Sum(p => p.Worked.TotalSeconds);
        Assert.InRange(worked, 1e-9, clock.Elapsed.TotalSeconds);
        Assert.Equal([1, 2, 3], reports.Where(p => p.Phase == ChainPhase.Waiting).Select(p => p.Chain));
    }

    private sealed class CountingGaussian(long at, Action then) : LogDensity
    {
        public long Evaluations { get; private set; }

        public override int Dimension => 2;

        public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
        {
            if (++Evaluations == at) then();
            (gradient[0], gradient[1]) = (-position[0], -position[1]);
            return -0.5 * (position[0] * position[0] + position[1] * position[1]);
        }

        public override LogDensity Fork() => this;
    }

    private sealed class Listener(Action<ChainProgress> action) : IProgress<ChainProgress>
    {
        public void Report(ChainProgress value) => action(value);
    }
}
