namespace ProbLang.Editing;

/// <summary>What a piece of a model's text is, for colouring.</summary>
public enum TextColour
{
    /// <summary>A word of the language: <c>for</c>, <c>input</c>, <c>if</c>.</summary>
    Keyword,

    /// <summary>The name of a distribution that is called.</summary>
    Distribution,

    /// <summary>The name of a function that is called, the model's own and nets too.</summary>
    Function,

    /// <summary>A type or a constraint: <c>positive</c>, <c>count</c>.</summary>
    Type,

    /// <summary>Any other name.</summary>
    Name,

    /// <summary>A number or a truth value.</summary>
    Number,

    /// <summary>A text between quotes.</summary>
    Text,

    /// <summary>An operator or a mark: <c>~</c>, <c>=</c>, <c>[</c>.</summary>
    Operator,

    /// <summary>A comment, to the end of the line.</summary>
    Comment,

    /// <summary>A comment that documents: <c>///</c>.</summary>
    Documentation,

    /// <summary>What cannot be read.</summary>
    Mistake,
}

/// <summary>A piece of text with one colour.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many characters.</param>
/// <param name="Colour">What it is.</param>
public readonly record struct ColouredSpan(int Start, int Length, TextColour Colour);
