using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Programs;

/// <summary>
/// The likelihood of parameters given some rows of the data, compiled when it is first asked for: what learning by mini-batches runs, and scores. Which rows, is said at
/// each evaluation. Asking throws an <see cref="ObjectionException"/> where the model has no density that gradients can follow.
/// An instance owns its work arrays and serves one thread.
/// </summary>
internal sealed unsafe class RowProgram
{
    private readonly ConditionedModel _model;
    private readonly RowSelection _batch;
    private readonly Once<Compiled> _gradient;
    private readonly Once<Compiled> _value;
    private readonly Once<Compiled> _each;
    private readonly double[] _unweighted;

    /// <param name="model">The model with its data.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="size">How many rows an evaluation takes.</param>
    /// <param name="precision">What nets compute in; all else is computed in doubles.</param>
    public RowProgram(ConditionedModel model, RowPlan rows, int size, Precision precision = Precision.Double)
    {
        (_model, _batch) = (model, new RowSelection(rows, size, precision));
        Coordinates = new Coordinates(model, null);
        _unweighted = new double[size];
        Array.Fill(_unweighted, 1);
        _gradient = new(() => new Compiled(_batch, Lowering.RowLikelihood(model, Coordinates, _batch), new Buffer("gradient", Coordinates.Dimension, BufferKind.Gradient)));
        _value = new(() => new Compiled(_batch, Lowering.RowLikelihood(model, Coordinates, _batch), null));
        _each = new(() => new Compiled(_batch, Lowering.RowLikelihoods(model, Coordinates, _batch), null));
    }

    public Coordinates Coordinates { get; }

    /// <summary>How many rows an evaluation takes.</summary>
    public int BatchSize => _batch.Size;

    /// <summary>The log likelihood of rows, numbered from 0, times their weights; overwrites the gradient.</summary>
    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient) =>
        _gradient.Value.Run(rows, weights, position, gradient, default);

    /// <summary>As above, without the gradient.</summary>
    public double Evaluate(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position) => _value.Value.Run(rows, weights, position, default, default);

    /// <summary>The log likelihood of each of some rows.</summary>
    public void Each(ReadOnlySpan<int> rows, ReadOnlySpan<double> position, Span<double> likelihoods) => _each.Value.Run(rows, _unweighted, position, default, likelihoods);

    /// <summary>The log likelihood of every row of the data.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public double[] Each(ReadOnlySpan<double> position, CancellationToken cancellation = default)
    {
        var likelihoods = new double[_batch.Plan.Count];
        var (rows, some) = (new int[BatchSize], new double[BatchSize]);
        for (var from = 0; from < likelihoods.Length; from += rows.Length)
        {
            cancellation.ThrowIfCancellationRequested();
            // The last ones are filled up with the last row, again.
            for (var i = 0; i < rows.Length; i++) rows[i] = Math.Min(from + i, likelihoods.Length - 1);
            Each(rows, position, some);
            some.AsSpan(0, Math.Min(rows.Length, likelihoods.Length - from)).CopyTo(likelihoods.AsSpan(from));
        }
        return likelihoods;
    }

    /// <summary>The first statement whose log likelihood is not finite at a position, with it and the first of the rows where it is; null where all are.</summary>
    public (Span Statement, int Row, double Value)? FindNotFinite(ReadOnlySpan<int> rows, ReadOnlySpan<double> position)
    {
        var statements = RowSelection.Statements(_model);
        var values = new double[statements.Count * _batch.Size];
        new Compiled(_batch, Lowering.StatementLikelihoods(_model, Coordinates, _batch), null).Run(rows, _unweighted, position, default, values);
        return Array.FindIndex(values, v => !double.IsFinite(v)) is >= 0 and var at ? (statements[at / _batch.Size].Span, rows[at % _batch.Size], values[at]) : null;
    }

    /// <summary>The program as text, forward and adjoint.</summary>
    public string Print() => _gradient.Value.Program.Print();

    private sealed class Compiled
    {
        private readonly CompiledBlock _code;
        private readonly NativeArray _work;
        private readonly int? _rows;
        private readonly int? _weights;

        public Compiled(RowSelection batch, LoweredProgram lowered, Buffer? gradient)
        {
            if (gradient is not null) Differentiation.Differentiate(lowered.Program, lowered.Position, gradient);
            _code = new CompiledBlock(new ScheduledProgram(lowered, gradient), clear: gradient?.Length ?? 0);
            _work = Program.Layout.CreateWork();
            (_rows, _weights) = (Program.Layout.Find(batch.Rows), Program.Layout.Find(batch.Weights));
        }

        public ScheduledProgram Program => _code.Program;

        public double Run(ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> position, Span<double> gradient, Span<double> output)
        {
            if (_rows is { } at)
                for (var i = 0; i < rows.Length; i++) _work.Span[at + i] = rows[i];
            if (_weights is { } from) weights.CopyTo(_work.Span[from..]);
            fixed (double* q = position, g = gradient, o = output)
            {
                var total = _code.Run((nint)q, (nint)g, (nint)o, (nint)_work.Pointer);
                GC.KeepAlive(this);
                return total;
            }
        }
    }
}
