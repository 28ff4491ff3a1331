using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>The ways to go on, as they are offered under the entry.</summary>
/// <param name="Before">What was there when the menu opened, and is again when it is closed without a choice.</param>
/// <param name="List">What there is to choose from.</param>
/// <param name="Selected">The choice, which shows in the entry; -1 where none is made.</param>
internal sealed record CompletionMenu(TextBuffer Before, CompletionList List, int Selected = -1)
{
    public ImmutableArray<CompletionItem> Items => List.Items;

    /// <summary>The next choice to one side, around the end.</summary>
    public CompletionMenu Step(int direction) =>
        this with { Selected = Selected < 0 ? (direction > 0 ? 0 : Items.Length - 1) : (Selected + direction + Items.Length) % Items.Length };

    /// <summary>The entry with the choice in it.</summary>
    public TextBuffer Shown => Selected < 0 ? Before : With(Items[Selected].Text);

    /// <summary>The entry with as much as all ways have in common; the same where that is not more than is typed.</summary>
    public TextBuffer WithCommonBeginning()
    {
        var typed = Before.Text.Substring(List.Start, List.Length);
        var common = Items[0].Text;
        foreach (var item in Items) common = common[..CommonLength(common, item.Text)];
        return common.Length > typed.Length && common.StartsWith(typed, StringComparison.Ordinal) ? With(common) : Before;
    }

    private TextBuffer With(string text) => Before.Replace(List.Start, List.Length, text);

    private static int CommonLength(string a, string b)
    {
        var length = a.AsSpan().CommonPrefixLength(b);
        return length > 0 && char.IsHighSurrogate(a[length - 1]) ? length - 1 : length;
    }
}
