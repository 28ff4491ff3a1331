using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Log sums of components of one variable each, such as the labels of a mixture: a row for each, the sum of its tables, all rows at once.</summary>
internal sealed unsafe class RowsKernel(int count, int states, ImmutableArray<TablePlace> factors) : SumKernel(TablePlace.Inputs(factors))
{
    private readonly bool[] _follows = [.. factors.Select(f => f.Runs(0, count).First() is var run && run.Count == count && (run.Stride == states || count == 1))];
    private readonly bool[] _isShared = [.. factors.Select(f => f.IsShared)];

    public override string Name => $"log_sum_rows {count}x{states}";

    public override int Count => count;

    public override int Saved => LogRows.Padded(count * states) + LogRows.Padded(count);

    protected override void Run(double** tables, double* logSums, double* saved, double* work)
    {
        var sums = saved + LogRows.Padded(count * states);
        if (factors.IsEmpty) new Span<double>(saved, count * states).Clear();
        for (var f = 0; f < factors.Length; f++)
        {
            var (input, offsets) = factors[f];
            if (_follows[f]) LogRows.Add(tables[input] + offsets[0], saved, count * states, isFirst: f == 0);
            else if (_isShared[f]) LogRows.AddToRows(tables[input] + offsets[0], saved, count, states, isFirst: f == 0);
            else
                for (var c = 0; c < count; c++) LogRows.Add(tables[input] + offsets[c], saved + c * states, states, isFirst: f == 0);
        }
        LogRows.Normalize(saved, count, states, sums);
        new Span<double>(sums, count).CopyTo(new Span<double>(logSums, count));
    }

    protected override void Adjoint(double** tables, double* saved, double* seeds, double** gradients, double* work)
    {
        for (var f = 0; f < factors.Length; f++)
        {
            var (input, offsets) = factors[f];
            if (gradients[input] == null) continue;
            if (_follows[f]) LogRows.AddScaledRows(saved, count, states, seeds, gradients[input] + offsets[0]);
            else if (_isShared[f]) LogRows.AddSumOfRows(saved, count, states, seeds, gradients[input] + offsets[0]);
            else
                for (var c = 0; c < count; c++) LogRows.AddScaledRows(saved + c * states, 1, states, seeds + c, gradients[input] + offsets[c]);
        }
    }
}
