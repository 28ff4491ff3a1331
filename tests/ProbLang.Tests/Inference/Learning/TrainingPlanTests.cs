using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class TrainingPlanTests
{
    [Theory]
    [InlineData(1000, 0.1, null, 100, 256, 4)]
    [InlineData(1000, 0, null, 0, 256, 4)]
    [InlineData(1000, 250, 100, 250, 100, 8)]
    [InlineData(100, 0.1, null, 10, 90, 1)]
    [InlineData(5, 0.1, null, 1, 4, 1)]
    [InlineData(1, 0.1, null, 0, 1, 1)]
    public void Rows_are_split_and_counted(int rows, double heldOut, int? batch, int heldOutRows, int batchSize, int stepsPerEpoch)
    {
        var plan = TrainingPlan.Of(new Training { HeldOut = heldOut, BatchSize = batch, Epochs = 3 }, rows);
        Assert.Equal((heldOutRows, rows - heldOutRows, batchSize, stepsPerEpoch), (plan.HeldOutRows, plan.TrainingRows, plan.BatchSize, plan.StepsPerEpoch));
        Assert.Equal(3 * stepsPerEpoch, plan.Steps);
    }

    [Fact]
    public void Steps_may_be_asked_for_instead_of_epochs() => Assert.Equal(17, TrainingPlan.Of(new Training { Steps = 17 }, 1000).Steps);

    [Fact]
    public void A_batch_larger_than_the_data_says_both_numbers()
    {
        var exception = Refused(new Training { BatchSize = 512, HeldOut = 0 }, 300);
        Assert.Equal("BatchSize", exception.ParamName);
        Assert.StartsWith("A batch of 512 rows is larger than the data, which have 300.", exception.Message);
    }

    [Fact]
    public void A_batch_larger_than_what_is_not_held_out_says_so() =>
        Assert.StartsWith(
            "A batch of 290 rows is larger than the 280 rows to train on: the data have 300, and 20 are held out.",
            Refused(new Training { BatchSize = 290, HeldOut = 20 }, 300).Message);

    [Fact]
    public void Holding_out_all_rows_leaves_none() =>
        Assert.StartsWith("Of 10 rows 10 cannot be held out: none would be left to train on.", Refused(new Training { HeldOut = 10 }, 10).Message);

    public static TheoryData<string, Training> Mistakes => new()
    {
        { "Epochs must be at least 1.", new Training { Epochs = 0 } },
        { "Epochs must be at least 1.", new Training { Epochs = -1 } },
        { "Steps must be at least 1.", new Training { Steps = 0 } },
        { "Either Epochs or Steps says how long to train, not both.", new Training { Epochs = 1, Steps = 1 } },
        { "BatchSize must be at least 1.", new Training { BatchSize = 0 } },
        { "LearningRate must be above 0.", new Training { LearningRate = 0 } },
        { "LearningRate must be above 0.", new Training { LearningRate = -0.1 } },
        { "LearningRate must be above 0.", new Training { LearningRate = double.NaN } },
        { "LearningRate must be above 0.", new Training { LearningRate = double.PositiveInfinity } },
        { "WeightDecay must not be negative.", new Training { WeightDecay = -1 } },
        { "ClipNorm must be above 0.", new Training { ClipNorm = 0 } },
        { "HeldOut must be a part of the rows, at least 0 and below 1, or a whole number of them.", new Training { HeldOut = -0.1 } },
        { "HeldOut must be a part of the rows, at least 0 and below 1, or a whole number of them.", new Training { HeldOut = 1.5 } },
        { "HeldOut must be a part of the rows, at least 0 and below 1, or a whole number of them.", new Training { HeldOut = double.NaN } },
        { "Patience must be at least 1.", new Training { Patience = 0 } },
        { "Averaging must be at least 0 and below 1.", new Training { Averaging = 1 } },
        { "Beta1 must be at least 0 and below 1.", new Training { Beta1 = 1 } },
        { "Beta2 must be at least 0 and below 1.", new Training { Beta2 = -0.5 } },
        { "Epsilon must be above 0.", new Training { Epsilon = 0 } },
        { "MaxSeconds must be above 0.", new Training { MaxSeconds = 0 } },
        { "CheckpointEvery must be at least 1.", new Training { CheckpointEvery = 0 } },
        { "Resume needs the CheckpointPath to go on from.", new Training { Resume = true } },
        { "WarmUp must not be negative.", new Training { Schedule = new LearningRateSchedule.Cosine { WarmUp = -1 } } },
        { "Floor must be at least 0 and below 1.", new Training { Schedule = new LearningRateSchedule.Cosine(1) } },
        { "Epochs must be at least 1.", new Training { Schedule = new LearningRateSchedule.Steps(0) } },
        { "Factor must be above 0 and at most 1.", new Training { Schedule = new LearningRateSchedule.Exponential(0) } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void An_option_out_of_its_range_is_named(string message, Training options) => Assert.StartsWith(message, Refused(options, 1000).Message);

    private static ArgumentOutOfRangeException Refused(Training options, int rows) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainingPlan.Of(options, rows));
}
