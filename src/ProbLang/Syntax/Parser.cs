using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>What could be read of a file, and what is wrong with it, in the order of the text.</summary>
internal sealed record ParseResult(ModelFile File, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What the statements that are not in the tree may define.</summary>
    public Unread Unread { get; init; } = new();

    /// <summary>The words of the file; null where it is too large to be cut into words.</summary>
    public TokenList? Tokens { get; init; }

    /// <summary>Whether what follows the last mistake was read as well.</summary>
    public bool ReachedTheEnd => Diagnostics.Length < DiagnosticList.Capacity && !Diagnostics.Any(d => d.Id is "GM0101" or "GM0103");

    /// <summary>Whether the whole file is in the tree.</summary>
    public bool Success => Diagnostics.IsEmpty;
}

/// <summary>From the text of a model to its tree.</summary>
internal static class Parser
{
    public static ParseResult Parse(SourceText source)
    {
        if (source.Content.Length > SourceReader.MaximumBytes)
            return new ParseResult(new ModelFile([], null, new Span(0, source.Content.Length)), [SyntaxDiagnostics.TooLarge(source.Path)]);
        var tokens = Lexer.Read(source);
        var file = StatementGrammar.File(new TokenInput(tokens, 0)).Value;
        if (tokens.Last == 0) tokens.Diagnostics.Add(SyntaxDiagnostics.EmptyModel(source));
        return new ParseResult(file, tokens.Diagnostics.InOrder()) { Unread = tokens.Unread, Tokens = tokens };
    }
}
