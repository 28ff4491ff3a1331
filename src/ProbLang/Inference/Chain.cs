using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>One Markov chain: it warms up, perhaps more than once, then draws. Nothing it does depends on other chains or on time.</summary>
internal sealed unsafe class Chain
{
    private const int MaxRestarts = 5;

    /// <summary>A step below this, for this many transitions, goes nowhere.</summary>
    private const double VanishingStep = 1e-10;
    private const int VanishingTransitions = 10;

    /// <summary>So many transitions without a move mean that the chain is stuck.</summary>
    private const int StillTransitions = 100;

    private enum Warming { Done, Stuck, NoStart, Cancelled }

    /// <summary>The acceptance to aim for where nothing is said, and where hierarchies stand non-centred.</summary>
    private const double Usual = 0.8;
    private const double Cautious = 0.95;

    private readonly LogDensity _density;
    private readonly Nuts _options;
    private readonly ulong _seed;
    private readonly int _index;
    private readonly Reporter _reporter;
    private readonly CancellationToken _cancellation;
    private readonly WarmupSchedule _schedule;
    private readonly WindowDraws _window;
    private readonly Metric _metric;
    private readonly Leapfrog _leapfrog;
    private readonly Tree _tree;
    private readonly DualAveraging _averaging;
    private readonly Centering _centering;
    private readonly PointPool _scratch;
    private readonly Func<DrawSink> _open;
    private bool _hasWarmed;
    private int _attempt;
    private int _count;
    private string? _culprit;
    private ReferenceDensity? _reference;
    private DrawSink? _sink;
    private TimeSpan _warmupTime;
    private TimeSpan _samplingTime;

    public Chain(LogDensity density, Nuts options, ulong seed, int index, IProgress<ChainProgress>? progress, CancellationToken cancellation, Func<DrawSink>? sink = null)
    {
        _density = density;
        _open = sink ?? (() => new KeptDraws(options.Draws, density.OutputCount));
        _options = options;
        _seed = seed;
        _index = index;
        _cancellation = cancellation;
        _reporter = new Reporter(progress, index + 1, AtMost((long)options.Warmup + options.Draws));
        _schedule = new WarmupSchedule(options.Warmup);
        _window = new WindowDraws(density.Dimension, _schedule.LongestWindow);
        _metric = new Metric(density.Dimension);
        _leapfrog = new Leapfrog(density, _metric);
        _tree = new Tree(_leapfrog, _metric, options.MaxDepth, new RandomStream(default), cancellation);
        _averaging = new DualAveraging();
        _centering = new Centering(density);
        _scratch = new PointPool(density.Dimension, 1);
    }

    /// <summary>Why the chain gives no draws.</summary>
    public ChainFailure? Failure { get; private set; }

    /// <summary>
    /// The log of the posterior mass around the chain, up to a constant that all chains share, as if it were Gaussian there:
    /// mean log density + half the log determinant of the covariance. NaN when the warm-up was too short to tell.
    /// </summary>
    public double LogMass { get; private set; } = double.NaN;

    /// <summary>Whether the chain may begin once more.</summary>
    public bool CanRestart => _attempt < MaxRestarts;

    /// <summary>Adapts from a start of its own; called again, from another start.</summary>
    public void Warm()
    {
        var clock = Stopwatch.GetTimestamp();
        if (_hasWarmed) _attempt++;
        _hasWarmed = true;
        _reporter.Begin();
        if (_density.Dimension > 0)
        {
            var result = WarmUnlessCancelled();
            while (result == Warming.Stuck && CanRestart)
            {
                _attempt++;
                _reporter.Begin();
                result = WarmUnlessCancelled();
            }
            if (result is Warming.Stuck or Warming.NoStart)
            {
                Failure = new ChainFailure(_index + 1, result == Warming.Stuck ? FailureKind.Stuck : FailureKind.NoStart, _culprit);
            }
        }
        else if (IsImpossible()) Failure = new ChainFailure(_index + 1, FailureKind.NoStart, null);
        _warmupTime += Stopwatch.GetElapsedTime(clock);
        _reporter.Pause(ChainPhase.Waiting, _options.Warmup);
    }

    /// <summary>Whether the data cannot be, where nothing is left to be sampled: all unknowns were summed out, or there are none.</summary>
    private bool IsImpossible() => _density.Evaluate([], []) is double.NegativeInfinity or double.NaN;

    /// <summary>Draws with what was learned.</summary>
    public void Sample()
    {
        var clock = Stopwatch.GetTimestamp();
        _reporter.Resume();
        if (Failure is null)
        {
            try
            {
                Prepare();
                if (_density.Dimension > 0) Draw();
                else DrawForward();
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                // The draw that was being written is not counted.
            }
        }
        _samplingTime = Stopwatch.GetElapsedTime(clock);
        _reporter.Pause(ChainPhase.Finished, AtMost((long)_options.Warmup + _count));
    }

    public ChainRun ToRun() => new()
    {
        Chain = _index + 1,
        Draws = _sink?.Kept(_count) ?? new ChainDraws(_density.OutputCount, 0, [], []),
        Failure = Failure,
        Restarts = _attempt,
        StepSize = _tree.StepSize,
        Metric = _metric.IsDense ? MetricKind.Dense : MetricKind.Diagonal,
        Centered = [.. _density.Centered],
        Gradients = _leapfrog.Gradients,
        WarmupTime = _warmupTime,
        SamplingTime = _samplingTime,
    };

    /// <summary>What a chain calls may end with the computation.</summary>
    private Warming WarmUnlessCancelled()
    {
        try
        {
            return TryWarm();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return Warming.Cancelled;
        }
    }

