using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;
using Microsoft.ML.Probabilistic.Models;
using Microsoft.ML.Probabilistic.Models.Attributes;
using ProbLang.FactorGraphs;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.InferNet;

/// <summary>Each operation of a factor graph as Infer.NET has it.</summary>
/// <param name="arguments">The arguments.</param>
/// <param name="target">What is defined.</param>
/// <param name="values">The range of the values of the target, or of what numbers its elements; null where it has none.</param>
/// <param name="prior">Where the distribution is kept that the target is drawn from; null for operations that compute none.</param>
internal sealed class Operations(ImmutableArray<Variable> arguments, FactorVariable target, Range? values, Variable? prior)
{
    /// <summary>A variable that is distributed, or computed, as the operation says.</summary>
    public Variable Of(FactorOperation operation) => operation switch
    {
        FactorOperation.Copy => Copy(),
        FactorOperation.GaussianFromMeanAndPrecision => Variable.GaussianFromMeanAndPrecision(Real(0), Real(1)),
        FactorOperation.GaussianFromMeanAndVariance => Variable.GaussianFromMeanAndVariance(Real(0), Real(1)),
        FactorOperation.TruncatedGaussian => Variable<double>.Random(Kept(Variable<TruncatedGaussian>.Factor(Priors.TruncatedGaussian, Real(0), Real(1), Real(2), Real(3)))),
        FactorOperation.GammaFromShapeAndRate => Variable.GammaFromShapeAndRate(Real(0), Real(1)),
        // Under variational message passing the evidence of the factors themselves is wrong, and with it every gate around them; so here and for Dirichlet.
        FactorOperation.Beta => Variable<double>.Random(Kept(Variable<Beta>.Factor(Priors.Beta, Real(0), Real(1)))),
        FactorOperation.Bernoulli => Variable.Bernoulli(Real(0)),
        FactorOperation.BernoulliFromLogOdds => Variable.BernoulliFromLogOdds(Real(0)),
        FactorOperation.Binomial => Variable.Binomial(Integer(0), Real(1)),
        FactorOperation.BinomialFromLogOdds => Variable.Binomial(Integer(0), Variable.Logistic(Real(1))),
        FactorOperation.Poisson => Variable.Poisson(Real(0)),
        FactorOperation.PoissonFromLogRate => Variable.Poisson(Variable.Exp(Real(0))),
        FactorOperation.Discrete => values is null ? Variable.Discrete(Vector(0)) : Variable.Discrete(values, Vector(0)),
        FactorOperation.DiscreteFromLogits => Variable.Discrete(Variable.Softmax((VariableArray<double>)arguments[0])),
        FactorOperation.Dirichlet => Dirichlet(),
        FactorOperation.DirichletSymmetric => Variable.DirichletSymmetric(values, Real(0)),
        FactorOperation.Multinomial => Variable.Multinomial(Integer(0), Vector(1)),
        FactorOperation.VectorGaussianFromMeanAndPrecision => Variable.VectorGaussianFromMeanAndPrecision(Vector(0), Matrix(1)),
        FactorOperation.VectorGaussianFromMeanAndVariance => Variable.VectorGaussianFromMeanAndVariance(Vector(0), Matrix(1)),
        FactorOperation.WishartFromShapeAndRate => Variable.WishartFromShapeAndRate(Real(0), Matrix(1)),
        FactorOperation.Plus => AreIntegers ? Integer(0) + Integer(1) : Real(0) + Real(1),
        FactorOperation.Minus => AreIntegers ? Integer(0) - Integer(1) : Real(0) - Real(1),
        FactorOperation.Product => Real(0) * Real(1),
        FactorOperation.Ratio => Real(0) / Real(1),
        FactorOperation.Exp => Exp(),
        FactorOperation.Log => Variable.Log(Real(0)),
        FactorOperation.Max => Variable.Max(Real(0), Real(1)),
        FactorOperation.Min => Variable.Min(Real(0), Real(1)),
        FactorOperation.Sum => Variable.Sum((Variable<double[]>)arguments[0]),
        FactorOperation.InnerProduct => Variable.InnerProduct(Vector(0), Vector(1)),
        FactorOperation.MatrixTimesVector => Variable.MatrixTimesVector((Variable<Matrix>)arguments[0], Vector(1)),
        FactorOperation.VectorElement => Variable.GetItem(Vector(0), Integer(1)),
        FactorOperation.And => Boolean(0) & Boolean(1),
        FactorOperation.Or => Boolean(0) | Boolean(1),
        FactorOperation.Not => !Boolean(0),
        FactorOperation.AreEqual => AreIntegers ? Integer(0) == Integer(1) : Boolean(0) == Boolean(1),
        FactorOperation.Greater => AreIntegers ? Integer(0) > Integer(1) : Real(0) > Real(1),
        FactorOperation.AtLeast => Integer(0) >= Integer(1),
        _ => throw new UnreachableException($"{operation} has no factor"),
    };

