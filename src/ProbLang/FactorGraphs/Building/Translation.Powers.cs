using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Multiples of powers of positive quantities: a precision from a standard deviation, a rate from a scale.</summary>
internal sealed partial class Translation
{
    /// <summary><c>Coefficient · Base^Exponent</c>, with a known coefficient or null for 1.</summary>
    private readonly record struct PowerForm(Bound? Coefficient, Bound Base, double Exponent);

    /// <summary>What an expression is of a single unknown; null where it is no multiple of a power of it.</summary>
    private PowerForm? Power(Bound value, Frame frame)
    {
        switch (value)
        {
            case VariableValue or IndexedValue { Array: VariableValue } when value.Type == ElementType.Real && IsRead(value) && Selector(value, frame) is null:
                return new PowerForm(null, value, 1);
            case ElementwiseValue { Function: OpFunction { Op: Op.Exp } }:
                return new PowerForm(null, value, 1);
            case ElementwiseValue { Function: OpFunction { Op: Op.Sqrt }, Arguments: [var x] }:
                return Raised(Power(x, frame), 0.5);
            case ElementwiseValue { Function: OpFunction { Op: Op.Square }, Arguments: [var x] }:
                return Raised(Power(x, frame), 2);
            case ElementwiseValue { Function: OpFunction { Op: Op.Power }, Arguments: [var x, var e] } when ConstantOf(e) is { } exponent && exponent != 0:
                return Raised(Power(x, frame), exponent);
            case ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } when IsKnown(a, frame) != IsKnown(b, frame):
                var (known, unknown) = IsKnown(a, frame) ? (a, b) : (b, a);
                return Power(unknown, frame) is { } scaled ? scaled with { Coefficient = Times(scaled.Coefficient, known) } : null;
            case ElementwiseValue { Function: OpFunction { Op: Op.Divide }, Arguments: [var a, var b] } when IsKnown(b, frame) && !IsKnown(a, frame):
                return Power(a, frame) is { } over ? over with { Coefficient = Scalarising.Binary(Operators.Divide, over.Coefficient ?? One(value), b, ElementType.Real) } : null;
            case ElementwiseValue { Function: OpFunction { Op: Op.Divide }, Arguments: [var a, var b] } when IsKnown(a, frame):
                return Raised(Power(b, frame), -1) is { } inverse ? inverse with { Coefficient = IsOne(a) ? inverse.Coefficient : Times(inverse.Coefficient, a) } : null;
            default:
                return null;
        }
    }

    private bool IsOne(Bound value) => ConstantOf(value) is 1;

    private static PowerForm? Raised(PowerForm? form, double exponent) =>
        form is { } f ? new PowerForm(f.Coefficient is null ? null : RaisedTo(f.Coefficient, exponent), f.Base, f.Exponent * exponent) : null;

    private static Bound RaisedTo(Bound value, double exponent) => exponent == 1 ? value
        : Scalarising.Binary(Operators.Power, value, new ConstantValue(exponent, ElementType.Real, value.Span), ElementType.Real);

    /// <summary>A power of a positive quantity, where it is known, or a multiple of an unknown with gamma messages; else null.</summary>
    private FactorReference? Positive(Bound value, double exponent, Frame frame, string name)
    {
        if (IsKnown(value, frame)) return Table(RaisedTo(value, exponent), frame, name);
        if (Raised(Power(Resolved(value, frame), frame), exponent) is not { } power) return null;
        if (power.Base is ElementwiseValue exp) return Exponential(exp, power, frame, name);
        var reading = Read(power.Base, frame);
        if (reading.Part is { HasComponents: true } || DomainOf(reading) != FactorDomain.Gamma || power.Exponent * reading.Part.Power != 1) return null;
        var own = reading.Part.Scale is { } scale ? TableOf(frame, LoopsIn(power.Base), GraphPrinter.Print(power.Base) + "^", name + "Scale", FactorDomain.Real, null, [], (into, p) => into[0] = Math.Pow(scale[reading.Cells[p].Element], power.Exponent)) : null;
        var scaled = own is null ? reading.Reference : Auxiliary(name + "Scaled", null, frame, FactorDomain.Gamma, FactorOperation.Product, reading.Reference, own);
        return power.Coefficient is null ? scaled : Auxiliary(name, null, frame, FactorDomain.Gamma, FactorOperation.Product, scaled, Table(power.Coefficient, frame, name + "Factor"));
    }

    /// <summary>c exp(x)^e as exp(e x + log c).</summary>
    private FactorReference Exponential(ElementwiseValue exp, PowerForm power, Frame frame, string name)
    {
        var argument = exp.Arguments[0];
        if (power.Exponent != 1) argument = Scalarising.Binary(Operators.Multiply, new ConstantValue(power.Exponent, ElementType.Real, exp.Span), argument, ElementType.Real);
        if (power.Coefficient is { } c) argument = Scalarising.Binary(Operators.Add, argument, new ElementwiseValue(new OpFunction("log", Op.Log), [c], 0, ElementType.Real, exp.Span), ElementType.Real);
        var target = new Target(name, frame, _place) { Demanded = FactorDomain.Gamma };
        Compute(exp with { Arguments = [argument] }, frame, frame.PlateCount, target);
        return target.Reference;
    }
}
