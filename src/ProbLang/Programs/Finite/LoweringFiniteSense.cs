using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>What makes no sense for some values of discrete unknowns is impossible for these, and says nothing of the others.</summary>
internal sealed partial class Lowering
{
    /// <summary>How parameters are read that may make no sense: as they are; only inside of their domains, with a stand-in elsewhere; or as numbers without derivatives.</summary>
    private enum ParameterUse { Any, Inside, Constant }

    private readonly List<Term> _inside = [];
    private ParameterUse _use;

    /// <summary>
    /// A density where its parameters make sense, else -infinity. That is looked at only where the parameters depend on discrete unknowns and need not be in their domains. At the edge of a domain, such as
    /// a probability of 0, the density may be a number, but its derivatives need not be: it has none there.
    /// </summary>
    private Term WherePossible(FiniteClass own, BoundDistribution distribution, Bindings environment, Term[] batch, Func<Term> density)
    {
        if (!MayFail(distribution, own.IsDrawn && distribution.Type != ElementType.Real)) return density();
        _inside.Clear();
        _use = ParameterUse.Inside;
        var inside = density();
        var isInside = _inside.Aggregate((Term)1.0, Both);
        _use = ParameterUse.Constant;
        var outside = density();
        var makesSense = distribution is CatalogDistribution { Distribution: ScalarDistribution } or TruncatedDistribution { Base: CatalogDistribution { Distribution: ScalarDistribution } }
            ? MakesSense(distribution, environment, batch) : 1.0;
        _use = ParameterUse.Any;
        return Where(isInside, Possible(1.0, inside), Possible(makesSense, outside));

        static Term Possible(Term makesSense, Term density) => Where(Both(makesSense, Less(double.NegativeInfinity, density)), density, double.NegativeInfinity);
    }

    /// <summary>A parameter of a draw, as it is read now.</summary>
    private Term AtEdge(Domain domain, Bound argument, Term value)
    {
        if (_use == ParameterUse.Any || domain is not (Domain.Positive or Domain.NonNegative or Domain.Probability) || IsSurelyIn(domain, argument)) return value;
        if (_use == ParameterUse.Constant) return Term.Constant(value);
        var isInside = Both(Less(0.0, value), Less(value, domain == Domain.Probability ? 1.0 : double.PositiveInfinity));
        _inside.Add(isInside);
        return Where(isInside, value, 0.5);
    }

    /// <summary>Whether a parameter may be outside of its domain, or at its edge, for some values of discrete unknowns. The draw of one may depend on itself alone.</summary>
    private bool MayFail(BoundDistribution distribution, bool isDrawn)
    {
        if (distribution is CatalogDistribution catalog)
        {
            var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
            for (var i = 0; i < parameters.Length; i++)
                if (catalog.Arguments[i] is { } argument && (isDrawn || _plan!.Reaches([argument])) && !IsSurelyIn(parameters[i].Domain, argument)) return true;
            return false;
        }
        return Parts.Inside(distribution).Any(d => MayFail(d, isDrawn));
    }

    /// <summary>Whether a value, or each element of it, is inside of a domain whatever the unknowns are.</summary>
    private bool IsSurelyIn(Domain domain, Bound value)
    {
        if (domain is not (Domain.Positive or Domain.NonNegative or Domain.Probability or Domain.Simplex or Domain.Count)) return true;
        if (domain == Domain.Simplex && IsSimplex(value)) return true;
        if (Dependencies.Of(value).All(IsKnown)) return value is not ConstantValue constant || domain.Holds(constant.Value);
        return value switch
        {
            VariableValue variable => IsSurelyIn(domain, variable.Variable),
            IndexedValue { Array: VariableValue variable } => IsSurelyIn(domain, variable.Variable),
            ConditionalValue choice => IsSurelyIn(domain, choice.Then) && IsSurelyIn(domain, choice.Else),
            ArrayLiteral literal => literal.Elements.All(e => IsSurelyIn(domain, e)),
            Comprehension each => IsSurelyIn(domain, each.Body),
            ElementwiseValue { Function: OpFunction { Op: var op }, Arguments: var arguments } => IsSurelyIn(domain, op, arguments),
            _ => false,
        };
    }

    private bool IsSurelyIn(Domain domain, Op op, IReadOnlyList<Bound> arguments) => op switch
    {
        Op.Logistic or Op.Phi => domain != Domain.Count,
        Op.Subtract => domain != Domain.Count && arguments[0] is ConstantValue { Value: 1 } && IsSurelyIn(Domain.Probability, arguments[1]),
        Op.Exp => domain is Domain.Positive or Domain.NonNegative,
        Op.Multiply => arguments.All(a => IsSurelyIn(domain, a)),
        // What is only not negative is not added up to something positive, nor divided.
        Op.Add => domain is Domain.Positive or Domain.NonNegative or Domain.Count && arguments.All(a => IsSurelyIn(domain, a)),
        Op.Divide or Op.Sqrt => domain is Domain.Positive or Domain.NonNegative && arguments.All(a => IsSurelyIn(Domain.Positive, a)),
        _ => false,
    };

    private bool IsSurelyIn(Domain domain, Variable variable)
    {
        var isProbability = domain is Domain.Probability or Domain.Simplex;
        if (_plan!.Cells.Has(variable)) return Enumerable.Range(0, _plan.Cells.Count).Select(n => _plan.Cells[n]).All(c => c.Variable != variable || domain.Holds(c.Low) && domain.Holds(c.Low + c.Count - 1))
            && _model[variable].Values.All(v => double.IsNaN(v) || domain.Holds(v));
        if (IsKnown(variable)) return _model[variable].Values.All(v => double.IsNaN(v) || domain.Holds(v));
        if (isProbability && IsProbability(variable)) return true;
        return _definitions[variable].All(d => d.Definition.Distribution is { } distribution && (isProbability ? IsSimplex(distribution) : domain != Domain.Count && IsPositive(distribution)));
    }

    /// <summary>Whether draws are positive by their kind: the coordinate of one that is bounded by 0 is its logarithm.</summary>
    private static bool IsPositive(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution { Distribution: ScalarDistribution, Type: ElementType.Real } catalog => SupportProbe.Of(catalog).Lower is >= 0,
        CatalogDistribution { Distribution: ArrayDistribution { Constraint: EventConstraint.Simplex } } => true,
        RepeatedDistribution repeated => IsPositive(repeated.Base),
        TruncatedDistribution { Lower: ConstantValue { Value: >= 0 } } => true,
        TruncatedDistribution truncated => IsPositive(truncated.Base),
        _ => false,
    };
}
