namespace ProbLang.Inference;

/// <summary>
/// The line search of Hager and Zhang (2005, "A new conjugate gradient method with guaranteed descent and an efficient line
/// search", section 4). Where the differences of values drown in rounding it goes by slopes alone, which is what lets an
/// estimate come as close to the optimum as its gradient can tell.
/// </summary>
internal sealed class LineSearch(ISmoothFunction function)
{
    private const double SufficientDecrease = 0.1;
    private const double Curvature = 0.9;
    private const double Rounding = 1e-10;
    private const double Shrinkage = 0.66;
    private const double Expansion = 5;
    private const double LargestStep = 1e30;
    private const int MaxEvaluations = 60;

    private readonly double[] _origin = new double[function.Dimension];
    private readonly double[] _direction = new double[function.Dimension];
    private Trial _start;
    private Trial _best;
    private double _limit;
    private int _left;
    private bool _isDone;

    /// <summary>The position of the last trial: where the search ended, when it succeeded.</summary>
    public double[] Position { get; } = new double[function.Dimension];

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; } = new double[function.Dimension];

    /// <summary>The value there.</summary>
    public double Value { get; private set; }

    /// <summary>The value fell at nearly the same rate as far as the search went, or was -infinity somewhere.</summary>
    public bool IsUnbounded { get; private set; }

    /// <summary>A step was too long to have a value.</summary>
    public bool HasMetWall => _limit < double.PositiveInfinity;

    public int Evaluations { get; private set; }

    /// <summary>A point on the line. One that is not finite is a wall: its value is +infinity and its slope NaN.</summary>
    private readonly record struct Trial(double Step, double Value, double Slope)
    {
        public bool IsFinite => double.IsFinite(Value);
    }

    /// <summary>Evaluates at a position without a search.</summary>
    public bool Begin(ReadOnlySpan<double> position)
    {
        position.CopyTo(_origin);
        Array.Clear(_direction);
        return Evaluate(0).IsFinite;
    }

    /// <summary>Finds a step that meets the Wolfe conditions, or at least one that lowers the value.</summary>
    /// <returns>False when there is none; then the trial left behind means nothing.</returns>
    public bool Find(ReadOnlySpan<double> origin, double value, double slope, ReadOnlySpan<double> direction, double firstStep, CancellationToken cancellation)
    {
        origin.CopyTo(_origin);
        direction.CopyTo(_direction);
        _best = _start = new Trial(0, value, slope);
        _limit = double.PositiveInfinity;
        _left = MaxEvaluations;
        _isDone = IsUnbounded = false;
        if (Bracket(firstStep, cancellation) is (Trial low, Trial high)) Narrow(low, high, cancellation);
        if (_isDone) return true;
        if (!(_best.Value < value)) return false;
        Evaluate(_best.Step);
        return true;
    }

    private double Ceiling => _start.Value + Rounding * Math.Abs(_start.Value);

    private bool HasEnded(CancellationToken cancellation) => _isDone || _left <= 0 || cancellation.IsCancellationRequested;

    /// <summary>Two points between which a minimum lies: the slope falls at the first, and at the second it rises.</summary>
    private (Trial Low, Trial High)? Bracket(double step, CancellationToken cancellation)
    {
        var low = _start;
        var end = LargestStep * step;
        while (!HasEnded(cancellation))
        {
            var trial = Try(step);
            if (HasEnded(cancellation)) return null;
            if (!trial.IsFinite)
            {
                if (IsUnbounded = trial.Value < 0) return null;
                _limit = step;
                step = low.Step == 0 ? 0.1 * step : 0.5 * (low.Step + step);
            }
            else if (trial.Slope >= 0) return (low, trial);
            else if (trial.Value > Ceiling) return Bisect(low, trial, cancellation);
            else
            {
                if (IsUnbounded = trial.Step >= end) return null;
                // Before a wall a step that decreases enough is good enough: closer to it the next step would have no room.
                if (_isDone = HasMetWall && Decreases(trial)) return null;
                low = trial;
                step = Math.Min(Expansion * trial.Step, 0.5 * (trial.Step + _limit));
            }
        }
        return null;
    }

    /// <summary>Between a point where the value falls and a higher one, one where it rises: U3 of the paper.</summary>
    private (Trial Low, Trial High)? Bisect(Trial low, Trial high, CancellationToken cancellation)
    {
        while (!HasEnded(cancellation))
        {
            var middle = Try(0.5 * (low.Step + high.Step));
            if (middle.Slope >= 0) return (low, middle);
            if (middle.IsFinite && middle.Value <= Ceiling) low = middle;
            else high = middle;
        }
        return null;
    }

    private void Narrow(Trial low, Trial high, CancellationToken cancellation)
    {
        while (!HasEnded(cancellation))
        {
            var width = high.Step - low.Step;
            if (DoubleSecant(low, high, cancellation) is not (Trial a, Trial b)) return;
            if (b.Step - a.Step > Shrinkage * width)
            {
                if (Update(a, b, 0.5 * (a.Step + b.Step), cancellation) is not (Trial c, Trial d)) return;
                (a, b) = (c, d);
            }
            // Neighbouring numbers: there is nothing between them.
            if (a.Step == low.Step && b.Step == high.Step) return;
            (low, high) = (a, b);
        }
    }

    private (Trial Low, Trial High)? DoubleSecant(Trial a, Trial b, CancellationToken cancellation)
    {
        var first = Secant(a, b);
        if (Update(a, b, first, cancellation) is not (Trial low, Trial high)) return null;
        var second = first == high.Step ? Secant(b, high) : first == low.Step ? Secant(a, low) : double.NaN;
        return Update(low, high, second, cancellation);
    }

    private static double Secant(Trial a, Trial b) => (a.Step * b.Slope - b.Step * a.Slope) / (b.Slope - a.Slope);

    /// <summary>The narrower of the brackets that a step within makes; the same bracket for a step outside.</summary>
    private (Trial Low, Trial High)? Update(Trial low, Trial high, double step, CancellationToken cancellation)
    {
        if (!(step > low.Step && step < high.Step)) return (low, high);
        if (HasEnded(cancellation)) return null;
        var trial = Try(step);
        if (HasEnded(cancellation)) return null;
        if (trial.Slope >= 0) return (low, trial);
        return trial.IsFinite && trial.Value <= Ceiling ? (trial, high) : Bisect(low, trial, cancellation);
    }

    private Trial Try(double step)
    {
        var trial = Evaluate(step);
        _left--;
        if (trial.Value < _best.Value) _best = trial;
        _isDone = MeetsWolfe(trial) || MeetsApproximateWolfe(trial);
        return trial;
    }

    private bool Decreases(Trial trial) => trial.Value - _start.Value <= SufficientDecrease * trial.Step * _start.Slope;

    private bool MeetsWolfe(Trial trial) =>
        Decreases(trial) && Math.Abs(trial.Slope) <= -Curvature * _start.Slope;

    private bool MeetsApproximateWolfe(Trial trial) =>
        trial.Slope <= (2 * SufficientDecrease - 1) * _start.Slope && trial.Slope >= Curvature * _start.Slope && trial.Value <= Ceiling;

    private Trial Evaluate(double step)
    {
        for (var i = 0; i < Position.Length; i++) Position[i] = Math.FusedMultiplyAdd(step, _direction[i], _origin[i]);
        Value = function.Evaluate(Position, Gradient);
        Evaluations++;
        if (double.IsNegativeInfinity(Value)) return new Trial(step, Value, double.NaN);
        var slope = Vectors.Dot(Gradient, _direction);
        return double.IsFinite(Value) && double.IsFinite(slope) && Vectors.AreFinite(Gradient)
            ? new Trial(step, Value, slope)
            : new Trial(step, double.PositiveInfinity, double.NaN);
    }
}
