using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Expressions that one reader evaluates again and again, each compiled once.</summary>
/// <param name="code">Compiles them.</param>
internal sealed class CompiledParts(ExpressionCode code)
{
    private readonly Dictionary<Bound, Func<double>> _scalars = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Bound, Func<Tensor>> _arrays = new(ReferenceEqualityComparer.Instance);

    /// <summary>A number, as a function of the present values of loops and cells.</summary>
    public Func<double> Scalar(Bound value)
    {
        if (!_scalars.TryGetValue(value, out var compiled)) _scalars.Add(value, compiled = code.Scalar(value));
        return compiled;
    }

    /// <summary>An array, as such a function; what it gives is good until it is called again.</summary>
    public Func<Tensor> Array(Bound value)
    {
        if (!_arrays.TryGetValue(value, out var compiled)) _arrays.Add(value, compiled = code.Array(value));
        return compiled;
    }
}
