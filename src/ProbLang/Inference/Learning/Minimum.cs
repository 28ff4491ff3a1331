using System.Globalization;

namespace ProbLang.Inference;

/// <summary>Why a minimizer stopped.</summary>
internal enum MinimizationStop
{
    /// <summary>No coordinate of the gradient is above its tolerance.</summary>
    Gradient,

    /// <summary>The value no longer decreases.</summary>
    Decrease,

    /// <summary>The position no longer changes.</summary>
    Change,

    /// <summary>What is left to gain is less than the rounding of the value.</summary>
    Precision,

    /// <summary>As many iterations as were allowed.</summary>
    Iterations,

    /// <summary>No step along the descent direction leads to a lower value.</summary>
    LineSearch,

    /// <summary>The value falls up to a place beyond which there is none.</summary>
    Wall,

    /// <summary>The value falls without end.</summary>
    Unbounded,

    /// <summary>The value or the gradient is not finite at the start.</summary>
    NoStart,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>Where a minimizer ended.</summary>
internal sealed record Minimum
{
    /// <summary>The last position that was accepted.</summary>
    public required double[] Position { get; init; }

    /// <summary>The value there.</summary>
    public required double Value { get; init; }

    /// <summary>The gradient there.</summary>
    public required double[] Gradient { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>How often the function was evaluated.</summary>
    public required int Evaluations { get; init; }

    /// <summary>Why it ended.</summary>
    public required MinimizationStop Stop { get; init; }

    /// <summary>Whether it is a minimum, as far as can be told from values and gradients.</summary>
    public bool IsConverged => Stop is MinimizationStop.Gradient or MinimizationStop.Decrease or MinimizationStop.Change or MinimizationStop.Precision;

    /// <summary>Why it ended, as a sentence.</summary>
    public string Explanation => string.Create(CultureInfo.InvariantCulture, $"{Reason} after {Iterations} {(Iterations == 1 ? "iteration" : "iterations")}.");

    private string Reason => Stop switch
    {
        MinimizationStop.Gradient => "Converged: the gradient vanished",
        MinimizationStop.Decrease => "Converged: the value stopped improving",
        MinimizationStop.Change => "Converged: the position stopped changing",
        MinimizationStop.Precision => "Converged: the remaining improvement is below the rounding of the value",
        MinimizationStop.Iterations => "Not converged: the limit of iterations was reached",
        MinimizationStop.LineSearch => "Not converged: no step along the gradient improves the value, so that the gradient and the value disagree,",
        MinimizationStop.Wall => "Not converged: the value improves up to a place beyond which it is not defined,",
        MinimizationStop.Unbounded => "Not converged: the value improves without end",
        MinimizationStop.NoStart => "Not begun: the value or the gradient is not finite at the start,",
        MinimizationStop.Cancelled => "Cancelled",
        _ => throw new System.Diagnostics.UnreachableException($"{Stop}"),
    };
}

/// <summary>How far a minimizer is; reported after every iteration.</summary>
/// <param name="Iteration">How many steps were taken.</param>
/// <param name="Value">The value now.</param>
/// <param name="GradientNorm">The largest coordinate of the gradient.</param>
/// <param name="Evaluations">How often the function was evaluated.</param>
internal readonly record struct MinimizationProgress(int Iteration, double Value, double GradientNorm, int Evaluations);
