using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// Chooses, coordinate by coordinate, between the centred and the non-centred form of a location-scale variable. The measure is
/// var(z) E[g²], a coordinate's variance times its mean squared gradient: 1 for a Gaussian coordinate independent of the
/// others, and larger the more its conditional scale varies (a funnel) or the more it is correlated. A window in which location
/// and scale have hardly moved cannot show that; there the data decide that pin the variable down.
/// </summary>
internal sealed class Centering
{
    /// <summary>How much better the other form must be: below this the difference is noise, and a change costs a window's learning.</summary>
    private const double Gain = 0.8;

    /// <summary>Of a variable of which the data say so many times more than its prior, location and scale are free only in centred form.</summary>
    private const double Decisive = 10;

    /// <summary>The median of the square of a standard normal variable.</summary>
    private const double MedianSquare = 0.4549;

    private const int MaxPositions = 256;

    private readonly LogDensity _density;
    private readonly LogDensity _probe;
    private readonly int[] _coordinates;

    public Centering(LogDensity density)
    {
        _density = density;
        _coordinates = density.CenteringCoordinates.ToArray();
        _probe = _coordinates.Length == 0 ? density : density.Fork();
    }

    public bool HasChoice => _coordinates.Length > 0;

    /// <summary>Changes the density's choice where the window says so; then <paramref name="position"/> and the window are moved along and the answer is true.</summary>
    public bool Decide(WindowDraws window, Span<double> position)
    {
        if (!HasChoice || window.Count < 10) return false;
        var present = _density.Centered.ToArray();
        var other = new bool[present.Length];
        for (var i = 0; i < other.Length; i++) other[i] = !present[i];
        var stay = Measure(window, present, present);
        var change = Measure(window, present, other);
        var chosen = new bool[present.Length];
        var changes = false;
        for (var i = 0; i < chosen.Length; i++)
        {
            var isPinned = (present[i] ? change : stay)[i].Information > Decisive;
            chosen[i] = isPinned || (change[i].Spread < Gain * stay[i].Spread ? other[i] : present[i]);
            changes |= chosen[i] != present[i];
        }
        if (!changes) return false;
        Move(window, present, chosen);
        _density.Recenter(chosen, position);
        return true;
    }

    /// <summary>Goes back to the form in which every chain starts.</summary>
    public void Reset()
    {
        if (HasChoice) _density.Recenter(new bool[_coordinates.Length], new double[_density.Dimension]);
    }

    /// <summary>
    /// Of each centering coordinate under a choice, from positions under the present one: var(z) E[g²], and the typical g², which
    /// in the non-centred form is 1 where the prior alone speaks.
    /// </summary>
    private (double Spread, double Information)[] Measure(WindowDraws window, bool[] present, bool[] choice)
    {
        var n = window.Dimension;
        double[] position = new double[n], gradient = new double[n];
        var stride = (window.Count + MaxPositions - 1) / MaxPositions;
        var count = (window.Count + stride - 1) / stride;
        var values = Array.ConvertAll(_coordinates, _ => new double[count]);
        var squares = Array.ConvertAll(_coordinates, _ => new double[count]);
        for (var draw = 0; draw < count; draw++)
        {
            window.Position(draw * stride).CopyTo(position);
            Transfer(position, present, choice);
            _probe.Evaluate(position, gradient);
            for (var i = 0; i < _coordinates.Length; i++)
            {
                values[i][draw] = position[_coordinates[i]];
                squares[i][draw] = gradient[_coordinates[i]] * gradient[_coordinates[i]];
            }
        }
        var measures = new (double, double)[_coordinates.Length];
        for (var i = 0; i < measures.Length; i++)
        {
            var mean = values[i].Average();
            var spread = values[i].Average(z => (z - mean) * (z - mean)) * squares[i].Average();
            // The median, so that neither stragglers on their way to the posterior nor heavy tails decide.
            Array.Sort(squares[i]);
            measures[i] = (double.IsFinite(spread) ? spread : double.PositiveInfinity, squares[i][count / 2] / MedianSquare);
        }
        return measures;
    }

    private void Move(WindowDraws window, bool[] present, bool[] chosen)
    {
        for (var draw = 0; draw < window.Count; draw++)
        {
            Transfer(window.Position(draw), present, chosen);
            window.LogDensity(draw) = _probe.Evaluate(window.Position(draw), window.Gradient(draw));
        }
    }

    /// <summary>Moves a position from one choice to another, leaving the probe in the other.</summary>
    private void Transfer(Span<double> position, bool[] from, bool[] to)
    {
        // A choice can only be changed together with a position: this one is the probe's own and means nothing.
        Span<double> unused = _unused ??= new double[position.Length];
        position.CopyTo(unused);
        _probe.Recenter(from, unused);
        _probe.Recenter(to, position);
    }

    private double[]? _unused;
}
