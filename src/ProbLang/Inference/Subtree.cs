namespace ProbLang.Inference;

/// <summary>A piece of a trajectory. Its first point is the one nearest to where the trajectory grew from, whatever the direction in time.</summary>
internal unsafe struct Subtree
{
    public Point* First;
    public Point* Last;

    /// <summary>The point drawn from this piece in proportion to its weight.</summary>
    public Point* Proposal;

    /// <summary>The sum of the momenta of its points (ρ): a single point's own momentum, or <see cref="Buffer"/>.</summary>
    public double* MomentumSum;

    /// <summary>Room for a sum of momenta.</summary>
    public double* Buffer;

    /// <summary>The sum over its points of exp(initial energy - energy).</summary>
    public double Weight;
}
