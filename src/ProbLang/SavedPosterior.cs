using System.Collections.Immutable;
using System.Text.Json;
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
    /// <param name="options">What the model may import; its folder holds the model alone.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="IOException">There is no such folder, or a file of it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file may not be read.</exception>
    /// <exception cref="InvalidDataException">It has no draws, or a file is not what was written.</exception>
    /// <exception cref="DataException">Model or data have mistakes, as where they were changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SavedPosterior Load(string folder, CompileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Budget.Run(ResourceLimits.None, default, _ => Read(folder, options), cancellation);
    }

    private static SavedPosterior Read(string folder, CompileOptions? options)
    {
        var compilation = Model.CompileFile(Path.Combine(folder, "model.gm"), options);
        if (!compilation.Success) throw new DataException(compilation.Diagnostics);
        var data = Data.Load(Path.Combine(folder, "data.json"));
        var problem = compilation.Model.Condition(Data.Of(data.Reading.Data with { Levels = Levels(Path.Combine(folder, "summary.json")) }));
        var layout = ReportedLayout.Of(problem.Conditioned);
        // By number: the tenth chain comes after the ninth.
        var files = Directory.GetFiles(folder, "chain-*.csv").OrderBy(f => f.Length).ThenBy(f => f, StringComparer.Ordinal).ToArray();
        if (files.Length == 0) throw new InvalidDataException($"`{folder}` has no draws: the engine gave none");
        var draws = new Draws(layout, [.. files.Select(f => CmdStanCsv.Read(f, layout))]);
        return draws.Count > 0 ? new SavedPosterior(problem, draws) : throw new InvalidDataException($"`{folder}` has no draws: every chain ended before its first");
    }

    /// <summary>A scorer of rows that are not among the data, by the draws of what rows share.</summary>
    /// <param name="rows">The index of the <c>for</c> whose rows are meant; null where what is observed stands in <c>for</c>s over one range.</param>
    /// <exception cref="EngineException">The rows are not of one form, or depend on each other.</exception>
    public Scorer Scorer(string? rows = null) => ProbLang.Scorer.Of(Problem, rows, Draws);

    /// <summary>The labels of categories in the order of their codes: data show them in the order in which they come, which may be another one.</summary>
    private static ImmutableDictionary<string, ImmutableArray<string>> Levels(string path)
    {
        try
        {
            using var summary = JsonDocument.Parse(File.ReadAllBytes(path));
            return summary.RootElement.TryGetProperty("levels", out var levels)
                ? levels.EnumerateObject().ToImmutableDictionary(l => l.Name, l => l.Value.EnumerateArray().Select(t => t.GetString()!).ToImmutableArray())
                : ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"`{path}` is not what was written: {mistake.Message}", mistake);
        }
    }
}
