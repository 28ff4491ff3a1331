using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>An expression that is no part of a statement. The grammar has it as the right side of one only.</summary>
/// <param name="Written">How it was written.</param>
/// <param name="Tree">What the parser made of it, with places in the statement that it was read in.</param>
internal sealed record LoneExpression(PlacedText Written, Expr Tree)
{
    // What may be drawn from may stand here, and so may every other expression.
    private const string Before = "it ~ ";

    /// <param name="written">One expression, in which there are no mistakes.</param>
    public static LoneExpression Of(PlacedText written) =>
        new(written, ((DefineStatement)Parser.Parse(new SourceText("session", Before + written.Text)).File.Statements[0]).Right);

    /// <summary>What keeps a text from being one expression, with places in what was written.</summary>
    public static ImmutableArray<Diagnostic> MistakesIn(PlacedText written)
    {
        var alone = PlacedText.Of(Before).With(written);
        var read = new SourceText("session", alone.Text);
        return [.. Parser.Parse(read).Diagnostics.Select(d => SessionDiagnostics.OfEntry(alone.Placed(d, read)))];
    }

    /// <summary>A part of it.</summary>
    public PlacedText Part(Expr part) => Written.Part(part.Span with { Start = part.Span.Start - Before.Length });
}
