using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Sessions;

public sealed class MomentTests
{
    private static readonly Session s_drawn = SessionAnswerTests.Of("x ~ Normal(0, 1)\ny = exp(x) + x\nh ~ HalfCauchy(1)\nz = h * x", Session.New(new SessionOptions { Seed = 3 }));

    [Theory]
    [InlineData("E(1 / x)", true)]
    [InlineData("E(z)", true)]
    [InlineData("Var(z)", true)]
    [InlineData("E(exp(5 * x))", true)]
    [InlineData("SD(h * x)", true)]
    [InlineData("E(y)", false)]
    [InlineData("E(x^2)", false)]
    [InlineData("Var(x * x)", false)]
    [InlineData("Q(z, 0.5)", false)]
    [InlineData("P(z > 1)", false)]
    [InlineData("E(sin(x))", false)]
    public void A_mean_that_may_not_exist_is_not_to_be_trusted(string question, bool isHeavy)
    {
        var answer = SessionAnswerTests.Ask(s_drawn, question);
        Assert.Equal(AnswerBasis.Draws, answer.Basis);
        Assert.Equal(isHeavy, answer.Distrust is { } verdict && verdict.Reasons.Any(r => r.Concern == Concern.HeavyTail));
        if (isHeavy) Assert.Contains("may not exist", answer.Distrust!.ToString(), StringComparison.Ordinal);
    }
}
