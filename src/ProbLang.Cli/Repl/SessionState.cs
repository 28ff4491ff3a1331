using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>A session with where its parts are from. Immutable: going back is keeping the old one.</summary>
/// <param name="Session">The model with what is given.</param>
internal sealed record SessionState(Session Session)
{
    /// <summary>The file that the model was loaded from, or saved to; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>Data files, the later ones winning.</summary>
    public ImmutableArray<(string Path, Data Data)> Files { get; init; } = [];

    /// <summary>Single values, which win over files.</summary>
    public ImmutableArray<Assignment> Givens { get; init; } = [];

    /// <summary>What files and single values give together.</summary>
    public Data Data => Givens.Aggregate(Files.Aggregate(Data.Empty, (data, file) => data.With(file.Data)), (data, given) => data.With(Data.Given(given.Text, ":given")));
}
