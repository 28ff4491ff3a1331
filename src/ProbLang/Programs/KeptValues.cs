using System.Runtime.CompilerServices;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// What the adjoint of a statement reads again of its forward pass instead of computing it anew: a costly function whose value the
/// statement stores, and in single precision, where there is much of it, one that is part of what it stores. The forward pass of a statement
/// that fills memory never runs in one loop with its adjoint, which waits for all that is made of this memory.
/// </summary>
internal sealed class KeptValues
{
    private readonly ArrayProgram _program;
    private readonly Store _store;
    private readonly HashSet<Term> _candidates;
    private readonly int _oldest;
    private readonly Dictionary<Term, Term> _rewritten = [];

    private KeptValues(ArrayProgram program, Store store, HashSet<Term> candidates) =>
        (_program, _store, _candidates, _oldest) = (program, store, candidates, candidates.Min(c => c.Id));

    /// <summary>Those of a statement; null where there are none.</summary>
    public static KeptValues? Of(ArrayProgram program, Store store)
    {
        if (store.Adds || store.Buffer.Kind != BufferKind.Work || store.Counters.Length == 0 || Array.Exists(store.Counters, c => c.Size < 0)) return null;
        var candidates = Candidates(store);
        return candidates.Count == 0 ? null : new KeptValues(program, store, candidates);
    }

    /// <summary>A term of the adjoint with what is kept read from memory.</summary>
    public Term Rewrite(Term term)
    {
        // What is older than all that is kept is made of none of it.
        if (term.Id < _oldest || !term.IsActive) return term;
        if (_rewritten.TryGetValue(term, out var known)) return known;
        // A term too deep to walk is computed as it is.
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return term;
        var result = _candidates.Contains(term) ? Kept(term) : Rebuilt(term);
        _rewritten.Add(term, result);
        return result;
    }

    private Term Rebuilt(Term term)
    {
        var arguments = Array.ConvertAll(term.Arguments, Rewrite);
        return arguments.Zip(term.Arguments).All(p => ReferenceEquals(p.First, p.Second)) ? term : _program.Table.Intern(term.Kind, term.Op, term.Payload, arguments);
    }

    /// <summary>The memory that holds a term, made where it is first asked for.</summary>
    private Term Kept(Term term)
    {
        if (ReferenceEquals(term, _store.Value)) return Term.Load(_program.Table, _store.Buffer, _store.Index);
        Term index = 0.0;
        foreach (var counter in _store.Counters) index = index * counter.Extent + _program.Table.Value(counter);
        var name = $"{_store.Buffer.Name}_{char.ToLowerInvariant(term.Op.ToString()[0])}{term.Op.ToString()[1..]}";
        var buffer = new Buffer(name, _store.Counters.Aggregate(1, (n, c) => n * c.Size), BufferKind.Work) { Precision = IsBounded(term.Op) ? Precision.Single : Precision.Double };
        _program.Add(new Store(_store.Counters, buffer, index, term, adds: false));
        return Term.Load(_program.Table, buffer, index);
    }

    private static HashSet<Term> Candidates(Store store)
    {
        var (candidates, seen, stack) = (new HashSet<Term>(), new HashSet<Term>(), new Stack<Term>([store.Value]));
        while (stack.TryPop(out var next))
        {
            if (!seen.Add(next) || !next.IsActive) continue;
            if (next.Kind == TermKind.Unary && IsCostly(next.Op) && (ReferenceEquals(next, store.Value) || store.Buffer.Precision == Precision.Single && IsOfAllLoops(next, store))) candidates.Add(next);
            foreach (var argument in next.Arguments) stack.Push(argument);
        }
        return candidates;
    }

    /// <summary>Whether a term varies with all loops of a statement, and with no further one.</summary>
    private static bool IsOfAllLoops(Term term, Store store) => term.Free.Length == store.Counters.Length && Array.TrueForAll(term.Free, c => store.Counters.Contains(c));

    /// <summary>Whether all values of a function fit in single precision; what does not may be within a quotient that does.</summary>
    private static bool IsBounded(Op op) => op is Op.ExpNonPositive or Op.Sin or Op.Cos or Op.Tanh or Op.Logistic or Op.Phi or Op.Erf;

    /// <summary>Whether a function takes more than to write and read a number.</summary>
    private static bool IsCostly(Op op) => op is Op.Exp or Op.ExpNonPositive or Op.Expm1 or Op.Log or Op.Log1p or Op.Sin or Op.Cos or Op.Tan or Op.Sinh or Op.Cosh
        or Op.Tanh or Op.Logistic or Op.Softplus or Op.Phi or Op.LogPhi or Op.InversePhi or Op.Erf or Op.LogGamma or Op.Digamma;
}
