using System.Diagnostics;
using System.Runtime.InteropServices;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// A distribution of a model on doubles. <see cref="Prepare"/> evaluates its arguments under the present values of the loops;
/// then each event of its batch (a draw, counted row-major) can be scored and drawn. A distribution that is the same for
/// all events has a batch of one, which serves every event.
/// </summary>
internal abstract class DistributionCode
{
    /// <summary>Evaluates the arguments.</summary>
    public abstract void Prepare();

    /// <summary>Log density of an event; -infinity outside the support.</summary>
    public abstract double LogDensity(int e, ReadOnlySpan<double> x);

    public abstract void Sample(int e, ref Philox random, Span<double> x);

    /// <summary>Null where every event can be drawn, else the name of what cannot.</summary>
    public abstract string? CannotSample { get; }

    public virtual bool IsDiscrete => false;

    /// <summary>What the elements of an event are bound to.</summary>
    public virtual EventConstraint Constraint => EventConstraint.None;

    /// <summary>Whether the density at an end of the support can be other than zero, as far as the arguments are known.</summary>
    public virtual bool AllowsEdge(int e, double x) => true;

    /// <summary>Whether the density of a value at the edge of the support is zero or infinite, whatever the arguments that are not known.</summary>
    public virtual bool IsSingular(int e, ReadOnlySpan<double> x) => false;

    /// <summary>The interval that holds the mass of a scalar; NaN for an end that is not known.</summary>
    public virtual (double Lower, double Upper) Support(int e) => (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether all arguments are known.</summary>
    public abstract bool IsKnown { get; }

    /// <summary>Why a value cannot come from it, beside being outside of the interval; null where it can.</summary>
    public virtual string? Refusal(int e, ReadOnlySpan<double> x) => null;

    /// <summary>Whether a value has a probability of its own, which its <see cref="LogDensity"/> then is.</summary>
    public virtual bool IsAtom(int e, double x) => IsDiscrete;

    /// <summary>log P(X ≤ x) of a scalar, or log P(X &lt; x).</summary>
    public virtual double LogBelow(int e, double x, bool isInclusive) => throw new UnreachableException("no distribution function");

    /// <summary>log P(X > x) of a scalar, or log P(X ≥ x); exact in the upper tail.</summary>
    public virtual double LogAbove(int e, double x, bool isInclusive) => throw new UnreachableException("no distribution function");

    /// <summary>The least x with P(X ≤ x) ≥ probability.</summary>
    public virtual double Quantile(int e, double probability) => Inversion.Quantile(this, e, probability);

    public static DistributionCode Of(BoundDistribution distribution, ExpressionCode code) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution scalar } catalog => new ScalarCode(scalar, catalog, code),
        CatalogDistribution { Distribution: ArrayDistribution array } catalog => new ArrayCode(array, catalog, code),
        RepeatedDistribution repeated => new RepeatedCode(Of(repeated.Base, code), repeated.Base, code),
        TruncatedDistribution truncated => new TruncatedCode(Of(truncated.Base, code), truncated, code),
        ChoiceDistribution choice => new ChoiceCode(code.Scalar(choice.Condition), Of(choice.Then, code), Of(choice.Else, code)),
        CensoredDistribution censored => new CensoredCode(Of(censored.Base, code), censored, code),
        MarkedDistribution marked => new MarkedCode(Of(marked.Base, code), marked, code),
        RoundedDistribution rounded => new RoundedCode(Of(rounded.Base, code), rounded, code),
        OrderedDistribution ordered => new OrderedCode(Of(ordered.Base, code), ordered, code),
        PointDistribution point => new PointCode(point, code),
        ZeroDistribution zero => new ZeroCode(Of(zero.Rest, code), zero, code),
        MixtureDistribution mixture => new MixtureCode(mixture.Weights, [.. mixture.Components.Select(c => Of(c, code))], code),
        MixtureComprehension mixture => new RepeatedMixtureCode(mixture, code),
        _ => throw new UnreachableException($"{distribution.GetType().Name} is not evaluated"),
    };
}

