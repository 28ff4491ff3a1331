using System.Collections.Immutable;

namespace ProbLang.Inference;

/// <summary>
/// Trains on mini-batches. What happens at a step follows from the state and the seed alone, so that a training that goes on
/// from a checkpoint, made at any step, ends where one without interruption does, bit for bit.
/// </summary>
internal sealed class Trainer
{
    private readonly IRowObjective _objective;
    private readonly Training _options;
    private readonly TrainingPlan _plan;
    private readonly TrainingState _state;
    private readonly RowOrder _order;
    private readonly Batch _batch;
    private readonly TrainingClock _clock;
    private readonly CheckpointWriter _checkpoints;
    private readonly double[] _gradient;
    private readonly ulong _seed;
    private readonly CancellationToken _cancellation;
    private TrainingFailure? _failure;

    private Trainer(
        IRowObjective objective, ReadOnlySpan<double> start, Training options, TrainingSubject subject, ReadOnlySpan<bool> decays,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        (_objective, _options, _cancellation) = (objective, options, cancellation);
        _plan = TrainingPlan.Of(options, objective.Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(objective.BatchSize, _plan.BatchSize, nameof(objective));
        ArgumentOutOfRangeException.ThrowIfNotEqual(start.Length, objective.Dimension, nameof(start));
        _state = new TrainingState(start, options, decays);
        CheckpointIdentity Identity(ulong seed) => new(subject, objective.Dimension, _plan, options, seed);
        _seed = options.Resume
            ? Checkpoint.Read(options.CheckpointPath!, saved => Identity(options.Seed ?? saved), _state)
            : options.Seed ?? (ulong)Random.Shared.NextInt64();
        _order = new RowOrder(_seed, objective.Rows, _plan.HeldOutRows);
        _batch = new Batch(objective.BatchSize);
        _gradient = new double[objective.Dimension];
        _clock = new TrainingClock(_plan, options.MaxSeconds, _state.Step, progress);
        _checkpoints = new CheckpointWriter(options, new Checkpoint(Identity(_seed)));
    }

    /// <summary>Maximises the log likelihood of the rows.</summary>
    /// <param name="objective">The log likelihood, with the batch size that <see cref="TrainingPlan.Of"/> gives.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">How to train.</param>
    /// <param name="subject">The model and its data: a checkpoint of another one is refused.</param>
    /// <param name="decays">Which coordinates weight decay pulls to 0; empty for all.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellation">Stops it after the present batch; the result is what was reached.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or does not suit the rows.</exception>
    /// <exception cref="CheckpointException">The checkpoint to go on from is of something else, or is none.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read, or the first one cannot be written.</exception>
    public static TrainingRun Run(
        IRowObjective objective, ReadOnlySpan<double> start, Training options, TrainingSubject subject = default, ReadOnlySpan<bool> decays = default,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        new Trainer(objective, start, options, subject, decays, progress, cancellation).Run();

    private TrainingRun Run()
    {
        if (_state.Step > _plan.Steps) throw new CheckpointException($"{_options.CheckpointPath} is a checkpoint of step {_state.Step}, and only {_plan.Steps} steps are asked for.");
        _checkpoints.Begin(_state);
        TrainingStop? stop;
        while ((stop = AdvanceUnlessCancelled()) is null)
        {
        }
        _clock.Report(_state, EpochNow);
        return Result(stop.Value);
    }

    private int EpochNow => (int)(Math.Max(_state.Step - 1, 0) / _plan.StepsPerEpoch) + 1;

    /// <summary>A gradient may take long. It changes nothing before it is there: what was reached is saved as if it had not been begun.</summary>
    private TrainingStop? AdvanceUnlessCancelled()
    {
        try
        {
            return Advance();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return Saved(TrainingStop.Cancelled);
        }
    }

    /// <summary>One step, with the end of the epoch before it where that is due; says why when training ends.</summary>
    private TrainingStop? Advance()
    {
        if (IsEpochDue)
        {
            if (EndEpoch() is { } interrupted) return Saved(interrupted);
            _checkpoints.AfterEpoch(_state);
        }
        if (_state.Step >= _plan.Steps) return EndAll();
        if (HasNoPatience) return Saved(TrainingStop.Patience);
        if (Interruption is { } stop) return Saved(stop);
        if (Step() is { } failed) return failed;
        _checkpoints.AfterStep(_state);
        _clock.ReportNow(_state, EpochNow);
        return null;
    }

    private bool IsEpochDue => _state.Step % _plan.StepsPerEpoch == 0 && _state.History.Count < _state.Step / _plan.StepsPerEpoch;

    private bool HasNoPatience => _options.Patience is { } patience && _plan.HeldOutRows > 0 && _state.History.Count - _state.BestEpoch >= patience;

    private TrainingStop? Interruption =>
        _cancellation.IsCancellationRequested ? TrainingStop.Cancelled : _clock.IsUp ? TrainingStop.Time : null;

    /// <summary>Where numbers are not finite the last checkpoint stays: what comes after it can be looked at again.</summary>
    private TrainingStop Saved(TrainingStop stop)
    {
        if (stop != TrainingStop.NotFinite) _checkpoints.End(_state);
        return stop;
    }

    /// <summary>Steps may end within an epoch, which is then judged as it is. The checkpoint knows nothing of that, so that a longer training can go on from it.</summary>
    private TrainingStop EndAll()
    {
        Saved(TrainingStop.Completed);
        return _state.Step % _plan.StepsPerEpoch == 0 ? TrainingStop.Completed : EndEpoch() ?? TrainingStop.Completed;
    }

    private TrainingStop? Step()
    {
        var epoch = (int)(_state.Step / _plan.StepsPerEpoch);
        var rows = _order.Of(epoch);
        _batch.Fill(rows, (int)(_state.Step % _plan.StepsPerEpoch) * _plan.BatchSize);
        var loss = -_objective.Evaluate(_batch.Rows, _batch.Weights, _state.Position, _gradient);
        var norm = Vectors.Norm(_gradient) / _batch.Count;
        if (!double.IsFinite(loss) || !double.IsFinite(norm)) return Fail(_state.Step + 1, epoch + 1, loss, isHeldOut: false, _state.Position);
        var clip = norm > _options.ClipNorm ? _options.ClipNorm.Value / norm : 1;
        _state.Adam.Step(_state.Position, _gradient, -clip / _batch.Count, RateOf(_state.Step));
        _state.Step++;
        _state.UpdateAverage(_options.Averaging ?? 0);
        _state.LossSum += loss;
        _state.LossRows += _batch.Count;
        return null;
    }

    private double RateOf(long step) => _options.LearningRate * _options.Schedule.FactorAt(step, _plan.Steps, _plan.StepsPerEpoch);

    /// <summary>Judges the position by the rows held out; an interruption leaves the state as if the epoch had not ended.</summary>
    private TrainingStop? EndEpoch()
    {
        double? heldOut = null;
        if (_plan.HeldOutRows > 0 && HeldOutLoss(out heldOut) is { } interrupted) return interrupted;
        var epoch = _state.History.Count + 1;
        _state.History.Add(new TrainingEpoch(epoch, _state.Step, RateOf(_state.Step - 1), _state.LossSum / _state.LossRows, heldOut));
        (_state.LossSum, _state.LossRows) = (0, 0);
        if (heldOut < _state.BestHeldOutLoss || heldOut is not null && _state.Best is null)
        {
            (_state.BestHeldOutLoss, _state.BestEpoch) = (heldOut.Value, epoch);
            _state.Current.CopyTo(_state.Best ??= new double[_state.Current.Length], 0);
        }
        _clock.ReportNow(_state, epoch);
        return null;
    }

    private TrainingStop? HeldOutLoss(out double? loss)
    {
        var sum = 0.0;
        loss = null;
        for (var first = 0; first < _order.HeldOut.Length; first += _plan.BatchSize)
        {
            if (Interruption is { } stop) return stop;
            _batch.Fill(_order.HeldOut, first);
            var part = -_objective.Evaluate(_batch.Rows, _batch.Weights, _state.Current);
            // An infinite loss says that a held-out row is impossible by now: no position to keep, and no mistake.
            if (double.IsNaN(part)) return Fail(_state.Step, EpochNow, part, isHeldOut: true, _state.Current);
            sum += part;
        }
        loss = sum / _order.HeldOut.Length;
        return null;
    }

    private TrainingStop Fail(long step, int epoch, double loss, bool isHeldOut, double[] position)
    {
        int? coordinate = null;
        for (var i = 0; i < _gradient.Length && coordinate is null && !isHeldOut; i++) if (!double.IsFinite(_gradient[i])) coordinate = i;
        var rows = _batch.Rows[.._batch.Count].ToImmutableArray();
        _failure = new TrainingFailure(step, epoch, loss / _batch.Count, isHeldOut, rows, BadRows(rows, position, isHeldOut), coordinate, position.ToArray());
        return TrainingStop.NotFinite;
    }

    private ImmutableArray<int> BadRows(ImmutableArray<int> rows, double[] position, bool isHeldOut)
    {
        var gradient = new double[_gradient.Length];
        bool IsBad(int row)
        {
            _batch.FillWith(row);
            if (isHeldOut) return double.IsNaN(_objective.Evaluate(_batch.Rows, _batch.Weights, position));
            return !double.IsFinite(_objective.Evaluate(_batch.Rows, _batch.Weights, position, gradient)) || !Vectors.AreFinite(gradient);
        }
        return [.. rows.Where(IsBad)];
    }

    private TrainingRun Result(TrainingStop stop) => new()
    {
        Position = (_state.Best ?? _state.Current).ToArray(),
        Seed = _seed,
        Plan = _plan,
        Steps = _state.Step,
        Stop = stop,
        History = [.. _state.History],
        HeldOutLoss = _state.Best is null ? null : _state.BestHeldOutLoss,
        BestEpoch = _state.Best is null ? null : _state.BestEpoch,
        Failure = _failure,
        CheckpointProblem = _checkpoints.Problem,
        Elapsed = _clock.Elapsed,
    };
}