    private Warming TryWarm()
    {
        _metric.SetUnit();
        _centering.Reset();
        _window.Clear();
        if (!FindStart()) return Warming.NoStart;
        _tree.Reseed(Streams.Of(_seed, _index, Purpose.Tree, _attempt));
        var random = Streams.Of(_seed, _index, Purpose.StepSize, _attempt);
        SearchStep(random, 1, _options.TargetAccept ?? Usual);
        int still = 0, vanishing = 0;
        for (var iteration = 0; iteration < _schedule.Iterations; iteration++)
        {
            _tree.StepSize = _averaging.Step;
            var transition = _tree.Next();
            if (transition.Stop == Stop.Cancelled) return Warming.Cancelled;
            _averaging.Update(transition.AcceptStat);
            still = transition.Moved ? 0 : still + 1;
            vanishing = _tree.StepSize < VanishingStep ? vanishing + 1 : 0;
            if (still >= StillTransitions || vanishing >= VanishingTransitions) return Stuck();
            if (_schedule.IsInWindow(iteration)) _window.Add(_tree.Current);
            if (_schedule.EndsWindow(iteration)) EndWindow(random);
            _reporter.ReportNow(ChainPhase.Warmup, iteration + 1);
        }
        _tree.StepSize = _averaging.Average;
        return Warming.Done;
    }

    private bool FindStart()
    {
        var random = Streams.Of(_seed, _index, Purpose.Start, _attempt);
        var position = new double[_density.Dimension];
        var failed = Start.Find(_density, random, position, new double[position.Length]);
        if (failed is { } coordinate)
        {
            _culprit = coordinate < 0 ? null : _density.CoordinateName(coordinate);
            return false;
        }
        _tree.MoveTo(position);
        return true;
    }

    private void SearchStep(RandomStream random, double from, double target)
    {
        var scratch = _scratch.Rent(1);
        _averaging.Restart(target, StepSize.Search(_leapfrog, _metric, random, _tree.Current, scratch, from, _cancellation));
        _scratch.Release(scratch);
    }

    private void EndWindow(RandomStream random)
    {
        // The last window decides too: its draws are moved to the new form, so the metric is learned in it.
        var position = new Span<double>(_tree.Current->Position, _density.Dimension);
        if (_centering.Decide(_window, position)) _leapfrog.Evaluate(_tree.Current);
        MetricEstimator.Update(_metric, _window, _options.Metric);
        LogMass = _window.MeanLogDensity + 0.5 * _metric.LogDeterminant;
        _window.Clear();
        // What stands non-centred after a look at the draws has a funnel nearby.
        SearchStep(random, _averaging.Step, _options.TargetAccept ?? (_density.Centered.Contains(false) ? Cautious : Usual));
    }

    /// <summary>Blames the coordinate along which the density is steepest, in units of the metric.</summary>
    private Warming Stuck()
    {
        var steepest = 0;
        for (var i = 1; i < _density.Dimension; i++) if (Slope(i) > Slope(steepest)) steepest = i;
        _culprit = _density.CoordinateName(steepest);
        return Warming.Stuck;

        double Slope(int i) => Math.Abs(_tree.Current->Gradient[i]) * Math.Sqrt(_metric.InverseDiagonal[i]);
    }

    /// <summary>Allocates all that drawing needs.</summary>
    internal void Prepare()
    {
        _count = 0;
        _sink = _open();
        _reference = ReferenceDensity.Of(_density);
    }

    /// <summary>The sampling loop: it allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Draw()
    {
        var dimension = _density.Dimension;
        var sink = _sink!;
        var forward = Streams.Raw(_seed, _index, Purpose.Outputs);
        for (var draw = 0; draw < _options.Draws; draw++)
        {
            var transition = _tree.Next();
            if (transition.Stop == Stop.Cancelled) return;
            var position = new ReadOnlySpan<double>(_tree.Current->Position, dimension);
            _density.WriteOutputs(position, ref forward, sink.Outputs(draw));
            var statistics = sink.Statistics(draw);
            statistics[(int)Statistic.LogDensity] = _reference is null ? _tree.Current->LogDensity : _reference.Evaluate(position);
            statistics[(int)Statistic.AcceptStat] = transition.AcceptStat;
            statistics[(int)Statistic.StepSize] = _tree.StepSize;
            statistics[(int)Statistic.TreeDepth] = transition.Depth;
            statistics[(int)Statistic.Leapfrogs] = transition.Leapfrogs;
            statistics[(int)Statistic.Divergent] = transition.Stop == Stop.Diverging ? 1 : 0;
            statistics[(int)Statistic.Energy] = _tree.Current->Energy;
            if (transition.Stop == Stop.Diverging) _reporter.Divergences++;
            _count++;
            _reporter.ReportNow(ChainPhase.Sampling, AtMost((long)_options.Warmup + _count));
            if (!sink.Finish(draw)) return;
        }
    }

    /// <summary>Without a latent every draw is a forward draw.</summary>
    private void DrawForward()
    {
        var sink = _sink!;
        var forward = Streams.Raw(_seed, _index, Purpose.Outputs);
        var logDensity = _density.Evaluate([], []);
        while (_count < _options.Draws && !_cancellation.IsCancellationRequested)
        {
            var draw = _count;
            _density.WriteOutputs([], ref forward, sink.Outputs(draw));
            var statistics = sink.Statistics(draw);
            statistics[(int)Statistic.LogDensity] = logDensity;
            statistics[(int)Statistic.AcceptStat] = 1;
            statistics[(int)Statistic.Energy] = -logDensity;
            _count++;
            if (!sink.Finish(draw)) return;
        }
    }

    /// <summary>A stream may be asked for more draws than there are whole numbers.</summary>
    private static int AtMost(long iterations) => (int)Math.Min(iterations, int.MaxValue);
}
