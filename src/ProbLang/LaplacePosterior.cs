using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior by draws from the normal distribution at its mode.</summary>
public sealed class LaplacePosterior : Posterior
{
    private readonly LaplaceRun _run;
    private readonly Once<Summary> _summary;
    private readonly Once<Diagnostics> _diagnostics;

    internal LaplacePosterior(Problem problem, LaplaceRun run, OutputLayout layout, Seconds seconds) : base(problem, layout)
    {
        _run = run;
        Draws = new Draws(layout, [run.Draws]);
        _summary = new(() => Summary.Of(Draws));
        _diagnostics = new(() => new Diagnostics(0, 0, [], new Verdict(Reasons()) { Grounds = Summary.Rows.IsEmpty ? "there was nothing to infer" : string.Create(CultureInfo.InvariantCulture, $"near normal: the tail of the importance ratios has shape {run.Shape:0.00}") }));
        Seconds = seconds;
    }

    /// <summary>Independent draws, one chain of them.</summary>
    public Draws Draws { get; }

    /// <summary>One draw of a variable or an element, as a value of .NET: types and names as those of <see cref="Posterior.Get"/>. Elements that the data give have their values.</summary>
    /// <param name="name">The variable or element.</param>
    /// <param name="draw">Counted from 0, less than <see cref="Results.Draws.Count"/>.</param>
    /// <exception cref="ArgumentException">There is no such variable or element, or it cannot be had as this type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such draw.</exception>
    public T GetDraw<T>(string name, int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, Draws.Count);
        return Values(name, (_, row) => Draws.Complete[0].Draw(draw)[row]).To<T>();
    }

    /// <inheritdoc/>
    public override string Engine => "laplace";

    /// <inheritdoc/>
    public override Summary Summary => _summary.Value;

    /// <inheritdoc/>
    public override Diagnostics Diagnostics => _diagnostics.Value;

    /// <inheritdoc/>
    public override Seconds Seconds { get; }

    /// <inheritdoc/>
    public override bool Interrupted => _run.IsCancelled;

    /// <inheritdoc/>
    public override ulong? Seed => _run.Seed;

    /// <summary>The log probability (density) of all that the data give, as far as the posterior is normal.</summary>
    public override double? LogEvidence => _run.LogEvidence;

    /// <summary>How heavy the tail of the importance ratios of posterior and draws is: the shape of a generalized Pareto distribution. Above 0.7 the draws do not stand for the posterior.</summary>
    public double ParetoShape => _run.Shape;

    /// <inheritdoc/>
    public override Scorer Scorer(string? rows = null, CancellationToken cancellation = default) => ProbLang.Scorer.Of(Problem, rows, Draws, cancellation);

    private protected override double QuantileOf(int row, double probability) => DrawQuantity.Quantile(Draws, row, probability);

    private protected override double ModeOf(int row) => DrawQuantity.Mode(Draws, row);

    private protected override double? ProbabilityOf(int row, Func<double, bool> holds) => DrawQuantity.Probability(Draws, row, holds);

    private protected override PicturedDistribution Picture(int row) => Picture(Draws, row);

    internal override RunReport Report(Summary summary) => base.Report(summary) with { Gradients = _run.Gradients, EvidenceKind = EvidenceKind.Approximation };

    private ImmutableArray<Reason> Reasons()
    {
        var reasons = ImmutableArray.CreateBuilder<Reason>();
        if (_run.IsCancelled) reasons.Add(new Reason(Concern.Interrupted, null, string.Create(CultureInfo.InvariantCulture, $"interrupted: {_run.Draws.Count} draws")));
        if (_run.Shape > Results.ParetoShape.Most)
            reasons.Add(new Reason(Concern.NotNormal, null, string.Create(CultureInfo.InvariantCulture,
                $"The posterior is not near the normal distribution at its mode: the tail of the importance ratios has shape {_run.Shape:0.00}, above {Results.ParetoShape.Most}. Draw from the posterior itself (--engine nuts).")));
        return reasons.ToImmutable();
    }
}
