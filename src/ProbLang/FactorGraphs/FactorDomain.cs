namespace ProbLang.FactorGraphs;

/// <summary>
/// What the values of a variable are, and so which family of distributions the messages to it are of. Families do not mix: what is
/// <see cref="Gaussian"/> can be no precision, and what is <see cref="Gamma"/> no mean.
/// </summary>
public enum FactorDomain
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of finitely many integers, counted from 0: <see cref="FactorVariable.Values"/> says how many.</summary>
    Integer,

    /// <summary>0, 1, 2 and so on, without an end; for data any integer.</summary>
    Count,

    /// <summary>A known number.</summary>
    Real,

    /// <summary>An unknown number with normal messages.</summary>
    Gaussian,

    /// <summary>An unknown number within bounds.</summary>
    TruncatedGaussian,

    /// <summary>An unknown positive number with gamma messages: a precision, a rate.</summary>
    Gamma,

    /// <summary>An unknown probability with beta messages.</summary>
    Beta,

    /// <summary>A vector: known, or with multivariate normal messages.</summary>
    Vector,

    /// <summary>Probabilities that sum to 1, known or with Dirichlet messages; <see cref="FactorVariable.Values"/> numbers them.</summary>
    Simplex,

    /// <summary>A positive definite matrix: known, or with Wishart messages.</summary>
    Matrix,
}
