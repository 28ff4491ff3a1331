using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What is known after the data: draws of everything that they do not give, a summary, and a verdict on both.</summary>
public sealed class Posterior
{
    internal Posterior(Problem problem, NutsRun run, OutputLayout layout, TimeSpan compileTime, TimeSpan inferenceTime)
    {
        Problem = problem;
        Run = run;
        (CompileTime, InferenceTime) = (compileTime, inferenceTime);
        Draws = run.Draws(layout);
        Summary = Summary.Of(Draws);
        Verdict = Verdict.Of(Draws, Summary, run.Failures, run.Options.MaxDepth);
    }

    /// <summary>Model and data.</summary>
    public Problem Problem { get; }

    /// <summary>Chains × draws × elements.</summary>
    public Draws Draws { get; }

    /// <summary>A row for each element that the data do not give.</summary>
    public Summary Summary { get; }

    /// <summary>Whether to trust it, and if not, why.</summary>
    public Verdict Verdict { get; }

    /// <summary>Whether it was cancelled before all draws were made.</summary>
    public bool Interrupted => Run.IsCancelled;

    internal NutsRun Run { get; }

    internal TimeSpan CompileTime { get; }

    internal TimeSpan InferenceTime { get; }

    /// <summary>The summary of a scalar, or of an element such as <c>theta[3]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public SummaryRow Scalar(string name)
    {
        var row = Draws.Layout.ElementNames.IndexOf(name);
        return row >= 0 && row < Summary.Rows.Length ? Summary.Rows[row] : throw new ArgumentException($"The posterior has no element `{name}`.", nameof(name));
    }

    /// <summary>The summary of a whole array, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public ArraySummary Array(string name)
    {
        var variable = Draws.Layout.Find(name) ?? throw new ArgumentException($"The posterior has no variable `{name}`.", nameof(name));
        return new ArraySummary(variable, Summary, Problem.Conditioned.Variables.First(v => v.Variable.Name == name).Values);
    }
}
