using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What is said of a fit as a whole.</summary>
internal sealed record FitSummary
{
    public required string Engine { get; init; }

    public required string Objective { get; init; }

    public required string? Integral { get; init; }

    public required double LogLikelihood { get; init; }

    public required int Parameters { get; init; }

    public required long Observations { get; init; }

    public required string Ended { get; init; }

    public required bool Converged { get; init; }

    public required ImmutableArray<string> Warnings { get; init; }

    public ImmutableArray<TrainingEpoch> History { get; init; } = [];

    public double? HeldOutLoss { get; init; }
}

/// <summary>What was learned: values of parameters, how well the data determine them, and how likely they make the data. Immutable.</summary>
public sealed partial class Fit
{
    private readonly double[] _values;
    private readonly double[] _covariance;
    private readonly ImmutableArray<IntervalScale> _scales;
    private readonly FitSummary _summary;
    private readonly WeightTensors _weights;

    internal Fit(Problem problem, CellProgram cells, FitEstimation estimates, FitSummary summary)
    {
        (_values, _covariance, _scales, _summary) = (estimates.Values, estimates.Covariance, estimates.Scales, summary);
        _weights = WeightTensors.Of(problem.Conditioned);
        Source = problem.Model.Source;
        Graph = problem.Model.PrintGraph();
        Layout = ReportedLayout.Of(problem.Conditioned, cells.Reported);
        Values = FitValues.Of(problem.Conditioned, cells.Reported.Where(r => r.Variable.IsParameter), _values);
    }

    /// <summary>What training by mini-batches came to: values without standard errors. Weights of nets are no estimates that anyone reads one by one.</summary>
    internal Fit(Problem problem, IReadOnlyList<ReportedCells> cells, double[] values, FitSummary summary)
    {
        ReportedCells[] estimates = [.. cells.Where(c => !c.Variable.IsAuxiliary)];
        _values = [.. estimates.SelectMany(c => values.AsSpan(c.Offset, c.Cells.Length).ToArray())];
        (_covariance, _scales, _summary) = ([], [.. _values.Select(_ => IntervalScale.Identity)], summary);
        _weights = WeightTensors.Of(problem.Conditioned);
        Source = problem.Model.Source;
        Graph = problem.Model.PrintGraph();
        Layout = ReportedLayout.Of(problem.Conditioned, estimates);
        Values = FitValues.Of(problem.Conditioned, cells, values);
    }

    private Fit(Fit fit, FitSummary summary)
    {
        (_values, _covariance, _scales, _summary) = (fit._values, fit._covariance, fit._scales, summary);
        (Source, Graph, Layout, Values, _weights) = (fit.Source, fit.Graph, fit.Layout, fit.Values, fit._weights);
    }

    /// <summary>The same with one more warning.</summary>
    internal Fit WithWarning(string warning) => new(this, _summary with { Warnings = _summary.Warnings.Add(warning) });

    /// <summary>The text of the model, with its path.</summary>
    public Text.SourceText Source { get; }

    /// <summary>The bound graph of the model as text: models that differ in no more than comments and layout have the same.</summary>
    internal string Graph { get; }

    /// <summary>The parameters that were learned, as data for the same model.</summary>
    internal DataSet Values { get; }

    /// <summary>
    /// The parameters that were learned, as data for the same model, to be merged with other data: <c>model.Condition(fit.Data.With(data))</c>. Labels have the codes that they had when it was learned.
    /// </summary>
    public Data Data => Data.Of(Values);

    /// <summary>The learned variables.</summary>
    public OutputLayout Layout { get; }

    /// <summary>How it was learned: <c>ml</c>, <c>map</c>.</summary>
    public string Engine => _summary.Engine;

    /// <summary>What was maximised, in words.</summary>
    public string Objective => _summary.Objective;

    /// <summary>How the continuous latents were integrated out of the likelihood, and which; null where there are none.</summary>
    public string? Integral => _summary.Integral;

    /// <summary>The log likelihood at the estimates; of a mode of the posterior its log density, up to the log evidence. NaN where a training by mini-batches was cancelled: it would take all rows.</summary>
    public double LogLikelihood => _summary.LogLikelihood;

