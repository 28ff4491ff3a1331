using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang;

/// <summary>The text of a model while it is written, finished or not: what editors and interactive sessions ask of it.</summary>
public static class EditedText
{
    /// <summary>The coloured pieces in the order of the text, without overlaps; what lies between them is blank.</summary>
    public static ImmutableArray<ColouredSpan> Colours(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Colouring.Of(text);
    }

    /// <summary>The ways to go on at a place.</summary>
    /// <param name="text">What is typed.</param>
    /// <param name="offset">The place, from 0 to the length of the text.</param>
    /// <param name="model">The model that the text goes on, whose names it may use; null where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The place is not in the text.</exception>
    public static CompletionList Complete(string text, int offset, Model? model)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, text.Length);
        return Completing.At(text, offset, new ModelNames(model?.Graph, model?.Functions ?? []));
    }

    /// <summary>Whether the text breaks off in the middle of a statement, so that another line may complete it: an open bracket, an operator at the end.</summary>
    public static bool IsUnfinished(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Continuation.IsNeeded(text);
    }
}
