using System.Collections.Immutable;
using System.Text.Json;

namespace ProbLang;

/// <summary>What the JSON files of a result folder say of its other files.</summary>
/// <param name="Chains">The files of chains, each with how many draws it has.</param>
/// <param name="Variables">The names of what the summary has.</param>
/// <param name="Levels">The labels of each category in the order of their codes: data show them in the order in which they come, which may be another one.</param>
internal sealed record SavedReport(ImmutableArray<(string File, int Draws)> Chains, ImmutableArray<string> Variables, ImmutableDictionary<string, ImmutableArray<string>> Levels)
{
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not there, or not what was written.</exception>
    public static SavedReport Read(string folder)
    {
        var (run, summary) = (Path.Combine(folder, ResultFolder.Mark), Path.Combine(folder, "summary.json"));
        return new SavedReport(Of(run, Chains), Of(summary, VariablesOf), Of(summary, LevelsOf));

        static ImmutableArray<(string, int)> Chains(JsonElement run) =>
            run.TryGetProperty("draws", out var draws) ? [.. draws.EnumerateObject().Select(c => (Path.GetFileName(c.Name), c.Value.GetInt32()))] : [];
    }

    /// <summary>Whether it has the labels that a category has, in their order.</summary>
    public bool HasLevels(string category, ImmutableArray<string> labels) => Levels.TryGetValue(category, out var saved) && saved.SequenceEqual(labels);

    private static ImmutableArray<string> VariablesOf(JsonElement summary) => [.. summary.GetProperty("variables").EnumerateObject().Select(v => v.Name)];

    private static ImmutableDictionary<string, ImmutableArray<string>> LevelsOf(JsonElement summary) =>
        summary.TryGetProperty("levels", out var levels)
            ? levels.EnumerateObject().ToImmutableDictionary(l => l.Name, l => l.Value.EnumerateArray().Select(t => t.GetString()!).ToImmutableArray())
            : ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    private static T Of<T>(string path, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            return read(json.RootElement);
        }
        catch (FileNotFoundException missing)
        {
            throw new InvalidDataException($"`{path}` is not there", missing);
        }
        catch (JsonException mistake)
        {
            throw new InvalidDataException(FormattableString.Invariant($"`{path}` is not what was written, from line {mistake.LineNumber + 1} on"), mistake);
        }
        catch (Exception mistake) when (mistake is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"`{path}` is not what was written: {mistake.Message}", mistake);
        }
    }
}
