using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What became of a text that was added to a session.</summary>
/// <param name="Session">The session with it; null where it is mistaken, and the old session stands.</param>
/// <param name="Diagnostics">What is wrong, or worth a look, with its place in what was written.</param>
public sealed record SessionChange(Session? Session, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The statements that are new.</summary>
    public ImmutableArray<SessionStatement> Added { get; init; } = [];

    /// <summary>The statements that are there no more, or only in part, because the new ones define the same.</summary>
    public ImmutableArray<SessionStatement> Replaced { get; init; } = [];
}
