using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>What is known: numbers in tables over the plates that they depend on.</summary>
internal sealed partial class Translation
{
    private readonly Dictionary<Bound, bool> _isRandom = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, bool> _hasUnknown = [];
    private readonly Dictionary<Bound, Func<double>> _scalars = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, FactorReference> _tables = new(StringComparer.Ordinal);

    /// <summary>Whether something in an expression may not be known.</summary>
    private bool IsRandom(Bound value)
    {
        if (_isRandom.TryGetValue(value, out var known)) return known;
        var isRandom = value is VariableValue { Variable: var variable } ? HasUnknown(variable)
            : !(value is ArrayFunctionValue function && ArrayFunctions.IsAboutShape(function.Function)) && Parts.Of(value).Any(IsRandom);
        _isRandom.Add(value, isRandom);
        return isRandom;
    }

    private bool HasUnknown(Variable variable)
    {
        if (_hasUnknown.TryGetValue(variable, out var has)) return has;
        var state = _model[variable];
        has = !variable.IsInput && Enumerable.Range(0, state.Count).Any(c => double.IsNaN(state.Values[c]) && state.Exists(c));
        _hasUnknown.Add(variable, has);
        return has;
    }

    /// <summary>Whether an expression is known at every point of a frame.</summary>
    private bool IsKnown(Bound value, Frame frame)
    {
        if (!IsRandom(value)) return true;
        // Only where some cells of what it reads are known can it be so.
        if (ReadsIn([value]).Any(r => ((VariableValue)r.Array).Variable is var v && HasUnknown(v) && !Array.Exists(_model[v].Values, x => !double.IsNaN(x)))) return false;
        if (value.Rank > 0) return AllPoints(frame, () => _code.Evaluate(value).IsKnown);
        var scalar = Scalar(value);
        return AllPoints(frame, () => !double.IsNaN(scalar()));
    }

    private bool AllPoints(Frame frame, Func<bool> holds)
    {
        for (var p = 0; p < frame.Count; p++)
        {
            Set(frame, p);
            if (!holds()) return false;
        }
        return true;
    }

    private void Set(Frame frame, int point)
    {
        for (var l = 0; l < frame.Loops.Length; l++) _code[frame.Loops[l]].Value = frame.LoopValues[l][point];
    }

    private Func<double> Scalar(Bound value)
    {
        if (!_scalars.TryGetValue(value, out var compiled)) _scalars.Add(value, compiled = _code.Scalar(value));
        return compiled;
    }

    /// <summary>The number that an expression is under any loops; null where it depends on them, or on what is unknown.</summary>
    private double? ConstantOf(Bound value) => !IsRandom(value) && LoopsIn(value).Count == 0 && Scalar(value)() is var number && !double.IsNaN(number) ? number : null;

    /// <summary>The loops whose indices an expression reads, and which are not its own.</summary>
    private static HashSet<Loop> LoopsIn(params IEnumerable<Bound> values)
    {
        var (loops, own) = (new HashSet<Loop>(ReferenceEqualityComparer.Instance), new HashSet<Loop>(ReferenceEqualityComparer.Instance));
        foreach (var part in Walk.Over(values))
            if (part is LoopValue loop) loops.Add(loop.Loop);
            else if (part is Comprehension { Loop: var inner }) own.Add(inner);
        loops.ExceptWith(own);
        return loops;
    }

    /// <summary>A number that is known, at every point of a frame.</summary>
    private FactorReference Table(Bound value, Frame frame, string name, FactorDomain domain = FactorDomain.Real, double lowest = 0)
    {
        var scalar = Scalar(value);
        return TableOf(frame, LoopsIn(value), $"{GraphPrinter.Print(value)}-{lowest}", value is VariableValue or IndexedValue { Array: VariableValue } ? NameOf(value) : name, domain, null, [], (into, _) => into[0] = scalar() - lowest, value.Span);
    }

