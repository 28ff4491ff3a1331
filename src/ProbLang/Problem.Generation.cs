using ProbLang.Analysis;

namespace ProbLang;

/// <content>New data.</content>
public sealed partial class Problem
{
    /// <summary>Whether a size is what <see cref="Data.WithSize"/> says, since nothing in the data tells it.</summary>
    public bool HasDefaultSize(string name) => Conditioned.DefaultedSizes.Contains(name);

    /// <summary>
    /// Draws new data: all that is random and not given, where what is given is not made of it. Parameters must be known: given with the data, or taken from a fit.
    /// </summary>
    /// <param name="count">How many draws of the model; a model with a plate of rows has all of its rows in each.</param>
    /// <param name="seed">The same one gives the same draws.</param>
    /// <param name="variables">What is reported; null takes what the model makes last, of which nothing else is made.</param>
    /// <param name="cancellation">Ends it with what there is.</param>
    /// <exception cref="EngineException">A parameter is not known, or what is given depends on what is not.</exception>
    /// <exception cref="DataException">Something cannot be drawn, such as an improper prior.</exception>
    /// <exception cref="ArgumentException">The model has no such variable.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Generated Generate(int count, ulong seed, IReadOnlyCollection<string>? variables = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        foreach (var name in variables ?? [])
            if (Conditioned.Graph.Find(name) is null or { IsAuxiliary: true }) throw new ArgumentException($"The model has no variable `{name}`.", nameof(variables));
        return Run(budget => Generated(count, seed, variables ?? [], budget.Token), cancellation);
    }

    private Generated Generated(int count, ulong seed, IReadOnlyCollection<string> variables, CancellationToken cancellation)
    {
        foreach (var definition in Conditioned.Definitions.Select(d => d.Definition))
            if (definition.IsRandom && Conditioned[definition.Variable].Any(Role.Latent))
                throw new EngineException([LearningDiagnostics.LatentToGenerate(definition.Variable.Name, Model.Source.Locate(definition.Target.Length > 0 ? definition.Target : definition.Span))]);
        var isGiven = Conditioned.Variables.Any(v => v.Any(Role.Observed));
        return Answered(() => Generation.Run(isGiven ? Conditioned : AncestralSimulation.Of(Conditioned), variables, count, seed, cancellation));
    }
}
