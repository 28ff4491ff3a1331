using System.Diagnostics;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Runs a block by walking closures: ready at once, some ten times slower than emitted code. For what runs once, such as
/// the tables of what depends on data alone, and for what a test compares the emitted code with.
/// </summary>
internal sealed unsafe class BlockEvaluator
{
    private readonly ProgramLayout _layout;
    private readonly Func<Term, Term> _resolve;
    private readonly Dictionary<object, int> _slots = [];
    private readonly Action _run;
    private readonly int _total;
    private double[] _values = [];
    private Areas _areas;
    private Ticker _iterations;

    /// <summary>Prepares a block; <paramref name="resolve"/> gives the term that stands for a hoisted one.</summary>
    public BlockEvaluator(Block block, Term total, ProgramLayout layout, Func<Term, Term> resolve)
    {
        _layout = layout;
        _resolve = resolve;
        _run = Prepare(block);
        _total = Slot(resolve(total));
        _values = new double[_slots.Count];
        foreach (var (key, slot) in _slots)
            if (key is double constant) _values[slot] = constant;
    }

    /// <summary>Runs once; returns the total. Not for two threads at a time.</summary>
    public double Run(in Areas areas)
    {
        _areas = areas;
        _run();
        return _values[_total];
    }

    private int Slot(Term term)
    {
        object key = term.Kind switch
        {
            TermKind.Constant => term.Value,
            TermKind.Counter => term.Counter,
            _ => term,
        };
        if (!_slots.TryGetValue(key, out var slot)) _slots.Add(key, slot = _slots.Count);
        return slot;
    }

    private Action Prepare(Block block)
    {
        var steps = block.Instructions.Select(Prepare).ToArray();
        return () =>
        {
            foreach (var step in steps) step();
        };
    }

    private Action Prepare(Instruction instruction) => instruction switch
    {
        Let let => Prepare(let.Term),
        Write write => Prepare(write.Store),
        ForLoop loop => Prepare(loop),
        Call call => Prepare(call.Kernel),
        _ => throw new UnreachableException($"no case for {instruction}"),
    };

    private Action Prepare(ForLoop loop)
    {
        if (!_slots.TryGetValue(loop.Counter, out var counter)) _slots.Add(loop.Counter, counter = _slots.Count);
        var extent = Slot(loop.Counter.Extent);
        var body = Prepare(loop.Body);
        var accumulators = Array.ConvertAll(loop.Accumulators, a => (Slot(a), Slot(_resolve(a.Arguments[0])), a.Kind == TermKind.Sum));
        var reversed = loop.IsReversed;
        return () =>
        {
            foreach (var (result, _, isSum) in accumulators) _values[result] = isSum ? 0 : double.NegativeInfinity;
            var count = (int)_values[extent];
            for (var i = 0; i < count; i++)
            {
                _iterations.Tick();
                _values[counter] = reversed ? count - 1 - i : i;
                body();
                foreach (var (result, addend, isSum) in accumulators)
                    _values[result] = isSum ? _values[result] + _values[addend] : Math.Max(_values[result], _values[addend]);
            }
        };
    }

    private Action Prepare(Store store)
    {
        var (area, offset) = _layout[store.Buffer];
        var (index, value) = (Slot(_resolve(store.Index)), Slot(_resolve(store.Value)));
        return (store.Buffer.Precision, store.Adds) switch
        {
            (Precision.Single, true) => () => ((float*)(_areas[area] + offset))[(int)_values[index]] = (float)(((float*)(_areas[area] + offset))[(int)_values[index]] + _values[value]),
            (Precision.Single, false) => () => ((float*)(_areas[area] + offset))[(int)_values[index]] = (float)_values[value],
            (_, true) => () => _areas[area][offset + (int)_values[index]] += _values[value],
            _ => () => _areas[area][offset + (int)_values[index]] = _values[value],
        };
    }

    private Action Prepare(KernelCall call)
    {
        var places = call.Arguments.Select(_layout.Place).ToArray();
        return () =>
        {
            var arguments = stackalloc double*[places.Length];
            for (var i = 0; i < places.Length; i++) arguments[i] = (double*)((byte*)_areas[places[i].Area] + places[i].Bytes);
            call.Kernel.Run(arguments);
        };
    }

    private Action Prepare(Term term)
    {
        var result = Slot(term);
        var a = Array.ConvertAll(term.Arguments, x => Slot(_resolve(x)));
        var op = term.Op;
        switch (term.Kind)
        {
            case TermKind.Load:
                var (area, offset) = _layout[term.Buffer];
                if (term.Buffer.Precision == Precision.Single) return () => _values[result] = ((float*)(_areas[area] + offset))[(int)_values[a[0]]];
                return () => _values[result] = _areas[area][offset + (int)_values[a[0]]];
            case TermKind.IntegerLoad:
                var integers = ((IntegerBuffer)term.Payload!).Values;
                return () => _values[result] = integers[(int)_values[a[0]]];
            case TermKind.Unary:
                return () => _values[result] = Scalar.Apply(op, _values[a[0]]);
            case TermKind.Binary:
                return () => _values[result] = Scalar.Apply(op, _values[a[0]], _values[a[1]]);
            case TermKind.Where:
                return () => _values[result] = _values[a[0]] != 0 ? _values[a[1]] : _values[a[2]];
            case TermKind.Special:
                var function = (SpecialFunction)term.Payload!;
                var arguments = new double[a.Length];
                return () =>
                {
                    for (var i = 0; i < a.Length; i++) arguments[i] = _values[a[i]];
                    _values[result] = function.Evaluate(arguments);
                };
            case TermKind.ToReal or TermKind.ToInteger or TermKind.Detached:
                return () => _values[result] = _values[a[0]];
            default:
                throw new UnreachableException($"{term.Kind} is not computed by itself");
        }
    }
}
