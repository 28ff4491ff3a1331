using ProbLang.Editing;
using Xunit;

namespace ProbLang.Tests.Editing;

/// <summary>The place is where the bar ¦ stands.</summary>
public class CompletionTests
{
    private static readonly Model s_schools = Compiled(
        """
        input J: count
        input sigma[J]: positive
        input kind[J]: category("low", "high")
        mu  ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        def shifted(a, by) = a + by
        net f = mlp(hidden: [2], inputs: 1, outputs: 1)
        for school in 1..J {
          theta[school] ~ Normal(shifted(mu, 0), tau)
          y[school] ~ Normal(theta[school], sigma[school])
        }
        """);

    [Theory]
    [InlineData("x ~ No¦", "Normal")]
    [InlineData("x ~ norm¦", "Normal SkewNormal")]
    [InlineData("x ~ HN¦", "HalfNormal")]
    [InlineData("x ~ ¦", "Normal StudentT Cauchy")]
    [InlineData("x = si¦", "sigma sin sinh size")]
    [InlineData("x = lse¦", "log_sum_exp")]
    [InlineData("x = ¦", "J sigma kind")]
    [InlineData("¦", "input for if")]
    [InlineData("fo¦", "for")]
    [InlineData("mu ~ Normal(0, 1)\nth¦", "theta")]
    [InlineData("thet¦", "theta")]
    [InlineData("x ~ Normal(¦", "J sigma kind")]
    [InlineData("x ~ Normal(me¦", "mean: mean")]
    [InlineData("x ~ Normal(mean: 0, v¦", "variance: variance")]
    [InlineData("x ~ Gamma(rate: 1, ra¦", "rank Rayleigh")]
    [InlineData("input x: po¦", "positive")]
    [InlineData("input x: ¦", "real positive probability")]
    [InlineData("x: c¦ ~ Normal(0, 1)", "count category covariance")]
    [InlineData("for i ¦", "in")]
    [InlineData("for i in 1..¦", "J sigma kind")]
    [InlineData("for idx in 1..3 { x[id¦", "idx identity")]
    [InlineData("for idx in 1..3 { x[idx] = 1 }\ny = id¦", "identity")]
    [InlineData("y = sum([for idx in 1..3: id¦", "idx identity")]
    [InlineData("def g(arg) = ar¦", "arg")]
    [InlineData("def g(arg) { b = arg + 1\n return b¦", "b")]
    [InlineData("def g(arg) = arg\ny = g(sh¦", "shifted sinh")]
    [InlineData("x ~ Normal(0, 1) tr¦", "truncated")]
    [InlineData("x = if a ¦", "then and or")]
    [InlineData("given kind[1] == ¦", "\"low\" \"high\" J")]
    [InlineData("given kind[1] == \"h¦", "\"high\"")]
    [InlineData("given kind[1] = \"¦\"", "\"low\" \"high\"")]
    [InlineData("x = cdf(Po¦", "Poisson pow")]
    [InlineData("net g = ml¦", "mlp")]
    [InlineData("local = 1\nx = loc¦", "local")]
    [InlineData("for t in 2..3 { series[t] = ser¦", "series")]
    [InlineData("P(the¦", "theta")]
    [InlineData("P(a | the¦", "theta")]
    [InlineData("// x ~ No¦", "")]
    [InlineData("x = 12¦", "")]
    [InlineData("x = 1e¦", "")]
    [InlineData("input si¦", "")]
    [InlineData("for ¦", "")]
    [InlineData("def g(a¦", "")]
    [InlineData("x = qqq¦", "")]
    public void What_may_stand_there_comes_with_the_likeliest_first(string text, string first)
    {
        var wanted = first.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = At(text).Items.Select(i => i.Text.Trim()).ToArray();
        Assert.Equal(wanted, found.Take(wanted.Length == 0 ? 1 : wanted.Length));
    }

    [Theory]
    [InlineData("x ~ No¦", 4, 2)]
    [InlineData("x ~ No¦rm(0, 1)", 4, 4)]
    [InlineData("x ~ ¦", 4, 0)]
    [InlineData("x = a +¦b", 7, 0)]
    [InlineData("given kind[1] == \"lo¦w\"", 17, 5)]
    [InlineData("given kind[1] == \"lo¦ and true", 17, 3)]
    public void The_word_at_the_place_is_replaced(string text, int start, int length)
    {
        var list = At(text);
        Assert.Equal((start, length), (list.Start, list.Length));
    }

