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
    /// <summary>What can be integrated out of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="evaluator">Holds the present setting of the finite cells; what else is unknown is NaN in it.</param>
    /// <param name="supports">The finite cells, and what depends on which.</param>
    public static ContinuousPart Of(ConditionedModel model, Evaluator evaluator, FiniteSupports supports) => new();

    /// <summary>Why a continuous unknown cannot be integrated out; null where this has nothing better to say than that it is continuous.</summary>
    public virtual Text.Diagnostic? Objection(Variable variable, int cell) => null;

    /// <summary>Whether a draw is part of an integral, and so no term of its own.</summary>
    public virtual bool Takes(int definition, int iteration, int e) => false;

    /// <summary>The integrals as functions of finite cells.</summary>
    public virtual IEnumerable<FiniteTerm> Terms => [];

    /// <summary>The marginal of a continuous cell, or of what is computed of such; null where there is none in closed form.</summary>
    public virtual ConditionalMarginal? Of(Variable variable, int cell) => null;
}
