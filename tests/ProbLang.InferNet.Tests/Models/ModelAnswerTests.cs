using ProbLang.Inference;

namespace ProbLang.InferNet.Tests.Models;

/// <summary>Answers that are known, from models as one writes them.</summary>
public sealed class ModelAnswerTests
{
    private const double Relative = 1e-4;

    // How far averages over draws may be off, in standard deviations and as a ratio of them; each seed gives the same draws.
    private const double Sampled = 0.05;

    public static TheoryData<KnownAnswer> Summed => [.. KnownAnswer.All.Where(a => a.Engine == "exact")];

    public static TheoryData<KnownAnswer> Passed => [.. KnownAnswer.All.Where(a => a.Engine is not "exact" and not "gibbs")];

    public static TheoryData<KnownAnswer> Drawn => [.. KnownAnswer.All.Where(a => a.Engine == "gibbs")];

    public static TheoryData<string, string, double> Evidence(bool exact) => [.. KnownAnswer.Evidence.Where(e => e.Engine == "exact" == exact)];

    [Theory, MemberData(nameof(Summed))]
    public void Exact_inference_finds_it(KnownAnswer answer) => IsFound(answer);

    [InferNetTheory, MemberData(nameof(Passed))]
    public void Message_passing_finds_it(KnownAnswer answer) => IsFound(answer);

    [InferNetTheory, MemberData(nameof(Drawn))]
    public void Gibbs_sampling_finds_it(KnownAnswer answer)
    {
        var marginal = Answers.Of(answer.Model, answer.Engine).Marginal(answer.Element);
        var sd = double.IsNaN(answer.Variance) ? Math.Sqrt(answer.Mean * (1 - answer.Mean)) : Math.Sqrt(answer.Variance);
        Assert.InRange((marginal.Mean - answer.Mean) / sd, -Sampled, Sampled);
        Assert.InRange(marginal.Sd / sd, 1 - Sampled, 1 + Sampled);
    }

    [Theory, MemberData(nameof(Evidence), true)]
    public void Exact_inference_finds_the_evidence(string model, string engine, double value) => IsEvidence(model, engine, value);

    [InferNetTheory, MemberData(nameof(Evidence), false)]
    public void Message_passing_finds_the_evidence(string model, string engine, double value) => IsEvidence(model, engine, value);

    [Theory]
    [InlineData("ep")]
    [InlineData("vmp")]
    [InlineData("gibbs")]
    public void Where_messages_go_in_circles_there_is_an_objection_that_names_the_engine_which_can(string engine)
    {
        var objection = Answers.Problem("sprinkler").Objections(Solve.Engine(engine))[0];
        Assert.Contains("exact", objection.Remedy, StringComparison.Ordinal);
    }

    private static void IsFound(KnownAnswer answer)
    {
        var marginal = Answers.Of(answer.Model, answer.Engine).Marginal(answer.Element);
        Solve.Near(answer.Mean, marginal.Mean, Relative);
        if (!double.IsNaN(answer.Variance)) Solve.Near(answer.Variance, marginal.Sd * marginal.Sd, Relative);
    }

    private static void IsEvidence(string model, string engine, double value) => Solve.Near(value, Answers.Of(model, engine).LogEvidence!.Value, Relative);
}
