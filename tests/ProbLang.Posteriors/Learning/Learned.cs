using ProbLang.Inference;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Examples of learning, fitted to their tables.</summary>
internal static class Learned
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "examples");

    /// <summary>The example with the tables of some names, which lie beside it.</summary>
    public static Problem Problem(string example, params string[] tables) =>
        Model(example).Condition(tables.Select(t => Data.Load(Path.Combine(Folder, t + ".csv"), TestContext.Current.CancellationToken)).Aggregate((all, table) => all.With(table)));

    /// <summary>The example with rows of its only variable.</summary>
    public static Problem Problem(string example, double[][] rows) => Model(example).Condition(Data.Of(new { x = rows }));

    public static Fit Fit(Problem problem, Training? training) => problem.Fit(new MaximumLikelihood { Training = training }, null, TestContext.Current.CancellationToken);

    public static Training Training(int epochs, int batch, double rate) => new()
    {
        Epochs = epochs,
        BatchSize = batch,
        LearningRate = rate,
        ClipNorm = 1,
        Schedule = new LearningRateSchedule.Cosine(),
        Patience = null,
        Seed = 1,
    };

    public static double[] Scores(Problem problem, Fit fit) => [.. problem.With(fit.Values).Score(TestContext.Current.CancellationToken).Rows];

    private static Model Model(string example)
    {
        var path = Path.Combine(Folder, example + ".gm");
        var compilation = ProbLang.Model.Compile(File.ReadAllText(path), new CompileOptions { Path = path });
        Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
        return compilation.Model;
    }
}
