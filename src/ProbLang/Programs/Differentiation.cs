using System.Diagnostics;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// Reverse-mode differentiation as a transformation of an array program: the result is the program extended by the
/// statements that accumulate d total / d position in the gradient buffer. Nothing is recorded at run time: a loop's
/// adjoint computes what it needs again from what its forward pass read, and fuses with it where the two may run together.
/// </summary>
internal sealed class Differentiation
{
    private readonly ArrayProgram _program;
    private readonly TermTable _table;
    private readonly Dictionary<Buffer, Buffer> _adjoints = [];
    private readonly Dictionary<Term, Term> _top = [];
    private readonly PriorityQueue<Term, int> _pending = new();

    private Differentiation(ArrayProgram program, Buffer position, Buffer gradient)
    {
        _program = program;
        _table = program.Table;
        _adjoints.Add(position, gradient);
    }

    /// <summary>Appends the adjoint statements.</summary>
    public static void Differentiate(ArrayProgram program, Buffer position, Buffer gradient) =>
        new Differentiation(program, position, gradient).Run();

    private void Run()
    {
        var statements = _program.Statements.ToArray();
        Contribute(_program.Total, 1.0);
        for (var i = statements.Length - 1; i >= 0; i--)
        {
            Budget.Current.Check();
            DrainTerms(statements[i].Stamp);
            Reverse(statements[i]);
        }
        DrainTerms(0);
        MergeAdditions(statements.Length);
        Overwriting.Apply(_program, _adjoints.Values);
    }

    /// <summary>Additions to one element in the same loops become one: of a latent's prior and its likelihood, say.</summary>
    private void MergeAdditions(int from)
    {
        var last = new Dictionary<(Buffer, Term, int, Counter?), Store>();
        for (var i = _program.Statements.Count - 1; i >= from; i--)
        {
            if (_program.Statements[i] is not Store { Adds: true } store) continue;
            var key = (store.Buffer, store.Index, store.Counters.Length, store.Counters.LastOrDefault());
            if (store.Index.Kind == TermKind.Constant) continue;
            if (!last.TryGetValue(key, out var later) || !later.Counters.AsSpan().SequenceEqual(store.Counters))
            {
                last[key] = store;
                continue;
            }
            var merged = new Store(later.Counters, later.Buffer, later.Index, later.Value + store.Value, adds: true) { Order = later.Order, Stamp = later.Stamp };
            _program.Statements[_program.Statements.IndexOf(later)] = merged;
            last[key] = merged;
            _program.Statements.RemoveAt(i);
        }
    }

    /// <summary>Propagates through the scalars outside of loops that are later than a time, latest first.</summary>
    private void DrainTerms(int stamp)
    {
        while (_pending.TryPeek(out var term, out _) && term.Id > stamp)
        {
            _pending.Dequeue();
            _top.Remove(term, out var adjoint);
            Propagate(term, adjoint!, [], Contribute, store: _program.Add);
        }
    }

    private void Contribute(Term term, Term contribution)
    {
        if (!term.IsActive || contribution.IsConstant(0)) return;
        if (_top.TryGetValue(term, out var sum))
        {
            _top[term] = sum + contribution;
            return;
        }
        _top.Add(term, contribution);
        _pending.Enqueue(term, -term.Id);
    }

    private void Reverse(Statement statement)
    {
        switch (statement)
        {
            case Store { Value.IsActive: true } store when AdjointOrNull(store.Buffer) is { } adjoint:
                Region(store, Term.Load(_table, adjoint, store.Index));
                break;
            case Scan scan:
                ReverseScan(scan);
                break;
            case KernelCall call when call.Outputs.Any(o => AdjointOrNull(o.Buffer) is not null):
                _program.Add(call.Kernel.Differentiate(call, slice => slice.Buffer.IsActive ? new BufferSlice(Adjoint(slice.Buffer), slice.Offset) : null));
                break;
        }
    }

