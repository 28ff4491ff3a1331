using System.Diagnostics;
using System.Globalization;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

internal enum TermKind : byte
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>The index of a loop (integer).</summary>
    Counter,

    /// <summary>An element of an integer buffer (integer).</summary>
    IntegerLoad,

    /// <summary>An element of a buffer.</summary>
    Load,

    /// <summary>An operation on one argument.</summary>
    Unary,

    /// <summary>An operation on two arguments.</summary>
    Binary,

    /// <summary>Condition, value where it holds, value where not.</summary>
    Where,

    /// <summary>A special function.</summary>
    Special,

    /// <summary>The sum of the argument over a counter.</summary>
    Sum,

    /// <summary>The greatest value of the argument over a counter.</summary>
    Max,

    /// <summary>An integer as a real.</summary>
    ToReal,

    /// <summary>An integer-valued real as an integer.</summary>
    ToInteger,

    /// <summary>The argument with derivative 0.</summary>
    Detached,
}

/// <summary>
/// A scalar of an array program: a node of a graph in which equal expressions are one node. Arithmetic on terms builds
/// simplified terms, so that a density written over <see cref="IReal{T}"/> becomes a program, and so does its derivative.
/// </summary>
internal sealed class Term : IReal<Term>
{
    private static readonly Counter[] s_free = [];

    private Term(double value)
    {
        Kind = TermKind.Constant;
        Value = value;
        Arguments = [];
        Free = s_free;
        IsInteger = value == Math.Floor(value) && Math.Abs(value) < int.MaxValue;
        IsData = true;
    }

    internal Term(TermTable table, int id, TermKind kind, Op op, object? payload, Term[] arguments)
    {
        Table = table;
        Id = id;
        Kind = kind;
        Op = op;
        Payload = payload;
        Arguments = arguments;
        Free = FreeOf(kind, payload, arguments);
        IsInteger = kind is TermKind.Counter or TermKind.IntegerLoad or TermKind.ToInteger
            || kind is TermKind.Unary or TermKind.Binary && op is Op.Add or Op.Subtract or Op.Multiply or Op.Negate && Array.TrueForAll(arguments, a => a.IsInteger);
        IsData = Array.TrueForAll(arguments, a => a.IsData) && (kind != TermKind.Load || ((Buffer)payload!).Kind == BufferKind.Data);
        IsActive = kind switch
        {
            TermKind.Load => ((Buffer)payload!).IsActive,
            TermKind.Detached or TermKind.ToInteger or TermKind.ToReal => false,
            TermKind.Where => arguments[1].IsActive || arguments[2].IsActive,
            TermKind.Unary or TermKind.Binary when !IsSmooth(op) => false,
            _ => Array.Exists(arguments, a => a.IsActive),
        };
    }

    /// <summary>The table that holds it; null for constants.</summary>
    public TermTable? Table { get; }

    /// <summary>Greater than the ids of its arguments.</summary>
    public int Id { get; }

    public TermKind Kind { get; }

    public Op Op { get; }

    /// <summary>The number of a constant.</summary>
    public double Value { get; }

    /// <summary>The counter, the buffer or the special function of the kinds that have one.</summary>
    public object? Payload { get; }

    public Term[] Arguments { get; }

    /// <summary>The counters that its value depends on, outermost first.</summary>
    public Counter[] Free { get; }

    /// <summary>Whether it is an integer that can index.</summary>
    public bool IsInteger { get; }

    /// <summary>Whether it depends on data and counters alone.</summary>
    public bool IsData { get; }

    /// <summary>Whether its derivative with respect to the position may differ from 0.</summary>
    public bool IsActive { get; }

    public Counter Counter => (Counter)Payload!;

    public Buffer Buffer => (Buffer)Payload!;

    public bool DependsOn(Counter counter) => Array.IndexOf(Free, counter) >= 0;

    public bool IsConstant(double value) => Kind == TermKind.Constant && Value == value;

    public static implicit operator Term(double value) => new(value);

