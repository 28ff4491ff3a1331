using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class FewDrawTests
{
    private static readonly Session s_drawn = SessionAnswerTests.Of("x ~ Normal(0, 1)\ny = exp(x) + x\nh ~ HalfCauchy(1)\nz = h * x", Session.New(new SessionOptions { Seed = 3 }));

    [Theory]
    [InlineData("E(x | y > 20)")]
    [InlineData("SD(x | y > 20)")]
    [InlineData("Var(x | y > 20)")]
    [InlineData("Q(x, 0.5 | y > 20)")]
    [InlineData("P(x > 3 | y > 20)")]
    [InlineData("x | y > 20")]
    public void An_answer_from_few_draws_is_not_to_be_trusted_and_shows_an_error(string question)
    {
        var answer = SessionAnswerTests.Ask(s_drawn, question);
        Assert.InRange(answer.Draws!.Value.Used, 2, 40);
        Assert.Equal(Concern.FewDraws, Assert.Single(answer.Distrust!.Reasons).Concern);
        Assert.Contains($"only {answer.Draws.Value.Used} of 4000 draws", answer.Distrust.ToString(), StringComparison.Ordinal);
        Assert.Contains("±", answer.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_draw_has_no_spread_and_no_error_that_is_known()
    {
        var greatest = SessionAnswerTests.Ask(s_drawn, "y").Elements[0].Draws.Order().TakeLast(2).ToArray();
        var condition = FormattableString.Invariant($"y > {(greatest[0] + greatest[1]) / 2:R}");
        foreach (var kind in (string[])["SD", "Var"])
        {
            var answer = SessionAnswerTests.Ask(s_drawn, $"{kind}(x | {condition})");
            Assert.Equal(1, answer.Draws!.Value.Used);
            Assert.Equal(double.NaN, answer.Value);
            Assert.StartsWith("– ± ?", answer.ToText(), StringComparison.Ordinal);
        }
        Assert.Contains(" ± ?", SessionAnswerTests.Ask(s_drawn, $"E(x | {condition})").ToText(), StringComparison.Ordinal);
        Assert.Contains(" +/- ?", SessionAnswerTests.Ask(s_drawn, $"x | {condition}").ToText(isAscii: true), StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_two_or_three_draws_is_that_of_independent_ones()
    {
        var greatest = SessionAnswerTests.Ask(s_drawn, "y").Elements[0].Draws.Order().TakeLast(4).ToArray();
        var answer = SessionAnswerTests.Ask(s_drawn, FormattableString.Invariant($"E(x | y > {(greatest[0] + greatest[1]) / 2:R})"));
        var draws = answer.Elements[0].Draws;
        Assert.Equal(3, draws.Length);
        Assert.Equal(Math.Sqrt(draws.Sum(v => (v - draws.Average()) * (v - draws.Average())) / 2 / 3), answer.Elements[0].Error, 1e-12);
    }

    [Fact]
    public void Draws_that_are_all_alike_say_so()
    {
        var answer = SessionAnswerTests.Ask(s_drawn, "E(floor(1 / (1 + exp(x))))");
        Assert.Equal("0 (alike in all of 4000 draws)\n", answer.ToText());
    }
}
