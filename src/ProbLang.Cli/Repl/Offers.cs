using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>The menu of completions as rows under the entry: those around the choice, each with a word on what it is.</summary>
internal static class Offers
{
    public static ImmutableArray<ScreenRow> Rows(CompletionMenu menu, Palette palette, int columns, int most)
    {
        var items = menu.Items;
        var shown = items.Length <= most ? items.Length : Math.Max(1, most - 1);
        var first = Math.Clamp(menu.Selected - shown / 2, 0, items.Length - shown);
        var width = items.Skip(first).Take(shown).Max(i => CellWidth.Of(i.Text));
        var rows = items.Skip(first).Take(shown).Select((item, i) => Row(item, first + i == menu.Selected, width, palette, columns));
        return shown == items.Length || shown == most ? [.. rows] : [.. rows, Count(menu, palette, columns)];
    }

    private static ScreenRow Row(CompletionItem item, bool isChosen, int width, Palette palette, int columns)
    {
        var row = EntryText.Indented(columns);
        row.AddFitted(item.Text, isChosen ? Palette.Chosen : Style.Plain, columns);
        if (item.Detail.Length > 0) row.AddFitted(new string(' ', 2 + width - CellWidth.Of(item.Text)) + item.Detail, palette.Remark, columns);
        return row.Finish();
    }

    private static ScreenRow Count(CompletionMenu menu, Palette palette, int columns) =>
        EntryText.Indented(columns).AddFitted(menu.Selected < 0 ? $"{menu.Items.Length} in all" : $"{menu.Selected + 1} of {menu.Items.Length}", palette.Remark, columns).Finish();
}