    [Theory]
    [InlineData("x ~ Normal(¦", "Normal(mean, sd | variance | precision)", "mean")]
    [InlineData("x ~ Normal(0, ¦", "Normal(mean, sd | variance | precision)", "sd")]
    [InlineData("x ~ Normal(precision: 2¦", "Normal(mean, sd | variance | precision)", "precision")]
    [InlineData("x ~ Normal(exp(¦", "exp(x)", "x")]
    [InlineData("x ~ Normal(exp(1), a[1, 2]¦", "Normal(mean, sd | variance | precision)", "sd")]
    [InlineData("x ~ Normal(0, 1) truncated (1, ¦", "D truncated (a, b)", "b")]
    [InlineData("x ~ Normal(0, 1) censored (right: ¦", "D censored (right: c)", "right")]
    [InlineData("x ~ Mixture(w, [¦", "Mixture(weights, [D1, D2, …])", "[D1, D2, …]")]
    [InlineData("x = shifted(1, ¦", "shifted(a, by)", "by")]
    [InlineData("def g(u, v) = u\nx = g(v: ¦", "g(u, v)", "v")]
    [InlineData("x = f(1, ¦", "f(x, context: c)", "context: c")]
    [InlineData("x = min(1, ¦", "min(x, y)", "y")]
    [InlineData("x = concat(a, b, c, ¦", "concat(x, y, …)", "…")]
    [InlineData("input x: real(0, ¦", "real(lower, upper)", "upper")]
    [InlineData("x ~ Energy(¦", "Energy(f, context: e)", "f")]
    [InlineData("x = nosuch(¦", null, null)]
    [InlineData("x = (1 + ¦", null, null)]
    [InlineData("x ~ Normal(0, 1)¦", null, null)]
    [InlineData("x = exp(1, 2, ¦", "exp(x)", "")]
    public void The_call_at_the_place_is_shown_with_its_argument(string text, string? signature, string? argument)
    {
        var found = At(text).Signature;
        Assert.Equal(signature, found?.Text);
        Assert.Equal(argument, found?.Text.Substring(found.Argument.Start, found.Argument.Length));
    }

    [Theory]
    [InlineData("x = thet¦", "theta[school]: real, random")]
    [InlineData("x = sigm¦", "sigma[J]: positive, input")]
    [InlineData("x = shift¦", "shifted(a, by)")]
    [InlineData("x ~ Norma¦", "Normal(mean, sd | variance | precision): all numbers")]
    [InlineData("x ~ Expone¦", "Exponential(rate | scale): positive numbers")]
    [InlineData("x ~ Unif¦", "Uniform(lower, upper): numbers from lower to upper")]
    [InlineData("x ~ Binom¦", "Binomial(n, p | logit): integers from 0 to n")]
    [InlineData("x ~ Dirichlet¦", "Dirichlet(alpha): vectors with sum 1")]
    [InlineData("x ~ Bern¦", "Bernoulli(p | logit): true or false")]
    [InlineData("x = log1¦", "log1p(x): log(1 + x), exact near 0.")]
    public void A_line_says_what_it_is(string text, string detail) => Assert.Equal(detail, At(text).Items[0].Detail);

    [Fact]
    public void Whatever_the_text_there_is_an_answer_that_fits_into_it()
    {
        var random = new Random(3);
        foreach (var text in ModelTexts.Edited(2000))
        {
            var offset = random.Next(text.Length + 1);
            var list = EditedText.Complete(text, offset, random.Next(2) == 0 ? s_schools : null);
            Assert.True(list.Start >= 0 && list.Start <= offset && offset <= list.Start + list.Length && list.Start + list.Length <= text.Length, text);
            Assert.All(list.Items, item => Assert.False(string.IsNullOrEmpty(item.Text), text));
            if (list.Signature is { } signature) Assert.True(signature.Argument.End <= signature.Text.Length, text);
        }
    }

    [Fact]
    public void A_place_outside_of_the_text_is_a_mistake_of_the_host() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EditedText.Complete("x", 2, null));

    private static CompletionList At(string text) => EditedText.Complete(text.Replace("¦", "", StringComparison.Ordinal), text.IndexOf('¦', StringComparison.Ordinal), s_schools);

    private static Model Compiled(string text) => Model.Compile(text).Model;
}
