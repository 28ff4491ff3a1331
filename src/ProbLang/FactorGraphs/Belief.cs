using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>What is believed of one element of a variable, after messages have been passed.</summary>
public abstract record Belief
{
    private protected Belief()
    {
    }
}

/// <summary>It is known.</summary>
/// <param name="Value">The value: of a boolean 0 or 1, of an integer counted from 0; several numbers for a vector or a matrix, row-major.</param>
public sealed record PointBelief(ImmutableArray<double> Value) : Belief;

/// <summary>A normal distribution.</summary>
public sealed record GaussianBelief(double Mean, double Variance) : Belief;

/// <summary>A normal distribution (with infinite variance: a uniform one) within bounds; mean and variance are those before the bounds were applied.</summary>
public sealed record TruncatedGaussianBelief(double Mean, double Variance, double Lower, double Upper) : Belief;

/// <summary>A gamma distribution.</summary>
public sealed record GammaBelief(double Shape, double Rate) : Belief;

/// <summary>A beta distribution.</summary>
public sealed record BetaBelief(double Alpha, double Beta) : Belief;

/// <summary>The probability that a boolean is true.</summary>
public sealed record BooleanBelief(double Probability) : Belief;

/// <summary>The probabilities of 0, 1, 2 and so on.</summary>
public sealed record DiscreteBelief(ImmutableArray<double> Probabilities) : Belief;

/// <summary>A Poisson distribution.</summary>
public sealed record PoissonBelief(double Mean) : Belief;

/// <summary>A multivariate normal distribution.</summary>
/// <param name="Mean">The means, d of them.</param>
/// <param name="Covariance">d × d, row-major.</param>
public sealed record VectorGaussianBelief(ImmutableArray<double> Mean, ImmutableArray<double> Covariance) : Belief;

/// <summary>A Dirichlet distribution.</summary>
public sealed record DirichletBelief(ImmutableArray<double> Alpha) : Belief;

/// <summary>A Wishart distribution, with density ∝ |X|^(shape - (d+1)/2) exp(-tr(rate X)): degrees of freedom are twice the shape.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Rate">d × d, row-major.</param>
public sealed record WishartBelief(double Shape, ImmutableArray<double> Rate) : Belief;