    /// <summary>
    /// What varies less gathers on the right, so that it is added up outside of the loops where it is constant:
    /// (x[i] + a) + (y[i] + b) is (x[i] + y[i]) + (a + b). Constants vary least.
    /// </summary>
    public static Term operator +(Term a, Term b)
    {
        if (a.Kind == TermKind.Constant && b.Kind == TermKind.Constant) return a.Value + b.Value;
        if (a.IsConstant(0)) return b;
        if (b.IsConstant(0)) return a;
        if (a.Level < b.Level) (a, b) = (b, a);
        if (a.IsInteger && b.IsInteger && a.Level == b.Level && (a.IsGathered || b.IsGathered))
            return a.IsGathered ? a.Arguments[0] + b + a.Arguments[1] : a + b.Arguments[0] + b.Arguments[1];
        if (a.IsGathered && b.Level < a.Level) return a.Arguments[0] + (a.Arguments[1] + b);
        if (a.IsGathered && b.IsGathered && a.Level == b.Level) return a.Arguments[0] + b.Arguments[0] + (a.Arguments[1] + b.Arguments[1]);
        if (a.Level == b.Level)
        {
            // Like terms are one: 2 x + 3 x is 5 x.
            if (Same(a.Varying, b.Varying)) return (a.Factor + b.Factor) * a.Varying;
            // Of what holds in one case and what holds in the other.
            if (a.Kind == TermKind.Where && b.Kind == TermKind.Where && Same(a.Arguments[0], b.Arguments[0]) && (a.HasZeroBranch || b.HasZeroBranch))
                return Where(a.Arguments[0], a.Arguments[1] + b.Arguments[1], a.Arguments[2] + b.Arguments[2]);
            if (b.Is(Op.Negate)) return a - b.Arguments[0];
            if (a.Is(Op.Negate)) return b - a.Arguments[0];
            if (a.Id > b.Id) (a, b) = (b, a);
        }
        return Make(TermKind.Binary, Op.Add, null, a, b);
    }

    public static Term operator -(Term a, Term b)
    {
        if (a.IsConstant(0)) return -b;
        if (Same(a.Varying, b.Varying) && a.Level == b.Level) return (a.Factor - b.Factor) * a.Varying;
        if (a.Level != b.Level || b.Is(Op.Negate)) return a + -b;
        if (a.IsGathered && b.IsGathered) return a.Arguments[0] - b.Arguments[0] + (a.Arguments[1] - b.Arguments[1]);
        // The lengths of slices are differences of indices: t - (t + c) is -c.
        if (a.IsInteger && a.IsGathered) return a.Arguments[0] - b + a.Arguments[1];
        if (b.IsInteger && b.IsGathered) return a - b.Arguments[0] + -b.Arguments[1];
        if (a.Kind == TermKind.Constant) return a.Value - b.Value;
        return Make(TermKind.Binary, Op.Subtract, null, a, b);
    }

    /// <summary>How deep in the loops it varies: 0 outside of them, below for constants.</summary>
    private int Level => Kind == TermKind.Constant ? -1 : Free.Length == 0 ? 0 : Free[^1].Depth + 1;

    /// <summary>Whether it is a sum of something and of what varies less.</summary>
    private bool IsGathered => Is(Op.Add) && Arguments[1].Level < Arguments[0].Level;

    public static Term operator *(Term a, Term b)
    {
        if (a.Kind == TermKind.Constant && b.Kind == TermKind.Constant) return a.Value * b.Value;
        if (a.IsConstant(0) || b.IsConstant(0)) return 0.0;
        if (a.IsConstant(1)) return b;
        if (b.IsConstant(1)) return a;
        if (a.IsConstant(-1)) return -b;
        if (b.IsConstant(-1)) return -a;
        if (a.Is(Op.Negate)) return -(a.Arguments[0] * b);
        if (b.Is(Op.Negate)) return -(a * b.Arguments[0]);
        if (ReferenceEquals(a, b)) return Apply(Op.Square, a);
        if (b.Kind == TermKind.Constant) (a, b) = (b, a);
        // Constant factors gather in front.
        if (b.HasFactor) return a.Kind == TermKind.Constant
            ? (a.Value * b.Arguments[0].Value) * b.Arguments[1]
            : a.HasFactor ? (a.Arguments[0].Value * b.Arguments[0].Value) * (a.Arguments[1] * b.Arguments[1]) : b.Arguments[0] * (a * b.Arguments[1]);
        if (a.HasFactor) return a.Arguments[0] * (a.Arguments[1] * b);
        if (a.Kind != TermKind.Constant && a.Id > b.Id) (a, b) = (b, a);
        return Make(TermKind.Binary, Op.Multiply, null, a, b);
    }

