using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public sealed class TrainingFitTests : IDisposable
{
    private const string Line = "input N: count\ninput x[N]: real\nparam a: real\nparam b: real = 0.5\nparam s: positive = 1\nfor i in 1..N { y[i] ~ Normal(a + b * x[i], s) }\n";
    private const string Curve = "input N: count\ninput x[N]: real\nnet f = mlp(hidden: [16], activation: tanh)\nparam s: positive = 1\nfor i in 1..N { y[i] ~ Normal(f(x[i]), s) }\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("problang-training-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Parameters_by_mini_batches_are_those_by_all_data_at_once()
    {
        var data = Points(600, x => 1.5 - 0.7 * x, 0.4);
        var exact = Fits.Likelihood(Line, data);
        var fit = Fits.Likelihood(Line, data, new() { Training = new() { Epochs = 200, BatchSize = 50, HeldOut = 0, LearningRate = 0.05, Schedule = new LearningRateSchedule.Cosine() } });
        foreach (var name in (string[])["a", "b", "s"]) Assert.Equal(exact[name][0], fit[name][0], 0.003);
        Assert.Equal(exact.LogLikelihood, fit.LogLikelihood, 0.02);
        Assert.Equal(exact.Parameters, fit.Parameters);
        Assert.Equal(exact.Observations, fit.Observations);
        Assert.Equal(200, fit.History.Length);
        Assert.True(double.IsNaN(fit.StandardError("a")));
        Assert.Equal("Training was completed after 2400 steps of 50 rows (200 epochs)", fit.Ended);
    }

    [Fact]
    public void A_net_finds_a_curve_and_its_noise()
    {
        var problem = Fits.Condition(Curve, Points(1000, x => Math.Sin(2 * x), 0.2));
        var engine = new MaximumLikelihood { Training = new() { Epochs = 150, BatchSize = 50, LearningRate = 0.01, Schedule = new LearningRateSchedule.Cosine() } };
        var fit = problem.Fit(engine, null, TestContext.Current.CancellationToken);
        // The entropy of the noise is 0.5 log(2πe 0.2²) = -0.190 a row.
        Assert.InRange(fit.HeldOutLoss!.Value, -0.35, 0.0);
        Assert.InRange(fit["s"][0], 0.17, 0.23);
        Assert.Equal(["s"], fit.Layout.Variables.Select(v => v.Name));
        var score = problem.With(fit.Values).Score(TestContext.Current.CancellationToken).Total;
        Assert.Equal(score, fit.LogLikelihood, 1e-6 * Math.Abs(score));
        Assert.Equal(fit["s"].ToArray(), problem.Fit(engine, null, TestContext.Current.CancellationToken)["s"].ToArray());
    }

    [Fact]
    public void Nets_of_the_same_text_in_a_chain_keep_weights_of_their_own()
    {
        const string chain = "input N: count\nnet f = chain(coupling(2, [4]), invertible_linear(), coupling(2, [4]))\nfor i in 1..N { z[i] ~ Normal(0, 1) ^ 2; x[i] = f(z[i]) }\n";
        var random = new Philox(3, 0, 0);
        var problem = Fits.Condition(chain, new { x = Enumerable.Range(0, 100).Select(_ => new[] { random.NextNormal(), 2 + 3 * random.NextNormal() }).ToArray() });
        var fit = problem.Fit(new MaximumLikelihood { Training = new() { Epochs = 5, LearningRate = 0.02, Seed = 1 } }, null, TestContext.Current.CancellationToken);
        var score = problem.With(fit.Values).Score(TestContext.Current.CancellationToken).Total;
        Assert.Equal(score, fit.LogLikelihood, 1e-6 * Math.Abs(score));
        Assert.Equal(["f.1.weights", "f.2.weights", "f.3.weights"], fit.Values.Arrays.Keys.Where(k => k.EndsWith(".weights", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void An_embedding_of_labels_that_the_data_give_looks_each_of_them_up()
    {
        const string next = "input N: count\nnet place = embedding(levels: 3, n: 2)\nnet f = dense(3)\nfor i in 3..N { s[i]: category ~ Categorical(logits: f(concat(place(s[i-1]), place(s[i-2])))) }\n";
        var problem = Fits.Condition(next, new { s = Enumerable.Range(0, 90).Select(i => "abc"[i % 3].ToString()).ToArray() });
        var fit = problem.Fit(new MaximumLikelihood { Training = new() { Epochs = 200, BatchSize = 16, LearningRate = 0.05, HeldOut = 0, Seed = 1 } }, null, TestContext.Current.CancellationToken);
        // What comes next is certain; without the labels before it a row has -log 3.
        Assert.InRange(fit.LogLikelihood / 88, -0.01, 0);
        var score = problem.With(fit.Values).Score(TestContext.Current.CancellationToken).Total;
        Assert.Equal(score, fit.LogLikelihood, 1e-4);
    }

    [Fact]
    public void A_net_is_trained_without_being_told_how()
    {
        var fit = Fits.Likelihood(Curve, Points(400, x => x, 0.5), new() { Training = null });
        Assert.NotEmpty(fit.History);
        Assert.NotNull(fit.HeldOutLoss);
    }

    [Fact]
    public void A_training_that_was_cut_goes_on_to_the_same_fit()
    {
        var data = Points(300, x => x * x, 0.3);
        var training = new Training { Epochs = 12, BatchSize = 32, LearningRate = 0.02, CheckpointPath = Path.Combine(_folder.FullName, "run.safetensors") };
        var whole = Fits.Likelihood(Curve, data, new() { Training = training with { CheckpointPath = null } });
        using var source = new CancellationTokenSource();
        var problem = Fits.Condition(Curve, data);
        var cut = problem.Fit(new MaximumLikelihood { Training = training }, new At(20, source), source.Token);
        Assert.False(cut.Converged);
        Assert.Contains("training did not end: the values are the best by then", cut.Warnings);
        Assert.StartsWith("Training was cancelled after", cut.Ended);
        var resumed = Fits.Likelihood(Curve, data, new() { Training = training with { Resume = true } });
        Assert.Equal(whole["s"].ToArray(), resumed["s"].ToArray());
        Assert.Equal(whole.LogLikelihood, resumed.LogLikelihood);
        Assert.Equal(whole.History, resumed.History);

        void Resume(string model, object other) => Fits.Likelihood(model, other, new() { Training = training with { Resume = true } });
        string Refused(string model, object other)
        {
            var diagnostic = Assert.Single(Assert.Throws<EngineException>(() => Resume(model, other)).Diagnostics);
            Assert.Equal("GM0533", diagnostic.Id);
            return diagnostic.Message;
        }
        Assert.EndsWith("is a checkpoint of other data", Refused(Curve, Points(300, x => x, 0.3)));
        Assert.EndsWith("is a checkpoint of another model", Refused(Curve.Replace("tanh", "relu"), data));
        Assert.EndsWith("is a checkpoint of another model: it has 50 weights and parameters, and this one 53", Refused(Curve.Replace("16", "17"), data));
        // What is said of a model, and how it is laid out, do not matter.
        Resume("/// A curve.\n\n" + Curve, data);
    }

    [Fact]
    public void A_spread_that_becomes_negative_is_found_at_its_step_row_and_line()
    {
        const string model = "input N: count\ninput x[N]: real\nparam b: real = 0.5\nfor i in 1..N {\n  m[i] = b * x[i]\n  y[i] ~ Normal(0, m[i])\n}\n";
        var x = Enumerable.Range(1, 64).Select(i => i == 40 ? -1.0 : 1.0).ToArray();
        var diagnostic = Assert.Single(Assert.Throws<EngineException>(() => Fits.Likelihood(model, new { x, y = new double[64] }, new() { Training = new() { BatchSize = 8, HeldOut = 0 } })).Diagnostics);
        Assert.Equal("GM0530", diagnostic.Id);
        Assert.Matches("^(the log likelihood is not a number|the data are impossible) at step [1-8], for i = 40$", diagnostic.Message);
        Assert.Equal(6, diagnostic.Location!.Line);
    }

    [Fact]
    public void A_batch_larger_than_the_data_says_both_numbers()
    {
        var diagnostic = Assert.Single(Assert.Throws<EngineException>(() => Fits.Likelihood(Line, Points(30, x => x, 1), new() { Training = new() { BatchSize = 64, HeldOut = 0 } })).Diagnostics);
        Assert.Equal(("GM0531", "a batch of 64 rows is larger than the data, which have 30"), (diagnostic.Id, diagnostic.Message));
        diagnostic = Assert.Single(Assert.Throws<EngineException>(() => Fits.Likelihood(Line, Points(30, x => x, 1), new() { Training = new() { HeldOut = 30 } })).Diagnostics);
        Assert.Equal(("GM0532", "of 30 rows 30 cannot be held out: none would be left to train on"), (diagnostic.Id, diagnostic.Message));
    }

    [Fact]
    public void A_model_without_rows_says_why_it_has_none()
    {
        const string model = "param a: real\nx ~ Normal(a, 1)\n";
        var diagnostic = Assert.Single(Assert.Throws<EngineException>(() => Fits.Likelihood(model, new { x = 1.0 }, new() { Training = new() })).Diagnostics);
        Assert.Equal("GM0560", diagnostic.Id);
    }

    [Fact]
    public void A_negative_rate_is_the_hosts_mistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fits.Likelihood(Line, Points(30, x => x, 1), new() { Training = new() { LearningRate = -1 } }));

    [Fact]
    public void A_flow_is_trained_by_change_of_variables()
    {
        // x = exp(1 + 0.5 z): the maximum of the likelihood is known.
        var random = new Philox(3, 0, 0);
        var x = Enumerable.Range(0, 200).Select(_ => Math.Exp(1 + 0.5 * random.NextNormal())).ToArray();
        const string model = "input N: count\nparam mu: real\nparam sigma: positive = 1\nfor i in 1..N {\n  z[i] ~ Normal(0, 1)\n  x[i] = exp(mu + sigma * z[i])\n}\n";
        var fit = Fits.Likelihood(model, new { x }, new() { Training = new() { Epochs = 300, BatchSize = 50, HeldOut = 0, LearningRate = 0.03, Schedule = new LearningRateSchedule.Cosine() } });
        var mean = x.Average(Math.Log);
        Assert.Equal(mean, fit["mu"][0], 0.002);
        Assert.Equal(Math.Sqrt(x.Average(v => (Math.Log(v) - mean) * (Math.Log(v) - mean))), fit["sigma"][0], 0.002);
        Assert.Equal(200, fit.Observations);
    }

    [Fact]
    public void A_fit_of_a_net_is_saved_with_a_tensor_for_each_of_its_matrices_and_read_again()
    {
        var problem = Fits.Condition(Curve, Points(300, x => x * x, 0.3));
        var fit = problem.Fit(new MaximumLikelihood { Training = new() { Epochs = 3 } }, null, TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.FullName, "net.fit");
        fit.Save(path, "1");
        var file = ProbLang.Results.SafetensorsFile.Read(path);
        Assert.Equal([1, 16], file["f.layer1.weight"].Shape);
        Assert.Equal([16], file["f.layer1.bias"].Shape);
        Assert.Equal(fit.Values.Arrays["f.weights"].Values[..16], file["f.layer1.weight"].Doubles);
        Assert.Null(file.Find("f.weights"));

        var read = Fit.Load(path);
        Assert.Equal(fit.Values.Arrays["f.weights"].Values, read.Values.Arrays["f.weights"].Values);
        Assert.Equal(fit["s"].ToArray(), read["s"].ToArray());
        Assert.Equal(fit.History, read.History);
        Assert.Equal(fit.HeldOutLoss, read.HeldOutLoss);
        Assert.Equal(fit.LogLikelihood, problem.With(read.Values).Score(TestContext.Current.CancellationToken).Total, 1e-6 * Math.Abs(fit.LogLikelihood));
        read.Save(path + "2", "1");
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(path + "2"));
    }

    [Fact]
    public void Progress_is_that_of_training()
    {
        var reports = new List<FitProgress>();
        Fits.Condition(Line, Points(60, x => x, 1)).Fit(new MaximumLikelihood { Training = new() { Epochs = 2, BatchSize = 8 } }, new Listener(reports.Add), TestContext.Current.CancellationToken);
        Assert.Equal(14, reports[^1].Training!.Value.Step);
        Assert.Equal(14, reports[^1].Iteration);
    }

    private static object Points(int n, Func<double, double> curve, double noise)
    {
        var random = new Philox(17, 0, 0);
        var x = Enumerable.Range(0, n).Select(_ => 4 * random.NextDouble() - 2).ToArray();
        return new { x, y = x.Select(v => curve(v) + noise * random.NextNormal()).ToArray() };
    }

    private sealed class Listener(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }

    /// <summary>Cancels at the first report after a step.</summary>
    private sealed class At(int step, CancellationTokenSource source) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Iteration <= step) source.Cancel();
        }
    }
}
