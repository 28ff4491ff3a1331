using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang;

/// <content>Parameters are learned.</content>
public sealed partial class Problem
{
    /// <summary>The parameters that nothing gives, which are to be learned.</summary>
    public ImmutableArray<string> Parameters => [.. Conditioned.OpenParameters.Where(p => !p.Variable.IsAuxiliary).Select(p => p.Variable.Name)];

    /// <summary>Why maximum likelihood cannot take the problem; empty where it can. The first call compiles it.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(MaximumLikelihood engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(_ => ObjectionsOf(engine), cancellation);
    }

    private ImmutableArray<Diagnostic> ObjectionsOf(MaximumLikelihood engine)
    {
        if (Unlearned.IsEmpty) return [FitDiagnostics.NothingToLearn(Conditioned.Graph.Variables.Any(v => v.IsParameter))];
        if (engine.Objective is { } objective && Objection(objective) is { } objection) return [objection];
        if (UninformedParameters is { IsEmpty: false } uninformed) return uninformed;
        if (!IsTrained(engine)) return ObjectionsOf(_likelihood);
        return RowPlan.Of(Conditioned, out var reason) is null ? [reason!] : Conditioned.Objections;
    }

    /// <summary>Why the mode of the posterior cannot be found; empty where it can. The first call compiles the problem.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(MaximumAPosteriori engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(_ => ObjectionsOf(engine), cancellation);
    }

    private ImmutableArray<Diagnostic> ObjectionsOf(MaximumAPosteriori engine)
    {
        if (UninformedParameters is { IsEmpty: false } uninformed) return uninformed;
        if (ObjectionsOf(_mode) is { IsEmpty: false } objections) return objections;
        return _mode.Value.Density.Dimension == 0 ? [FitDiagnostics.NoMode()] : [];
    }

    /// <summary>Learns the parameters that nothing gives by maximum likelihood. A cancellation ends it soon, at the best values by then.</summary>
    /// <exception cref="EngineException">
    /// There is nothing to learn, or no likelihood that gradients can follow; a number that is none appeared while training; the checkpoint to go on from is of something else.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option of the engine is out of its range.</exception>
    /// <exception cref="IOException">A checkpoint cannot be read, or the first one cannot be written.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public Fit Fit(MaximumLikelihood engine, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(budget => Fitted(engine, progress, budget.Token), cancellation);
    }

    private Fit Fitted(MaximumLikelihood engine, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        if (UnusedElements.Of(Conditioned) is { } unused) return With(unused.Values).Fit(engine, progress, cancellation).WithWarning(unused.Warning);
        if (ObjectionsOf(engine) is { IsEmpty: false } objections) throw new EngineException(objections);
        if (IsTrained(engine)) return Answered(() => new BatchLearning(this, RowPlan.Of(Conditioned, out _)!, engine).Fit(progress, cancellation));
        var program = _likelihood.Value.Density;
        return Answered(() => new ParameterLearning(this, program, engine.Name, new(engine.Starts, engine.Seed, engine.MaxIterations) { IsApproximate = engine.Objective == Objective.Laplace }).Fit(progress, cancellation));
    }

    /// <summary>Finds the mode of the posterior of all continuous unknowns, parameters among them. A cancellation ends it soon, at the best values by then.</summary>
    /// <exception cref="EngineException">Nothing continuous is unknown, or there is no density that gradients can follow.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option of the engine is out of its range.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public Fit Fit(MaximumAPosteriori engine, IProgress<FitProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(budget => Fitted(engine, progress, budget.Token), cancellation);
    }

    private Fit Fitted(MaximumAPosteriori engine, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        if (UnusedElements.Of(Conditioned) is { } unused) return With(unused.Values).Fit(engine, progress, cancellation).WithWarning(unused.Warning);
        if (ObjectionsOf(engine) is { IsEmpty: false } objections) throw new EngineException(objections);
        var program = _mode.Value.Density;
        return Answered(() => new ParameterLearning(this, program, engine.Name, new(engine.Starts, engine.Seed, engine.MaxIterations)).Fit(progress, cancellation));
    }

    /// <summary>Why Laplace's approximation cannot take the problem; empty where it can. The first call compiles it.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(Laplace engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(_ => ObjectionsOf(engine), cancellation);
    }

    private ImmutableArray<Diagnostic> ObjectionsOf(Laplace engine)
    {
        if (ObjectionsOf(_program) is { IsEmpty: false } objections) return objections;
        return _program.Value.Density.Dimension == 0 ? [FitDiagnostics.NoMode()] : [];
    }

    /// <summary>Draws from the normal distribution at the mode of the posterior.</summary>
    /// <exception cref="EngineException">The engine objects to the model, or the posterior has no mode of that kind.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option of the engine is out of its range.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before the mode was found.</exception>
    public LaplacePosterior Infer(Laplace engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(budget => Approximated(engine, budget.Token), cancellation);
    }

    private LaplacePosterior Approximated(Laplace engine, CancellationToken cancellation)
    {
        if (ObjectionsOf(engine) is { IsEmpty: false } objections) throw new EngineException(objections);
        ArgumentOutOfRangeException.ThrowIfLessThan(engine.Draws, 1, nameof(Laplace.Draws));
        var program = _program.Value;
        // Beside its numbers a draw has an importance ratio, which is sorted in a copy.
        TakeDraws(1, engine.Draws, program.Density.OutputCount, ChainDraws.StatisticCount + 2);
        var clock = Stopwatch.StartNew();
        var run = Answered(() => LaplaceRun.Of(program.Density.Fork(), engine, cancellation));
        var compile = (_spent.Time + program.CompileTime).TotalSeconds;
        var layout = Budget.Current.Concluded(() => _layout.Value);
        return new LaplacePosterior(this, run, layout, new Seconds(compile, 0, clock.Elapsed.TotalSeconds, compile + clock.Elapsed.TotalSeconds));
    }

    /// <summary>What the parameters could be learned by: the first that applies and is available is taken.</summary>
    public ImmutableArray<LearningObjective> Objectives => [.. Run(_ => Class, default).Objectives.Select(o => new LearningObjective(o.Name, o.WhyNot, o.IsAvailable))];

    /// <summary>Why an objective cannot be taken; null where it can.</summary>
    private Diagnostic? Objection(string objective) => Class.Objectives.FirstOrDefault(o => o.Name == objective) switch
    {
        null => throw new ArgumentException($"there is no objective `{objective}`", nameof(objective)),
        { WhyNot: { } why } => InversionDiagnostics.ObjectiveDoesNotApply(objective, why, Class.Decided),
        { IsAvailable: false } => InversionDiagnostics.ObjectiveNotThere(objective, Class.Decided),
        _ => null,
    };

    /// <summary>Whether parameters are learned by mini-batches.</summary>
    private bool IsTrained(MaximumLikelihood engine) => engine.Training is not null || Conditioned.Nets.Count > 0 && RowPlan.Of(Conditioned, out _) is not null;

    /// <summary>Why what is latent cannot be eliminated exactly once parameters are known; empty where it can.</summary>
    private ImmutableArray<Diagnostic> WhyNotEliminated() => (Unlearned.IsEmpty ? this : Closed) is { } closed ? closed.Objections(new Exact()) : Unlearned;

    /// <summary>The problem with parameters at the values where learning starts; null where there are none such.</summary>
    internal Problem? Closed => _closed.Value;

    /// <summary>The same problem with values for parameters.</summary>
    /// <exception cref="DataException">The values do not fit the model.</exception>
    internal Problem With(DataSet values)
    {
        var binding = Binding with { Data = Binding.Data.With(values) };
        var conditioned = Conditioner.Condition(binding.Graph, binding.Data);
        return conditioned.Model is { } model
            ? new Problem(Model, binding, model, conditioned.Diagnostics, _silenced, _maxTableEntries, _limits, _spent)
            : throw new DataException(conditioned.Diagnostics);
    }

    private Problem? Close()
    {
        try
        {
            // What learning objects to need not keep what is latent from being eliminated.
            var start = ObjectionsOf(_likelihood).IsEmpty ? new ParameterLearning(this, _likelihood.Value.Density, "ml", new(1, 1, 1)).StartValues() : ParameterStart.Plain(Conditioned);
            return start is null ? null : With(start);
        }
        catch (DataException)
        {
            // The start contradicts the data or the model.
            return null;
        }
    }

    private ImmutableArray<Diagnostic> UninformedParameters =>
        [.. Conditioned.OpenParameters.Where(p => !p.Any(Role.Latent)).Select(p => FitDiagnostics.Uninformed(p.Variable.Name, Model.Source.Locate(p.Variable.Span)))];

    private static ImmutableArray<Diagnostic> ObjectionsOf(Once<CompiledProgram> program)
    {
        try
        {
            _ = program.Value;
            return [];
        }
        catch (EngineException objection)
        {
            return [.. objection.Diagnostics];
        }
    }

    private static Diagnostic Missing(Variable parameter, Location place) =>
        parameter.IsAuxiliary ? FitDiagnostics.WeightsMissing(parameter.Name[..parameter.Name.LastIndexOf('.')], place) : DataDiagnostics.ParameterMissing(parameter, place);
}