    private void ReverseScan(Scan scan)
    {
        var stores = new List<Store>();
        foreach (var store in scan.Stores)
            Adjoint(store.Buffer);
        // What a scan gives to scalars outside of it goes through memory, as its sums belong to its own sequence.
        var outside = new Dictionary<Term, Buffer>();
        void Lift(Term term, Term contribution)
        {
            if (!outside.TryGetValue(term, out var slot))
            {
                outside.Add(term, slot = new Buffer($"d{outside.Count}_scan{scan.Order}", 1, BufferKind.Adjoint));
                Contribute(term, Term.Load(_table, slot, 0.0));
            }
            stores.Add(new Store(contribution.Free, slot, 0.0, contribution, adds: true));
        }

        // Backwards through an iteration. Scalars of one iteration read each other as terms, arrays through memory.
        var pass = new RegionPass(this, scan.Counters, Lift, stores.Add, 0);
        foreach (var target in scan.Stores.Reverse().Where(s => s.Value.IsActive))
        {
            var seed = Term.Load(_table, Adjoint(target.Buffer), target.Index);
            var further = target.Counters[scan.Counters.Length..];
            if (further.Length == 0)
            {
                pass.Contribute(target.Value, seed);
                continue;
            }
            pass.Drain();
            var inner = new RegionPass(this, target.Counters, (t, c) => pass.Contribute(t, SumOver(further, c, 0)), stores.Add, scan.Counters.Length);
            inner.Run([(target.Value, seed)]);
        }
        pass.Drain();
        if (stores.Count > 0) _program.Add(new Scan(scan.Counters, [.. stores], !scan.IsReversed));
    }

    /// <summary>Propagates a seed through a statement and the loops around it; what reaches scalars outside is summed over the loops.</summary>
    private void Region(Store store, Term seed)
    {
        if (store.Counters.Length == 0)
        {
            Contribute(store.Value, seed);
            return;
        }
        var kept = KeptValues.Of(_program, store);
        Term Read(Term term) => kept?.Rewrite(term) ?? term;
        new RegionPass(this, store.Counters, (term, contribution) => Contribute(term, SumOver(store.Counters, Read(contribution), 0)),
            s => _program.Add(new Store(s.Counters, s.Buffer, s.Index, Read(s.Value), s.Adds)), 0).Run([(store.Value, seed)]);
    }

    private static Term SumOver(Counter[] counters, Term body, int from)
    {
        for (var i = counters.Length - 1; i >= from; i--) body = Term.Sum(counters[i], body);
        return body;
    }

    private Buffer? AdjointOrNull(Buffer buffer) => _adjoints.GetValueOrDefault(buffer);

    private Buffer Adjoint(Buffer buffer)
    {
        if (!_adjoints.TryGetValue(buffer, out var adjoint))
            _adjoints.Add(buffer, adjoint = new Buffer("d_" + buffer.Name, buffer.Length, BufferKind.Adjoint) { Precision = buffer.Precision });
        return adjoint;
    }

