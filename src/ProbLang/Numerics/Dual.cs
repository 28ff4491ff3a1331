namespace ProbLang.Numerics;

/// <summary>A number with its derivatives with respect to two parameters: a series or fraction computed in it is differentiated term by term.</summary>
internal readonly record struct Dual(double Value, double A = 0, double B = 0)
{
    public static implicit operator Dual(double value) => new(value);

    public static Dual operator +(Dual x, Dual y) => new(x.Value + y.Value, x.A + y.A, x.B + y.B);

    public static Dual operator -(Dual x, Dual y) => new(x.Value - y.Value, x.A - y.A, x.B - y.B);

    public static Dual operator *(Dual x, Dual y) => new(x.Value * y.Value, x.A * y.Value + x.Value * y.A, x.B * y.Value + x.Value * y.B);

    public static Dual operator /(Dual x, Dual y)
    {
        var ratio = x.Value / y.Value;
        return new(ratio, (x.A - ratio * y.A) / y.Value, (x.B - ratio * y.B) / y.Value);
    }

    public static Dual Log(Dual x) => new(Math.Log(x.Value), x.A / x.Value, x.B / x.Value);

    /// <summary>log(1 - eˣ) for x &lt; 0: the logarithm of a complement from a logarithm (Mächler 2012).</summary>
    public static Dual LogComplement(Dual x)
    {
        var value = x.Value > -0.6931471805599453 ? Math.Log(-SpecialFunctions.Expm1(x.Value)) : SpecialFunctions.Log1p(-Math.Exp(x.Value));
        // d/dx log(1 - eˣ) = -1 / (e⁻ˣ - 1); exact 1 leaves nothing, and the derivative of nothing is taken as 0.
        var slope = x.Value == 0 ? 0 : -1 / SpecialFunctions.Expm1(-x.Value);
        return new(value, slope * x.A, slope * x.B);
    }

    /// <summary>Whether adding a term changes neither a sum nor its derivatives beyond rounding.</summary>
    public bool IsNegligibleIn(Dual sum) =>
        Math.Abs(Value) <= Epsilon * Math.Abs(sum.Value)
        && Math.Abs(A) <= Epsilon * Math.Abs(sum.A)
        && Math.Abs(B) <= Epsilon * Math.Abs(sum.B);

    private const double Epsilon = 1.1102230246251565e-16;
}
