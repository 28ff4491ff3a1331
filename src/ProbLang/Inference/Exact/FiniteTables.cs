using ProbLang.Analysis;
using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>
/// The tables of terms, filled by the evaluator. Terms with equal keys share one. What a setting says that cannot be does not matter, and
/// is not a mistake.
/// </summary>
internal sealed unsafe class FiniteTables(ConditionedModel model, Evaluator evaluator, FiniteCells cells, CancellationToken cancellation)
{
    private const int ChunkLength = 1 << 16;

    private readonly Dictionary<TableKey, nint> _shared = [];
    private readonly Dictionary<int, (FiniteTerm Term, nint Table)> _own = [];
    private readonly List<double[]> _chunks = [];
    private int _used = ChunkLength;
    private FiniteTerm? _supportOf;
    private bool[]? _support;

    /// <summary>Keeps what the addresses point to.</summary>
    public IReadOnlyList<double[]> Memory => _chunks;

    /// <summary>The table of a term; those that say what its cells are have been asked for before.</summary>
    public nint Of(FiniteTerm term)
    {
        if (!_shared.TryGetValue(term.Key, out var table)) table = Fill(term);
        if (term.IsDraw || term.IsComputed) _own.TryAdd(term.Cells[0], (term, table));
        return table;
    }

    /// <summary>A table of zeros.</summary>
    public nint Zeros(int count) => (nint)Allocate(count);

    private nint Fill(FiniteTerm term)
    {
        cancellation.ThrowIfCancellationRequested();
        var settings = new FiniteSettings(model, evaluator, cells, term.Scope);
        var own = term.IsComputed ? cells[term.Cells[0]] : default;
        var rows = term.IsComputed ? own.Count : 1;
        var (count, isShared) = (settings.Count, true);
        var table = Allocate((int)(rows * count));
        if (term.IsComputed) new Span<double>(table, (int)(rows * count)).Fill(double.NegativeInfinity);
        (IReadOnlyList<string> Setting, DiagnosticException Of)? blamed = null;
        try
        {
            settings.ForEach(Evaluate, Excuse);
        }
        catch (DiagnosticException mistake) when (blamed is { } found && found.Of == mistake)
        {
            throw new DiagnosticException(FiniteDiagnostics.Under(mistake.Diagnostic, blamed!.Value.Setting));
        }
        if (term is { IsDraw: true, IsForward: true }) CheckForward(term, settings, table);
        if (isShared) _shared.Add(term.Key, (nint)table);
        return (nint)table;

        void Evaluate(long at)
        {
            if (at % 256 == 0) cancellation.ThrowIfCancellationRequested();
            var isRounded = term.Check?.Invoke() == true;
            var value = term.Evaluate();
            if (term.IsComputed)
            {
                for (var state = 0; state < rows; state++)
                    if (own[state].Equals(value)) table[state * count + at] = 0;
            }
            else table[at] = isRounded && double.IsNaN(value) ? double.NegativeInfinity : Meaningful(term, settings, at, value, ref isShared);
        }

        bool Excuse(long at, DiagnosticException mistake)
        {
            if (IsPossible(term, settings, at))
            {
                if (mistake.Diagnostic.Id != ExactDiagnostics.SenselessId) blamed = (Setting(term, settings), mistake);
                return false;
            }
            isShared = false;
            if (!term.IsComputed) table[at] = double.NegativeInfinity;
            return true;
        }
    }

    /// <summary>
    /// What is drawn forward says nothing of what it depends on, so it must have a value whatever that is; among what is observed or conditioned on, having none is
    /// having probability zero.
    /// </summary>
    private void CheckForward(FiniteTerm term, FiniteSettings settings, double* table)
    {
        var (states, count) = (cells[term.Cells[0]].Count, settings.Count);
        var parents = count / states;
        var empty = new HashSet<long>();
        for (var at = 0L; at < parents; at++)
        {
            var isEmpty = true;
            for (var state = 0; state < states && isEmpty; state++) isEmpty = double.IsNegativeInfinity(table[state * parents + at]);
            if (isEmpty) empty.Add(at);
        }
        if (empty.Count == 0) return;
        settings.ForEach(at =>
        {
            if (empty.Contains(at % parents) && IsPossible(term, settings, at))
                throw new DiagnosticException(ExactDiagnostics.NoValue(CellText.Element(model, cells[term.Cells[0]].Variable, cells[term.Cells[0]].Cell), Setting(term, settings), term.Place));
        }, excuse: (_, mistake) => mistake.Diagnostic.Id != ExactDiagnostics.NoValueId);
    }

    /// <summary>A logarithm that can be added; what makes no sense must not be possible.</summary>
    private double Meaningful(FiniteTerm term, FiniteSettings settings, long at, double value, ref bool isShared)
    {
        if (value < double.PositiveInfinity) return value;
        if (settings.HasAbsent) return double.NegativeInfinity;
        if (IsPossible(term, settings, at)) throw new DiagnosticException(ExactDiagnostics.Senseless(value, Setting(term, settings), term.Place));
        isShared = false;
        return double.NegativeInfinity;
    }

    /// <summary>Whether what says how the cells of a setting come about leaves it a probability: at a glance, else by summing over what they come from.</summary>
    private bool IsPossible(FiniteTerm term, FiniteSettings settings, long at)
    {
        if (!IsPossibleAtAGlance(term, settings)) return false;
        if (_supportOf != term) (_supportOf, _support) = (term, PriorSupport.Of(cells, term.Scope.Cells, _own));
        return _support is null || _support[at];
    }

    private bool IsPossibleAtAGlance(FiniteTerm term, FiniteSettings settings)
    {
        var scope = term.Scope.Cells;
        foreach (var number in scope)
        {
            if (!_own.TryGetValue(number, out var own)) continue;
            var at = 0L;
            foreach (var cell in own.Term.Cells)
            {
                var slot = Array.IndexOf(scope, cell);
                if (slot < 0)
                {
                    at = -1;
                    break;
                }
                at = at * cells[cell].Count + settings.States[slot];
            }
            if (at >= 0 && double.IsNegativeInfinity(((double*)own.Table)[at])) return false;
        }
        return true;
    }

    /// <summary>The cells of a setting with their values, but not the one that is drawn.</summary>
    private IReadOnlyList<string> Setting(FiniteTerm term, FiniteSettings settings)
    {
        var shown = new List<string>();
        for (var s = term.IsDraw ? 1 : 0; s < term.Scope.Cells.Length; s++)
            shown.Add(CellText.Is(model, cells[term.Scope.Cells[s]], settings.States[s]));
        return shown;
    }

    private double* Allocate(int count)
    {
        if (count > ChunkLength / 4)
        {
            Budget.Current.Take((double)count * sizeof(double), "the sum over the discrete unknowns");
            _chunks.Insert(0, GC.AllocateArray<double>(count, pinned: true));
            return Address(_chunks[0], 0);
        }
        if (_used + count > ChunkLength)
        {
            Budget.Current.Take(ChunkLength * sizeof(double), "the sum over the discrete unknowns");
            _chunks.Add(GC.AllocateArray<double>(ChunkLength, pinned: true));
            _used = 0;
        }
        _used += count;
        return Address(_chunks[^1], _used - count);
    }

    private static double* Address(double[] pinned, int at) => (double*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(pinned, at);
}