    /// <summary>
    /// One step back: gives each argument of a term its share of the term's adjoint. <paramref name="scope"/> are the
    /// loops that run around the term.
    /// </summary>
    private void Propagate(Term term, Term adjoint, Counter[] scope, Action<Term, Term> contribute, Action<Store> store)
    {
        switch (term.Kind)
        {
            case TermKind.Load:
                var buffer = Adjoint(term.Buffer);
                store(new Store(Loops(scope, adjoint, term), buffer, term.Arguments[0], adjoint, adds: true));
                break;
            case TermKind.Sum:
                Counter[] inner = [.. scope, term.Counter];
                new RegionPass(this, inner, (t, c) => contribute(t, Term.Sum(term.Counter, c)), store, scope.Length).Run([(term.Arguments[0], adjoint)]);
                break;
            case TermKind.Max:
                // The greatest element has derivative 1, the others 0; of equal ones each has (a set of measure 0).
                Counter[] within = [.. scope, term.Counter];
                new RegionPass(this, within, (t, c) => contribute(t, Term.Sum(term.Counter, c)), store, scope.Length)
                    .Run([(term.Arguments[0], Term.Where(Term.Apply(Op.Equal, term.Arguments[0], term), adjoint, 0.0))]);
                break;
            case TermKind.Where:
                contribute(term.Arguments[1], Term.Where(term.Arguments[0], adjoint, 0.0));
                contribute(term.Arguments[2], Term.Where(term.Arguments[0], 0.0, adjoint));
                break;
            case TermKind.Unary:
                if (term.Arguments[0].IsActive) contribute(term.Arguments[0], Derivatives.OfUnary(term, adjoint));
                break;
            case TermKind.Binary:
                for (var i = 0; i < 2; i++)
                {
                    var argument = term.Arguments[i];
                    if (!argument.IsActive) continue;
                    // d (a / b) / d b is -(a / b) / b: the quotient is there already, and often so is its product with the adjoint.
                    if (term.Op == Op.Multiply && argument.IsReciprocal) contribute(argument.Arguments[1], Derivatives.Scale(adjoint, -(term * argument)));
                    else contribute(argument, Derivatives.OfBinary(term, i, adjoint));
                }
                break;
            case TermKind.Special:
                var function = (SpecialFunction)term.Payload!;
                for (var i = 0; i < term.Arguments.Length; i++)
                    if (term.Arguments[i].IsActive && function.Partials[i] is { } partial)
                        contribute(term.Arguments[i], Derivatives.Scale(adjoint, Term.Call(partial(), term.Arguments)));
                break;
            default:
                throw new UnreachableException($"{term.Kind} has no derivative");
        }
    }

    /// <summary>The loops around an effect: those of the scope up to the innermost that value or index needs.</summary>
    private static Counter[] Loops(Counter[] scope, Term value, Term term)
    {
        var deepest = -1;
        for (var i = 0; i < scope.Length; i++)
            if (value.DependsOn(scope[i]) || term.DependsOn(scope[i])) deepest = i;
        return scope[..(deepest + 1)];
    }

    /// <summary>The backward pass inside a nest of loops.</summary>
    private sealed class RegionPass(Differentiation owner, Counter[] scope, Action<Term, Term> lift, Action<Store> store, int outer)
    {
        private readonly Dictionary<Term, Term> _adjoints = [];
        private readonly PriorityQueue<Term, int> _queue = new();

        public void Run(IEnumerable<(Term Value, Term Seed)> seeds)
        {
            foreach (var (value, seed) in seeds) Contribute(value, seed);
            Drain();
        }

        /// <summary>Propagates everything contributed so far. The pass is linear, so that what comes later may follow on its own.</summary>
        public void Drain()
        {
            var lifted = new List<(Term Term, Term Contribution)>();
            while (_queue.TryDequeue(out var term, out _))
            {
                _adjoints.Remove(term, out var adjoint);
                // A scalar from outside of these loops: its share is summed over them, and goes on there.
                if (!BelongsInside(term)) lifted.Add((term, adjoint!));
                else owner.Propagate(term, adjoint!, scope, Contribute, store);
            }
            foreach (var (term, contribution) in lifted) lift(term, contribution);
        }

        private bool BelongsInside(Term term)
        {
            for (var i = outer; i < scope.Length; i++)
                if (term.DependsOn(scope[i])) return true;
            return false;
        }

        public void Contribute(Term term, Term contribution)
        {
            if (!term.IsActive || contribution.IsConstant(0)) return;
            if (_adjoints.TryGetValue(term, out var sum))
            {
                _adjoints[term] = sum + contribution;
                return;
            }
            _adjoints.Add(term, contribution);
            _queue.Enqueue(term, -term.Id);
        }
    }
}