    /// <summary>Lets something hold.</summary>
    public static void Constrain(FactorConstraint constraint, ImmutableArray<Variable> arguments)
    {
        switch (constraint, arguments[0])
        {
            case (FactorConstraint.True, Variable<bool> x):
                Variable.ConstrainTrue(x);
                break;
            case (FactorConstraint.False, Variable<bool> x):
                Variable.ConstrainFalse(x);
                break;
            case (FactorConstraint.Positive, Variable<double> x):
                Variable.ConstrainPositive(x);
                break;
            case (FactorConstraint.Between, Variable<double> x):
                Variable.ConstrainBetween(x, (Variable<double>)arguments[1], (Variable<double>)arguments[2]);
                break;
            case (FactorConstraint.Equal, Variable<bool> x):
                Variable.ConstrainEqual(x, (Variable<bool>)arguments[1]);
                break;
            case (FactorConstraint.Equal, Variable<int> x):
                Variable.ConstrainEqual(x, (Variable<int>)arguments[1]);
                break;
            case (FactorConstraint.Equal, Variable<double> x):
                Variable.ConstrainEqual(x, (Variable<double>)arguments[1]);
                break;
            case (FactorConstraint.Equal, Variable<Vector> x):
                Variable.ConstrainEqual(x, (Variable<Vector>)arguments[1]);
                break;
            default:
                throw new UnreachableException($"{constraint} of {arguments[0]}");
        }
    }

    private Variable<T> Kept<T>(Variable<T> distribution)
    {
        var place = (Variable<T>)prior!;
        place.SetTo(distribution);
        return place;
    }

    private bool AreIntegers => arguments[0] is Variable<int>;

    private Variable<double> Real(int argument) => (Variable<double>)arguments[argument];

    private Variable<bool> Boolean(int argument) => (Variable<bool>)arguments[argument];

    private Variable<int> Integer(int argument) => (Variable<int>)arguments[argument];

    private Variable<Vector> Vector(int argument) => (Variable<Vector>)arguments[argument];

    private Variable<PositiveDefiniteMatrix> Matrix(int argument) => (Variable<PositiveDefiniteMatrix>)arguments[argument];

    private Variable Copy() => arguments[0] switch
    {
        Variable<int> x when target.Domain is not (FactorDomain.Integer or FactorDomain.Count) => Variable.Double(x),
        Variable<bool> x when target.Domain is not FactorDomain.Boolean => Variable.Double(x),
        Variable<int> x => Variable.Copy(x),
        Variable<bool> x => Variable.Copy(x),
        Variable<double> x => Variable.Copy(x),
        Variable<Vector> x => Variable.Copy(x),
        Variable<PositiveDefiniteMatrix> x => Variable.Copy(x),
        _ => throw new UnreachableException($"copy of {arguments[0]}"),
    };

    private Variable<Vector> Dirichlet()
    {
        var drawn = Variable<Vector>.Random(Kept(Variable<Dirichlet>.Factor(Priors.Dirichlet, Vector(0))));
        if (values is not null) drawn.SetValueRange(values);
        return drawn;
    }

    private Variable<double> Exp()
    {
        var exp = Variable.Exp(Real(0));
        if (target.Domain == FactorDomain.Gaussian) exp.AddAttribute(new MarginalPrototype(Gaussian.Uniform()));
        return exp;
    }
}
