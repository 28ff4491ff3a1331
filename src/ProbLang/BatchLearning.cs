using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>Learns parameters and the weights of nets by mini-batches of rows.</summary>
internal sealed class BatchLearning
{
    private readonly Problem _problem;
    private readonly ConditionedModel _model;
    private readonly RowPlan _rows;
    private readonly Training _options;
    private readonly RowProgram _program;
    private readonly CellProgram _cells;
    private readonly ulong _seed;

    /// <exception cref="EngineException">The rows are too few for the options.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public BatchLearning(Problem problem, RowPlan rows, MaximumLikelihood engine)
    {
        (_problem, _model, _rows, _options) = (problem, problem.Conditioned, rows, engine.Training ?? new Training());
        // A training that goes on has the seed that it began with.
        _seed = _options.Seed ?? engine.Seed;
        if (!_options.Resume) _options = _options with { Seed = _seed };
        TrainingPlan.Check(_options);
        if (TrainingPlan.Misfit(_options, rows.Count) is (var option, var message)) throw new EngineException([TrainingDiagnostics.Misfit(option == nameof(Training.BatchSize), message)]);
        // Nets learn as well in single precision, and twice as fast.
        _program = new RowProgram(_model, rows, TrainingPlan.Of(_options, rows.Count).BatchSize, _model.Nets.Count > 0 ? Precision.Single : Precision.Double);
        _cells = CellProgram.Of(_model, _program.Coordinates, null, v => v.Variable.IsParameter);
    }

    public Fit Fit(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var start = new double[_program.Coordinates.Dimension];
        LearningStart.Write(_model, _program.Coordinates, _cells, _seed, start);
        var run = Train(start, progress is null ? null : new Listener(progress, _rows.Count), cancellation);
        if (run.Stop == TrainingStop.Cancelled) Budget.Current.Conclude();
        if (run.Failure is { } failure) throw new EngineException([Explain(failure)]);
        var values = new double[_cells.Count];
        _cells.Compute(run.Position, values);
        return new Fit(_problem, _cells.Reported, values, Summary(run));
    }

    private TrainingRun Train(double[] start, IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        // Only checkpoints ask whose they are.
        var subject = _options.CheckpointPath is null ? default : TrainingFingerprint.Of(_problem);
        try
        {
            return Trainer.Run(
                new RowObjective(_program, _rows.Count), start, _options, subject, NetWeights.Decays(_model, _program.Coordinates), progress, cancellation);
        }
        catch (CheckpointException refused)
        {
            throw new EngineException([TrainingDiagnostics.Checkpoint(refused.Message)]);
        }
    }

    private FitSummary Summary(TrainingRun run) => new()
    {
        Engine = "ml",
        Objective = _model.Nets.Count > 0 ? "the likelihood of the parameters and of the weights of nets, by mini-batches" : "the likelihood of the parameters, by mini-batches",
        Integral = null,
        // It takes all rows, and who has cancelled does not want to wait for it.
        LogLikelihood = run.Stop == TrainingStop.Cancelled ? double.NaN : LogLikelihoodUnlessCancelled(run.Position),
        Parameters = _program.Coordinates.Dimension,
        Observations = ParameterLearning.Observations(_model),
        Ended = Ended(run),
        Converged = run.Stop is TrainingStop.Completed or TrainingStop.Patience,
        Warnings = [.. Warnings(run)],
        History = run.History,
        HeldOutLoss = run.HeldOutLoss,
    };

    private double LogLikelihoodUnlessCancelled(double[] position)
    {
        var budget = Budget.Current;
        try
        {
            return LogLikelihood(position);
        }
        catch (OperationCanceledException) when (budget.Token.IsCancellationRequested)
        {
            return double.NaN;
        }
    }

    /// <summary>Of all rows, those held out too, in double precision: what scoring the same data gives.</summary>
    private double LogLikelihood(double[] position) => (_model.Nets.Count > 0 ? new RowProgram(_model, _rows, _program.BatchSize) : _program).Each(position).Sum();

    private static string Ended(TrainingRun run)
    {
        var epochs = run.History.Length;
        var after = string.Create(CultureInfo.InvariantCulture, $"after {run.Steps} {(run.Steps == 1 ? "step" : "steps")} of {run.Plan.BatchSize} rows ({epochs} {(epochs == 1 ? "epoch" : "epochs")})");
        var best = run is { HeldOutLoss: { } loss, BestEpoch: { } epoch }
            ? string.Create(CultureInfo.InvariantCulture, $"; epoch {epoch} had the lowest held-out loss, {loss:G6} a row of {run.Plan.HeldOutRows}") : "";
        return $"{Reason(run.Stop)} {after}{best}";
    }

    private static string Reason(TrainingStop stop) => stop switch
    {
        TrainingStop.Completed => "Training was completed",
        TrainingStop.Patience => "The held-out loss stopped falling",
        TrainingStop.Time => "The time was up",
        TrainingStop.Cancelled => "Training was cancelled",
        _ => throw new System.Diagnostics.UnreachableException($"{stop}"),
    };

    private static IEnumerable<string> Warnings(TrainingRun run)
    {
        if (run.CheckpointProblem is { } problem) yield return $"the last checkpoint could not be written: {problem}";
        if (run.Stop is TrainingStop.Time or TrainingStop.Cancelled) yield return "training did not end: the values are the best by then";
        else if (run.Stop == TrainingStop.Completed && run.BestEpoch == run.History.Length) yield return "the held-out loss was still falling at the end: more epochs may do better";
        if (run.HeldOutLoss is { } loss && !double.IsFinite(loss)) yield return "some held-out rows are impossible under every position that was reached";
    }

    private Text.Diagnostic Explain(TrainingFailure failure)
    {
        var batch = new Batch(_program.BatchSize);
        batch.Fill(failure.BadRows is [var bad, ..] ? [bad] : failure.Rows.AsSpan(), 0);
        var where = _program.FindNotFinite(batch.Rows, failure.Position);
        var row = where?.Row ?? batch.Rows[0];
        var name = failure.Coordinate is { } c ? _program.Coordinates.BlockOf(c).Definition.Definition.Variable.Name : null;
        return TrainingDiagnostics.NotFinite(failure.Step, where?.Value ?? -failure.Loss, name, $"{_rows.Name} = {(_rows.First + row).ToString(CultureInfo.InvariantCulture)}",
            where is { } found ? _model.Graph.Source.Locate(found.Statement) : null);
    }

    private sealed class Listener(IProgress<FitProgress> progress, int rows) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => progress.Report(new FitProgress((int)Math.Min(value.Step, int.MaxValue), -value.Loss * rows, double.NaN, value));
    }
}
