namespace ProbLang.Inference;

/// <summary>A point of phase space: a position with its density and gradient, and a momentum with its velocity.</summary>
internal unsafe struct Point
{
    public double* Position;
    public double* Momentum;

    /// <summary>M⁻¹ × momentum, "p sharp" in Betancourt's notation.</summary>
    public double* Velocity;

    public double* Gradient;

    /// <summary>M⁻¹ × gradient; kept under a dense metric only, where it saves one of two matrix products a step.</summary>
    public double* Acceleration;

    public double LogDensity;

    /// <summary>The Hamiltonian: kinetic energy - log density.</summary>
    public double Energy;

    /// <summary>How many places of a trajectory hold this point: its ends and its proposal.</summary>
    public int References;
}
