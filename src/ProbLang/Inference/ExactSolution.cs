using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>What exact inference knows of a model with its data. Serves one thread; what is asked for is computed then, as far as it is not there already.</summary>
internal abstract class ExactSolution
{
    /// <summary>The log probability (density) of everything that is observed, of every condition, and of every factor.</summary>
    public abstract double LogEvidence { get; }

    /// <summary>Where something infinite was cut off and the like, one sentence each.</summary>
    public abstract ImmutableArray<string> Notes { get; }

    /// <summary>
    /// The posterior of a cell that is reported: latent, predicted, or computed from such. Of a cell that only one branch of an <c>if</c> defines, given
    /// that this branch holds, with the probability of that in <see cref="Marginal.Holds"/>.
    /// </summary>
    public abstract Marginal Of(Variable variable, int cell);

    /// <summary>The joint posterior of cells that have finitely many values; names and labels are added by whom reports it.</summary>
    public abstract JointTable Joint(IReadOnlyList<(Variable Variable, int Cell)> cells);

    /// <summary>The values of all discrete latents that are most probable together, continuous unknowns integrated out.</summary>
    public abstract MostProbable MostProbable();
}

/// <summary>The values that are most probable together.</summary>
/// <param name="Values">Every discrete latent cell with its value, in the order of the model.</param>
/// <param name="LogProbability">The log of their probability together, given the data.</param>
internal sealed record MostProbable(ImmutableArray<(Variable Variable, int Cell, double Value)> Values, double LogProbability);
