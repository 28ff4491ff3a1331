using System.Runtime.CompilerServices;

namespace ProbLang.Inference;

/// <summary>Why a trajectory stopped growing.</summary>
internal enum Stop : byte
{
    None,
    Turning,
    Diverging,
    Cancelled,
}

/// <summary>What is known of a transition beside where it led.</summary>
internal readonly record struct Transition(double AcceptStat, int Depth, int Leapfrogs, Stop Stop, bool Moved);

/// <summary>
/// The no-U-turn sampler (Hoffman and Gelman 2014) with multinomial sampling along the trajectory (Betancourt 2017): the
/// trajectory doubles, forwards or backwards at random, until it turns back, diverges or reaches the maximum depth.
/// </summary>
internal sealed unsafe class Tree
{
    /// <summary>An energy error above this is a divergence.</summary>
    private const double MaxEnergyError = 1000;

    /// <summary>Keeps a sum of weights finite; an energy that falls this far is as wrong as a divergence.</summary>
    private const double MaxLogWeight = 600;

    private readonly Leapfrog _leapfrog;
    private readonly Metric _metric;
    private readonly PointPool _points;
    private readonly AlignedBuffer _sums;
    private readonly Subtree[] _subtrees;
    private readonly Subtree* _halves;
    private readonly int _maxDepth;
    private readonly CancellationToken _cancellation;
    private RandomStream _random;
    private Point* _current;
    private double _step;
    private double _initialEnergy;
    private double _acceptance;
    private int _leapfrogs;

    public Tree(Leapfrog leapfrog, Metric metric, int maxDepth, RandomStream random, CancellationToken cancellation)
    {
        _leapfrog = leapfrog;
        _metric = metric;
        _maxDepth = maxDepth;
        _random = random;
        _cancellation = cancellation;
        // Each depth holds two halves of at most three points; the trajectory and the piece that is added to it likewise.
        _points = new PointPool(metric.Dimension, 6 * maxDepth + 12);
        var count = 2 * maxDepth + 6;
        _subtrees = GC.AllocateArray<Subtree>(count, pinned: true);
        _halves = (Subtree*)Unsafe.AsPointer(ref _subtrees[0]);
        _sums = new AlignedBuffer(count * _points.Padded);
        for (var i = 0; i < count; i++) _halves[i].Buffer = _sums.Pointer + (long)i * _points.Padded;
        _current = _points.Rent(1);
    }

    /// <summary>Where the chain is; its momentum, velocity and energy are those with which the trajectory passed.</summary>
    public Point* Current => _current;

    public double StepSize { get => _step; set => _step = value; }

    /// <summary>How many points are held; one between transitions.</summary>
    internal int PointsInUse => _points.InUse;

    /// <summary>Continues with another stream.</summary>
    public void Reseed(RandomStream random) => _random = random;

    /// <summary>Sets the chain at a position and evaluates the density there.</summary>
    public void MoveTo(ReadOnlySpan<double> position)
    {
        position.CopyTo(new Span<double>(_current->Position, _metric.Dimension));
        _leapfrog.Evaluate(_current);
    }

    /// <summary>One transition; without a cancellation it leaves <see cref="Current"/> at the next draw.</summary>
    public Transition Next()
    {
        var start = _current;
        _metric.DrawMomentum(_random, start->Momentum);
        _leapfrog.Refresh(start);
        _initialEnergy = start->Energy;
        _acceptance = 0;
        _leapfrogs = 0;
        // Three for the trajectory, and one so that the point stays itself until the end.
        start->References = 4;
        Subtree* trajectory = _halves + 2 * _maxDepth, added = trajectory + 1, joined = trajectory + 2;
        SetPoint(trajectory, start, 1);

        var directions = _random.NextUInt64();
        var forwards = true;
        var size = _step;
        var stop = Stop.None;
        var depth = 0;
        while (depth < _maxDepth)
        {
            var goForwards = ((directions >> depth) & 1) == 0;
            if (goForwards != forwards) Reverse(trajectory);
            forwards = goForwards;
            _step = forwards ? size : -size;
            stop = Grow(depth, trajectory->Last, added);
            if (stop != Stop.None) break;
            depth++;
            stop = Join(trajectory, added, joined, Math.Min(1, added->Weight / trajectory->Weight));
            var whole = joined;
            joined = trajectory;
            trajectory = whole;
            if (stop != Stop.None) break;
        }
        _step = size;

        var next = stop == Stop.Cancelled ? start : trajectory->Proposal;
        next->References++;
        Release(trajectory);
        _points.Release(start);
        _current = next;
        return new Transition(_leapfrogs == 0 ? 0 : _acceptance / _leapfrogs, depth, _leapfrogs, stop, next != start);
    }

    /// <summary>Integrates 2^depth steps on from a point; on a stop nothing is held.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Stop Grow(int depth, Point* from, Subtree* tree)
    {
        if (depth == 0) return Leaf(from, tree);
        Subtree* left = _halves + 2 * (depth - 1), right = left + 1;
        var stop = Grow(depth - 1, from, left);
        if (stop != Stop.None) return stop;
        stop = Grow(depth - 1, left->Last, right);
        if (stop != Stop.None)
        {
            Release(left);
            return stop;
        }
        stop = Join(left, right, tree, right->Weight / (left->Weight + right->Weight));
        if (stop != Stop.None) Release(tree);
        return stop;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Stop Leaf(Point* from, Subtree* leaf)
    {
        if (_cancellation.IsCancellationRequested) return Stop.Cancelled;
        var point = _points.Rent(3);
        _leapfrog.Step(from, point, _step);
        _leapfrogs++;
        var error = point->Energy - _initialEnergy;
        if (!(error <= MaxEnergyError) || double.IsNegativeInfinity(error))
        {
            point->References = 1;
            _points.Release(point);
            return Stop.Diverging;
        }
        var weight = Math.Exp(Math.Min(-error, MaxLogWeight));
        _acceptance += Math.Min(1, weight);
        SetPoint(leaf, point, weight);
        return Stop.None;
    }

    /// <summary>Joins two neighbouring pieces; the proposal is that of the right one with the given probability. The pieces give up their points to the whole.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Stop Join(Subtree* left, Subtree* right, Subtree* whole, double probability)
    {
        var turning = Turning.Join(left, right, whole->Buffer, _points.Padded);
        whole->MomentumSum = whole->Buffer;
        whole->Weight = left->Weight + right->Weight;
        whole->First = left->First;
        whole->Last = right->Last;
        _points.Release(left->Last);
        _points.Release(right->First);
        var takeRight = _random.NextDouble() < probability;
        whole->Proposal = takeRight ? right->Proposal : left->Proposal;
        _points.Release(takeRight ? left->Proposal : right->Proposal);
        return turning ? Stop.Turning : Stop.None;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetPoint(Subtree* tree, Point* point, double weight)
    {
        tree->First = tree->Last = tree->Proposal = point;
        tree->MomentumSum = point->Momentum;
        tree->Weight = weight;
    }

    private static void Reverse(Subtree* tree)
    {
        var first = tree->First;
        tree->First = tree->Last;
        tree->Last = first;
    }

    private void Release(Subtree* tree)
    {
        _points.Release(tree->First);
        _points.Release(tree->Last);
        _points.Release(tree->Proposal);
    }
}
