using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public class KeyDecoderTests
{
    private static readonly string[] s_pieces =
    [
        "a", "Z", "0", " ", "é", "日", "😀", "\r", "\n", "\t", "\x7f", "\b", "\x01", "\x1a", "\x1f", "\0", "\e[A", "\eOB", "\e[1;5C", "\e[1;3D", "\e[H", "\eOF", "\e[3~", "\e[3;5~", "\e[Z", "\e[15~",
        "\e[[A", "\eb", "\e\r", "\e\x7f", "\e\e", "\e[200~mu ~ Normal(0,\r1)\r\n\t\e[A\e[201~", "\e[?1;2c", "\e[1;2\x03",
    ];

    [Theory]
    [InlineData("\e[A", nameof(KeyCode.Up), 0, "")]
    [InlineData("\eOA", nameof(KeyCode.Up), 0, "")]
    [InlineData("\e[1;5C", nameof(KeyCode.Right), 4, "")]
    [InlineData("\e[1;3D", nameof(KeyCode.Left), 2, "")]
    [InlineData("\e[7~", nameof(KeyCode.Home), 0, "")]
    [InlineData("\e[3~", nameof(KeyCode.Delete), 0, "")]
    [InlineData("\e[Z", nameof(KeyCode.Tab), 1, "")]
    [InlineData("\r", nameof(KeyCode.Enter), 0, "")]
    [InlineData("\e\r", nameof(KeyCode.Enter), 2, "")]
    [InlineData("\x12", nameof(KeyCode.Character), 4, "r")]
    [InlineData("\x1f", nameof(KeyCode.Character), 4, "_")]
    [InlineData("\ef", nameof(KeyCode.Character), 2, "f")]
    [InlineData("日", nameof(KeyCode.Character), 0, "日")]
    [InlineData("\e[15~", nameof(KeyCode.Other), 0, "")]
    public void A_sequence_is_a_key(string sent, string code, int held, string text) => Assert.Equal([new Key(Enum.Parse<KeyCode>(code), (Held)held, text)], Keys(sent));

    [Fact]
    public void A_paste_comes_as_one_text_without_what_would_act_on_the_terminal() =>
        Assert.Equal([Key.Paste("a\nb\n\tc[31m"), Key.Of("x")], Keys("\e[200~a\rb\r\n\tc\e[31m\e[201~x"));

    [Fact]
    public void An_escape_that_nothing_follows_is_a_key_once_it_is_given_up()
    {
        var decoder = new KeyDecoder();
        Assert.Empty(decoder.Feed("\e"u8));
        Assert.True(decoder.IsWaiting);
        Assert.Equal([new Key(KeyCode.Escape)], decoder.GiveUp());
        Assert.False(decoder.IsWaiting);
        Assert.Empty(decoder.GiveUp());
        Assert.Equal([new Key(KeyCode.Escape), Key.Alt("x")], decoder.Feed("\e\ex"u8));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_such_and_the_next_key_is_read()
    {
        var decoder = new KeyDecoder();
        Assert.Equal([Key.Of("\ufffd"), Key.Of("a")], decoder.Feed([0xff, (byte)'a']));
        Assert.Equal([Key.Of("\ufffd"), Key.Of("b")], decoder.Feed([0xe6, (byte)'b']));
    }

    [Fact]
    public void It_makes_no_difference_how_the_bytes_are_cut() => Prop.ForAll<int[], int[]>((choices, cuts) =>
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(choices.Select(c => s_pieces[Math.Abs(c % s_pieces.Length)])));
        var whole = new KeyDecoder().Feed(bytes).ToArray();
        var decoder = new KeyDecoder();
        var single = bytes.SelectMany(b => decoder.Feed([b])).ToArray();
        decoder = new KeyDecoder();
        var places = cuts.Select(c => Math.Abs(c % (bytes.Length + 1))).Append(0).Append(bytes.Length).Order().ToArray();
        var cut = places.Zip(places.Skip(1)).SelectMany(p => decoder.Feed(bytes.AsSpan(p.First, p.Second - p.First))).ToArray();
        return whole.SequenceEqual(single) && whole.SequenceEqual(cut);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_some_keys() => Prop.ForAll<byte[]>(bytes =>
    {
        var decoder = new KeyDecoder();
        var keys = decoder.Feed(bytes).Concat(decoder.GiveUp()).ToArray();
        return bytes.Length == 0 || keys.Length > 0 || Encoding.Latin1.GetString(bytes).Contains("\e[200~", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    private static IEnumerable<Key> Keys(string sent) => new KeyDecoder().Feed(Encoding.UTF8.GetBytes(sent));
}
