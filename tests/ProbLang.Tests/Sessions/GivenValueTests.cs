using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class GivenValueTests
{
    private static readonly Session s_session = SessionAnswerTests.Of("""
        x ~ Normal(0, 1)
        t ~ Bernoulli(0.5)
        for i in 1..3 { y[i] ~ Normal(x, 1) }
        """);

    [Theory]
    [InlineData("E(x | x = 1, x = 2)", "2")]
    [InlineData("P(t | t = false, t = true)", "true")]
    [InlineData("E(y | y = [1, 2, 3], y[2] = 9)", "9")]
    [InlineData("E(y | y[2] = 9, y = [1, 2, 3])", "[1, 2, 3]")]
    [InlineData("E(x | y[1 + 1] = 1, t, y[2] = 1.5)", "1.5")]
    public void Values_that_contradict_each_other_behind_one_bar_are_a_mistake(string question, string second)
    {
        var answer = s_session.Ask(question, cancellation: TestContext.Current.CancellationToken);
        Assert.False(answer.Success);
        var mistake = Assert.Single(answer.Diagnostics);
        Assert.Equal("GM0378", mistake.Id);
        Assert.Equal(1 + question.LastIndexOf(second, StringComparison.Ordinal), mistake.Location!.Column);
    }

    [Theory]
    [InlineData("E(x | x = 1, x = 1)", 1)]
    [InlineData("E(y[1] | y = [1, 2, 3], y[2] = 4 / 2)", 1)]
    [InlineData("E(t | t = true, t = 1)", 1)]
    [InlineData("E(y[2] | y[1] = 4, y[2] = 5)", 5)]
    public void Values_that_agree_are_taken(string question, double value) => Assert.Equal(value, SessionAnswerTests.Ask(s_session, question).Value);

    [Fact]
    public void A_question_still_replaces_what_the_session_gives() => Assert.Equal(2, SessionAnswerTests.Ask(s_session.With(Data.Given("x=1")), "E(x | x = 2)").Value);
}
