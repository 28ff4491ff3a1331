using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class TrainerTests
{
    private static readonly LogisticRegression s_regression = new(5, 800, 32, 1, 1, 1);

    [Fact]
    public void Training_comes_to_the_estimate_of_maximum_likelihood()
    {
        var run = Train(s_regression, new Training { Epochs = 120, HeldOut = 0, BatchSize = 32, LearningRate = 0.05, Schedule = new LearningRateSchedule.Cosine(), Seed = 1 });
        var exact = s_regression.Estimate();
        Assert.Equal(TrainingStop.Completed, run.Stop);
        Assert.Equal(120 * 25, run.Steps);
        for (var i = 0; i < 3; i++) Assert.Equal(exact[i], run.Position[i], 0.002);
        Assert.Equal(120, run.History.Length);
        Assert.Null(run.HeldOutLoss);
        var gradient = new double[3];
        Assert.Equal(s_regression.Evaluate(exact, gradient) / 800, run.History[^1].Loss, 1e-4);
    }

    [Fact]
    public void The_same_seed_gives_the_same_training_bit_for_bit()
    {
        var options = new Training { Epochs = 5, BatchSize = 32, LearningRate = 0.05, ClipNorm = 0.2, WeightDecay = 0.01, Averaging = 0.99, Seed = 3 };
        TrainingRun first = Train(s_regression, options), second = Train(s_regression, options), other = Train(s_regression, options with { Seed = 4 });
        Assert.Equal(first.Position, second.Position);
        Assert.Equal(first.History, second.History);
        Assert.NotEqual(first.Position, other.Position);
    }

    [Fact]
    public void A_seed_that_was_not_given_is_reported()
    {
        var options = new Training { Epochs = 2, BatchSize = 32 };
        var run = Train(s_regression, options);
        Assert.Equal(run.Position, Train(s_regression, options with { Seed = run.Seed }).Position);
    }

    [Fact]
    public void A_batch_that_rows_do_not_fill_counts_only_those_there_are()
    {
        // One row of 33 is left for the second batch: its gradient alone, not a thirty-second of it.
        var regression = new LogisticRegression(9, 33, 32, 1, 1);
        var run = Train(regression, new Training { Epochs = 1, HeldOut = 0, BatchSize = 32, Seed = 1 });
        Assert.Equal(2, run.Steps);
        Assert.Equal(Math.Log(2), run.History[0].Loss, 0.01);
    }

    [Fact]
    public void With_held_out_rows_the_result_is_the_best_of_the_epochs()
    {
        // Forty rows and twelve covariates, of which ten say nothing: later epochs learn the rows by heart.
        var overfit = new LogisticRegression(2, 60, 40, [1, 1, .. Enumerable.Repeat(1.0, 10)]);
        var options = new Training { Epochs = 400, BatchSize = 40, HeldOut = 20, Patience = null, LearningRate = 0.05, Seed = 2 };
        var run = Train(overfit, options);
        var best = run.History.MinBy(e => e.HeldOutLoss);
        Assert.Equal(400, run.History.Length);
        Assert.InRange(best.Epoch, 2, 399);
        Assert.Equal(best.Epoch, run.BestEpoch);
        Assert.Equal(best.HeldOutLoss, run.HeldOutLoss);
        Assert.Equal(best.HeldOutLoss, Train(overfit, options with { Epochs = best.Epoch }).HeldOutLoss);
        Assert.Equal(Train(overfit, options with { Epochs = best.Epoch }).Position, run.Position);

        var patient = Train(overfit, options with { Patience = 7 });
        Assert.Equal(TrainingStop.Patience, patient.Stop);
        Assert.Equal(patient.BestEpoch + 7, patient.History.Length);
    }

    [Fact]
    public void A_long_gradient_is_shortened_to_the_limit()
    {
        // Without momentum and with an ε that outweighs everything, a step is proportional to the gradient.
        var options = new Training { Steps = 1, BatchSize = 32, Beta1 = 0, Beta2 = 0, Epsilon = 1e12, LearningRate = 1e12, Seed = 1 };
        var free = Vectors.Norm(Train(s_regression, options).Position);
        Assert.True(free > 0.01);
        Assert.Equal(0.01, Vectors.Norm(Train(s_regression, options with { ClipNorm = 0.01 }).Position), 1e-9);
        Assert.Equal(free, Vectors.Norm(Train(s_regression, options with { ClipNorm = 10 }).Position));
    }

    [Fact]
    public void The_average_of_positions_is_calmer_than_the_last_one()
    {
        var exact = s_regression.Estimate();
        var options = new Training { Epochs = 60, BatchSize = 32, HeldOut = 0, LearningRate = 0.1, Seed = 1 };
        Assert.InRange(Distance(Train(s_regression, options with { Averaging = 0.998 }).Position, exact), 0, 0.5 * Distance(Train(s_regression, options).Position, exact));
    }

    [Fact]
    public void A_cancellation_leaves_the_best_so_far()
    {
        using var source = new CancellationTokenSource();
        var objective = new CancellingObjective(s_regression, source, 23 * 3 + 5);
        var options = new Training { Epochs = 50, BatchSize = 32, LearningRate = 0.05, Seed = 1 };
        var run = Trainer.Run(objective, new double[3], options, cancellation: source.Token);
        Assert.Equal(TrainingStop.Cancelled, run.Stop);
        Assert.Equal(23 * 3 + 5, run.Steps);
        var whole = Train(s_regression, options with { Epochs = 3 });
        Assert.Equal(whole.History, run.History);
        Assert.Equal(whole.Position, run.Position);
    }

    [Fact]
    public void Time_that_is_up_ends_training()
    {
        var run = Train(s_regression, new Training { Epochs = 1_000_000, BatchSize = 32, Patience = null, MaxSeconds = 0.2 });
        Assert.Equal(TrainingStop.Time, run.Stop);
        Assert.InRange(run.Elapsed.TotalSeconds, 0.2, 5);
        Assert.True(run.Steps > 0);
    }

    [Fact]
    public void Progress_tells_where_training_is_and_ends_at_the_end()
    {
        var reports = new List<TrainingProgress>();
        var options = new Training { Epochs = 3, BatchSize = 32, Seed = 1 };
        var run = Trainer.Run(s_regression, new double[3], options, progress: new Immediate(reports.Add), cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(reports);
        var last = reports[^1];
        Assert.Equal((3, 3, run.Steps, run.Steps), (last.Epoch, last.Epochs, last.Step, last.Steps));
        Assert.Equal(run.History[^1].Loss, last.Loss);
        Assert.Equal(run.History[^1].HeldOutLoss, last.HeldOutLoss);
        Assert.Equal(run.HeldOutLoss, last.BestHeldOutLoss);
        Assert.Equal(TimeSpan.Zero, last.TimeLeft);
        Assert.True(last.RowsPerSecond > 0);
    }

    [Theory]
    [InlineData(double.NaN, false)]
    [InlineData(double.NegativeInfinity, false)]
    [InlineData(double.NaN, true)]
    public void A_number_that_is_not_finite_stops_at_its_step_with_the_rows_at_fault(double value, bool isInGradient)
    {
        var order = new RowOrder(11, 800, 80);
        int culprit = order.Of(1)[32 * 4 + 7];
        var objective = new PoisonedObjective(s_regression, (row, x) => row == culprit && x[0] > 0.12, value, isInGradient);
        var run = Train(objective, new Training { Epochs = 9, BatchSize = 32, LearningRate = 0.005, Seed = 11 });
        Assert.Equal(TrainingStop.NotFinite, run.Stop);
        Assert.NotNull(run.Failure);
        Assert.Equal(run.Steps + 1, run.Failure.Step);
        Assert.Equal((run.Failure.Step - 1) / 23 + 1, run.Failure.Epoch);
        Assert.Equal([culprit], run.Failure.BadRows);
        Assert.Contains(culprit, run.Failure.Rows);
        Assert.Equal(isInGradient ? 1 : null, run.Failure.Coordinate);
        Assert.Equal(isInGradient, double.IsFinite(run.Failure.Loss));
        Assert.True(run.Failure.Position[0] > 0.12);
        Assert.Equal(Train(s_regression, new Training { Steps = run.Steps, HeldOut = 80, BatchSize = 32, LearningRate = 0.005, Seed = 11, Patience = null }).Steps, run.Steps);
    }

    [Fact]
    public void A_held_out_row_that_is_not_a_number_is_found_too()
    {
        var culprit = new RowOrder(11, 800, 80).HeldOut[50];
        var run = Train(new PoisonedObjective(s_regression, (row, _) => row == culprit, double.NaN, isInGradient: false), new Training { Epochs = 9, BatchSize = 32, Seed = 11 });
        Assert.Equal(TrainingStop.NotFinite, run.Stop);
        Assert.True(run.Failure!.IsHeldOut);
        Assert.Equal([culprit], run.Failure.BadRows);
        Assert.Equal(23, run.Failure.Step);
    }

    [Fact]
    public void A_held_out_row_that_is_impossible_is_worse_than_any_other_but_no_mistake()
    {
        var culprit = new RowOrder(11, 800, 80).HeldOut[50];
        var objective = new PoisonedObjective(s_regression, (row, x) => row == culprit && x[0] > 0.05, double.NegativeInfinity, isInGradient: false);
        var run = Train(objective, new Training { Epochs = 9, BatchSize = 32, Seed = 11, LearningRate = 0.002, Patience = 3 });
        Assert.Equal(TrainingStop.Patience, run.Stop);
        Assert.Equal(double.PositiveInfinity, run.History[^1].HeldOutLoss);
        Assert.True(run.Position[0] <= 0.05);
    }

    [Fact]
    public void An_objective_with_another_batch_size_is_the_hosts_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Train(s_regression, new Training { BatchSize = 16 }));

    private static TrainingRun Train(IRowObjective objective, Training options) =>
        Trainer.Run(objective, new double[objective.Dimension], options, cancellation: TestContext.Current.CancellationToken);

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
