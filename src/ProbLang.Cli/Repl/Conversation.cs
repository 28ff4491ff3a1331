using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>An interactive session without its keyboard: takes entries, writes answers.</summary>
internal sealed class Conversation(TextWriter output, TextWriter error)
{
    public bool IsInteractive { get; init; }

    public Func<int> Width { get; init; } = () => 80;

    public ImmutableArray<string> Silenced { get; init; } = [];

    public ulong? Seed { get; init; }

    /// <summary>Whether an entry was mistaken.</summary>
    public bool HasFailed => false;

    /// <summary>Begins with a model and data; false where they are mistaken.</summary>
    public bool Start(string? model, IReadOnlyList<string> dataFiles, IReadOnlyList<string> givens) => true;

    /// <summary>The model as it stands; null before there is one.</summary>
    public Model? Model => null;

    /// <summary>Whether more lines belong to what is typed.</summary>
    public static bool IsUnfinished(string entry) => !entry.StartsWith(':') && EditedText.IsUnfinished(entry);

    /// <summary>What is wrong with an entry as it stands, said while it is typed: the first mistake and where in the entry it is; null where nothing is.</summary>
    public (Text.Span Place, string Message)? MistakeIn(string entry) => null;

    /// <summary>The ways to go on in an entry: commands and their arguments, else the model's text.</summary>
    public CompletionList Complete(string entry, int offset) => new(offset, 0, ImmutableArray<CompletionItem>.Empty, null);

    /// <summary>Takes an entry and writes what there is to say to it; false where the session is over. A cancellation stops the computation and leaves the session as it was before the entry.</summary>
    public bool Take(string entry, CancellationToken cancellation)
    {
        _ = (output, error);
        return entry != ":quit";
    }
}
