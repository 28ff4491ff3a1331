using System.Text;
using System.Text.RegularExpressions;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class FormatterTests
{
    [Fact]
    public void A_file_has_one_layout() => Becomes("""
        /// File doc
        /// second.

        /// a statement
        input   N:count ;  input x[ N,D+1 ] : real( 0 , )  // trailing
        // own line


        // after two blanks
        mu~Normal( 0,5 );tau ~ HalfCauchy(5) truncated( 1 , ) ordered
        for i in 1 .. N-1 { // plate
        // first in block

          y[ i ]~Normal(mu+tau*x[i-1,2*k+1] , if a==b then -1 else exp( -x[i]^2 ) ^ 2)

          if  x[i] > 0 and not b { z ~ Bernoulli( 0.5 ) } else if c{ z = 1 } else { z = 2 } // tail

        }
        def f(a,b) { t = a ^ 2 ; return t+1 }
        m ~ Mixture([0.5,0.5],for k in 1..K:Normal(mu[k],sigma)) ^ (M , N)
        // the end
        """, """
        /// File doc
        /// second.

        /// a statement
        input N: count
        input x[N, D+1]: real(0, ) // trailing
        // own line

        // after two blanks
        mu ~ Normal(0, 5)
        tau ~ HalfCauchy(5) truncated (1, ) ordered
        for i in 1..N-1 { // plate
          // first in block
          y[i] ~ Normal(mu + tau * x[i-1, 2*k+1], if a == b then -1 else exp(-x[i]^2) ^ 2)

          if x[i] > 0 and not b {
            z ~ Bernoulli(0.5)
          } else if c {
            z = 1
          } else {
            z = 2
          } // tail
        }
        def f(a, b) {
          t = a^2
          return t + 1
        }
        m ~ Mixture([0.5, 0.5], for k in 1..K: Normal(mu[k], sigma)) ^ (M, N)
        // the end

        """);

    [Fact]
    public void A_line_that_is_too_long_breaks_at_its_outermost_brackets_or_loosest_operator() => Becomes("""
        y ~ MvNormal(zeros(N), gp_exp_quad(x, amplitude, length_scale) + diag(sigma^2 * ones(N)) + some_other_matrix)
        w = first_of_the_terms_with_a_long_name + second_of_the_terms_with_a_long_name * its_own_factor + third
        v = if condition_with_a_long_name then value_where_it_holds_with_a_long_name else value_where_it_does_not
        """, """
        y ~ MvNormal(
          zeros(N),
          gp_exp_quad(x, amplitude, length_scale) + diag(sigma^2 * ones(N)) + some_other_matrix
        )
        w = first_of_the_terms_with_a_long_name
          + second_of_the_terms_with_a_long_name * its_own_factor
          + third
        v = if condition_with_a_long_name
          then value_where_it_holds_with_a_long_name
          else value_where_it_does_not

        """);

    [Fact]
    public void Comments_within_a_statement_stay_with_what_they_follow() => Becomes("""
        q = f(1, // one
          2 // two
          , /// three
          // above
          3)
        if a { x = 1 } // before
        else // after
        if b // head
        { x = 2 }
        """, """
        q = f(
          1, // one
          2, // two
          // three
          // above
          3
        )
        if a {
          x = 1
        } // before
        else // after
        if b { // head
          x = 2
        }

        """);

    [Fact]
    public void A_text_with_mistakes_is_not_laid_out()
    {
        var formatted = ModelFormatter.Format("x ~ Normal(0 1)", "m.gm");
        Assert.Null(formatted.Text);
        Assert.False(formatted.IsChanged);
        Assert.Equal("GM0111", Assert.Single(formatted.Diagnostics).Id);
    }

    /// <summary>Space, line ends, comments and semicolons anywhere: the tree stays, every comment stays, and a second time changes nothing.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_stands_between_words_the_tree_and_the_comments_stay(int seed)
    {
        var random = new Random(seed);
        var text = Scatter(Printer.Print(new RandomTrees(seed).File()), random);
        var before = Parser.Parse(new SourceText("m.gm", text));
        if (!before.Success) return;
        var once = ModelFormatter.Format(text).Text!;
        var after = Parser.Parse(new SourceText("m.gm", once));
        Assert.True(after.Success, text + "\n-----\n" + once);
        Assert.Equal(TreeText.Of(before.File), TreeText.Of(after.File));
        Assert.Equal(Comments(text), Comments(once));
        Assert.Equal(once, ModelFormatter.Format(once).Text);
        Assert.DoesNotContain("\n\n\n", once);
        Assert.DoesNotContain(once.Split('\n'), line => line.EndsWith(' '));
    }

    [Fact]
    public void A_sum_of_many_terms_takes_no_more_than_its_length()
    {
        var text = "x = " + string.Join('+', Enumerable.Range(0, 100_000).Select(i => $"a{i}^2"));
        Assert.Equal(100_000, ModelFormatter.Format(text).Text!.Count(c => c == '\n'));
    }

    [Fact]
    public void The_deepest_nesting_is_laid_out()
    {
        var text = $"x = {new string('(', 250)}1{new string(')', 250)}";
        Assert.Contains("1", ModelFormatter.Format(text).Text!);
    }

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 1000)];

    /// <summary>The same words with other things between them. Documentation keeps its place, as it belongs to the tree.</summary>
    private static string Scatter(string text, Random random)
    {
        var tokens = Lexer.Read(new SourceText("m.gm", text));
        var result = new StringBuilder();
        for (var i = 0; i <= tokens.Last; i++)
        {
            var start = i == 0 ? 0 : tokens[i - 1].Span.End;
            var between = text[start..tokens[i].Span.Start];
            result.Append(between.Contains("///", StringComparison.Ordinal) || random.Next(3) > 0 ? between : Between(i));
            if (i < tokens.Last) result.Append(tokens.TextOf(i));
        }
        return result.ToString();

        string Between(int i) => random.Next(8) switch
        {
            0 => $" // note {i}\n",
            1 => $"\n  // note {i}\n//// more of {i}  \n\n",
            2 => $"\n\n\n",
            3 => $"\r\n",
            4 when Original(i).Contains('\n', StringComparison.Ordinal) => $" ; // after {i}\n ;\n",
            _ => $"  \t",
        };

        string Original(int i) => text[(i == 0 ? 0 : tokens[i - 1].Span.End)..tokens[i].Span.Start];
    }

    private static string[] Comments(string text) =>
        [.. Regex.Matches(text, @"(?<!/)//(?!/(?!/)).*").Select(m => m.Value.TrimEnd())];

    private static void Becomes(string text, string layout)
    {
        var formatted = ModelFormatter.Format(text);
        Assert.Empty(formatted.Diagnostics);
        Assert.Equal(layout, formatted.Text);
        Assert.Equal(layout, ModelFormatter.Format(layout).Text);
        Assert.True(formatted.IsChanged);
        Assert.False(ModelFormatter.Format(layout).IsChanged);
    }
}
