using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Values of nets: all that the open loops make of an argument are the rows of one matrix.</summary>
internal sealed partial class Lowering
{
    private readonly Dictionary<(Net Net, BufferSlice Weights), TermNetMath> _nets = [];
    private readonly Dictionary<string, int> _netBuffers = [];
    private readonly Dictionary<(Net Net, BufferSlice Argument, BufferSlice Context), NetRows> _netRows = [];

    private Arr<Term> Apply(NetValue value, Bindings environment)
    {
        if (_isSequential) throw Objection.NetInRecursion(_model.Graph.Source, value);
        var plan = _model.Nets[value.Net];
        var written = Lower(value.Argument, environment);
        var isPrefix = plan.Layer is MaskedPerceptron && value.Rank < value.Argument.Rank;
        var argument = isPrefix ? Padded(written, plan.RowLength) : Fixed(written, value.Argument.Span);
        // Numbers are rows of one element each; so are labels, whatever array they make.
        if (argument.Rank == 0 || plan.Layer is EmbeddingLayer) argument = new Arr<Term>([.. argument.Shape, 1], i => Term.AsReal(written[i.AsSpan(0, written.Rank)]));
        if (argument.Shape[^1] != plan.RowLength) throw Objection.Shapes(_model.Graph.Source, value.Argument.Span, argument.Shape, [plan.RowLength]);
        var own = argument.Shape[..^1];
        var context = value.Context is { } by ? ContextOf(Fixed(Lower(by, environment), by.Span), own, plan.Shape.Context, by.Span) : null;

        var deepest = Math.Max(Deepest(argument), context is null ? 0 : Deepest(context));
        Counter[] batch = [.. _active.Take(deepest)];
        if (Array.Exists(batch, c => c.Size < 0)) throw Objection.VaryingLength(_model.Graph.Source, value.Span);
        int[] rows = [.. batch.Select(c => c.Size), .. own];
        var at = RowsOf(value, plan, rows, argument, context, batch);
        Term Row(Term[] index) => Flat([.. batch.Select(_table.Value), .. index.AsSpan(0, own.Length)], rows);
        Arr<Term> Made(Arr<Term> matrix, int[] shape) => new(shape, i => matrix[Row(i), i.Length > own.Length ? i[^1] : 0.0]);

        if (isPrefix) return new Arr<Term>(own, i => at.Value[Row(i), SizeOf(written, written.Rank - 1, i)]);
        if (value.Aspect == NetAspect.InverseLogJacobian) return new Arr<Term>(own, i => at.LogJacobian[Row(i)]);
        int[] shape = value.Rank > own.Length ? [.. own, plan.Layer.Outputs] : own;
        return Made(value.Aspect == NetAspect.Inverse ? at.Inverse : at.Value, shape);
    }

    /// <summary>Labels in memory that programs write, as what data fill is not there yet when an index is made of it. None that the data give is one that an embedding does not have.</summary>
    private BufferSlice LabelsOf(NetValue value, Arr<Term> view, Counter[] batch, int levels)
    {
        var (label, at, counters) = Element(view, batch);
        if (_labels.TryGetValue((label, at), out var known)) return known;
        var index = Term.AsInteger(_table, label);
        int[] given = index.IsData && Array.TrueForAll(index.Free, c => c.Size >= 0) ? IndexRange.Table(index, v => v) : IndexRange.Of(index) is var (_, most) ? [(int)most] : [];
        foreach (var one in given)
            if (one > levels || one < 1 && given.Length > 1) throw Objection.Label(_model.Graph.Source, value, levels, one);
        var labels = new Buffer($"labels{_labels.Count}", counters.Aggregate(1, (n, c) => n * c.Size), BufferKind.Scratch);
        _program.Add(new Store(counters, labels, at, Term.AsReal(label), adds: false));
        return _labels[(label, at)] = new BufferSlice(labels, 0);
    }

    private readonly Dictionary<(Term Label, Term At), BufferSlice> _labels = [];

    /// <summary>The rows that a net is applied to, which its value, its inverse and its Jacobian share.</summary>
    private NetRows RowsOf(NetValue value, NetPlan plan, int[] rows, Arr<Term> argument, Arr<Term>? context, Counter[] batch)
    {
        var weights = WeightsOf(value);
        var (x, by) = (plan.Layer is EmbeddingLayer ? LabelsOf(value, argument, batch, plan.Shape.Inputs) : MatrixOf(argument, batch), context is null ? default : MatrixOf(context, batch));
        if (_netRows.TryGetValue((value.Net, x, by), out var known)) return known;
        if (!_nets.TryGetValue((value.Net, weights), out var math)) _nets.Add((value.Net, weights), math = new TermNetMath(this, weights));
        var count = rows.Aggregate(1, (a, b) => a * b);
        var matrix = new BufferArray(_table, x, [count, argument.Shape[^1]]);
        return _netRows[(value.Net, x, by)] = new NetRows(this, math, plan.Layer, matrix, context is null ? null : new BufferArray(_table, by, [count, plan.Shape.Context]));
    }

