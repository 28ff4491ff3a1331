using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// What depends on data alone is computed once: a term that costs more than a read becomes a read of a data buffer that
/// is filled before the program first runs.
/// </summary>
internal sealed class HoistedData(TermTable table)
{
    private const int MostElements = 1 << 24;

    private readonly Dictionary<Term, Term> _resolved = [];
    private bool _isOff;

    /// <summary>Stands for nothing: every term is computed where it is used.</summary>
    public static HoistedData None(TermTable table) => new(table) { _isOff = true };

    /// <summary>The buffers to fill, each with the loops and the term that fills it.</summary>
    public List<(Buffer Buffer, Counter[] Counters, Term Term)> Fills { get; } = [];

    /// <summary>The term itself, or the read that stands for it.</summary>
    public Term Resolve(Term term)
    {
        if (_isOff || !term.IsData || term.IsInteger) return term;
        if (term.Kind is TermKind.Constant or TermKind.Counter or TermKind.IntegerLoad or TermKind.Load or TermKind.ToReal) return term;
        if (_resolved.TryGetValue(term, out var resolved)) return resolved;
        resolved = Hoist(term);
        _resolved.Add(term, resolved);
        return resolved;
    }

    private Term Hoist(Term term)
    {
        var size = 1L;
        foreach (var counter in term.Free)
        {
            // A ragged range has no rectangular table.
            if (counter.Size < 0) return term;
            size *= counter.Size;
        }
        if (size > MostElements || term.Free.Length > 0 && IsCheap(term)) return term;
        var buffer = new Buffer($"data{Fills.Count}", (int)size, BufferKind.Data) { Initial = new double[size] };
        Fills.Add((buffer, term.Free, term));
        Term index = 0.0;
        foreach (var counter in term.Free) index = index * counter.Extent + table.Value(counter);
        return Term.Load(table, buffer, index);
    }

    /// <summary>One addition or multiplication of things that are read anyway costs no more than the read that would replace it.</summary>
    private static bool IsCheap(Term term) =>
        (term.Is(Op.Add) || term.Is(Op.Subtract) || term.Is(Op.Multiply) || term.Is(Op.Negate) || term.Is(Op.Square))
        && Array.TrueForAll(term.Arguments, a => a.Kind is TermKind.Constant or TermKind.Load or TermKind.ToReal or TermKind.Counter);
}
