namespace ProbLang;

/// <summary>What a question to a session is about.</summary>
public enum QuestionKind
{
    /// <summary>The distribution of an expression, or its value where that is known: <c>tau</c>, <c>a + b | y = 3</c>.</summary>
    Distribution,

    /// <summary>The probability of an event: <c>P(rain | wet)</c>.</summary>
    Probability,

    /// <summary>The mean: <c>E(tau)</c>.</summary>
    Mean,

    /// <summary>The standard deviation: <c>SD(tau)</c>.</summary>
    Sd,

    /// <summary>The variance: <c>Var(tau)</c>.</summary>
    Variance,

    /// <summary>A quantile: <c>Q(tau, 0.9)</c>.</summary>
    Quantile,
}