    /// <summary>A division is a product with a reciprocal, so that one division serves every quotient by the same term and its derivative.</summary>
    public static Term operator /(Term a, Term b)
    {
        if (b.Kind == TermKind.Constant) return a.Kind == TermKind.Constant ? a.Value / b.Value : a * (1 / b.Value);
        if (ReferenceEquals(a, b)) return 1.0;
        var reciprocal = b.IsReciprocal ? b.Arguments[1] : Make(TermKind.Binary, Op.Divide, null, 1.0, AsReal(b));
        return AsReal(a) * reciprocal;
    }

    public static Term operator -(Term a)
    {
        if (a.Kind == TermKind.Constant) return -a.Value;
        if (a.Is(Op.Negate)) return a.Arguments[0];
        if (a.Is(Op.Subtract)) return a.Arguments[1] - a.Arguments[0];
        if (a.Is(Op.Multiply) && a.Arguments[0].Kind == TermKind.Constant) return -a.Arguments[0].Value * a.Arguments[1];
        return Make(TermKind.Unary, Op.Negate, null, a);
    }

    public static Term Apply(Op op, Term a)
    {
        if (op == Op.Negate) return -a;
        if (a.Kind == TermKind.Constant) return Scalar.Apply(op, a.Value);
        if (op is Op.Floor or Op.Ceiling or Op.Round && a.IsInteger) return a;
        a = AsReal(a);
        return op switch
        {
            Op.Log when a.Is(Op.Exp) => a.Arguments[0],
            Op.Exp when a.Is(Op.Log) => a.Arguments[0],
            Op.Sqrt when a.Is(Op.Square) => Apply(Op.Abs, a.Arguments[0]),
            Op.Square when a.Is(Op.Sqrt) => a.Arguments[0],
            Op.Square when a.Is(Op.Negate) => Apply(Op.Square, a.Arguments[0]),
            Op.Abs when a.Is(Op.Exp) || a.Is(Op.Square) || a.Is(Op.Abs) => a,
            _ => Make(TermKind.Unary, op, null, a),
        };
    }

    public static Term Apply(Op op, Term a, Term b)
    {
        switch (op)
        {
            case Op.Add: return a + b;
            case Op.Subtract: return a - b;
            case Op.Multiply: return a * b;
            case Op.Divide: return a / b;
        }
        if (a.Kind == TermKind.Constant && b.Kind == TermKind.Constant) return Scalar.Apply(op, a.Value, b.Value);
        if (op is Op.Less or Op.LessOrEqual && a.Kind == TermKind.Constant && a.Value <= 0 && b.Is(Op.Exp)) return 1.0;
        if (op == Op.Power && b.Kind == TermKind.Constant && PowerOfConstant(AsReal(a), b.Value) is { } power) return power;
        return Make(TermKind.Binary, op, null, AsReal(a), AsReal(b));
    }

    public static Term Where(Term condition, Term a, Term b)
    {
        if (condition.Kind == TermKind.Constant) return condition.Value != 0 ? a : b;
        if (Same(a, b)) return a;
        return Make(TermKind.Where, default, null, AsReal(condition), AsReal(a), AsReal(b));
    }

    public static Term Call(SpecialFunction function, ReadOnlySpan<Term> arguments)
    {
        var terms = new Term[arguments.Length];
        for (var i = 0; i < terms.Length; i++) terms[i] = AsReal(arguments[i]);
        if (Array.TrueForAll(terms, t => t.Kind == TermKind.Constant)) return function.Evaluate(Array.ConvertAll(terms, t => t.Value));
        return Make(TermKind.Special, default, function, terms);
    }

    /// <summary>The value with derivative 0.</summary>
    public static Term Constant(Term value) => value.IsActive ? Make(TermKind.Detached, default, null, value) : value;

    /// <summary>An element of a buffer.</summary>
    public static Term Load(TermTable table, Buffer buffer, Term index) => table.Intern(TermKind.Load, default, buffer, [AsInteger(table, index)]);

    /// <summary>An element of an integer buffer.</summary>
    public static Term Load(TermTable table, IntegerBuffer buffer, Term index)
    {
        index = AsInteger(table, index);
        return index.Kind == TermKind.Constant ? buffer.Values[(int)index.Value] : table.Intern(TermKind.IntegerLoad, default, buffer, [index]);
    }