    /// <summary>How many numbers were learned: a vector of proportions counts one less than it has elements.</summary>
    public int Parameters => _summary.Parameters;

    /// <summary>How many draws are observed; a vector or matrix that is drawn as a whole is one.</summary>
    public long Observations => _summary.Observations;

    /// <summary>Akaike's criterion, 2 k - 2 log L; the less the better.</summary>
    public double Aic => 2 * Parameters - 2 * LogLikelihood;

    /// <summary>Schwarz's criterion, k log n - 2 log L; the less the better.</summary>
    public double Bic => Parameters * Math.Log(Observations) - 2 * LogLikelihood;

    /// <summary>Why the search ended.</summary>
    public string Ended => _summary.Ended;

    /// <summary>Whether it ended at a maximum, as far as can be told.</summary>
    public bool Converged => _summary.Converged;

    /// <summary>The epochs of training by mini-batches; empty where there were none.</summary>
    public ImmutableArray<TrainingEpoch> History => _summary.History;

    /// <summary>The negative log likelihood of a row that was held out from training; null where none was.</summary>
    public double? HeldOutLoss => _summary.HeldOutLoss;

    /// <summary>What is to be known before the estimates are used, one sentence each.</summary>
    public ImmutableArray<string> Warnings => _summary.Warnings;

    /// <summary>The covariance of the estimates, row-major over the elements of <see cref="Layout"/>; NaN where there is none.</summary>
    public ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>The estimates of a variable, row-major.</summary>
    /// <exception cref="ArgumentException">It was not learned.</exception>
    public ReadOnlySpan<double> this[string variable]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(variable);
            return Layout.Find(variable) is { } found ? _values.AsSpan(found.Offset, found.Count) : throw new ArgumentException($"The fit has no variable `{variable}`.", nameof(variable));
        }
    }

    /// <summary>
    /// The estimate of a variable, or of an element such as <c>beta[3]</c> or <c>a[Ohio]</c>, as a value of .NET: <c>double</c> for a scalar, <c>double[]</c>, <c>double[,]</c> or arrays in arrays for an array, in the order of the model; other types as those of
    /// <see cref="Posterior.Get"/>. Elements that the data gave have their values.
    /// </summary>
    /// <param name="name">The variable or element, as in <see cref="OutputLayout.ElementNames"/>.</param>
    /// <exception cref="ArgumentException">It was not learned; or it cannot be had as this type, and the message says as which it can.</exception>
    public T Get<T>(string name)
    {
        return LayoutValues.Of(Layout, name, "The fit", Estimated).To<T>();

        VariableValues Estimated(OutputVariable variable) => Values.Arrays.TryGetValue(variable.Name, out var array)
            ? new VariableValues(variable.Name, array.Shape, array.Values, VariableValues.KindOf(variable)) { Rows = array.Rows, Levels = variable.Levels }
            : VariableValues.Of(variable, _values.AsSpan(variable.Offset, variable.Count));
    }

    /// <summary>The standard error of an element, such as <c>beta[2]</c>.</summary>
    /// <exception cref="ArgumentException">It was not learned.</exception>
    public double StandardError(string element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return StandardError(Layout.RowOf(element) ?? throw new ArgumentException($"The fit has no element `{element}`.", nameof(element)));
    }

    /// <summary>
    /// The estimates of all elements with their standard errors and Wald's confidence intervals, which are symmetric on the scale without bounds.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public ImmutableArray<FitEstimate> Estimates(double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(level, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        var errors = Math.Sqrt(2) * MathNet.Numerics.SpecialFunctions.ErfInv(level);
        return [.. Enumerable.Range(0, _values.Length).Select(i =>
        {
            var error = StandardError(i);
            var (lower, upper) = _scales[i].Interval(_values[i], error, errors);
            return new FitEstimate(Layout.ElementNames[i], _values[i], error, lower, upper);
        })];
    }

    private double StandardError(int element) => _covariance.Length == 0 ? double.NaN : Math.Sqrt(_covariance[element * _values.Length + element]);
}