/// <summary>A scalar distribution of the catalog.</summary>
internal sealed class ScalarCode(ScalarDistribution distribution, CatalogDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Func<Tensor>?[] _arguments = [.. bound.Arguments.Select(a => a is null ? null : code.Array(a))];
    private readonly double[] _missing = [.. distribution.Forms[bound.Form].Parameters.Select((p, i) => p.Name == "upper" ? double.PositiveInfinity : double.NegativeInfinity)];
    private readonly Tensor?[] _values = new Tensor?[bound.Arguments.Length];

    public override string? CannotSample => distribution.CanSample ? null : distribution.Name;

    public override bool IsDiscrete => distribution.IsDiscrete;

    public override void Prepare()
    {
        for (var i = 0; i < _values.Length; i++) _values[i] = _arguments[i]?.Invoke();
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        var (lower, upper) = Support(p);
        if (x[0] < lower || x[0] > upper || IsDiscrete && x[0] != Math.Floor(x[0])) return double.NegativeInfinity;
        return distribution.LogDensity<Real>(bound.Form, x[0], p);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        Span<double> p = stackalloc double[_values.Length];
        for (var i = 0; i < p.Length; i++) p[i] = At(i, e);
        x[0] = IsPossible(p) ? distribution.Sample(bound.Form, ref random, p) : double.NaN;
    }

    /// <summary>Whether there is such a distribution: a sampler would take a negative scale as it is.</summary>
    private bool IsPossible(ReadOnlySpan<double> p)
    {
        var parameters = distribution.Forms[bound.Form].Parameters;
        for (var i = 0; i < p.Length; i++)
            if (!parameters[i].Domain.Holds(p[i])) return false;
        var (lower, upper) = Support(MemoryMarshal.Cast<double, Real>(p));
        return lower <= upper;
    }

    public override (double, double) Support(int e)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        return Support(p);
    }

    public override bool IsKnown => Array.TrueForAll(_values, v => v is null || v.IsKnown);

    public override double LogBelow(int e, double x, bool isInclusive)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        return distribution.LogCdf<Real>(bound.Form, !IsDiscrete ? x : isInclusive ? Math.Floor(x) : Math.Ceiling(x) - 1, p);
    }

    public override double LogAbove(int e, double x, bool isInclusive)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        return distribution.LogSurvival<Real>(bound.Form, !IsDiscrete ? x : isInclusive ? Math.Ceiling(x) - 1 : Math.Floor(x), p);
    }

    public override double Quantile(int e, double probability)
    {
        Span<double> p = stackalloc double[_values.Length];
        for (var i = 0; i < p.Length; i++) p[i] = At(i, e);
        return distribution.Quantile(bound.Form, probability, p);
    }

    public override bool AllowsEdge(int e, double x)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        // 1 is where families that may or may not vanish at the edge (Gamma, Weibull, Beta) do not.
        foreach (ref var argument in p) if (double.IsNaN(argument)) argument = 1;
        return distribution.LogDensity<Real>(bound.Form, x, p) > double.NegativeInfinity;
    }

    public override bool IsSingular(int e, ReadOnlySpan<double> x)
    {
        var (lower, upper) = Support(e);
        return double.IsFinite(x[0]) && (x[0] == lower || x[0] == upper) && IsInfinite(e, x[0], 0.5) && IsInfinite(e, x[0], 2);
    }

    /// <summary>Families that vanish at the edge for arguments above 1 and diverge below it (Gamma, Weibull, Beta) are told by one of either kind.</summary>
    private bool IsInfinite(int e, double x, double unknown)
    {
        Span<Real> p = stackalloc Real[_values.Length];
        Fill(e, p);
        foreach (ref var argument in p) if (double.IsNaN(argument)) argument = unknown;
        return double.IsInfinity(distribution.LogDensity<Real>(bound.Form, x, p));
    }

    private (double, double) Support(ReadOnlySpan<Real> p)
    {
        var bounds = distribution.Bounds(bound.Form, p);
        return (bounds.HasLower ? bounds.Lower : double.NegativeInfinity, bounds.HasUpper ? bounds.Upper : double.PositiveInfinity);
    }

    private void Fill(int e, Span<Real> p)
    {
        for (var i = 0; i < p.Length; i++) p[i] = At(i, e);
    }

    private double At(int i, int e) => _values[i] is not { } value ? _missing[i] : value.Values[value.Values.Length == 1 ? 0 : e % value.Values.Length];
}

/// <summary>A distribution of the catalog with vectors or matrices.</summary>
internal sealed class ArrayCode : DistributionCode
{
    private readonly ArrayDistribution _distribution;
    private readonly int _form;
    private readonly Func<Tensor>[] _arguments;
    private readonly int[] _ranks;
    private readonly Tensor[] _values;
    private readonly EventCells?[] _cells;
    private readonly Arr<Real>[] _events;
    private readonly bool _hasSize;
    private int[] _shape = [];

    public ArrayCode(ArrayDistribution distribution, CatalogDistribution bound, ExpressionCode code)
    {
        _distribution = distribution;
        _form = bound.Form;
        _arguments = [.. bound.Arguments.Select(a => code.Array(a ?? throw new UnreachableException($"{distribution.Name} has no optional argument")))];
        _ranks = [.. distribution.Forms[bound.Form].Parameters.Select(p => p.Rank)];
        _hasSize = distribution.Forms[bound.Form].Parameters.Any(p => p.Domain == Domain.Size);
        _values = new Tensor[_arguments.Length];
        _cells = new EventCells?[_arguments.Length];
        _events = new Arr<Real>[_arguments.Length];
    }

    public override string? CannotSample => _distribution.CanSample ? null : _distribution.Name;

    public override bool IsDiscrete => _distribution.IsDiscrete;

    public override EventConstraint Constraint => _distribution.Constraint;

    public override bool IsKnown => Array.TrueForAll(_values, v => v.IsKnown);

