using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// The log density of a position in the form in which every chain starts, whatever the chain chose in warm-up: chains that
/// chose differently differ by a Jacobian, and what they report must be comparable.
/// </summary>
internal sealed class ReferenceDensity
{
    private readonly LogDensity _density;
    private readonly bool[] _present;
    private readonly bool[] _first;
    private readonly double[] _position;
    private readonly double[] _gradient;

    private ReferenceDensity(LogDensity density)
    {
        _present = density.Centered.ToArray();
        _first = new bool[_present.Length];
        _density = density.Fork();
        _position = new double[density.Dimension];
        _gradient = new double[density.Dimension];
    }

    /// <summary>Null when the density is in its first form already.</summary>
    public static ReferenceDensity? Of(LogDensity density) => density.Centered.Contains(true) ? new ReferenceDensity(density) : null;

    public double Evaluate(ReadOnlySpan<double> position)
    {
        position.CopyTo(_position);
        _density.Recenter(_present, _position);
        position.CopyTo(_position);
        _density.Recenter(_first, _position);
        return _density.Evaluate(_position, _gradient);
    }
}
