using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class PrinterTests
{
    [Fact]
    public void Reading_what_is_printed_gives_the_same_tree()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var tree = new RandomTrees(seed).File();
            var text = Printer.Print(tree);
            var result = Parser.Parse(new SourceText("printed.gm", text));
            Assert.True(result.Diagnostics.IsEmpty, $"seed {seed}:\n{text}\n{string.Join("\n", result.Diagnostics)}");
            Assert.Equal(TreeText.Of(tree), TreeText.Of(result.File));
        }
    }

    /// <summary>A pair of parentheses around one operand is needed when without it the text reads as something else.</summary>
    [Theory]
    [InlineData("x = a + b * c")]
    [InlineData("x = (a + b) * c")]
    [InlineData("x = a - (b - c) - d")]
    [InlineData("x = (a - b) - c")]
    [InlineData("x = -a ^ -b ^ c")]
    [InlineData("x = (-a) ^ (b + c)")]
    [InlineData("x = (a ^ b) ^ c")]
    [InlineData("x = not a and (b or c) == d")]
    [InlineData("x = (not a) == b")]
    [InlineData("x = 1 + (if a then b else c)")]
    [InlineData("x = if a then b else if c then d else e")]
    [InlineData("x = (a + b)[i, ..n, 2.., .., i + 1..n]")]
    [InlineData("x = 1..n + 1")]
    [InlineData("x = a ^ (M, N)")]
    [InlineData("x = a ^ (b)[1]", "x = a ^ b[1]")]
    [InlineData("x = ((a))", "x = a")]
    [InlineData("x = [for i in 1..3: for j in 1..i: i * j]")]
    [InlineData("x = [for i in 1..3: [for j in 1..i: i * j]]", "x = [for i in 1..3: for j in 1..i: i * j]")]
    [InlineData("x = [[for i in 1..3: i]]")]
    [InlineData("x = 2 * [for i in 1..3: i]")]
    [InlineData("x = sum(for i in 1..3: x[i])")]
    [InlineData("x = sum([for i in 1..3: x[i]])", "x = sum(for i in 1..3: x[i])")]
    [InlineData("x ~ Mixture(w, for k in 1..K: Normal(mu[k], s) truncated (0, )) ordered")]
    [InlineData("x: real(, 1) ~ Flat(, 1) censored (right: e == 0)")]
    [InlineData("x ~ Normal(mean: 0, variance: 1e-05) ^ K")]
    [InlineData("x = 1_000 + 2.50", "x = 1000 + 2.5")]
    public void The_text_has_no_parentheses_that_could_be_left_out(string text, string? canonical = null)
    {
        var result = Parser.Parse(new SourceText("a.gm", text));
        Assert.Empty(result.Diagnostics);
        Assert.Equal((canonical ?? text) + "\n", Printer.Print(result.File));
    }

    [Fact]
    public void A_model_has_one_layout()
    {
        const string text = """
            /// Effects of coaching
            /// in eight schools.

            input J : count; input sigma [J]: positive
            /// The mean of all schools.
            mu~Normal( 0,5 )   tau ~ HalfCauchy(5) // a comment
            for school in 1 .. J { theta[school] ~ Normal(mu,tau);
              y[school] ~ Normal(theta[school], sigma[school]) }
            given y[1] = 28
            def square(a) = a^2
            """;
        Assert.Equal("""
            /// Effects of coaching
            /// in eight schools.

            input J: count
            input sigma[J]: positive
            /// The mean of all schools.
            mu ~ Normal(0, 5)
            tau ~ HalfCauchy(5)
            for school in 1..J {
              theta[school] ~ Normal(mu, tau)
              y[school] ~ Normal(theta[school], sigma[school])
            }
            given y[1] = 28
            def square(a) = a ^ 2

            """, Printer.Print(Parser.Parse(new SourceText("a.gm", text)).File));
    }
}
