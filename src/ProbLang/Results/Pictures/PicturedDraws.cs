using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>A distribution by draws.</summary>
internal sealed class PicturedDraws : PicturedDistribution
{
    /// <summary>How many values of a discrete variable are listed.</summary>
    private const int MostValues = 100;

    private readonly double[] _sorted;
    private readonly int _drawn;

    /// <summary>Where the finite draws begin and end.</summary>
    private readonly int _from;
    private readonly int _to;

    public PicturedDraws(ReadOnlySpan<double> draws, bool isDiscrete, Func<double, string>? textOf) : base(textOf)
    {
        _drawn = draws.Length;
        _sorted = Array.FindAll(draws.ToArray(), x => !double.IsNaN(x));
        Array.Sort(_sorted);
        _from = CountUpTo(double.NegativeInfinity);
        _to = CountUpTo(double.MaxValue);
        IsWhole = isDiscrete && Array.TrueForAll(_sorted[_from.._to], x => x == Math.Floor(x));
        Values = isDiscrete ? Listed() : [];
    }

    public override bool IsEmpty => _from == _to;

    internal override ImmutableArray<(double Value, double Probability)> Values { get; }

    internal override bool IsWhole { get; }

    internal override string? Note => (_drawn - _sorted.Length, _sorted.Length - (_to - _from)) switch
    {
        (0, 0) => null,
        (var absent, 0) => string.Create(CultureInfo.InvariantCulture, $"{absent} of {_drawn} draws have no value"),
        (0, var infinite) => string.Create(CultureInfo.InvariantCulture, $"{infinite} of {_drawn} draws are infinite"),
        var (absent, infinite) => string.Create(CultureInfo.InvariantCulture, $"{absent} of {_drawn} draws have no value, {infinite} are infinite"),
    };

    private ReadOnlySpan<double> Finite => _sorted.AsSpan(_from, _to - _from);

    /// <summary>The rule of Freedman and Diaconis (1981): bins of 2 · interquartile range · n^(-1/3); at least five.</summary>
    internal override int BinsOver(double lower, double upper)
    {
        var width = 2 * (FiniteQuantile(0.75) - FiniteQuantile(0.25)) / Math.Cbrt(_to - _from);
        var bins = Math.Ceiling((upper - lower) / width);
        return bins < 5 ? 5 : bins < int.MaxValue ? (int)bins : int.MaxValue;
    }

    internal override double Below(double x) => _sorted.Length == 0 ? 0 : (double)CountUpTo(x) / _sorted.Length;

    internal override double Quantile(double p) => Quantile(_sorted, p);

    internal override double FiniteQuantile(double p) => Quantile(Finite, p);

    private static double Quantile(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty) return double.NaN;
        var place = p * (sorted.Length - 1);
        var (low, part) = ((int)place, place - Math.Floor(place));
        return part == 0 || sorted[low] == sorted[low + 1] ? sorted[low] : sorted[low] * (1 - part) + sorted[low + 1] * part;
    }

    /// <summary>How many draws are not above a value.</summary>
    private int CountUpTo(double x)
    {
        var (low, high) = (0, _sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_sorted[middle] <= x) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private ImmutableArray<(double Value, double Probability)> Listed()
    {
        var values = ImmutableArray.CreateBuilder<(double, double)>();
        for (var i = _from; i < _to; i = CountUpTo(_sorted[i]))
        {
            if (values.Count == MostValues) return [];
            values.Add((_sorted[i], (double)(CountUpTo(_sorted[i]) - i) / (_to - _from)));
        }
        return values.ToImmutable();
    }
}
