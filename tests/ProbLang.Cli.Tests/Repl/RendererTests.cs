using FsCheck;
using FsCheck.Fluent;
using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>What is sent is given to a screen, which must show what was to be shown.</summary>
public class RendererTests
{
    private static readonly Palette s_palette = new(HasColours: true);

    private static string Blankless(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static Frame Frame(Editor editor, TerminalSize size) => Cli.Repl.Frame.Of(editor, Typist.Language, Hint.Of(Typist.Language, editor.Buffer), s_palette, size);

    [Fact]
    public void The_screen_shows_the_entry_after_any_keys() => Prop.ForAll<int[], int>((choices, width) =>
    {
        var size = new TerminalSize(6 + Math.Abs(width % 60), 300);
        var (screen, renderer, editor) = (new Screen(size), new Renderer(), Typist.Editor());
        foreach (var key in Typist.Any(choices))
        {
            editor.Press(key);
            screen.Feed(renderer.Draw(Frame(editor, size)));
            Assert.Null(screen.Unknown);
        }
        screen.Feed(renderer.Draw(Cli.Repl.Frame.Finished(editor.Buffer, Typist.Language, s_palette, size.Columns)));
        var prompts = size.Columns < 20 ? "" : EntryText.Prompt + string.Concat(Enumerable.Repeat(EntryText.Continuation, editor.Buffer.Text.Count(c => c == '\n')));
        // Each prompt stands before its line; what matters is that nothing else does.
        var shown = Blankless(screen.Text);
        foreach (var line in editor.Buffer.Text.Split('\n').Select((l, i) => (size.Columns < 20 ? "" : i == 0 ? "problang>" : "...>") + Blankless(Marked(l))))
        {
            if (!shown.StartsWith(line, StringComparison.Ordinal)) return false;
            shown = shown[line.Length..];
        }
        return shown.Length == 0;
    }).QuickCheckThrowOnFailure();

    /// <summary>A mark without a letter to stand on shows as a replacement.</summary>
    private static string Marked(string line) => line.StartsWith('\u0301') ? "�" + line.TrimStart('\u0301') : line;

    [Fact]
    public void The_cursor_is_on_its_character_on_a_small_screen_too() => Prop.ForAll<int[], int, int>((choices, width, height) =>
    {
        var size = new TerminalSize(6 + Math.Abs(width % 60), 1 + Math.Abs(height % 8));
        var (screen, renderer, editor) = (new Screen(size), new Renderer(), Typist.Editor());
        foreach (var key in Typist.Any(choices))
        {
            editor.Press(key);
            screen.Feed(renderer.Draw(Frame(editor, size)));
            var at = editor.Buffer.Cursor == editor.Buffer.Text.Length ? " " : editor.Buffer.Text[editor.Buffer.Cursor..editor.Buffer.Next];
            if (screen.AtCursor != (at is "\n" or "\t" ? " " : at[0] == '\u0301' ? "�" : at)) return false;
        }
        return screen.ShowsCursor;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_drawn_over_another_is_the_frame_drawn_alone() => Prop.ForAll<int[], int[]>((first, second) =>
    {
        var size = new TerminalSize(30, 60);
        var (over, alone, renderer) = (new Screen(size), new Screen(size), new Renderer());
        over.Feed(renderer.Draw(Frame(Typist.Editor([.. Typist.Any(first)]), size)));
        var last = Frame(Typist.Editor([.. Typist.Any(second)]), size);
        over.Feed(renderer.Draw(last));
        alone.Feed(new Renderer().Draw(last));
        return over.TextWithLooks() == alone.TextWithLooks() && over.Cursor == alone.Cursor;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_frame_is_drawn_anew_where_it_was_when_the_screen_becomes_narrower_or_wider() => Prop.ForAll<int[], int>((choices, width) =>
    {
        var (before, after) = (new TerminalSize(60, 80), new TerminalSize(10 + Math.Abs(width % 90), 80));
        var (screen, renderer, editor) = (new Screen(before), new Renderer(), Typist.Editor([.. Typist.Any(choices)]));
        screen.Feed("above\r\n" + renderer.Draw(Frame(editor, before)));
        screen.Resize(after);
        screen.Feed(renderer.Erase(after.Columns) + renderer.Draw(Frame(editor, after)));
        var alone = new Screen(after);
        alone.Feed("above\r\n" + new Renderer().Draw(Frame(editor, after)));
        return screen.TextWithLooks() == alone.TextWithLooks() && screen.Cursor == alone.Cursor;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_key_sends_one_row()
    {
        var size = TerminalSize.Usual;
        var renderer = new Renderer();
        renderer.Draw(Frame(Typist.Editor([.. Typist.Typed("f("), new Key(KeyCode.Enter), .. Typist.Typed("a")]), size));
        var sent = renderer.Draw(Frame(Typist.Editor([.. Typist.Typed("f("), new Key(KeyCode.Enter), .. Typist.Typed("ab")]), size));
        Assert.DoesNotContain("f(", sent, StringComparison.Ordinal);
        Assert.Contains("ab", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistake_is_underlined_and_said_and_a_call_shows_what_it_takes()
    {
        Assert.Equal("""
            problang> x ! y
                        r
            bbbbbbbbbb  _
                      no shouting
                      rrrrrrrrrrr

            """, Looks(Typist.Typed("x ! y")).ReplaceLineEndings("\n"));
        Assert.Equal("""
            problang> Normal(
                      cccccc
            bbbbbbbbbb
                      Normal(mean, sd)
                      ddddddd____ddddd

            """.ReplaceLineEndings("\n"), Looks(Typist.Typed("Normal(")));
    }

    [Fact]
    public void The_menu_shows_what_there_is_with_the_choice_marked()
    {
        var size = new TerminalSize(34, 5);
        var screen = new Screen(size);
        screen.Feed(new Renderer().Draw(Cli.Repl.Frame.Of(Typist.Editor(new Key(KeyCode.Tab), new Key(KeyCode.Tab)), Typist.Language, Hint.None, new Palette(false), size)));
        Assert.Equal("""
            problang> Normal
                      Normal           about …
                      NormalTruncated  about …
                      alpha            about …
                      1 of 5

            """.ReplaceLineEndings("\n"), screen.Text);
        Assert.Contains("          ######\n", screen.TextWithLooks(), StringComparison.Ordinal);
    }

    private static string Looks(Key[] keys)
    {
        var screen = new Screen(TerminalSize.Usual);
        screen.Feed(new Renderer().Draw(Frame(Typist.Editor(keys), TerminalSize.Usual)));
        return screen.TextWithLooks();
    }
}
