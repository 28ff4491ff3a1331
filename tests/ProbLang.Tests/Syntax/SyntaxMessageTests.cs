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
    public void Statements_of_other_versions_are_named_once_and_skipped_whole() => Says("""
        param w[D]: real = 0
        net f = mlp(hidden: [64])
        import "other.gm"
        if a == b { x ~ Normal(0 1) } else if c { x = 1 } else { x = 2 }
        factor -x ^ 2
        guide {
          for i in 1..N { z[i] ~ Normal(0 1) }
        }
        def g(a) { t = a ^ 2; return t + 1 }
        y = (1, 2)
        """, """
        m.gm:1:1: error GM0117: `param` is not in this version of the language
          1 | param w[D]: real = 0
            | ^^^^^
          = a quantity with a prior is written `x ~ …`
        m.gm:2:1: error GM0117: `net` is not in this version of the language
          2 | net f = mlp(hidden: [64])
            | ^^^
        m.gm:3:1: error GM0117: `import` is not in this version of the language
          3 | import "other.gm"
            | ^^^^^^
        m.gm:4:1: error GM0117: an `if` block is not in this version of the language
          4 | if a == b { x ~ Normal(0 1) } else if c { x = 1 } else { x = 2 }
            | ^^
          = a value that depends on a condition is written `x = if … then … else …`
        m.gm:5:1: error GM0117: `factor` is not in this version of the language
          5 | factor -x ^ 2
            | ^^^^^^
        m.gm:6:1: error GM0117: `guide` is not in this version of the language
          6 | guide {
            | ^^^^^
        m.gm:9:10: error GM0117: a `def` with a block is not in this version of the language
          9 | def g(a) { t = a ^ 2; return t + 1 }
            |          ^
          = a function of one expression is written `def f(x) = …`
        m.gm:10:5: error GM0119: a list in parentheses stands only after `^`
          10 | y = (1, 2)
             |     ^^^^^^
          = an array is written in brackets: `[a, b]`
        """);

    [Fact]
    public void Habits_from_other_languages_get_a_remedy() => Says("""
        a ~ Normal(mean = 0, sd = 1)
        b = 1 + if c then 2 else 3
        d = [1..]
        e = if f = g then 1 else 2
        h = .5 + i
        for in in 1..2 { }
        j = k | l
        m = 'low'
        n = o # why
        p = (q + r)(s)
        t = Normal(0, 1) truncated (0, )
        """, """
        m.gm:1:17: error GM0111: expected `,` or `)` after `mean`, found `=`
          1 | a ~ Normal(mean = 0, sd = 1)
            |                 ^
          = an argument is named with a colon: `mean: …`
        m.gm:2:9: error GM0111: expected an expression after `+`, found `if`
          2 | b = 1 + if c then 2 else 3
            |         ^^
          = inside an expression, put `if … then … else …` in parentheses
        m.gm:3:7: error GM0111: expected `,` or `]` after `1`, found `..`
          3 | d = [1..]
            |       ^^
          = outside an index, a range has both its ends
        m.gm:4:10: error GM0111: expected `then` after `f`, found `=`
          4 | e = if f = g then 1 else 2
            |          ^
          = two values are compared with `==`
        m.gm:5:5: error GM0107: `.5` is not a number
          5 | h = .5 + i
            |     ^^
          = write `0.5`
        m.gm:6:5: error GM0111: expected a name after `for`, found `in`
          6 | for in in 1..2 { }
            |     ^^
          = `in` is a word of the language; choose another name
        m.gm:7:7: error GM0105: `|` means nothing here
          7 | j = k | l
            |       ^
          = write `or`
        m.gm:8:5: error GM0105: `'` means nothing here
          8 | m = 'low'
            |     ^
          = texts stand in double quotes
        m.gm:8:9: error GM0105: `'` means nothing here
          8 | m = 'low'
            |         ^
          = texts stand in double quotes
        m.gm:9:7: error GM0105: `#` means nothing here
          9 | n = o # why
            |       ^
          = a comment begins with `//`
        m.gm:10:5: error GM0118: only a name can be called
          10 | p = (q + r)(s)
             |     ^^^^^^^
          = a product is written with `*`
        m.gm:11:18: error GM0111: expected a statement, found `truncated`
          11 | t = Normal(0, 1) truncated (0, )
             |                  ^^^^^^^^^
          = `truncated` follows a distribution, right of `~` or as an argument
        """);

    [Fact]
    public void Words_that_cannot_be_read_are_shown() => Says("""
        a = "low
        b = "C:\data"
        c = 1__0 + 1_000_
        d = 1e999
        e = 2.
        """, """
        m.gm:1:5: error GM0106: the text has no closing quote on its line
          1 | a = "low
            |     ^^^^
        m.gm:2:8: error GM0109: `\d` means nothing in a text
          2 | b = "C:\data"
            |        ^^
          = a backslash is written `\\`
        m.gm:3:5: error GM0107: `1__0` is not a number
          3 | c = 1__0 + 1_000_
            |     ^^^^
          = underscores stand singly, between digits
        m.gm:3:12: error GM0107: `1_000_` is not a number
          3 | c = 1__0 + 1_000_
            |            ^^^^^^
          = underscores stand singly, between digits
        m.gm:4:5: error GM0108: `1e999` is too large for a number
          4 | d = 1e999
            |     ^^^^^
          = write `infinity` for no bound
        m.gm:5:6: error GM0105: `.` means nothing here
          5 | e = 2.
            |      ^
          = a number has digits on both sides of its point
        """);

    [Theory]
    [InlineData("x = 1 // a\u202Eb", 11)]
    [InlineData("x = \"a\u2066b\"", 7)]
    [InlineData("/// a\u200Bb\nx = 1", 6)]
    [InlineData("mu\u200D = 1", 3)]
    [InlineData("x\u3164 = 1", 2)]
    [InlineData("x = 1\0", 6)]
    public void Invisible_characters_are_errors_wherever_they_stand(string text, int column)
    {
        var diagnostic = Assert.Single(Parser.Parse(new SourceText("m.gm", text)).Diagnostics);
        Assert.Equal(("GM0104", 1, column), (diagnostic.Id, diagnostic.Location!.Line, diagnostic.Location.Column));
    }

    [Fact]
    public void A_name_whose_normal_form_is_no_name_is_an_error() => Says("a\uFDFAb = 1", """
        m.gm:1:1: error GM0110: `aﷺb` cannot be a name: its plain form has characters other than letters and digits
          1 | aﷺb = 1
            | ^^^
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
