using ProbLang.Numerics;

namespace ProbLang.Tests.Distributions;

/// <summary>A value with its derivative along one direction: an independent differentiation of what is written in the scalar algebra.</summary>
internal readonly record struct Dual(double Value, double Derivative) : IReal<Dual>
{
    public static implicit operator Dual(double value) => new(value, 0);
    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Derivative + b.Derivative);
    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Derivative - b.Derivative);
    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, Times(a.Derivative, b.Value) + Times(b.Derivative, a.Value));
    public static Dual operator /(Dual a, Dual b) => new(a.Value / b.Value, Times(a.Derivative, 1 / b.Value) - Times(b.Derivative, a.Value / b.Value / b.Value));
    public static Dual operator -(Dual a) => new(-a.Value, -a.Derivative);
    public static Dual Where(Dual condition, Dual a, Dual b) => condition.Value != 0 ? a : b;
    public static Dual Constant(Dual value) => value.Value;

    public static Dual Apply(Op op, Dual a)
    {
        var (x, y) = (a.Value, Scalar.Apply(op, a.Value));
        return new(y, Times(a.Derivative, op switch
        {
            Op.Negate => -1,
            Op.Abs => Math.Sign(x),
            Op.Square => 2 * x,
            Op.Sqrt => 0.5 / y,
            Op.Exp => y,
            Op.Log => 1 / x,
            Op.Log1p => 1 / (1 + x),
            Op.Sin => Math.Cos(x),
            Op.Logit => 1 / (x * (1 - x)),
            Op.Expm1 => y + 1,
            Op.Atan => 1 / (1 + x * x),
            Op.Logistic => y * (1 - y),
            Op.Softplus => SpecialFunctions.Logistic(x),
            Op.LogGamma => SpecialFunctions.Digamma(x),
            Op.Erf => 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x),
            Op.Phi => StandardNormal(x),
            Op.LogPhi => SpecialFunctions.InverseMills(x),
            _ => throw new NotSupportedException($"{op} has no derivative here yet"),
        }));
    }

    public static Dual Apply(Op op, Dual a, Dual b) => op switch
    {
        Op.Minimum => a.Value <= b.Value ? a : b,
        Op.Maximum => a.Value >= b.Value ? a : b,
        Op.Atan2 => new(Math.Atan2(a.Value, b.Value), (a.Derivative * b.Value - b.Derivative * a.Value) / (a.Value * a.Value + b.Value * b.Value)),
        Op.Less or Op.LessOrEqual or Op.Equal or Op.NotEqual or Op.And or Op.Or => Scalar.Apply(op, a.Value, b.Value),
        _ => throw new NotSupportedException($"{op} has no derivative here yet"),
    };

    public static Dual Call(SpecialFunction function, ReadOnlySpan<Dual> arguments)
    {
        var values = new double[arguments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = arguments[i].Value;
        var derivative = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            if (arguments[i].Derivative != 0 && function.Partials[i] is { } partial) derivative += arguments[i].Derivative * partial().Evaluate(values);
        }
        return new(function.Evaluate(values), derivative);
    }

    /// <summary>A direction that does not move contributes nothing, whatever the slope.</summary>
    private static double Times(double derivative, double slope) => derivative == 0 ? 0 : derivative * slope;

    private static double StandardNormal(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
}
