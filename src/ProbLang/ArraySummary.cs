using System.Collections.Immutable;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The summary of an array: each property has a number for each element, row-major. Elements that the data give have their value, with deviation 0.</summary>
public sealed class ArraySummary
{
    private readonly double[] _mean;
    private readonly double[] _sd;

    internal ArraySummary(OutputVariable variable, Summary summary, double[] given)
    {
        Shape = variable.Shape;
        _mean = [.. given];
        // Neither given nor answered for: nothing is known.
        _sd = [.. given.Select(v => double.IsNaN(v) ? double.NaN : 0)];
        for (var element = 0; element < variable.Count; element++)
        {
            var row = summary.Rows[variable.Offset + element];
            var cell = variable.Cells.IsDefault ? element : variable.Cells[element];
            (_mean[cell], _sd[cell]) = (row.Mean, row.Sd);
        }
    }

    /// <summary>The sizes, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Posterior means.</summary>
    public ReadOnlySpan<double> Mean => _mean;

    /// <summary>Posterior standard deviations.</summary>
    public ReadOnlySpan<double> Sd => _sd;
}
