using System.Numerics;

namespace ProbLang.Numerics;

/// <summary>A double in the scalar algebra: the instantiation that computes.</summary>
internal readonly record struct Real(double Value) : IReal<Real>
{
#pragma warning disable CS1591
    public static implicit operator Real(double value) => new(value);
    public static implicit operator double(Real value) => value.Value;
    public static Real operator +(Real a, Real b) => new(a.Value + b.Value);
    public static Real operator -(Real a, Real b) => new(a.Value - b.Value);
    public static Real operator *(Real a, Real b) => new(a.Value * b.Value);
    public static Real operator /(Real a, Real b) => new(a.Value / b.Value);
    public static Real operator -(Real a) => new(-a.Value);
    public static Real Where(Real condition, Real a, Real b) => condition.Value != 0 ? a : b;
    public static Real Constant(Real value) => value;
    public static Real Apply(Op op, Real a) => new(Scalar.Apply(op, a.Value));
    public static Real Apply(Op op, Real a, Real b) => new(Scalar.Apply(op, a.Value, b.Value));
    public static Real Call(SpecialFunction function, ReadOnlySpan<Real> arguments)
    {
        Span<double> values = stackalloc double[arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Value;
        return new(function.Evaluate(values));
    }
#pragma warning restore CS1591
}
