using System.Diagnostics;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>The derivative of every operation, as terms.</summary>
internal static class Derivatives
{
    private const double TwoOverSqrtPi = 1.1283791670955126;

    /// <summary>adjoint · derivative. A branch that was not taken passes 0 on even where its derivative is not finite.</summary>
    public static Term Scale(Term adjoint, Term derivative)
    {
        if (adjoint.Kind == TermKind.Where)
        {
            if (adjoint.Arguments[2].IsConstant(0)) return Term.Where(adjoint.Arguments[0], Scale(adjoint.Arguments[1], derivative), 0.0);
            if (adjoint.Arguments[1].IsConstant(0)) return Term.Where(adjoint.Arguments[0], 0.0, Scale(adjoint.Arguments[2], derivative));
        }
        // What comes from branches alone is not finite where none of them was taken, unless each is scaled for itself.
        if (adjoint.Is(Op.Add) && IsMasked(adjoint)) return Scale(adjoint.Arguments[0], derivative) + Scale(adjoint.Arguments[1], derivative);
        return adjoint * derivative;
    }

    /// <summary>Whether all addends are 0 where a branch was not taken.</summary>
    private static bool IsMasked(Term term) =>
        term.Kind == TermKind.Where && (term.Arguments[1].IsConstant(0) || term.Arguments[2].IsConstant(0))
        || term.Is(Op.Add) && IsMasked(term.Arguments[0]) && IsMasked(term.Arguments[1]);

    /// <summary>What a function of one argument passes on.</summary>
    public static Term OfUnary(Term term, Term adjoint)
    {
        var x = term.Arguments[0];
        return term.Op switch
        {
            Op.Negate => Scale(adjoint, -1.0),
            Op.Abs => Scale(adjoint, Term.Where(Less(x, 0.0), -1.0, 1.0)),
            Op.Square => Scale(adjoint, 2.0 * x),
            Op.Sqrt => Scale(adjoint, 0.5 / term),
            Op.Exp or Op.ExpNonPositive => Scale(adjoint, term),
            Op.Log => Scale(adjoint, 1.0 / x),
            Op.Log1p => Scale(adjoint, 1.0 / (x + 1.0)),
            Op.Expm1 => Scale(adjoint, term + 1.0),
            Op.Sin => Scale(adjoint, Cos(x)),
            Op.Cos => Scale(adjoint, -Sin(x)),
            Op.Tan => Scale(adjoint, Square(term) + 1.0),
            Op.Asin => Scale(adjoint, 1.0 / Sqrt(1.0 - Square(x))),
            Op.Acos => Scale(adjoint, -1.0 / Sqrt(1.0 - Square(x))),
            Op.Atan => Scale(adjoint, 1.0 / (Square(x) + 1.0)),
            Op.Sinh => Scale(adjoint, Term.Apply(Op.Cosh, x)),
            Op.Cosh => Scale(adjoint, Term.Apply(Op.Sinh, x)),
            Op.Tanh => Scale(adjoint, 1.0 - Square(term)),
            Op.Logistic => Scale(adjoint, term * (1.0 - term)),
            Op.Logit => Scale(adjoint, 1.0 / (x * (1.0 - x))),
            Op.Softplus => Scale(adjoint, Term.Where(Less(x, 0.0), Proportion(x), 1.0) / (Proportion(x) + 1.0)),
            Op.LogGamma => Scale(adjoint, Digamma(x)),
            Op.Digamma => Scale(adjoint, Term.Call(Special.Trigamma, [x])),
            Op.Erf => Scale(adjoint, TwoOverSqrtPi * Exp(-Square(x))),
            Op.Phi => Scale(adjoint, 0.3989422804014327 * Exp(-0.5 * Square(x))),
            Op.InversePhi => Scale(adjoint, 2.5066282746310002 * Exp(0.5 * Square(term))),
            Op.LogPhi => Scale(adjoint, Term.Call(Special.InverseMills, [x])),
            _ => throw new UnreachableException($"{term.Op} has no derivative"),
        };
    }

    /// <summary>exp(-|x|): from it come both log(1 + exp(x)) and its derivative, without overflow.</summary>
    public static Term Proportion(Term x) => Term.Apply(Op.ExpNonPositive, -Abs(x));

    /// <summary>What a function of two arguments passes on to one of them.</summary>
    public static Term OfBinary(Term term, int argument, Term adjoint)
    {
        var (x, y) = (term.Arguments[0], term.Arguments[1]);
        var first = argument == 0;
        return term.Op switch
        {
            Op.Add => adjoint,
            Op.Subtract => first ? adjoint : Scale(adjoint, -1.0),
            Op.Multiply => Scale(adjoint, first ? y : x),
            // Every quotient is a product with a reciprocal 1 / y.
            Op.Divide => first ? Scale(adjoint, 1.0 / y) : Scale(adjoint, -(x * Square(1.0 / y))),
            Op.Remainder => first ? adjoint : Scale(adjoint, -Floor(x / y)),
            Op.Power => first ? Scale(adjoint, y * Power(x, y - 1.0)) : Scale(adjoint, Term.Where(Equal(x, 0.0), 0.0, term * Log(x))),
            Op.Minimum => Masked(LessOrEqual(x, y), first, adjoint),
            Op.Maximum => Masked(LessOrEqual(y, x), first, adjoint),
            Op.Atan2 => Scale(adjoint, (first ? y : -x) / (Square(x) + Square(y))),
            _ => throw new UnreachableException($"{term.Op} has no derivative"),
        };
    }

    private static Term Masked(Term isFirst, bool first, Term adjoint) =>
        first ? Term.Where(isFirst, adjoint, 0.0) : Term.Where(isFirst, 0.0, adjoint);
}
