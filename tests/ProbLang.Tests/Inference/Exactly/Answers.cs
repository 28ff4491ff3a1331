using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>Exact answers through the front door.</summary>
internal static class Answers
{
    public static ExactPosterior Of(string text, object? data = null, Exact? engine = null)
    {
        var compiled = Model.Compile(text);
        Assert.True(compiled.Success, string.Join('\n', compiled.Diagnostics));
        return compiled.Model.Condition(data is null ? Data.Empty : Data.Of(data)).Infer(engine ?? new Exact(), TestContext.Current.CancellationToken);
    }

    /// <summary>The probability that an element has a value.</summary>
    public static double P(this ExactPosterior posterior, string element, double value = 1) => posterior.Marginal(element).P(value);

    public static double P(this Marginal marginal, double value = 1) => marginal.Probabilities.SingleOrDefault(p => p.Value == value).Probability;

    /// <summary>The id and the message of the objection to a model.</summary>
    public static string Objection(string text, object? data = null, Exact? engine = null)
    {
        var objection = Assert.Throws<EngineException>(() => Of(text, data, engine));
        var only = Assert.Single(objection.Diagnostics);
        return $"{only.Id} {only.Message}";
    }
}
