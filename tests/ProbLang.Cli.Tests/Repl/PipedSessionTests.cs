using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public class PipedSessionTests
{
    private static string[] Entries(string input)
    {
        var entries = new PipedEntries(new StringReader(input));
        return [.. Enumerable.Repeat(0, 100).Select(_ => entries.Read()).TakeWhile(e => e is not null).Select(e => e!)];
    }

    [Fact]
    public void An_entry_goes_on_over_lines_while_it_is_unfinished() =>
        Assert.Equal(["mu ~ Normal(0,\n  1)", "", ":help", "for i in 1..3 {\n\n  y[i] ~ Normal(mu, 1)\n}", "mu"],
            Entries("mu ~ Normal(0,\n  1)\n\n:help\nfor i in 1..3 {\n\n  y[i] ~ Normal(mu, 1)\n}\nmu"));

    [Fact]
    public void What_is_unfinished_at_the_end_is_an_entry_too() => Assert.Equal(["x = 1", "y ~ Normal(0,"], Entries("x = 1\ny ~ Normal(0,"));

    [Fact]
    public void Lines_may_end_as_on_Windows() => Assert.Equal(["f(1,\n2)", "x"], Entries("f(1,\r\n2)\r\nx\r\n"));
}
