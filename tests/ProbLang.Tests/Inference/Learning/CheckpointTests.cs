using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Tests.Results;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public sealed class CheckpointTests : IDisposable
{
    private static readonly LogisticRegression s_regression = new(5, 300, 32, 1, 1, 1, 1, 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("problang-checkpoint-");

    private static Training Options => new()
    {
        Epochs = 6,
        BatchSize = 32,
        HeldOut = 40,
        LearningRate = 0.05,
        Schedule = new LearningRateSchedule.Cosine(0.01) { WarmUp = 5 },
        WeightDecay = 0.01,
        ClipNorm = 0.5,
        Averaging = 0.95,
        Patience = 4,
        Seed = 9,
    };

    private string Path => System.IO.Path.Combine(_folder.FullName, "run.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    public static TheoryData<int, bool> Stops()
    {
        var stops = new TheoryData<int, bool>();
        // 260 rows are nine steps an epoch: within epochs, at their ends, at the first step and at the last.
        foreach (var step in (int[])[1, 4, 9, 10, 18, 23, 45, 53]) stops.Add(step, step % 2 == 0);
        return stops;
    }

    [Theory, MemberData(nameof(Stops))]
    public void A_training_that_goes_on_ends_where_one_without_interruption_does(int step, bool isAveraged)
    {
        var options = isAveraged ? Options : Options with { Averaging = null, WeightDecay = 0 };
        var whole = Train(options);
        using var source = new CancellationTokenSource();
        var saved = options with { CheckpointPath = Path, Seed = step == 23 ? null : options.Seed };
        if (saved.Seed is null) whole = Train(options with { Seed = 77 });
        var cut = Trainer.Run(new CancellingObjective(s_regression, source, step), new double[5], saved with { Seed = saved.Seed ?? 77 }, new("model", "data"), cancellation: source.Token);
        Assert.Equal((TrainingStop.Cancelled, step), (cut.Stop, cut.Steps));
        var resumed = Train(saved with { Resume = true });
        AssertSame(whole, resumed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    public void The_result_does_not_depend_on_when_checkpoints_are_made(int every)
    {
        var run = Train(Options with { CheckpointPath = Path, CheckpointEvery = every });
        AssertSame(Train(Options), run);
        Assert.Equal([Path], Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void A_training_that_lost_its_last_steps_makes_them_again()
    {
        // The file is that of step 20 while the process has gone on to 30: as after a kill.
        using var source = new CancellationTokenSource();
        var options = Options with { CheckpointPath = Path };
        Trainer.Run(new CancellingObjective(s_regression, source, 20), new double[5], options, new("model", "data"), cancellation: source.Token);
        var lost = File.ReadAllBytes(Path);
        using var later = new CancellationTokenSource();
        Trainer.Run(new CancellingObjective(s_regression, later, 10), new double[5], options with { Resume = true }, new("model", "data"), cancellation: later.Token);
        Assert.Equal("30", SafetensorsFile.Read(Path).Metadata["step"]);
        File.WriteAllBytes(Path, lost);
        AssertSame(Train(Options), Train(options with { Resume = true }));
    }

    [Fact]
    public void A_training_that_has_ended_goes_on_with_nothing()
    {
        var whole = Train(Options with { CheckpointPath = Path });
        var before = s_regression.Evaluations;
        AssertSame(whole, Train(Options with { CheckpointPath = Path, Resume = true }));
        Assert.Equal(before, s_regression.Evaluations);
    }

    [Theory]
    [InlineData(27, 45)]
    [InlineData(20, 50)]
    public void Where_rates_do_not_depend_on_it_a_training_can_be_made_longer(int first, int then)
    {
        var options = Options with { Epochs = null, Schedule = new LearningRateSchedule.Exponential(0.9), Patience = null, Steps = then };
        Train(options with { Steps = first, CheckpointPath = Path });
        AssertSame(Train(options), Train(options with { CheckpointPath = Path, Resume = true }));
    }

    [Fact]
    public void A_longer_training_whose_rates_would_have_been_others_is_refused()
    {
        Train(Options with { CheckpointPath = Path });
        Refuse("a training with other options: steps was 54, not 63", Options with { Epochs = 7 });
    }

    [Fact]
    public void A_training_is_not_made_shorter_than_it_is()
    {
        var options = Options with { Schedule = LearningRateSchedule.Constant, CheckpointPath = Path };
        Train(options);
        var exception = Assert.Throws<CheckpointException>(() => Train(options with { Epochs = 2, Resume = true }));
        Assert.EndsWith("is a checkpoint of step 54, and only 18 steps are asked for.", exception.Message);
    }

    public static TheoryData<string, Training> OtherOptions => new()
    {
        { "a training with seed 9, not 10", Options with { Seed = 10 } },
        { "a training with other options: learning rate was 0.05, not 0.06", Options with { LearningRate = 0.06 } },
        { "a training with other options: held-out rows was 40, not 0", Options with { HeldOut = 0 } },
        { "a training with other options: schedule was cosine to 0.01 after 5 steps, not constant", Options with { Schedule = LearningRateSchedule.Constant } },
        { "a training with other options: weight decay was 0.01, not 0", Options with { WeightDecay = 0 } },
        { "a training with other options: clip norm was 0.5, not Infinity", Options with { ClipNorm = null } },
        { "a training with other options: averaging was 0.95, not 0", Options with { Averaging = null } },
        { "a training with other options: beta1 was 0.9, not 0.8", Options with { Beta1 = 0.8 } },
    };

    [Theory, MemberData(nameof(OtherOptions))]
    public void A_checkpoint_of_other_options_is_refused(string difference, Training options)
    {
        Train(Options with { CheckpointPath = Path });
        Refuse(difference, options);
    }

    [Fact]
    public void A_checkpoint_of_another_model_or_of_other_data_is_refused()
    {
        Train(Options with { CheckpointPath = Path });
        Refuse("another model", Options, model: "other");
        Refuse("other data", Options, data: "other");
        Refuse("another model: it has 5 weights and parameters, and this one 4", Options, new LogisticRegression(5, 300, 32, 1, 1, 1, 1));
        Refuse("other data: they have 300 rows, and these 301", Options, new LogisticRegression(5, 301, 32, 1, 1, 1, 1, 1));
    }

    [Fact]
    public void What_is_not_a_checkpoint_is_refused()
    {
        var options = Options with { CheckpointPath = Path, Resume = true };
        Assert.Throws<FileNotFoundException>(() => Train(options));

        File.WriteAllText(Path, "not a checkpoint");
        Assert.Contains("cannot be read as a checkpoint: this is not a safetensors file", Assert.Throws<CheckpointException>(() => Train(options)).Message);

        new SafetensorsFile([new NamedTensor("position", [1.0])], SafetensorsFileTests.Metadata(("format", "pt"))).Write(Path);
        Assert.EndsWith("is not a checkpoint of a training.", Assert.Throws<CheckpointException>(() => Train(options)).Message);
    }

    [Fact]
    public void A_checkpoint_cut_off_anywhere_is_refused()
    {
        Train(Options with { Steps = 3, Epochs = null, CheckpointPath = Path });
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length += length < 16 ? 1 : 61)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<CheckpointException>(() => Train(Options with { Steps = 3, Epochs = null, CheckpointPath = Path, Resume = true }));
        }
    }

    [Theory]
    [InlineData("adam.mean")]
    [InlineData("counters")]
    [InlineData("losses")]
    [InlineData("history")]
    [InlineData("average")]
    public void A_checkpoint_without_one_of_its_parts_is_refused(string part)
    {
        var options = Options with { CheckpointPath = Path };
        Train(options);
        var file = SafetensorsFile.Read(Path);
        (file with { Tensors = [.. file.Tensors.Where(t => t.Name != part)] }).Write(Path);
        Assert.Contains($"there is no tensor `{part}`.", Assert.Throws<CheckpointException>(() => Train(options with { Resume = true })).Message);
    }

    [Fact]
    public void A_path_that_cannot_be_written_says_so_before_training_begins()
    {
        var before = s_regression.Evaluations;
        Assert.ThrowsAny<IOException>(() => Train(Options with { CheckpointPath = System.IO.Path.Combine(_folder.FullName, "no", "such", "folder") }));
        Assert.Equal(before, s_regression.Evaluations);
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_later_ends_no_training()
    {
        var path = System.IO.Path.Combine(_folder.CreateSubdirectory("gone").FullName, "run.safetensors");
        var removed = false;
        var run = Trainer.Run(
            s_regression, new double[5], Options with { CheckpointPath = path }, new("model", "data"),
            progress: new Immediate(_ =>
            {
                if (!removed) Directory.Delete(System.IO.Path.GetDirectoryName(path)!, recursive: true);
                removed = true;
            }),
            cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(TrainingStop.Completed, run.Stop);
        Assert.Contains("gone", run.CheckpointProblem);
        AssertSame(Train(Options), run);
    }

    private void Refuse(string difference, Training options, IRowObjective? objective = null, string model = "model", string data = "data")
    {
        var before = File.ReadAllBytes(Path);
        var exception = Assert.Throws<CheckpointException>(() => Train(options with { CheckpointPath = Path, Resume = true }, objective, model, data));
        Assert.Equal($"{Path} is a checkpoint of {difference}.", exception.Message);
        Assert.Equal(before, File.ReadAllBytes(Path));
    }

    private static TrainingRun Train(Training options, IRowObjective? objective = null, string model = "model", string data = "data") => Trainer.Run(
        objective ?? s_regression, new double[(objective ?? s_regression).Dimension], options, new(model, data), cancellation: TestContext.Current.CancellationToken);

    private static void AssertSame(TrainingRun expected, TrainingRun actual)
    {
        Assert.Equal(expected.Position.Select(BitConverter.DoubleToInt64Bits), actual.Position.Select(BitConverter.DoubleToInt64Bits));
        Assert.Equal(expected.History, actual.History);
        Assert.Equal((expected.Stop, expected.Steps, expected.HeldOutLoss, expected.BestEpoch, expected.Seed), (actual.Stop, actual.Steps, actual.HeldOutLoss, actual.BestEpoch, actual.Seed));
    }
}
