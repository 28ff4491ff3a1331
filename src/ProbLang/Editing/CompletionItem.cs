using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Editing;

/// <summary>What a completion puts there.</summary>
public enum CompletionKind
{
    /// <summary>A variable of the model.</summary>
    Variable,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A distribution.</summary>
    Distribution,

    /// <summary>A net.</summary>
    Net,

    /// <summary>A word of the language.</summary>
    Keyword,

    /// <summary>A type or a constraint.</summary>
    Type,

    /// <summary>The name of an argument of a call.</summary>
    Argument,

    /// <summary>A command of an interactive session.</summary>
    Command,

    /// <summary>A file or a folder.</summary>
    File,

    /// <summary>A label of a category, in quotes.</summary>
    Label,
}

/// <summary>One way to go on.</summary>
/// <param name="Text">What is put in the place of what is completed.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">One line about it: <c>Normal(mean, sd)</c>, the type and shape of a variable.</param>
public sealed record CompletionItem(string Text, CompletionKind Kind, string Detail);

/// <summary>A call as it is written: <c>Normal(mean, sd)</c>.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Argument">The piece of it that is the argument at the place.</param>
public sealed record CallSignature(string Text, Span Argument);

/// <summary>The ways to go on at a place of a text.</summary>
/// <param name="Start">Where that begins which they replace, from 0.</param>
/// <param name="Length">How many characters they replace.</param>
/// <param name="Items">The ways, the likeliest first.</param>
/// <param name="Signature">The call that the place is in; null where it is in none.</param>
public sealed record CompletionList(int Start, int Length, ImmutableArray<CompletionItem> Items, CallSignature? Signature);