    /// <summary>A vector or a matrix that is known, at every point of a frame.</summary>
    private FactorReference ArrayTable(Bound value, Frame frame, string name, FactorDomain domain, FactorRange? values = null)
    {
        if (frame.Count > 0) Set(frame, 0);
        var array = _code.Array(value);
        var shape = _shapes.Of(value)!;
        return TableOf(frame, LoopsIn(value), GraphPrinter.Print(value), value is VariableValue or IndexedValue { Array: VariableValue } ? NameOf(value) : name, domain, values, shape, (into, _) => array().Values.AsSpan().CopyTo(into), value.Span);
    }

    private static string NameOf(Bound value) => value switch
    {
        VariableValue v => v.Variable.Name,
        IndexedValue { Array: VariableValue v } => v.Variable.Name,
        _ => "value",
    };

    private delegate void Filling(Span<double> into, int point);

    private FactorReference TableOf(Frame frame, IReadOnlySet<Loop> loops, string text, string name, FactorDomain domain, FactorRange? values, int[] itemShape, Filling fill, Text.Span place = default)
    {
        var axes = frame.AxesOf(loops);
        ImmutableArray<FactorRange> over = [.. axes.Select(a => a.Range)];
        var fixedLoops = Enumerable.Range(0, frame.Loops.Length).Where(l => loops.Contains(frame.Loops[l]) && !axes.Any(a => a.Loops.Contains(frame.Loops[l])) && frame.Count > 0)
            .Select(l => $"{frame.Loops[l].Name}={frame.LoopValues[l][0]}");
        var key = $"{domain} {values?.Name} {text} [{string.Join(',', axes.Select(a => a.Range.Name + ":" + string.Concat(a.Loops.Select(l => l.Name))))}] {string.Join(',', fixedLoops)}";
        // Numbers that are written in the text may happen to be equal, and need not stay so: they are the same where they are written once.
        if (!text.Any(c => char.IsLetter(c) && c is not ('e' or 'E'))) key += $"@{place.Start}";
        if (!_tables.TryGetValue(key, out var table))
        {
            var data = new FactorData(Fill(frame, axes, itemShape, fill), [.. itemShape]);
            var variable = new FactorVariable { Name = _names.New(name), Domain = domain, Ranges = over, Values = values, Data = data, Place = _place };
            _variables.Add(variable);
            _tables[key] = table = new FactorReference(variable);
        }
        return table with { Indices = [.. axes.Select(a => a.Index)] };
    }

    private double[] Fill(Frame frame, ImmutableArray<FrameAxis> axes, int[] itemShape, Filling fill)
    {
        var item = Tensor.CountOf(itemShape);
        ImmutableArray<FactorRange> over = [.. axes.Select(a => a.Range)];
        var numbers = new double[FactorCounting.Count(over) * item];
        var done = new bool[numbers.Length / Math.Max(1, item)];
        var offsets = Offsets(frame, axes);
        for (var p = 0; p < frame.Count; p++)
        {
            if (done[offsets[p]]) continue;
            done[offsets[p]] = true;
            Set(frame, p);
            fill(numbers.AsSpan(offsets[p] * item, item), p);
        }
        return numbers;
    }

    /// <summary>By point, the place of the element along some axes, row-major.</summary>
    private static int[] Offsets(Frame frame, ImmutableArray<FrameAxis> axes)
    {
        var offsets = new int[frame.Count];
        if (!axes.Any(a => a.Range.IsRagged))
        {
            foreach (var axis in axes)
                for (var p = 0; p < offsets.Length; p++) offsets[p] = offsets[p] * axis.Range.Count + axis.Places[p];
            return offsets;
        }
        if (axes.Length == frame.Axes.Length)
        {
            for (var p = 0; p < offsets.Length; p++) offsets[p] = p;
            return offsets;
        }
        // Elements are numbered in the order in which the points come to them.
        var seen = new Dictionary<string, int>();
        for (var p = 0; p < offsets.Length; p++)
        {
            var place = string.Join(',', axes.Select(a => a.Places[p]));
            if (!seen.TryGetValue(place, out offsets[p])) seen.Add(place, offsets[p] = seen.Count);
        }
        return offsets;
    }
}
