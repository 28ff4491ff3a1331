namespace ProbLang.Graph;

/// <summary>What a declared type says of vectors or matrices.</summary>
internal enum Structure
{
    None,

    /// <summary>Non-negative with sum 1.</summary>
    Simplex,

    /// <summary>Increasing.</summary>
    Ordered,

    /// <summary>Of length 1.</summary>
    Unit,

    /// <summary>Symmetric and positive definite.</summary>
    Covariance,

    /// <summary>A covariance with ones on the diagonal.</summary>
    Correlation,

    /// <summary>Lower-triangular with a positive diagonal.</summary>
    Cholesky,
}