    private BufferSlice WeightsOf(NetValue value) =>
        value.Weights is VariableValue variable && Memory(variable.Variable) is { } slice ? slice : Materialize(Lower(value.Weights!, Bindings.Empty), []);

    /// <summary>A view in memory, where it may lie already.</summary>
    private BufferSlice MatrixOf(Arr<Term> view, Counter[] batch)
    {
        if (view is BufferArray whole && batch.Length == 0) return whole.Slice;
        var (value, at, _) = Element(view, batch);
        return value.Kind == TermKind.Load && Term.Same(value.Arguments[0], at) ? new BufferSlice(value.Buffer, 0) : Materialize(view, batch, precision: _precision);
    }

    /// <summary>An element of a view in loops over a batch and its own shape, with its place in memory.</summary>
    private (Term Value, Term At, Counter[] Counters) Element(Arr<Term> view, Counter[] batch)
    {
        var saved = _active.ToArray();
        _active.Clear();
        _active.AddRange(batch);
        Counter[] own = Array.ConvertAll(view.Shape, Enter);
        var index = Array.ConvertAll(own, _table.Value);
        var value = view[index];
        _active.Clear();
        _active.AddRange(saved);
        Counter[] all = [.. batch, .. own];
        return (value, Flat(Array.ConvertAll(all, _table.Value), Array.ConvertAll(all, c => c.Size)), all);
    }

    /// <summary>A context for each row: of its own, or one for all.</summary>
    private Arr<Term> ContextOf(Arr<Term> context, int[] rows, int length, Text.Span span)
    {
        var isShared = context.Rank <= 1;
        if ((context.Rank == 0 ? 1 : context.Shape[^1]) != length || !isShared && !context.Shape.AsSpan(0, context.Rank - 1).SequenceEqual(rows))
            throw Objection.Shapes(_model.Graph.Source, span, context.Shape, [.. rows, length]);
        return new Arr<Term>([.. rows, length], i => Term.AsReal(context.Rank == 0 ? context.Scalar : isShared ? context[i[^1]] : context[i]));
    }

    /// <summary>The beginning of a row with zeros after it, which no output looks at that is asked for.</summary>
    private Arr<Term> Padded(Arr<Term> beginning, int length)
    {
        var (rank, longest) = (beginning.Rank - 1, beginning.Shape[^1]);
        return new Arr<Term>([.. beginning.Shape[..^1], length], i => longest == 0 ? 0.0
            : Term.Where(Term.Apply(Op.Less, Term.AsReal(i[^1]), Term.AsReal(SizeOf(beginning, rank, i[..^1]))), Term.AsReal(beginning[[.. i.AsSpan(0, rank), Within(i[^1], longest)]]), 0.0));
    }

    /// <summary>What a net makes of some rows, each aspect when it is first asked for.</summary>
    private sealed class NetRows(Lowering owner, TermNetMath math, Layer layer, Arr<Term> x, Arr<Term>? context)
    {
        private Arr<Term>? _value;
        private Arr<Term>? _logJacobian;
        private (Arr<Term> Inverse, List<Func<Term, Term>> Logs)? _inverse;

        public Arr<Term> Value => _value ??= AtTop(() => layer.Apply(math, x, context));

        public Arr<Term> Inverse => Inverted.Inverse;

        public Arr<Term> LogJacobian => _logJacobian ??= AtTop(() =>
        {
            var logs = Inverted.Logs;
            return math.Store("log_jacobian", [x.Length], i => logs.Aggregate((Term)0.0, (sum, log) => sum + log(i[0])));
        });

        private (Arr<Term> Inverse, List<Func<Term, Term>> Logs) Inverted => _inverse ??= AtTop(() =>
        {
            var logs = new List<Func<Term, Term>>();
            return (((InvertibleLayer)layer).Invert(math, x, context, logs), logs);
        });

        private T AtTop<T>(Func<T> make)
        {
            T made = default!;
            owner.AtTop(() => made = make());
            return made;
        }
    }
}
