using System.Collections.Immutable;
using ProbLang.Limits;
using ProbLang.Numerics;
using Numeric = ProbLang.Numerics.Kernels;

namespace ProbLang.Programs;

/// <summary>
/// Log sums of components of one variable each, such as the labels of a mixture. Inside, the state is slowest and four components run in a lane, so
/// that tables of a place which stand so are read as they are; others are turned on the way.
/// </summary>
internal sealed unsafe class RowsKernel(int count, int states, ImmutableArray<TablePlace> factors) : SumKernel(TablePlace.Inputs(factors))
{
    /// <summary>Between states of so many components the computation may end.</summary>
    private const int Long = 1 << 14;

    private readonly TablePlace[] _shared = [.. factors.Where(f => f.IsShared)];
    private readonly TablePlace[] _aligned = [.. factors.Where(f => IsAligned(f, count))];
    private readonly TablePlace[] _scattered = [.. factors.Where(f => !f.IsShared && !IsAligned(f, count))];
    private readonly int _row = LogRows.Padded(count);

    public override string Name => $"log_sum_rows {count}x{states}";

    public override int Count => count;

    public override int Saved => (states + 1) * _row;

    protected override void Run(double** tables, double* logSums, double* saved, double* work)
    {
        for (var state = 0; state < states; state++)
        {
            if (count >= Long) Budget.Current.Check();
            var row = saved + (long)state * _row;
            var constant = 0.0;
            foreach (var place in _shared) constant += *At(tables, place, state);
            if (_aligned.Length == 0) new Span<double>(row, count).Fill(constant);
            for (var f = 0; f < _aligned.Length; f++) LogColumns.Add(At(tables, _aligned[f], state), f == 0 ? constant : 0, row, count, isFirst: f == 0);
            foreach (var place in _scattered) LogColumns.AddGathered(tables[place.Input] + state * place.Spacing, place.Offsets, row);
        }
        var sums = saved + (long)states * _row;
        LogColumns.Normalize(saved, states, count, sums);
        new Span<double>(sums, count).CopyTo(new Span<double>(logSums, count));
    }

    protected override void Adjoint(double** tables, double* saved, double* seeds, double** gradients, double* work)
    {
        for (var state = 0; state < states; state++)
        {
            if (count >= Long) Budget.Current.Check();
            var shares = saved + (long)state * _row;
            foreach (var place in _shared)
                if (gradients[place.Input] != null) *At(gradients, place, state) += Numeric.Dot(shares, seeds, count);
            foreach (var place in _aligned)
                if (gradients[place.Input] != null) LogColumns.AddProducts(shares, seeds, At(gradients, place, state), count);
            foreach (var place in _scattered)
                if (gradients[place.Input] != null) LogColumns.ScatterProducts(shares, seeds, gradients[place.Input] + state * place.Spacing, place.Offsets);
        }
    }

    /// <summary>Whether a state's entries of all components are next to each other.</summary>
    private static bool IsAligned(TablePlace place, int count) => !place.IsShared && place.Runs(0, count).First() is { Stride: 1 } run && run.Count == count;

    private static double* At(double** tables, TablePlace place, int state) => tables[place.Input] + place.Offsets[0] + state * place.Spacing;
}
