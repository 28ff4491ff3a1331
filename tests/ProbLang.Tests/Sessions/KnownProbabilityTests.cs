using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class KnownProbabilityTests
{
    [Theory]
    [InlineData("P(t | t = false)", "0")]
    [InlineData("P(t | t = true)", "1")]
    [InlineData("E(t | t = true)", "1")]
    [InlineData("P(y = 3 | y = 3)", "1")]
    [InlineData("P(s == [true, false] | t = true)", "2: [1, 0]")]
    [InlineData("t | t = true", "true")]
    public void A_probability_of_what_is_known_is_a_number(string question, string text) =>
        Assert.Equal(text + "\n", SessionAnswerTests.Ask(SessionAnswerTests.Of("t ~ Bernoulli(0.5)\ny ~ Poisson(3)\ns = [true, true]"), question).ToText());
}
