namespace ProbLang.Inference;

/// <summary>The mass matrix that <see cref="Nuts"/> adapts.</summary>
public enum MetricKind
{
    /// <summary>Diagonal, or dense where the coordinates turn out to be strongly correlated and few enough.</summary>
    Auto,

    /// <summary>A variance for each coordinate.</summary>
    Diagonal,

    /// <summary>A full covariance matrix.</summary>
    Dense,
}
