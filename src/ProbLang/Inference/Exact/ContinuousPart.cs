using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>The marginal of a cell for each setting of the finite cells that it depends on: together they are a mixture.</summary>
/// <param name="Scope">What the marginal depends on.</param>
/// <param name="Marginal">Of the cell under the present setting; null where the branch does not hold that defines it.</param>
internal sealed record ConditionalMarginal(FiniteScope Scope, Func<Marginal?> Marginal);

/// <summary>
/// What is known of the continuous unknowns of a model given its finite cells: which draws are integrated out together, what that integral is as a
/// function of the finite cells, and the marginals that it leaves.
/// </summary>
internal class ContinuousPart
{
    /// <summary>Nothing is integrated out.</summary>
    public static ContinuousPart None { get; } = new();

    /// <summary>Whether a draw is part of an integral, and so no term of its own.</summary>
    public virtual bool Takes(int definition, int iteration, int e) => false;

    /// <summary>The integrals as functions of finite cells.</summary>
    public virtual IEnumerable<FiniteTerm> Terms => [];

    /// <summary>The marginal of a continuous cell, or of what is computed of such; null where there is none in closed form.</summary>
    public virtual ConditionalMarginal? Of(Variable variable, int cell) => null;
}
