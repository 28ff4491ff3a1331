using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// The narrow waist between models and samplers: a log density on unconstrained real space with its gradient. An instance
/// owns its work arrays and serves one thread; <see cref="Fork"/> gives another thread its own.
/// </summary>
public abstract class LogDensity
{
    /// <summary>How many coordinates.</summary>
    public abstract int Dimension { get; }

    /// <summary>
    /// The log density at a position (length <see cref="Dimension"/>), up to a constant; overwrites the gradient (same length).
    /// Outside the support it returns -infinity or NaN and never throws. Allocates nothing.
    /// </summary>
    public abstract double Evaluate(ReadOnlySpan<double> position, Span<double> gradient);

    /// <summary>The same density for another thread.</summary>
    public abstract LogDensity Fork();

    /// <summary>What a coordinate is called in a message: the variable's element, such as <c>theta[3]</c>.</summary>
    public virtual string CoordinateName(int coordinate) => $"q[{coordinate + 1}]";

    /// <summary>
    /// The coordinates that can stand for a location-scale variable in two ways: centred (the value itself) or non-centred
    /// (how many scales it is from its location). Empty where there is no such choice.
    /// </summary>
    public virtual ReadOnlySpan<int> CenteringCoordinates => [];

    /// <summary>The present choice, one a centering coordinate; all non-centred at first.</summary>
    public virtual ReadOnlySpan<bool> Centered => [];

    /// <summary>Changes the choice of this instance and moves <paramref name="position"/> so that it stands for the same values as before.</summary>
    public virtual void Recenter(ReadOnlySpan<bool> centered, Span<double> position) { }

    /// <summary>How many numbers <see cref="WriteOutputs"/> gives: every reported element of every variable.</summary>
    public virtual int OutputCount => Dimension;

    /// <summary>What a draw means in the modeller's terms: the constrained latents, what is computed from them, and forward draws of what nothing observed depends on.</summary>
    /// <param name="position">A position, of length <see cref="Dimension"/>.</param>
    /// <param name="random">The stream for forward draws.</param>
    /// <param name="outputs">Overwritten; length <see cref="OutputCount"/>.</param>
    public virtual void WriteOutputs(ReadOnlySpan<double> position, ref Philox random, Span<double> outputs) => position.CopyTo(outputs);
}
