using System.Reflection;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Factors;
using Microsoft.ML.Probabilistic.Math;
using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>What went wrong inside of Infer.NET, in words for whoever wrote the model.</summary>
internal static class Failures
{
    public static FactorGraphException OfCompilation(Exception e, MessagePassing engine)
    {
        var cause = Unwrapped(e);
        // The cause is left behind: it holds all stages of the compiler, and failures are kept as long as what was compiled is.
        return new($"Infer.NET has no {NameOf(engine)} for this model: {Reason(cause.Message)}");
    }

    public static FactorGraphException OfIteration(Exception e, MessagePassing engine)
    {
        var cause = Unwrapped(e);
        return cause is ConstraintViolatedException or AllZeroException
            ? new("the data contradict the model: no values of the unknowns make them possible", isContradiction: true, cause)
            : cause is ImproperMessageException or ImproperDistributionException
            ? new($"{NameOf(engine)} came to something that is no distribution, as it may where the data say little about an unknown; more informative priors may help, or another engine", inner: cause)
            : new($"{NameOf(engine)} failed: {FirstSentence(cause.Message)}", inner: cause);
    }

    public static FactorGraphException OfBelief(FactorVariable variable, MessagePassing engine) => new(
        $"{NameOf(engine)} came to something that is no distribution for '{variable.Name}', as it may where the data say little about an unknown; more informative priors may help, or another engine");

    public static string NameOf(MessagePassing engine) => engine.Algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => "expectation propagation",
        FactorAlgorithm.VariationalMessagePassing => "variational message passing",
        _ => "Gibbs sampling",
    };

    private static Exception Unwrapped(Exception e) => e is TargetInvocationException or TypeInitializationException or AggregateException && e.InnerException is { } inner ? Unwrapped(inner) : e;

    /// <summary>Its compiler says first how many mistakes there are, and then what the first of them is.</summary>
    private static string Reason(string message) =>
        message.IndexOf("Error 0: ", StringComparison.Ordinal) is >= 0 and var at ? FirstSentence(message[(at + "Error 0: ".Length)..]) : FirstSentence(message);

    private static string FirstSentence(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\r', '\n');
        return (end < 0 ? line : line[..end]).TrimEnd('.').ToString();
    }
}