    public override void Prepare()
    {
        var isNew = false;
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = _arguments[i]();
            if (_cells[i] is { } cells && cells.Fits(_values[i].Shape)) continue;
            _events[i] = _cells[i] = new EventCells(_values[i].Shape[^_ranks[i]..]);
            isNew = true;
        }
        if (isNew || _hasSize) _shape = _distribution.EventShape(_form, Shapes());
    }

    private int[][] Shapes()
    {
        var parameters = _distribution.Forms[_form].Parameters;
        var shapes = new int[_events.Length][];
        for (var i = 0; i < shapes.Length; i++) shapes[i] = parameters[i].Domain == Domain.Size ? [(int)_values[i].Values[0]] : _events[i].Shape;
        return shapes;
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        if (!IsSupported(e, x)) return double.NegativeInfinity;
        MoveTo(e);
        var values = x.ToArray();
        return _distribution.LogDensity(_form, RealArrayMath.Instance, new Arr<Real>(_shape, index => values[Offset(index, _shape)]), _events);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        MoveTo(e);
        if (IsPossible()) _distribution.Sample(_form, ref random, _events, x);
        else x.Fill(double.NaN);
    }

    /// <summary>Whether there is such a distribution, as far as the elements of the arguments tell.</summary>
    private bool IsPossible()
    {
        var parameters = _distribution.Forms[_form].Parameters;
        for (var i = 0; i < _events.Length; i++)
        {
            var (domain, argument, sum) = (parameters[i].Domain, _events[i], 0.0);
            if (argument.Rank > 1) continue;
            if (argument.Rank == 0 && !domain.Holds(argument.Scalar)) return false;
            for (var k = 0; argument.Rank == 1 && k < argument.Length; k++)
            {
                if (!domain.Holds(argument[k])) return false;
                sum += argument[k];
            }
            if (domain == Domain.Simplex && !(Math.Abs(sum - 1) <= Domains.Tolerance)) return false;
        }
        return true;
    }

    public override (double, double) Support(int e)
    {
        MoveTo(e);
        return _distribution.ElementBounds(_form, _events);
    }

    public override bool IsSingular(int e, ReadOnlySpan<double> x) => Constraint == EventConstraint.Simplex && x.Contains(0) && IsInfinite(e, x, 0.5) && IsInfinite(e, x, 2);

    private bool IsInfinite(int e, ReadOnlySpan<double> x, double unknown)
    {
        var values = x.ToArray();
        for (var i = 0; i < _values.Length; i++)
            _cells[i]!.MoveTo(new Tensor(_values[i].Shape, Array.ConvertAll(_values[i].Values, a => double.IsNaN(a) ? unknown : a)), e);
        return !double.IsFinite(_distribution.LogDensity(_form, RealArrayMath.Instance, new Arr<Real>(_shape, index => values[Offset(index, _shape)]), _events));
    }

    private bool IsSupported(int e, ReadOnlySpan<double> x)
    {
        var (lower, upper) = Support(e);
        foreach (var v in x)
            if (IsDiscrete && (v != Math.Floor(v) || v < lower || v > upper)) return false;
        return EventSupport.Mistake(Constraint, x, upper) is null;
    }

    private void MoveTo(int e)
    {
        for (var i = 0; i < _values.Length; i++) _cells[i]!.MoveTo(_values[i], e);
    }

    private static int Offset(Real[] index, int[] shape)
    {
        var offset = 0;
        for (var d = 0; d < shape.Length; d++) offset = offset * shape[d] + (int)index[d].Value;
        return offset;
    }
}

/// <summary>Independent draws: the batch of the base, over and over.</summary>
internal sealed class RepeatedCode(DistributionCode each, BoundDistribution of, ExpressionCode code) : DistributionCode
{
    private readonly Shapes _shapes = new(code, v => code.Storage(v).Shape, v => code.Storage(v).Rows);
    private readonly int _batchRank = of.Rank - DistributionTraits.EventRank(of);
    private int _batch = 1;

    public override string? CannotSample => each.CannotSample;

    public override bool IsDiscrete => each.IsDiscrete;

    public override EventConstraint Constraint => each.Constraint;

    public override bool AllowsEdge(int e, double x) => each.AllowsEdge(e % _batch, x);

    public override bool IsSingular(int e, ReadOnlySpan<double> x) => each.IsSingular(e % _batch, x);

    public override void Prepare()
    {
        each.Prepare();
        if (_batchRank > 0) _batch = Tensor.CountOf(_shapes.Of(of).AsSpan(0, _batchRank));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x) => each.LogDensity(e % _batch, x);

    public override void Sample(int e, ref Philox random, Span<double> x) => each.Sample(e % _batch, ref random, x);

    public override (double Lower, double Upper) Support(int e) => each.Support(e % _batch);

    public override bool IsKnown => each.IsKnown;

    public override string? Refusal(int e, ReadOnlySpan<double> x) => each.Refusal(e % _batch, x);

    public override bool IsAtom(int e, double x) => each.IsAtom(e % _batch, x);

    public override double LogBelow(int e, double x, bool isInclusive) => each.LogBelow(e % _batch, x, isInclusive);

    public override double LogAbove(int e, double x, bool isInclusive) => each.LogAbove(e % _batch, x, isInclusive);

    public override double Quantile(int e, double probability) => each.Quantile(e % _batch, probability);
}
