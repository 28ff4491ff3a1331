using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Inference;

namespace ProbLang;

/// <content>What is to be learned.</content>
public sealed partial class Problem
{
    /// <summary>Whether all that is latent can be eliminated exactly, once parameters are known.</summary>
    private bool IsEliminated => (Unlearned.IsEmpty ? this : _closed.Value) is { } closed && closed.Objections(new Exact()).IsEmpty;

    /// <summary>The same problem with values for parameters.</summary>
    /// <exception cref="DataException">The values do not fit the model.</exception>
    internal Problem With(DataSet values)
    {
        var binding = Binding with { Data = Binding.Data.With(values) };
        var conditioned = Conditioner.Condition(binding.Graph, binding.Data);
        return conditioned.Model is { } model
            ? new Problem(Model, binding, model, conditioned.Diagnostics, _silenced, _maxTableEntries, _compileTime)
            : throw new DataException(conditioned.Diagnostics);
    }

    private Problem? Close() => null;
}
