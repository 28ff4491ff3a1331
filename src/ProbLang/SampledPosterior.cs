using System.Globalization;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior by draws.</summary>
public sealed class SampledPosterior : Posterior
{
    internal SampledPosterior(Problem problem, NutsRun run, OutputLayout layout, Seconds seconds) : base(problem, layout)
    {
        Run = run;
        Draws = run.Draws(layout);
        Summary = Summary.Of(Draws);
        Diagnostics = Diagnostics.Of(Draws, Summary, run.Options.MaxDepth, run.Failures, run.IsCancelled);
        Seconds = seconds;
    }

    /// <summary>What the sampler did.</summary>
    public NutsRun Run { get; }

    /// <summary>Chains × draws × elements.</summary>
    public Draws Draws { get; }

    /// <inheritdoc/>
    public override string Engine => Run.Options.Name;

    /// <inheritdoc/>
    public override Summary Summary { get; }

    /// <inheritdoc/>
    public override Diagnostics Diagnostics { get; }

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