    /// <summary>The sum of a body over a counter: what does not depend on the counter leaves the sum, as a factor or as a multiple.</summary>
    public static Term Sum(Counter counter, Term body) => SumSplitter.Split(counter, AsReal(body));

    /// <summary>The greatest value of a body over a counter.</summary>
    public static Term Max(TermTable table, Counter counter, Term body) =>
        body.DependsOn(counter) ? table.Intern(TermKind.Max, default, counter, [AsReal(body)]) : body;

    /// <summary>An integer term as a real one; other terms as they are.</summary>
    public static Term AsReal(Term term) => term.IsInteger && term.Kind != TermKind.Constant ? Make(TermKind.ToReal, default, null, term) : term;

    /// <summary>A term as an index.</summary>
    public static Term AsInteger(TermTable table, Term term)
    {
        if (term.IsInteger) return term;
        return term.Kind switch
        {
            TermKind.ToReal => term.Arguments[0],
            // Integer data are held as doubles; as an index they are read from a copy in integers.
            TermKind.Load when term.IsData => Load(table, table.Integers(term.Buffer), term.Arguments[0]),
            TermKind.Binary when term.Op is Op.Add or Op.Subtract or Op.Multiply =>
                Apply(term.Op, AsInteger(table, term.Arguments[0]), AsInteger(table, term.Arguments[1])),
            TermKind.Unary when term.Op == Op.Negate => -AsInteger(table, term.Arguments[0]),
            _ => table.Intern(TermKind.ToInteger, default, null, [term]),
        };
    }

    /// <summary>Whether it is 1 / x.</summary>
    public bool IsReciprocal => Is(Op.Divide) && Arguments[0].IsConstant(1);

    public bool Is(Op op) => Op == op && (Kind == TermKind.Binary && Scalar.IsBinary(op) || Kind == TermKind.Unary && !Scalar.IsBinary(op));

    /// <summary>Whether two terms are one, constants compared by value.</summary>
    public static bool Same(Term a, Term b) =>
        ReferenceEquals(a, b) || a.Kind == TermKind.Constant && b.Kind == TermKind.Constant && a.Value.Equals(b.Value);

    public override string ToString() => TermPrinter.Print(this);

    internal static Term Make(TermKind kind, Op op, object? payload, params Term[] arguments)
    {
        // A sum or product of integers stays an integer; beside a real an integer becomes one.
        if (kind == TermKind.Binary && op is Op.Add or Op.Subtract or Op.Multiply && !(arguments[0].IsInteger && arguments[1].IsInteger))
            arguments = [AsReal(arguments[0]), AsReal(arguments[1])];
        foreach (var argument in arguments)
            if (argument.Table is { } table)
                return table.Intern(kind, op, payload, arguments);
        throw new UnreachableException($"{kind} {op} of constants alone");
    }

    private static Term? PowerOfConstant(Term a, double exponent) => exponent switch
    {
        0 => 1.0,
        1 => a,
        2 => Apply(Op.Square, a),
        3 => a * Apply(Op.Square, a),
        4 => Apply(Op.Square, Apply(Op.Square, a)),
        0.5 => Apply(Op.Sqrt, a),
        -0.5 => 1.0 / Apply(Op.Sqrt, a),
        -1 => 1.0 / a,
        -2 => Apply(Op.Square, 1.0 / a),
        _ => null,
    };

    private bool HasZeroBranch => Arguments[1].IsConstant(0) || Arguments[2].IsConstant(0);

    /// <summary>The constant in front of it.</summary>
    private double Factor => HasFactor ? Arguments[0].Value : 1;

    /// <summary>What the constant in front multiplies.</summary>
    private Term Varying => HasFactor ? Arguments[1] : this;

    private bool HasFactor => Is(Op.Multiply) && Arguments[0].Kind == TermKind.Constant;

    private static bool IsSmooth(Op op) => op is not (Op.Less or Op.LessOrEqual or Op.Equal or Op.NotEqual or Op.And or Op.Or or Op.Not or Op.Floor or Op.Ceiling or Op.Round);

