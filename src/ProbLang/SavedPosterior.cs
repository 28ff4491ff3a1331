using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The draws of a posterior that was saved, with its model and data: enough to summarise them anew, and to score rows. Immutable.</summary>
public sealed class SavedPosterior
{
    private SavedPosterior(Problem problem, Draws draws) => (Problem, Draws, Summary) = (problem, draws, Summary.Of(draws));

    /// <summary>Model and data.</summary>
    public Problem Problem { get; }

    /// <summary>Chains × draws × elements.</summary>
    public Draws Draws { get; }

    /// <summary>A row for each element that the data do not give.</summary>
    public Summary Summary { get; }

    /// <summary>Reads a folder that <see cref="Posterior.Save"/>, or <c>problang infer --out</c>, has written.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What the model may import, and the limits: the draws count as those that are made do; the folder holds the model alone.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="IOException">There is no such folder, or a file of it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    /// <exception cref="InvalidDataException">It has no draws, or a file is not there or not what was written; the message says which, and at which line.</exception>
    /// <exception cref="DataException">Model or data have mistakes, as where they were changed.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SavedPosterior Load(string folder, CompileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Budget.Run(options?.Limits ?? ResourceLimits.None, default, _ => Read(folder, options), cancellation);
    }

    private static SavedPosterior Read(string folder, CompileOptions? options)
    {
        var compilation = Model.CompileFile(Path.Combine(folder, "model.gm"), options);
        if (!compilation.Success) throw new DataException(compilation.Diagnostics);
        var report = SavedReport.Read(folder);
        var data = Data.Load(Path.Combine(folder, "data.json"));
        var problem = compilation.Model.Condition(Data.Of(data.Reading.Data with { Levels = report.Levels }));
        var layout = ReportedLayout.Of(problem.Conditioned);
        if (report.Chains.IsEmpty) throw new InvalidDataException($"`{folder}` has no draws: the engine gave none");
        if (report.Chains.All(c => c.Draws == 0)) throw new InvalidDataException($"`{folder}` has no draws: every chain ended before its first");
        Check(report, problem, layout, Path.Combine(folder, "summary.json"));
        return new SavedPosterior(problem, new Draws(layout, [.. report.Chains.Select(c => CmdStanCsv.Read(Path.Combine(folder, c.File), layout, c.Draws))]));
    }

    /// <summary>Codes of draws are of the labels that there were.</summary>
    private static void Check(SavedReport report, Problem problem, OutputLayout layout, string path)
    {
        if (!report.Variables.SequenceEqual(layout.ElementNames)) throw new InvalidDataException($"`{path}` is not what was written: it has other variables than the model reports");
        foreach (var (category, labels) in problem.Conditioned.Levels)
            if (!report.HasLevels(category.Name, labels)) throw new InvalidDataException($"`{path}` is not what was written: it does not have the levels of `{category.Name}`");
    }

    /// <summary>A scorer of rows that are not among the data, by the draws of what rows share.</summary>
    /// <param name="rows">The index of the <c>for</c> whose rows are meant; null where what is observed stands in <c>for</c>s over one range.</param>
    /// <exception cref="EngineException">The rows are not of one form, or depend on each other.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    public Scorer Scorer(string? rows = null) => ProbLang.Scorer.Of(Problem, rows, Draws);
}
