using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>Random small models: what message passing believes agrees with importance sampling, as closely as is known of the constructs in them.</summary>
public sealed class RandomModelTests
{
    private const double StandardErrors = 4;

    public static TheoryData<int, string> Taken => [.. from number in Enumerable.Range(1, RandomModel.Count)
                                                       from engine in (string[])["ep", "vmp", "gibbs"]
                                                       where IsTaken(number, engine)
                                                       select (number, engine)];

    [Theory]
    [InlineData("ep", 30)]
    [InlineData("vmp", 15)]
    [InlineData("gibbs", 15)]
    public void Most_of_them_are_taken(string engine, int least)
    {
        var taken = Enumerable.Range(1, RandomModel.Count).Count(n => IsTaken(n, engine));
        Assert.True(taken >= least, $"{engine} takes {taken} of {RandomModel.Count}");
    }

    [Fact]
    public void The_references_are_worth_many_draws()
    {
        for (var number = 1; number <= RandomModel.Count; number++)
            Assert.True(RandomModel.Reference(number).Effective > 1500, $"{RandomModel.Reference(number).Effective} draws\n{RandomModel.Of(number)}");
    }

    [InferNetTheory, MemberData(nameof(Taken))]
    public void Means_and_deviations_are_within_what_is_known_of_the_constructs(int number, string engine)
    {
        var (model, problem) = (RandomModel.Of(number), RandomModel.Of(number).Problem());
        var accuracy = model.Of(Solve.Engine(engine).Algorithm);
        Assert.True(accuracy is not null, $"nothing is known of {string.Join(", ", model.Constructs.Select(c => c.Name))}\n{model}");
        var posterior = problem.Infer(Solve.Engine(engine), null, TestContext.Current.CancellationToken);
        Assert.True(posterior.Diagnostics.Verdict.Trusted, $"{posterior.Diagnostics.Verdict}\n{model}");
        var faults = from row in RandomModel.Reference(number).Elements(problem)
                     where posterior.Summary.Rows.Any(r => r.Name == row.Element)
                     let fault = Fault(row.Moments, posterior.Marginal(row.Element), accuracy.Value)
                     where fault is not null
                     select $"{row.Element}: {fault}";
        Assert.True(!faults.Any(), $"{string.Join('\n', faults)}\n{model}");
    }

    private static bool IsTaken(int number, string engine) => RandomModel.Of(number).Problem().FactorGraph.Plan(Solve.Engine(engine).Algorithm).Objections.IsEmpty;

    private static string? Fault(WeightedMoments reference, Marginal marginal, Accuracy accuracy) =>
        marginal.Probabilities.IsEmpty ? Continuous(reference, marginal, accuracy) : Discrete(reference, marginal, accuracy);

    private static string? Continuous(WeightedMoments reference, Marginal marginal, Accuracy accuracy)
    {
        var shift = Math.Abs(marginal.Mean - reference.Mean) / reference.Sd;
        var ratio = marginal.Sd / reference.Sd;
        var (meanError, sdError) = (StandardErrors * reference.MeanError / reference.Sd, StandardErrors * reference.SdError / reference.Sd);
        return shift <= accuracy.Shift + meanError && ratio >= accuracy.Lower - sdError && ratio <= accuracy.Upper + sdError ? null
            : $"mean {marginal.Mean:F4} for {reference.Mean:F4} ± {reference.MeanError:F4}, sd {marginal.Sd:F4} for {reference.Sd:F4} ± {reference.SdError:F4}: {shift:F3} off, ratio {ratio:F3}";
    }

    /// <summary>Of what has few values the mean is compared on its own scale: where one value is nearly certain, the deviation is no measure.</summary>
    private static string? Discrete(WeightedMoments reference, Marginal marginal, Accuracy accuracy) =>
        Math.Abs(marginal.Mean - reference.Mean) <= accuracy.Shift * Math.Max(reference.Sd, 0.2) + StandardErrors * reference.MeanError ? null
            : $"mean {marginal.Mean:F4} for {reference.Mean:F4} ± {reference.MeanError:F4}";
}
