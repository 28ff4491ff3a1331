namespace ProbLang.Inference;

/// <summary>
/// Minimizes a smooth function by the limited-memory BFGS method (Liu and Nocedal 1989). Tolerances are tight, since near a
/// minimum a few more iterations cost little and estimates are compared with closed forms.
/// </summary>
internal sealed record LimitedMemoryBfgs
{
    private const int IterationsWithoutProgress = 3;
    private const double NothingLeft = 1e-13;

    /// <summary>How many steps are remembered.</summary>
    public int History { get; init; } = 10;

    /// <summary>At most so many steps.</summary>
    public int MaxIterations { get; init; } = 10_000;

    /// <summary>Converged when no coordinate of the gradient is larger.</summary>
    public double GradientTolerance { get; init; } = 1e-9;

    /// <summary>Converged when three steps in a row each lowered the value by a smaller part of it.</summary>
    public double DecreaseTolerance { get; init; } = 1e-15;

    /// <summary>Converged when a step changed no coordinate by a larger part of it, or of 1.</summary>
    public double ChangeTolerance { get; init; } = 1e-12;

    /// <summary>Minimizes from a position, which is not changed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public Minimum Minimize(
        ISmoothFunction function, ReadOnlySpan<double> start, Action<MinimizationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(History, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxIterations);
        ArgumentOutOfRangeException.ThrowIfNegative(GradientTolerance);
        ArgumentOutOfRangeException.ThrowIfNegative(DecreaseTolerance);
        ArgumentOutOfRangeException.ThrowIfNegative(ChangeTolerance);
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Length, function.Dimension, nameof(start));
        return new Run(this, function, start.ToArray(), progress).Minimize(cancellation);
    }

    private sealed class Run(LimitedMemoryBfgs options, ISmoothFunction function, double[] position, Action<MinimizationProgress>? progress)
    {
        private readonly LineSearch _search = new(function);
        private readonly CurvatureMemory _memory = new(function.Dimension, options.History);
        private readonly double[] _direction = new double[function.Dimension];
        private readonly double[] _gradient = new double[function.Dimension];
        private double _value;
        private int _iterations;
        private int _withoutProgress;
        private bool _isAtWall;

        public Minimum Minimize(CancellationToken cancellation)
        {
            var canBegin = _search.Begin(position);
            _value = _search.Value;
            _search.Gradient.CopyTo(_gradient, 0);
            var stop = canBegin ? Iterate(cancellation) : MinimizationStop.NoStart;
            return new Minimum
            {
                Position = position,
                Value = _value,
                Gradient = _gradient,
                Iterations = _iterations,
                Evaluations = _search.Evaluations,
                Stop = stop,
            };
        }

        private MinimizationStop Iterate(CancellationToken cancellation)
        {
            while (true)
            {
                if (Vectors.Largest(_gradient) <= options.GradientTolerance) return MinimizationStop.Gradient;
                if (_iterations >= options.MaxIterations) return MinimizationStop.Iterations;
                if (cancellation.IsCancellationRequested) return MinimizationStop.Cancelled;
                try
                {
                    if (Step(cancellation) is { } stop) return stop;
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    // The function itself may take long; the step that was being looked for is not taken.
                    return MinimizationStop.Cancelled;
                }
                progress?.Invoke(new MinimizationProgress(_iterations, _value, Vectors.Largest(_gradient), _search.Evaluations));
            }
        }

        private MinimizationStop? Step(CancellationToken cancellation)
        {
            var slope = Direct();
            if (_search.Find(position, _value, slope, _direction, FirstStep(), cancellation)) return Accept();
            if (cancellation.IsCancellationRequested) return MinimizationStop.Cancelled;
            if (-slope <= NothingLeft * Math.Max(Math.Abs(_value), 1)) return MinimizationStop.Precision;
            if (_memory.Count == 0) return _search.HasMetWall ? MinimizationStop.Wall : MinimizationStop.LineSearch;
            // What is remembered may mislead, after a kink for instance: the gradient alone has the last word.
            _memory.Forget();
            return null;
        }

        /// <summary>The direction to go and the slope along it.</summary>
        private double Direct()
        {
            _memory.Descend(_gradient, _direction);
            var slope = Vectors.Dot(_gradient, _direction);
            if (slope < 0 && double.IsFinite(slope)) return slope;
            _memory.Forget();
            _memory.Descend(_gradient, _direction);
            return Vectors.Dot(_gradient, _direction);
        }

        /// <summary>The memory knows the scale; without it a first step moves by one at most.</summary>
        private double FirstStep() => _memory.Count > 0 ? 1 : Math.Min(1, 1 / Vectors.Norm(_gradient));

        private MinimizationStop? Accept()
        {
            if (_search.IsUnbounded)
            {
                TakeTrial();
                return MinimizationStop.Unbounded;
            }
            _memory.Add(position, _search.Position, _gradient, _search.Gradient);
            var change = 0.0;
            for (var i = 0; i < position.Length; i++)
            {
                change = Math.Max(change, Math.Abs(_search.Position[i] - position[i]) / Math.Max(Math.Abs(position[i]), 1));
            }
            var decrease = (_value - _search.Value) / Math.Max(Math.Max(Math.Abs(_value), Math.Abs(_search.Value)), 1);
            _withoutProgress = decrease <= options.DecreaseTolerance ? _withoutProgress + 1 : 0;
            TakeTrial();
            _iterations++;
            if (Vectors.Largest(_gradient) <= options.GradientTolerance) return MinimizationStop.Gradient;
            if (change <= options.ChangeTolerance) return _search.HasMetWall ? AtWall() : MinimizationStop.Change;
            _isAtWall = false;
            return _withoutProgress >= IterationsWithoutProgress ? MinimizationStop.Decrease : null;
        }

        /// <summary>What is remembered may lead into the wall where the gradient alone leads away from it.</summary>
        private MinimizationStop? AtWall()
        {
            if (_isAtWall) return MinimizationStop.Wall;
            _isAtWall = true;
            _memory.Forget();
            return null;
        }

        private void TakeTrial()
        {
            _search.Position.CopyTo(position, 0);
            _search.Gradient.CopyTo(_gradient, 0);
            _value = _search.Value;
        }
    }
}
