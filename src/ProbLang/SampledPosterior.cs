using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior by draws.</summary>
public sealed class SampledPosterior : Posterior
{
    private readonly Once<Summary> _summary;
    private readonly Once<Diagnostics> _diagnostics;

    internal SampledPosterior(Problem problem, NutsRun run, OutputLayout layout, Seconds seconds) : base(problem, layout)
    {
        Run = run;
        Draws = run.Draws(layout);
        // Of many draws it takes a while, and who has cancelled does not want to wait for it.
        _summary = new(() => Summary.Of(Draws));
        _diagnostics = new(() => Diagnostics.Of(Draws, Summary, run.Options.MaxDepth, run.Failures, run.IsCancelled));
        Seconds = seconds;
    }

    /// <summary>What the sampler did.</summary>
    public NutsRun Run { get; }

    /// <summary>Chains × draws × elements.</summary>
    public Draws Draws { get; }

    /// <summary>One draw of a variable or an element, as a value of .NET: types and names as those of <see cref="Posterior.Get"/>. Elements that the data give have their values.</summary>
    /// <param name="name">The variable or element.</param>
    /// <param name="chain">One of <see cref="Results.Draws.Complete"/>, counted from 0.</param>
    /// <param name="draw">Counted from 0, less than <see cref="Results.Draws.Count"/>.</param>
    /// <exception cref="ArgumentException">There is no such variable or element, or it cannot be had as this type.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such chain or draw.</exception>
    public T GetDraw<T>(string name, int chain, int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chain);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chain, Draws.Complete.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, Draws.Count);
        return Values(name, (_, row) => Draws.Complete[chain].Draw(draw)[row]).To<T>();
    }

    /// <inheritdoc/>
    public override string Engine => Run.Options.Name;

    /// <inheritdoc/>
    public override Summary Summary => _summary.Value;

    /// <inheritdoc/>
    public override Diagnostics Diagnostics => _diagnostics.Value;

    /// <inheritdoc/>
    public override Seconds Seconds { get; }

    /// <summary>Whether it was cancelled before all draws were made.</summary>
    public override bool Interrupted => Run.IsCancelled;

    /// <inheritdoc/>
    public override ulong? Seed => Run.Seed;

    /// <inheritdoc/>
    public override Scorer Scorer(string? rows = null) => ProbLang.Scorer.Of(Problem, rows, Draws);

    private protected override double QuantileOf(int row, double probability) => DrawQuantity.Quantile(Draws, row, probability);

    private protected override double ModeOf(int row) => DrawQuantity.Mode(Draws, row);

    private protected override double? ProbabilityOf(int row, Func<double, bool> holds) => DrawQuantity.Probability(Draws, row, holds);

    private protected override PicturedDistribution Picture(int row) => Picture(Draws, row);

    internal override RunReport Report(Summary summary) => base.Report(summary) with { Gradients = Run.Gradients };

    internal override ImmutableArray<(string File, int Draws)> ChainFiles => [.. Run.Chains.Select(c => (FileOf(c.Chain), c.Draws.Count))];

    internal override void WriteFiles(string folder)
    {
        var model = Path.GetFileNameWithoutExtension(Problem.Model.Source.Path);
        foreach (var chain in Run.Chains)
            ResultFolder.Text(folder, FileOf(chain.Chain), text =>
                CmdStanCsv.Write(text, Layout, chain.Draws, chain.Chain, model, Run.Seed, Run.Options.Warmup));
        if (PointwiseLikelihood.Of(this) is { } likelihood) ResultFolder.Text(folder, "log_likelihood.csv", likelihood.Write);
    }
    private static string FileOf(int chain) => string.Create(CultureInfo.InvariantCulture, $"chain-{chain}.csv");
}
