using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public class EditorTests
{
    /// <summary>An entry with <c>|</c> where the cursor is.</summary>
    private static string Shown(Editor editor) => editor.Buffer.Text.Insert(editor.Buffer.Cursor, "|");

    private static string After(string text, params Key[] keys) => Shown(Typist.Editor([.. Typist.Typed(text), .. keys]));

    private static Key Ctrl(char letter) => Key.Control(letter);

    private static readonly Key s_enter = new(KeyCode.Enter), s_up = new(KeyCode.Up), s_down = new(KeyCode.Down), s_tab = new(KeyCode.Tab), s_escape = new(KeyCode.Escape), s_left = new(KeyCode.Left), s_newLine = new(KeyCode.Enter, Held.Alt);

    [Fact]
    public void Keys_move_by_characters_words_and_lines()
    {
        Assert.Equal("|one two", After("one two", Ctrl('a')));
        Assert.Equal("one |two", After("one two", Key.Alt("b")));
        Assert.Equal("one| two", After("one two", Ctrl('a'), Key.Alt("f")));
        Assert.Equal("one tw|o", After("one two", Ctrl('b')));
        Assert.Equal("日|本", After("日本", s_left));
        Assert.Equal("e|e\u0301", After("ee\u0301", s_left));
        Assert.Equal("|👨‍👩‍👧", After("👨‍👩‍👧", s_left));
    }

    [Fact]
    public void What_is_cut_comes_back_where_it_is_wanted()
    {
        Assert.Equal("one |", After("one two.three", Ctrl('w')));
        Assert.Equal("one two.|", After("one two.three", new Key(KeyCode.Backspace, Held.Alt)));
        Assert.Equal("twoone |", After("one two", Key.Alt("b"), Ctrl('k'), Ctrl('a'), Ctrl('y'), Ctrl('e')));
        Assert.Equal("a b c|", After("a b c", Ctrl('w'), Ctrl('w'), Ctrl('y')));
        Assert.Equal("| c", After("a b c", Ctrl('a'), Key.Alt("d"), Key.Alt("d")));
        Assert.Equal("|", After("abc", Ctrl('u')));
        Assert.Equal("acb|", After("abc", Ctrl('t')));
        Assert.Equal("ba|c", After("abc", Ctrl('b'), Ctrl('b'), Ctrl('t')));
    }

    [Fact]
    public void A_word_is_undone_at_a_time_and_a_paste_at_once()
    {
        Assert.Equal("one|", After("one two", Ctrl('_')));
        Assert.Equal("|", After("one two", Ctrl('_'), Ctrl('_')));
        Assert.Equal("x|", After("x", Key.Paste("1\n2\n3"), Ctrl('_')));
    }

    [Fact]
    public void Undo_leads_back_to_the_beginning() => Prop.ForAll<int[]>(choices =>
    {
        var editor = Typist.Editor([.. Typist.Any(choices), s_escape, s_escape]);
        for (var i = 0; i < 2 * choices.Length + 2; i++) editor.Press(Ctrl('_'));
        return editor.Buffer == TextBuffer.Empty;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void One_undo_takes_back_what_one_key_changed() => Prop.ForAll<int[], int>((choices, last) =>
    {
        var editor = Typist.Editor([.. Typist.Any(choices), s_escape, s_escape, s_left]);
        var before = editor.Buffer;
        var key = Typist.Any([last]).Single();
        editor.Press(key);
        if (editor.Search is not null || editor.Menu is not null || key == Ctrl('_') || editor.Buffer.Text == before.Text) return true;
        // A brace that moves to the left is two changes.
        editor.Press(Ctrl('_'));
        if (key == Key.Of("}") && editor.Buffer != before) editor.Press(Ctrl('_'));
        return editor.Buffer.Text == before.Text;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_cursor_is_always_between_characters() => Prop.ForAll<int[]>(choices =>
    {
        var editor = Typist.Editor();
        foreach (var key in Typist.Any(choices))
        {
            editor.Press(key);
            var buffer = editor.Buffer;
            if (buffer.Cursor != buffer.Text.Length && !StringInfo.ParseCombiningCharacters(buffer.Text).Contains(buffer.Cursor)) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Enter_goes_on_where_brackets_are_open_and_takes_what_is_finished()
    {
        var editor = Typist.Editor([.. Typist.Typed("for i in 1..3 {")]);
        Assert.Equal(Request.None, editor.Press(s_enter));
        foreach (var key in Typist.Typed("x")) editor.Press(key);
        editor.Press(s_newLine);
        editor.Press(Key.Of("}"));
        Assert.Equal("for i in 1..3 {\n  x\n}|", Shown(editor));
        Assert.Equal(Request.Take, editor.Press(s_enter));
    }

    [Fact]
    public void Enter_on_a_blank_line_takes_even_what_is_unfinished()
    {
        var editor = Typist.Editor([.. Typist.Typed("f("), s_enter]);
        Assert.Equal(Request.Take, editor.Press(s_enter));
    }

    [Fact]
    public void Arrows_move_in_the_entry_and_then_through_those_that_begin_like_it()
    {
        Assert.Equal("ab|\ncd", After("ab", s_newLine, Key.Of("c"), Key.Of("d"), s_up));
        Assert.Equal("alpha|", After("", s_up));
        Assert.Equal("beta = alpha|", After("", s_up, s_up));
        Assert.Equal("alpha ~ Normal(0, 1)|", After("alpha", s_up));
        Assert.Equal("alpha|", After("alpha", s_up, s_down));
        Assert.Equal("|", After("", s_up, s_up, s_down, s_down, s_down));
        Assert.Equal("f(\n  1,|\n  2)", After("", s_up, s_up, s_up, s_up));
    }

    [Fact]
    public void Search_finds_older_ones_then_newer_ones_and_leaves_what_was_there_when_it_is_given_up()
    {
        Assert.Equal("|alpha", After("", Ctrl('r'), Key.Of("a"), Key.Of("l")));
        Assert.Equal("beta = |alpha", After("", Ctrl('r'), Key.Of("a"), Key.Of("l"), Ctrl('r')));
        Assert.Equal("|alpha", After("", Ctrl('r'), Key.Of("a"), Key.Of("l"), Ctrl('r'), Ctrl('s')));
        Assert.Equal("mu|", After("mu", Ctrl('r'), Key.Of("b"), Ctrl('g')));
        Assert.Equal("|beta = alpha", After("mu", Ctrl('r'), Key.Of("b"), Key.Of("e"), s_escape));
        Assert.True(Typist.Editor(Ctrl('r'), Key.Of("q")).Search!.IsFailing);
        Assert.False(Typist.Editor(Ctrl('r'), Key.Of("b"), Key.Of("q"), new Key(KeyCode.Backspace)).Search!.IsFailing);
        Assert.Equal(Request.Take, Typist.Editor(Ctrl('r'), Key.Of("b")).Press(s_enter));
    }

    [Fact]
    public void Tab_completes_what_is_common_then_offers_the_rest()
    {
        Assert.Equal("beta|", After("be", s_tab));
        var editor = Typist.Editor([.. Typist.Typed("No"), s_tab]);
        Assert.Equal("Normal|", Shown(editor));
        Assert.Equal(2, editor.Menu!.Items.Length);
        editor.Press(s_tab);
        editor.Press(s_tab);
        Assert.Equal("NormalTruncated|", Shown(editor));
        Assert.Equal(Request.None, editor.Press(s_enter));
        Assert.Null(editor.Menu);
        Assert.Equal("NormalTruncated|", Shown(editor));
        Assert.Equal("Normal|", After("No", s_tab, s_tab, s_tab, s_tab, s_escape));
        Assert.Equal("NormalTruncated|", After("No", s_tab, new Key(KeyCode.Tab, Held.Shift), s_enter));
        Assert.Equal("Normal(|", After("No", s_tab, s_tab, Key.Of("(")));
        Assert.Null(Typist.Editor([.. Typist.Typed("No"), s_tab, Key.Of("(")]).Menu);
        Assert.Single(Typist.Editor([.. Typist.Typed("No"), s_tab, Key.Of("T")]).Menu!.Items);
        Assert.Equal("q|", After("q", s_tab));
    }

    [Fact]
    public void Control_C_drops_and_control_D_quits_where_there_is_nothing()
    {
        Assert.Equal(Request.Drop, Typist.Editor(Typist.Typed("abc")).Press(Ctrl('c')));
        Assert.Equal(Request.Quit, Typist.Editor().Press(Ctrl('d')));
        Assert.Equal("a|c", After("abc", Ctrl('b'), Ctrl('b'), Ctrl('d')));
    }
}
