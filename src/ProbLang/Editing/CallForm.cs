using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Editing;

/// <summary>How something is called.</summary>
/// <param name="Text">As the reference shows it: <c>Normal(mean, sd | variance | precision)</c>.</param>
/// <param name="Names">The arguments that may be named.</param>
internal sealed record CallForm(string Text, ImmutableArray<string> Names)
{
    /// <summary>The arguments in their order, the first of alternatives.</summary>
    public ImmutableArray<string> Positional => [.. Arguments().Select(p => Text.Substring(p.Start, p.Length))];

    /// <summary>Where an argument stands in the text: one that is named by its name, else by its place; the last one may be repeated.</summary>
    public Span Place(int index, string? name)
    {
        if (name is not null) return NameAt(name);
        var arguments = Arguments().ToArray();
        return index < arguments.Length ? arguments[index] : arguments.Length > 0 && Text.Contains('…', StringComparison.Ordinal) ? arguments[^1] : default;
    }

    private Span NameAt(string name)
    {
        for (var at = Text.IndexOf('(', StringComparison.Ordinal) + 1; at > 0 && (at = Text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at++)
            if (!IsInWord(at - 1) && !IsInWord(at + name.Length)) return new Span(at, name.Length);
        return default;
    }

    private bool IsInWord(int at) => at >= 0 && at < Text.Length && (char.IsLetterOrDigit(Text[at]) || Text[at] == '_');

    private IEnumerable<Span> Arguments()
    {
        var (start, depth) = (Text.IndexOf('(', StringComparison.Ordinal) + 1, 0);
        for (var at = start; start > 0 && at < Text.Length; at++)
        {
            if (depth == 0 && Text[at] is ',' or ')')
            {
                if (depth == 0 && Argument(start, at) is { Length: > 0 } found) yield return found;
                start = at + 1;
                if (Text[at] == ')' && depth == 0) yield break;
            }
            else depth += Text[at] is '(' or '[' ? 1 : Text[at] is ')' or ']' ? -1 : 0;
        }
    }

    /// <summary>Without the blanks around it and the alternatives after it.</summary>
    private Span Argument(int start, int end)
    {
        var text = Text.AsSpan(start, end - start);
        if (text.IndexOf(" | ") is var bar and > 0 && !text[..bar].Contains(':')) text = text[..bar];
        return new Span(start + text.Length - text.TrimStart().Length, text.Trim().Length);
    }
}
