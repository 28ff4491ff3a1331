using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Draws what was summed out, given the rest: at a position the tables say how probable the values of the cells are together, and they are drawn from
/// the last that was eliminated to the first. An instance serves one thread.
/// </summary>
#pragma warning disable CA1001 // The arrays are freed when nothing holds this any more, as those of the program that it belongs to.
internal sealed unsafe class FiniteDraws
#pragma warning restore CA1001
{
    private readonly SumTables _tables;
    private readonly BlockEvaluator _evaluator;
    private readonly NativeArray _values;
    private readonly NativeArray _work;
    private readonly NativeArray _programWork;
    private readonly nint[] _places;
    private readonly int[] _states;

    public FiniteDraws(SumTables tables)
    {
        _tables = tables;
        _evaluator = tables.Program.Evaluator();
        _values = new NativeArray(tables.Length);
        _programWork = tables.Program.Layout.CreateWork();
        var groups = tables.Plan.Groups;
        _work = new NativeArray((int)Math.Max(1, groups.Max(g => g.Tree.Work)));
        _places = new nint[groups.Max(g => g.Factors.Length)];
        _states = new int[groups.Max(g => g.Graph.Sizes.Length)];
    }

    /// <summary>Draws all cells at a position; by the number of each its value.</summary>
    public void Draw(double* position, bool[] centred, DensityCode code, ref Philox random, Span<double> values)
    {
        Compute(position, centred, code);
        foreach (var group in _tables.Plan.Groups)
            for (var c = 0; c < group.Components.Length; c++)
            {
                var states = _states.AsSpan(0, group.Graph.Sizes.Length);
                if (states.Length == 1) states[0] = DrawOne(group, c, ref random);
                else
                {
                    Collect(group, c);
                    SumProduct.Sample(group.Tree, _work.Pointer, ref random, states);
                }
                for (var v = 0; v < states.Length; v++) values[group.Components[c][v]] = _tables.Plan.Cells[group.Components[c][v]].Low + states[v];
            }
    }

    /// <summary>The probability of each value of each cell at a position.</summary>
    public double[][] Probabilities(double* position, bool[] centred, DensityCode code)
    {
        Compute(position, centred, code);
        var probabilities = new double[_tables.Plan.Cells.Count][];
        foreach (var group in _tables.Plan.Groups)
            for (var c = 0; c < group.Components.Length; c++)
            {
                Collect(group, c);
                SumProduct.Distribute(group.Tree, _work.Pointer);
                for (var v = 0; v < group.Graph.Sizes.Length; v++)
                    SumProduct.Marginal(group.Tree, _work.Pointer, v, probabilities[group.Components[c][v]] = new double[group.Graph.Sizes[v]]);
            }
        return probabilities;
    }

    private void Compute(double* position, bool[] centred, DensityCode code)
    {
        code.WriteSetting(_tables.Program, _programWork, centred);
        if (_tables.Compiled is { } compiled) compiled.Run((nint)position, 0, (nint)_values.Pointer, (nint)_programWork.Pointer);
        else _evaluator.Run(new Areas(position, null, _values.Pointer, _tables.Program.Data.Pointer, _programWork.Pointer));
        GC.KeepAlive(_tables);
    }

    /// <summary>A single cell, such as a label of a mixture, of which there may be very many.</summary>
    private int DrawOne(FiniteGroup group, int component, ref Philox random)
    {
        var logs = new Span<double>(_work.Pointer, group.Graph.Sizes[0]);
        logs.Clear();
        foreach (var (own, tables) in group.Factors)
        {
            var table = _values.Pointer + _tables.OffsetOf(own) + tables[component] * logs.Length;
            for (var k = 0; k < logs.Length; k++) logs[k] += table[k];
        }
        var max = double.NegativeInfinity;
        foreach (var log in logs) max = Math.Max(max, log);
        foreach (ref var log in logs) log = Math.Exp(log - max);
        return SumProduct.Draw(logs, ref random);
    }

    private void Collect(FiniteGroup group, int component)
    {
        for (var f = 0; f < group.Factors.Length; f++)
        {
            var (own, tables) = group.Factors[f];
            _places[f] = (nint)(_values.Pointer + _tables.OffsetOf(own) + tables[component] * own.Entries);
        }
        fixed (nint* places = _places) SumProduct.Collect(group.Tree, (double**)places, _work.Pointer);
    }
}
