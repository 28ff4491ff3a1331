using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>How a maximum is looked for.</summary>
internal readonly record struct SearchOptions(int Starts, ulong Seed, int MaxIterations)
{
    /// <summary>Whether continuous unknowns are integrated by Laplace's method even where there is an exact integral.</summary>
    public bool IsApproximate { get; init; }
}

/// <summary>Learns the parameters of one problem, or finds the mode of all that is unknown in it.</summary>
internal sealed class ParameterLearning
{
    /// <summary>How well the integral by Laplace's method agrees with the exact one where it is exact too.</summary>
    private const double Agreement = 1e-7;

    /// <summary>Random starts are uniform on (-2, 2) on the unconstrained scale.</summary>
    private const double Radius = 2;

    private const int MostTries = 100;

    private readonly Problem _problem;
    private readonly ConditionedModel _model;
    private readonly DensityProgram _density;
    private readonly string _engine;
    private readonly SearchOptions _options;
    private readonly CellProgram _cells;
    private readonly int[] _learned;
    private readonly int[] _latents;

    /// <param name="problem">The problem.</param>
    /// <param name="density">The density of the kind that the engine maximises.</param>
    /// <param name="engine">The name of the engine.</param>
    /// <param name="options">How the maximum is looked for.</param>
    public ParameterLearning(Problem problem, DensityProgram density, string engine, SearchOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Starts, 1, nameof(MaximumLikelihood.Starts));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxIterations, 1, nameof(MaximumLikelihood.MaxIterations));
        (_problem, _model, _engine, _options) = (problem, problem.Conditioned, engine, options);
        _density = (DensityProgram)density.Fork();
        var isMode = engine == "map";
        _cells = CellProgram.Of(_model, density.Coordinates, density.Plan, v => v.Variable.IsParameter || isMode && v.Variable.Type == Graph.ElementType.Real);
        var coordinates = density.Coordinates.Blocks.SelectMany(b => Enumerable.Range(b.Offset, b.Dimension).Select(c => (c, IsLearned: isMode || b.IsParameter))).ToArray();
        _learned = [.. coordinates.Where(c => c.IsLearned).Select(c => c.c)];
        _latents = [.. coordinates.Where(c => !c.IsLearned).Select(c => c.c)];
    }

    private bool IsMode => _engine == "map";

    private string What => IsMode ? "the log density" : "the log likelihood";

    /// <summary>The values of parameters where learning starts.</summary>
    public DataSet StartValues() => ValuesAt(Start());

    public Fit Fit(IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var start = Start();
        if (IsMode) CenterAll(start);
        var (function, integral) = Objective(start, cancellation);
        var search = new ModeSearch(function, new LimitedMemoryBfgs { MaxIterations = _options.MaxIterations }) { MostForHessian = HasNets ? 0 : ModeSearch.UsualMostForHessian };
        var found = search.Find(Starts(start), Elsewhere(start), progress is null ? null : p => progress.Report(new FitProgress(p.Iteration, -p.Value, p.GradientNorm)), cancellation);
        if (found.Minimum.Stop == MinimizationStop.NoStart) throw new ObjectionException(NoStart(function, start));
        try
        {
            if (!cancellation.IsCancellationRequested) return Estimated(found, function, integral, Whole(found.Minimum.Position, function));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The values are there, and standard errors are not.
        }
        Budget.Current.Conclude();
        return Estimated(found with { Hessian = null, Curvature = null, IsCut = true }, function, integral, Placed(found.Minimum.Position));
    }

    private Fit Estimated(FoundMode found, ISmoothFunction function, string? integral, double[] position)
    {
        var summary = new FitSummary
        {
            Engine = _engine,
            Objective = IsMode ? "the posterior density of all continuous unknowns, on the scale on which the model declares them" : "the likelihood of the parameters",
            Integral = integral,
            LogLikelihood = -found.Minimum.Value,
            Parameters = _learned.Length,
            Observations = Observations(_model),
            Ended = Ended(found, What),
            Converged = found.Minimum.IsConverged,
            Warnings = [.. Warnings(found)],
        };
        if (HasNets) return WithoutErrors(position, summary);
        var estimates = new FitEstimation(_density, _cells, _learned, position, function, found, IsMode ? "density" : "likelihood");
        return new Fit(_problem, _cells, estimates, summary with { Warnings = [.. summary.Warnings, .. estimates.Warnings] });
    }

    private bool HasNets => _model.Nets.Count > 0;

    /// <summary>Of the weights of nets none is identified: there are always others that do the same, and so no standard errors.</summary>
    private Fit WithoutErrors(double[] position, FitSummary summary)
    {
        var values = new double[_cells.Count];
        _cells.Compute(position, values);
        return new Fit(_problem, _cells.Reported, values, summary with
        {
            Warnings = [.. summary.Warnings, "the nets were learned from all data at once, with none held out to judge them by: they may know these by heart"],
        });
    }

    // --- what is maximised ---

    /// <summary>The function of the learned coordinates, to be minimised, and how what else is unknown was integrated; null where nothing is.</summary>
    private (ISmoothFunction Function, string? Integral) Objective(double[] start, CancellationToken cancellation)
    {
        if (_latents.Length == 0) return (new NegativeLogDensity(_density), null);
        var over = string.Join(", ", _density.Coordinates.Blocks.Where(b => !b.IsParameter).Select(b => b.Definition.Definition.Variable.Name).Distinct().Select(n => $"`{n}`"));
        var laplace = new LaplaceIntegral(_density, _learned, _latents, start);
        if (!_options.IsApproximate && _problem.Closed is { } closed && closed.Objections(new Exact(), cancellation).IsEmpty)
            return (IsExact(laplace, start, cancellation) ? laplace : new DifferencedFunction(_learned.Length, p => -Evidence(p, start, cancellation)), $"exact over {over}");
        return (laplace, $"a Laplace approximation over {over}");
    }

    /// <summary>Whether Laplace's method gives the exact integral, as it does where all is normal; then it is the quicker way to it.</summary>
    private bool IsExact(LaplaceIntegral laplace, double[] start, CancellationToken cancellation)
    {
        var here = Array.ConvertAll(_learned, c => start[c]);
        foreach (var shift in (ReadOnlySpan<double>)[0, 0.31])
        {
            var moved = Array.ConvertAll(here, v => v + shift);
            if (laplace.Value(moved) is not { } approximate) return false;
            var exact = -Evidence(moved, start, cancellation);
            if (!(Math.Abs(approximate - exact) <= Agreement * Math.Max(1, Math.Abs(exact)))) return false;
        }
        return true;
    }

    /// <summary>The exact log probability of the data at values of parameters; not a number where these contradict them.</summary>
    private double Evidence(double[] learned, double[] start, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var position = start.ToArray();
        for (var i = 0; i < learned.Length; i++) position[_learned[i]] = learned[i];
        try
        {
            return _problem.With(ValuesAt(position)).Infer(new Exact(), cancellation).LogEvidence ?? double.NaN;
        }
        catch (EngineException)
        {
            return double.NaN;
        }
        catch (DataException)
        {
            return double.NaN;
        }
    }

    // --- where it starts ---

    /// <summary>Where the model says, and the middle of the unconstrained scale elsewhere.</summary>
    private double[] Start()
    {
        var position = new double[_density.Dimension];
        LearningStart.Write(_model, _density.Coordinates, _cells, _options.Seed, position);
        return position;
    }

    private IEnumerable<double[]> Starts(double[] start) =>
        [Array.ConvertAll(_learned, c => start[c]), .. Enumerable.Range(1, _options.Starts - 1).Select(number => Near(start, number))];

    /// <summary>Where to begin if the data are impossible at the start.</summary>
    private IEnumerable<double[]> Elsewhere(double[] start) => Enumerable.Range(_options.Starts, MostTries).Select(number => Near(start, number));

    private double[] Near(double[] start, int number)
    {
        var random = Streams.Of(_options.Seed, number, Purpose.Start);
        return Array.ConvertAll(_learned, c => start[c] + Radius * (2 * random.NextDouble() - 1));
    }

    /// <summary>The mode is that of the density of the values themselves, so that each coordinate has to stand for its value.</summary>
    private void CenterAll(double[] position)
    {
        var centred = new bool[_density.CenteringCoordinates.Length];
        Array.Fill(centred, true);
        _density.Recenter(centred, position);
        _cells.CenterAll(_density.Coordinates);
    }

    // --- what is said of it ---

    /// <summary>The whole position, with latents where the integral was taken.</summary>
    private double[] Whole(double[] learned, ISmoothFunction function)
    {
        var position = Placed(learned);
        if (function is not LaplaceIntegral laplace) return position;
        laplace.Value(learned);
        foreach (var c in _latents) position[c] = laplace.Position[c];
        return position;
    }

    /// <summary>A position with the learned coordinates; the others are 0.</summary>
    private double[] Placed(double[] learned)
    {
        var position = new double[_density.Dimension];
        for (var i = 0; i < learned.Length; i++) position[_learned[i]] = learned[i];
        return position;
    }

    private DataSet ValuesAt(double[] position)
    {
        var values = new double[_cells.Count];
        _cells.Compute(position, values);
        return FitValues.Of(_model, _cells.Reported.Where(r => r.Variable.IsParameter), values);
    }

    /// <summary>How many draws are observed; a vector that is drawn as a whole is one.</summary>
    public static long Observations(ConditionedModel model)
    {
        var count = 0L;
        foreach (var definition in model.Definitions.Where(d => d.Definition is { IsRandom: true, Variable.IsParameter: false }))
        {
            var roles = model[definition.Definition.Variable].Roles;
            for (var i = 0; i < definition.Count; i++)
            {
                var size = Math.Max(1, RoleAssignment.EventSize(definition, i));
                for (var cell = definition.Targets[i]; cell < definition.Targets[i] + definition.SizeOf(i); cell += size)
                    if (roles.AsSpan(cell, size).Contains(Role.Observed)) count++;
            }
        }
        return count + (model.Inverted?.Draws.DistinctBy(d => d.Statement.Variable).Sum(d => Draws(model[d.Statement.Variable], d.Statement)) ?? 0);
    }

    /// <summary>How many draws of a variable are known by what is computed of them.</summary>
    private static long Draws(VariableState state, Graph.Definition statement) =>
        state.Count / Math.Max(1, state.Shape[^Graph.DistributionTraits.EventRank(statement.Distribution!)..].Aggregate(1, (a, b) => a * b));

    private static string Ended(FoundMode found, string what) => found.Minimum.Explanation.TrimEnd('.').Replace("the value", what, StringComparison.Ordinal)
        + (found.Starts.Of > 1 ? string.Create(CultureInfo.InvariantCulture, $"; {found.Starts.Same} of {found.Starts.Of} starts ended there") : "");

    private IEnumerable<string> Warnings(FoundMode found)
    {
        if (!found.Minimum.IsConverged) yield return $"{Ended(found, What)}: these are no maximum";
    }

    /// <summary>What makes the function no number at the start.</summary>
    private Text.Diagnostic NoStart(ISmoothFunction function, double[] start)
    {
        var gradient = new double[_learned.Length];
        function.Evaluate(Array.ConvertAll(_learned, c => start[c]), gradient);
        var culprit = Array.FindIndex(gradient, g => !double.IsFinite(g));
        if (culprit < 0 || Array.TrueForAll(gradient, g => !double.IsFinite(g))) return FitDiagnostics.NoStart(null, IsMode, null);
        var variable = _density.Coordinates.BlockOf(_learned[culprit]).Definition.Definition.Variable;
        return FitDiagnostics.NoStart(variable.Name, IsMode, _model.Graph.Source.Locate(variable.Span));
    }
}
