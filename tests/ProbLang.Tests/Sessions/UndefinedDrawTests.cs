using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class UndefinedDrawTests
{
    private static readonly Session s_logarithm = SessionAnswerTests.Of("x ~ Normal(0, 1)\nw = log(x)", Session.New(new SessionOptions { Seed = 3 }));

    /// <summary>P(x > 1) of a standard normal.</summary>
    private const double BeyondOne = 0.15865525393145707;

    [Theory]
    [InlineData("P(w > 0)", BeyondOne)]
    [InlineData("P(sqrt(x) > 1)", BeyondOne)]
    [InlineData("P(w > 0 or x > 0)", 0.5)]
    [InlineData("P(w <= 0)", 0.5 - BeyondOne)]
    [InlineData("P(w > 0 | x < 1.5)", (0.9331927987311419 - (1 - BeyondOne)) / 0.9331927987311419)]
    public void An_event_without_a_value_does_not_hold(string question, double probability)
    {
        var answer = SessionAnswerTests.Ask(s_logarithm, question);
        Assert.Equal(AnswerBasis.Draws, answer.Basis);
        Assert.Equal(probability, answer.Value, 4 * answer.Elements[0].Error);
        Assert.Contains("has no value in", Assert.Single(answer.Notes), StringComparison.Ordinal);
        Assert.EndsWith("%), where it counts as not holding", answer.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_probability_of_an_event_is_the_share_of_draws_that_it_leaves_as_a_condition()
    {
        var (used, of) = SessionAnswerTests.Ask(s_logarithm, "E(x | sqrt(x) > 1)").Draws!.Value;
        Assert.Equal(used / (double)of, SessionAnswerTests.Ask(s_logarithm, "P(sqrt(x) > 1)").Value, 1e-12);
    }

    [Fact]
    public void A_mean_over_draws_without_a_value_says_how_many_they_are()
    {
        var answer = SessionAnswerTests.Ask(s_logarithm, "E(log(x))");
        var below = (int)Math.Round(4000 * SessionAnswerTests.Ask(s_logarithm, "P(x + 0 * exp(x) < 0)").Value);
        Assert.InRange(below, 1850, 2150);
        Assert.StartsWith($"`log(x)` has no value in {below} of 4000 draws (", Assert.Single(answer.Notes), StringComparison.Ordinal);
        Assert.EndsWith(": the answer is of the others", answer.Notes[0], StringComparison.Ordinal);
        Assert.Equal((4000, 4000), answer.Draws);
    }

    [Fact]
    public void Draws_that_a_condition_leaves_out_are_not_without_a_value()
    {
        var answer = SessionAnswerTests.Ask(s_logarithm, "E(log(x) | x > 0)");
        Assert.Empty(answer.Notes);
        Assert.True(answer.Draws!.Value.Used < 2150);
    }

    [Fact]
    public void A_condition_without_a_value_is_said_too()
    {
        var answer = SessionAnswerTests.Ask(s_logarithm, "E(x | w > 0)");
        Assert.StartsWith("the condition `w > 0` has no value in ", Assert.Single(answer.Notes), StringComparison.Ordinal);
    }
}