    private static Counter[] FreeOf(TermKind kind, object? payload, Term[] arguments)
    {
        if (kind == TermKind.Counter) return Union([(Counter)payload!], ((Counter)payload!).Extent.Free);
        var free = s_free;
        foreach (var argument in arguments) free = Union(free, argument.Free);
        if (kind is TermKind.Sum or TermKind.Max)
        {
            var counter = (Counter)payload!;
            free = Union(Array.FindAll(free, c => c != counter), counter.Extent.Free);
        }
        return free;
    }

    private static Counter[] Union(Counter[] a, Counter[] b)
    {
        if (b.Length == 0 || ReferenceEquals(a, b)) return a;
        if (a.Length == 0) return b;
        if (Array.TrueForAll(b, c => Array.IndexOf(a, c) >= 0)) return a;
        if (Array.TrueForAll(a, c => Array.IndexOf(b, c) >= 0)) return b;
        return [.. a.Union(b).OrderBy(c => c.Depth)];
    }

    internal string ConstantText => Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Holds one node for each distinct term.</summary>
internal sealed class TermTable
{
    /// <summary>About what a term takes with its entry in the table, and with the code that is made of it.</summary>
    private const double BytesOfTerm = 1000;

    private readonly Dictionary<Key, Term> _terms = new(KeyComparer.Instance);
    private readonly Dictionary<(int Depth, Term Extent), Counter> _counters = [];
    private readonly Dictionary<int, Dictionary<int, Counter>> _sized = [];
    private readonly Dictionary<Buffer, IntegerBuffer> _integers = [];

    /// <summary>The id that the next new term gets: a point in time, as terms are made in the order of what they need.</summary>
    public int NextId { get; private set; } = 1;

    public Term Intern(TermKind kind, Op op, object? payload, Term[] arguments)
    {
        var key = new Key(kind, op, payload, arguments);
        if (_terms.TryGetValue(key, out var term)) return term;
        if ((NextId & 0xFF) == 0) Pause();
        term = new Term(this, NextId++, kind, op, payload, arguments);
        _terms.Add(key, term);
        return term;
    }

    /// <summary>Programs are made term by term, so here the host may end it.</summary>
    private static void Pause()
    {
        Budget.Current.Check();
        Budget.Current.Take(0x100 * BytesOfTerm, "the program of the model");
    }

    /// <summary>A point in time between the terms made before and those made after.</summary>
    public int Stamp() => NextId++;

    /// <summary>The counter of a depth and extent.</summary>
    public Counter Counter(int depth, Term extent)
    {
        if (extent.Kind != TermKind.Constant)
        {
            if (!_counters.TryGetValue((depth, extent), out var counter)) _counters.Add((depth, extent), counter = new Counter(depth, extent));
            return counter;
        }
        if (!_sized.TryGetValue(depth, out var sizes)) _sized.Add(depth, sizes = []);
        if (!sizes.TryGetValue((int)extent.Value, out var sized)) sizes.Add((int)extent.Value, sized = new Counter(depth, extent));
        return sized;
    }

    /// <summary>The value of a counter.</summary>
    public Term Value(Counter counter) => Intern(TermKind.Counter, default, counter, []);

    /// <summary>A data buffer of integers, as integers.</summary>
    public IntegerBuffer Integers(Buffer buffer)
    {
        if (!_integers.TryGetValue(buffer, out var integers))
            _integers.Add(buffer, integers = new IntegerBuffer(buffer.Name, Array.ConvertAll(buffer.Initial!, v => double.IsNaN(v) ? 0 : (int)v)));
        return integers;
    }

    private readonly record struct Key(TermKind Kind, Op Op, object? Payload, Term[] Arguments);

    private sealed class KeyComparer : IEqualityComparer<Key>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals(Key a, Key b)
        {
            if (a.Kind != b.Kind || a.Op != b.Op || !ReferenceEquals(a.Payload, b.Payload) || a.Arguments.Length != b.Arguments.Length) return false;
            for (var i = 0; i < a.Arguments.Length; i++)
                if (!Term.Same(a.Arguments[i], b.Arguments[i])) return false;
            return true;
        }

        public int GetHashCode(Key key)
        {
            var hash = new HashCode();
            hash.Add((int)key.Kind);
            hash.Add((int)key.Op);
            hash.Add(key.Payload is null ? 0 : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Payload));
            foreach (var argument in key.Arguments)
                hash.Add(argument.Kind == TermKind.Constant ? argument.Value.GetHashCode() : argument.Id);
            return hash.ToHashCode();
        }
    }
}
