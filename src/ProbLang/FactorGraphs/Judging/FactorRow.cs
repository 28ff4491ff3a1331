using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>A row of the table of what the algorithms can do: a construct, and what each makes of it.</summary>
/// <param name="Arguments">What its arguments are.</param>
/// <param name="Target">What becomes of its value; of a constraint always <see cref="FactorTarget.Always"/>.</param>
/// <param name="What">The construct in the modeller's words, with its article.</param>
/// <param name="Propagation">What expectation propagation makes of it.</param>
/// <param name="Variational">What variational message passing makes of it.</param>
/// <param name="Gibbs">What Gibbs sampling makes of it.</param>
internal sealed record FactorRow(ImmutableArray<FactorPattern> Arguments, FactorTarget Target, string What, FactorOutcome Propagation, FactorOutcome Variational, FactorOutcome Gibbs)
{
    public FactorOutcome this[FactorAlgorithm algorithm] => algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => Propagation,
        FactorAlgorithm.VariationalMessagePassing => Variational,
        _ => Gibbs,
    };

    public bool Fits(ImmutableArray<FactorReference> arguments, FactorTarget target)
    {
        if (arguments.Length != Arguments.Length || !Covers(target)) return false;
        for (var i = 0; i < arguments.Length; i++)
            if (!Arguments[i].Fits(arguments[i].Variable)) return false;
        return true;
    }

    private bool Covers(FactorTarget target) => Target == FactorTarget.Always || Target == target || Target == FactorTarget.Latent && target == FactorTarget.Predicted;
}
