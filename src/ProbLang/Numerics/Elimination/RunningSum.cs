namespace ProbLang.Numerics;

/// <summary>A sum that keeps what rounding takes from it (Neumaier, 1974).</summary>
internal struct RunningSum
{
    private double _sum;
    private double _lost;

    /// <summary>The sum so far; infinite or not a number where a part of it is.</summary>
    public readonly double Value => double.IsFinite(_sum) ? _sum + _lost : _sum;

    public void Add(double x)
    {
        var sum = _sum + x;
        _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - sum + x : x - sum + _sum;
        _sum = sum;
    }
}
