namespace ProbLang.FactorGraphs;

/// <summary>
/// The distributions and functions of a factor graph, with the domains of their arguments and, after the arrow, of what they define. An argument may
/// always be known instead: then it is <see cref="FactorDomain.Real"/> where a family of numbers is named.
/// </summary>
public enum FactorOperation
{
    /// <summary>(any x) → the same: equal to x. With a known x, a constant; under gates, one of several.</summary>
    Copy,

    /// <summary>(Gaussian mean, Gamma precision) → Gaussian.</summary>
    GaussianFromMeanAndPrecision,

    /// <summary>(Gaussian mean, Gamma variance) → Gaussian.</summary>
    GaussianFromMeanAndVariance,

    /// <summary>(Real mean, Real variance, Real lower, Real upper) → TruncatedGaussian; a bound may be infinite. A variance of infinity makes it uniform.</summary>
    TruncatedGaussian,

    /// <summary>(Gamma shape, Gamma rate) → Gamma.</summary>
    GammaFromShapeAndRate,

    /// <summary>(Real trueCount, Real falseCount) → Beta.</summary>
    Beta,

    /// <summary>(Beta p) → Boolean.</summary>
    Bernoulli,

    /// <summary>(Gaussian logOdds) → Boolean.</summary>
    BernoulliFromLogOdds,

    /// <summary>(Integer or Count trials, Beta p) → Count; or Integer where the trials are finitely many.</summary>
    Binomial,

    /// <summary>(Integer or Count trials, Gaussian logOdds) → Count.</summary>
    BinomialFromLogOdds,

    /// <summary>(Gamma rate) → Count.</summary>
    Poisson,

    /// <summary>(Gaussian logRate) → Count.</summary>
    PoissonFromLogRate,

    /// <summary>(Simplex p) → Integer.</summary>
    Discrete,

    /// <summary>(array of Gaussian over the range of the values) → Integer: probabilities are the softmax.</summary>
    DiscreteFromLogits,

    /// <summary>(Vector counts) → Simplex.</summary>
    Dirichlet,

    /// <summary>(Gamma pseudoCount) → Simplex: the same pseudo-count for every element.</summary>
    DirichletSymmetric,

    /// <summary>(Count trials, Simplex p) → array of Count over the range of p.</summary>
    Multinomial,

    /// <summary>(Vector mean, Matrix precision) → Vector.</summary>
    VectorGaussianFromMeanAndPrecision,

    /// <summary>(Vector mean, Matrix variance), known variance → Vector.</summary>
    VectorGaussianFromMeanAndVariance,

    /// <summary>(Real shape, Matrix rate) → Matrix, with density ∝ |X|^(shape - (d+1)/2) exp(-tr(rate X)).</summary>
    WishartFromShapeAndRate,

    /// <summary>(Gaussian a, Gaussian b) → Gaussian; or integers.</summary>
    Plus,

    /// <summary>(Gaussian a, Gaussian b) → Gaussian; or integers.</summary>
    Minus,

    /// <summary>(Gaussian a, Gaussian b) → Gaussian; or Gamma.</summary>
    Product,

    /// <summary>(Gamma a, Gamma b) → Gamma; (Gaussian a, Real b) → Gaussian.</summary>
    Ratio,

    /// <summary>(Gaussian a) → Gamma: exp(a); or → Gaussian where it stays among such.</summary>
    Exp,

    /// <summary>(Gamma a) → Gaussian: log(a).</summary>
    Log,

    /// <summary>(Gaussian a, Gaussian b) → Gaussian.</summary>
    Max,

    /// <summary>(Gaussian a, Gaussian b) → Gaussian.</summary>
    Min,

    /// <summary>(array of Gaussian) → Gaussian: the sum of all.</summary>
    Sum,

    /// <summary>(Vector a, Vector b) → Gaussian: Σ aₖ bₖ.</summary>
    InnerProduct,

    /// <summary>(Real matrix as data of shape [rows, columns], Vector x) → Vector.</summary>
    MatrixTimesVector,

    /// <summary>(Vector x, Integer known index) → Gaussian: an element of x.</summary>
    VectorElement,

    /// <summary>(Boolean a, Boolean b) → Boolean.</summary>
    And,

    /// <summary>(Boolean a, Boolean b) → Boolean.</summary>
    Or,

    /// <summary>(Boolean a) → Boolean.</summary>
    Not,

    /// <summary>(a, b) → Boolean: whether they are equal. Booleans or integers.</summary>
    AreEqual,

    /// <summary>(Gaussian a, Gaussian b) → Boolean: whether a > b; or integers; or Gamma or Beta with a known b.</summary>
    Greater,

    /// <summary>(Integer a, Integer b) → Boolean: whether a ≥ b.</summary>
    AtLeast,
}
