using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public class HintsTests
{
    private static void Await(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60)));

    [Fact]
    public void A_hint_comes_after_the_typing_and_goes_with_the_entry()
    {
        using var hints = new Hints(Typist.Language, () => { });
        hints.Follow(TextBuffer.Of("x ! y"));
        Await(() => hints.Current.Mistake == "no shouting");
        hints.Follow(TextBuffer.Of("x ! yz"));
        Assert.Null(hints.Current.Mistake);
        foreach (var text in (string[])["", "", "Normal(", "", "a"]) hints.Follow(TextBuffer.Of(text));
        Assert.Equal(Hint.None, hints.Current);
        hints.Follow(TextBuffer.Of("Normal("));
        Await(() => hints.Current.Signature is not null);
    }

    [Fact]
    public void A_language_that_fails_leaves_the_typing_alone()
    {
        using var hints = new Hints(Typist.Language with { MistakeIn = text => text.Length > 1 ? throw new InvalidOperationException() : (new Text.Span(0, 1), "one") }, () => { });
        hints.Follow(TextBuffer.Of("ab"));
        hints.Follow(TextBuffer.Of("?"));
        Await(() => hints.Current.Mistake == "one");
    }
}
