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

    internal override RunReport Report(Summary summary) => base.Report(summary) with { Gradients = Run.Gradients };

    internal override void WriteFiles(string folder)
    {
        var model = Path.GetFileNameWithoutExtension(Problem.Model.Source.Path);
        foreach (var chain in Run.Chains)
            ResultFolder.Text(folder, string.Create(CultureInfo.InvariantCulture, $"chain-{chain.Chain}.csv"), text =>
                CmdStanCsv.Write(text, Layout, chain.Draws, chain.Chain, model, Run.Seed, Run.Options.Warmup));
        if (PointwiseLikelihood.Of(this) is { } likelihood) ResultFolder.Text(folder, "log_likelihood.csv", likelihood.Write);
    }
}
