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
          = a comma stands between two: `mu, sigma`, and `*` in a product
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
          = a statement says what something is: `c ~ …` or `c = …`
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

    /// <summary>What is wrong with each statement that has words of its own, at its place and with its remedy where it has one.</summary>
    [Theory]
    [InlineData("for i in 1..3 { x[i] = i", "1:25 expected `}`, found the end of the file")]
    [InlineData("for i in 1..3 x[i] = i", "1:15 expected `{` after `3`, found `x`")]
    [InlineData("for i 1..3 { x[i] = i }", "1:7 expected `in` after `i`, found `1`")]
    [InlineData("for i in { x[i] = 1 }", "1:10 expected an expression after `in`, found `{`")]
    [InlineData("for 1..3 { x = 1 }", "1:5 expected a name after `for`, found `1`")]
    [InlineData("if 1 > 0 x = 1", "1:10 expected `{` after `0`, found `x` (the statements of an `if` stand in braces: `if c { … }`)")]
    [InlineData("if { x = 1 }", "1:4 expected an expression after `if`, found `{`")]
    [InlineData("if a = b { x = 1 }", "1:6 expected `{` after `a`, found `=` (two values are compared with `==`)")]
    [InlineData("if 1 > 0 { x = 1 } else x = 2", "1:25 expected `{` or `if` after `else`, found `x`")]
    [InlineData("if 1 > 0 { x = 1 } else if { x = 2 }", "1:28 expected an expression after `if`, found `{`")]
    [InlineData("if 1 > 0 { x = 1 } else { x = 2 } else { x = 3 }", "1:35 this `else` follows no `if` (it follows the `}` of its `if`: `if c { … } else { … }`)")]
    [InlineData("if 1 > 0 { x = 1", "1:17 expected `}`, found the end of the file")]
    [InlineData("guide x ~ Normal(0, 1)", "1:7 expected `{` after `guide`, found `x`")]
    [InlineData("guide = { x ~ Normal(0, 1) }", "1:7 expected `{` after `guide`, found `=`")]
    [InlineData("guide { return 3 }", "1:9 `return` stands only at the end of the block of a `def`")]
    [InlineData("def f { return 1 }", "1:7 expected `(` after `f`, found `{`")]
    [InlineData("def f(x, 3) = x", "1:10 expected a name after `,`, found `3`")]
    [InlineData("def f(x) { }", "1:12 the block of a `def` ends with what it returns (write `return …` before the `}`)")]
    [InlineData("def f(x) { return x; y = 3 }", "1:22 `return` ends the block of a `def` (put this before the `return`)")]
    [InlineData("def f(x) { return }", "1:19 expected an expression after `return`, found `}`")]
    [InlineData("def f(x) = { return x }", "1:12 expected an expression after `=`, found `{`")]
    [InlineData("def (x) = x", "1:5 expected a name after `def`, found `(`")]
    [InlineData("def f(x) ~ Normal(x, 1)", "1:10 expected `=` or `{` after `)`, found `~` (a random function is written `def f(x) = Normal(x, 1)`)")]
    [InlineData("net f(x) = mlp(3)", "1:6 expected `=` after `f`, found `(` (a net gets its arguments where it is used; here it is `net f = mlp(hidden: [64])`)")]
    [InlineData("net = mlp(3)", "1:5 expected a name after `net`, found `=` (`net` is a word of the language; choose another name)")]
    [InlineData("import", "1:7 expected a text in quotes after `import`, found the end of the file")]
    [InlineData("import file", "1:1 the file that is imported stands in double quotes (write `import \"file.gm\"`)")]
    [InlineData("factor = 3", "1:8 expected an expression after `factor`, found `=` (`factor` is a word of the language; choose another name)")]
    [InlineData("factor", "1:7 expected an expression after `factor`, found the end of the file")]
    [InlineData("factor\ny ~ Normal(0, 1)", "1:7 expected an expression after `factor`, found `y`")]
    [InlineData("param w[2 = 1", "1:11 expected `,` or `]` after `2`, found `=`")]
    [InlineData("param w: = 3", "1:10 expected a name after `:`, found `=`")]
    [InlineData("param w ~ Normal(0, 1)", "1:9 a `param` is an unknown constant and has no distribution (write `w ~ Normal(0, 1)`)")]
    [InlineData("given = 3", "1:7 expected an expression after `given`, found `=` (`given` is a word of the language; choose another name)")]
    [InlineData("input N: count =", "1:17 expected an expression after `=`, found the end of the file")]
    [InlineData("x ~ Normal(0, 1) truncated 0, 1", "1:28 expected `(` after `truncated`, found `0`")]
    [InlineData("x ~ truncated (0, 1)", "1:5 expected an expression after `~`, found `truncated` (`truncated` follows a distribution, right of `~` or as an argument)")]
    [InlineData("x = 3)", "1:6 this `)` closes nothing")]
    public void A_mistake_in_a_statement_is_one_message(string text, string message)
    {
        var diagnostic = Assert.Single(Parser.Parse(new SourceText("m.gm", text)).Diagnostics);
        Assert.Equal(message, $"{diagnostic.Location!.Line}:{diagnostic.Location.Column} {diagnostic.Message}{(diagnostic.Remedy is { } remedy ? $" ({remedy})" : "")}");
    }

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
