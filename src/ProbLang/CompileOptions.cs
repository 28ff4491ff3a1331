using System.Collections.Immutable;

namespace ProbLang;

/// <summary>How a model is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>What messages call the text: the path of its file, where there is one. Imports are relative to it.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public string Path
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Path));
            field = value;
        }
    } = "model.gm";

    /// <summary>
    /// Folders that files may be imported from, with what is below them. A model compiled from a file may also import from that
    /// file's folder; one compiled from text imports from these alone, so by default nothing.
    /// </summary>
    public ImmutableArray<string> ImportRoots { get; init; } = [];

    /// <summary>
    /// Gives the text of an imported file in place of the file system, or null where there is none. It is asked for the path from the model's
    /// folder, with <c>/</c> between folders and without <c>.</c> and <c>..</c>: <c>lib/priors.gm</c>.
    /// </summary>
    public Func<string, string?>? ImportText { get; init; }

    /// <summary>Ids of warnings that are not reported, of the model and of its data; <see cref="Text.WarningCatalog"/> has them all.</summary>
    public ImmutableArray<string> Silenced { get; init; } = [];

    /// <summary>What the model may use, from here on: compiled, conditioned, asked. Default: no limits.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public ResourceLimits Limits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Limits));
            field = value;
        }
    } = ResourceLimits.None;
}
