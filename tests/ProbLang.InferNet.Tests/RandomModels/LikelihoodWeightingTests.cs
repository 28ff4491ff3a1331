using ProbLang.Inference;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>The reference that engines are held against is itself right, where there is an exact answer.</summary>
public sealed class LikelihoodWeightingTests
{
    // Of some five hundred moments none should be as far off by chance.
    private const double StandardErrors = 4.5;

    public static TheoryData<int> Numbers => [.. Enumerable.Range(1, RandomModel.Count).Where(n => RandomModel.Of(n).Problem().Objections(new Exact()).IsEmpty)];

    [Fact]
    public void Many_of_the_models_have_an_exact_answer() => Assert.True(Numbers.Count >= RandomModel.Count / 3, $"{Numbers.Count} of {RandomModel.Count}");

    [Theory, MemberData(nameof(Numbers))]
    public void Means_and_deviations_are_within_their_errors(int number)
    {
        var (model, problem) = (RandomModel.Of(number), RandomModel.Of(number).Problem());
        var reference = RandomModel.Reference(number);
        var exact = problem.Infer(new Exact(), TestContext.Current.CancellationToken);
        foreach (var (element, moments) in reference.Elements(problem))
        {
            var marginal = exact.Marginal(element);
            Assert.True(Math.Abs(moments.Mean - marginal.Mean) <= StandardErrors * moments.MeanError + 1e-12, $"the mean of {element} is {marginal.Mean}, not {moments.Mean} ± {moments.MeanError}\n{model}");
            Assert.True(Math.Abs(moments.Sd - marginal.Sd) <= StandardErrors * moments.SdError + 1e-12, $"the deviation of {element} is {marginal.Sd}, not {moments.Sd} ± {moments.SdError}\n{model}");
        }
    }
}
