using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class SyntaxMessageTests
{
    [Fact]
    public void A_missing_comma_is_reported_where_it_is() => Says("y ~ Normal(mu sigma)", """
        m.gm:1:15: error GM0111: expected `,` or `)` after `mu`, found `sigma`
          1 | y ~ Normal(mu sigma)
            |               ^^^^^
          = a comma stands between two: `mu, sigma`
        """);

    [Fact]
    public void A_missing_parenthesis_is_reported_at_the_end_of_its_line() => Says("""
        y ~ Normal(
          mean: mu,
          sd: sigma
        z ~ Normal(0, 1)
        """, """
        m.gm:3:12: error GM0111: expected `,` or `)` after `sigma`, found `z`
          3 |   sd: sigma
            |            ^
          m.gm:1:11: this `(` is still open
          1 | y ~ Normal(
            |           ^
        """);

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    public void An_empty_file_is_an_error(string text) => Assert.Equal(
        "m.gm:1:1: error GM0101: the model is empty", Messages(text).Split('\n')[0]);

    [Fact]
    public void A_file_of_comments_is_an_empty_model() => Says("/// A model to come.", """
        m.gm:1:1: error GM0101: the model is empty
          1 | /// A model to come.
            | ^
          = state at least one quantity, such as `x ~ Normal(0, 1)`
        """);

    [Fact]
    public void Several_mistakes_are_reported_in_one_run() => Says("""
        a = 3 +
        for i 1..N { b[i] ~ Normal(0 1) }
        c Normal(0, 1)
        for i in 1..N {
          d[i] = )
          e[i] = 2x
        }
        f = [1, 2
        """, """
        m.gm:1:8: error GM0111: expected an expression after `+`, found `for`
          1 | a = 3 +
            |        ^
        m.gm:2:7: error GM0111: expected `in` after `i`, found `1`
          2 | for i 1..N { b[i] ~ Normal(0 1) }
            |       ^
        m.gm:2:30: error GM0111: expected `,` or `)` after `0`, found `1`
          2 | for i 1..N { b[i] ~ Normal(0 1) }
            |                              ^
          = a comma stands between two: `0, 1`
        m.gm:3:3: error GM0111: expected `~` or `=` after `c`, found `Normal`
          3 | c Normal(0, 1)
            |   ^^^^^^
        m.gm:5:10: error GM0111: expected an expression after `=`, found `)`
          5 |   d[i] = )
            |          ^
        m.gm:6:10: error GM0107: `2x` is not a number
          6 |   e[i] = 2x
            |          ^^
          = a product is written with `*`, and a name begins with a letter
        m.gm:8:10: error GM0111: expected `,` or `]` after `2`, found the end of the file
          8 | f = [1, 2
            |          ^
        """);

    [Fact]
    public void A_block_that_is_never_closed_is_shown_where_it_opens() => Says("""
        for i in 1..N {
          x[i] ~ Normal(0, 1)
        """, """
        m.gm:2:22: error GM0112: expected `}`, found the end of the file
          2 |   x[i] ~ Normal(0, 1)
            |                      ^
          m.gm:1:15: this block is never closed
          1 | for i in 1..N {
            |               ^
        """);

    [Fact]
    public void A_brace_too_many_does_not_hide_the_rest() => Says("}\nx = (1, 2)", """
        m.gm:1:1: error GM0113: this `}` closes nothing
          1 | }
            | ^
        m.gm:2:5: error GM0119: a list in parentheses stands only after `^`
          2 | x = (1, 2)
            |     ^^^^^^
          = an array is written in brackets: `[a, b]`
        """);

    [Fact]
    public void Comparisons_do_not_chain() => Says("x = 0 < y <= 1 + z", """
        m.gm:1:5: error GM0115: comparisons do not chain
          1 | x = 0 < y <= 1 + z
            |     ^^^^^^^^^^^^^^
          = write `0 < y and y <= 1 + z`
        """);

    [Fact]
    public void What_is_given_with_a_value_is_a_variable() => Says("given a + b = 2", """
        m.gm:1:7: error GM0116: left of `=`, `given` names a variable or an element of one
          1 | given a + b = 2
            |       ^^^^^
          = a condition is written with `==`
        """);

    [Fact]
    public void The_block_of_a_def_returns_something_and_no_other_block_does() => Says("""
        def f(a) { t = a ^ 2 }
        for i in 1..2 { return i }
        x ~ Normal(0, 1)
        """, """
        m.gm:1:22: error GM0117: the block of a `def` ends with what it returns
          1 | def f(a) { t = a ^ 2 }
            |                      ^
          = write `return …` before the `}`
        m.gm:2:17: error GM0120: `return` stands only at the end of the block of a `def`
          2 | for i in 1..2 { return i }
            |                 ^^^^^^
        """);

    [Fact]
    public void The_first_fifty_mistakes_are_reported()
    {
        var result = Parser.Parse(new SourceText("m.gm", string.Join('\n', Enumerable.Repeat("x ~ Normal(0 1)", 200))));
        Assert.Equal(50, result.Diagnostics.Length);
        Assert.Equal(Enumerable.Range(1, 50), result.Diagnostics.Select(diagnostic => diagnostic.Location!.Line));
    }

    private static void Says(string text, string messages) => Assert.Equal(messages, Messages(text));

    private static string Messages(string text) => string.Join("\n", Parser.Parse(new SourceText("m.gm", text)).Diagnostics);
}
