using System.Collections.Immutable;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// The answers of several engines to one problem, beside each other. The first that answers is the reference. <see cref="ElementComparison"/> says when two answers agree.
/// </summary>
public sealed class Comparison
{
    private readonly Problem _problem;
    private readonly Once<(ComparedEngine? Reference, ImmutableArray<EngineComparison> Comparisons)> _compared;

    internal Comparison(Problem problem, ImmutableArray<ComparedEngine> engines, bool interrupted)
    {
        (_problem, Engines, Interrupted) = (problem, engines, interrupted);
        // Summaries of many draws take a while, and who has cancelled does not want to wait for them.
        _compared = new(() =>
        {
            ImmutableArray<ComparedEngine> answered = [.. engines.Where(e => e.Posterior is { Summary.Rows: var rows } posterior && (!rows.IsEmpty || posterior.Layout.Count == 0))];
            var reference = answered.FirstOrDefault();
            return (reference, [.. answered.Skip(1).Select(e => Between(reference!.Posterior!, e.Posterior!))]);
        });
    }

    /// <summary>The engines in the order in which they were asked for, those that object too.</summary>
    public ImmutableArray<ComparedEngine> Engines { get; }

    /// <summary>The first engine that answered; null where none did.</summary>
    public ComparedEngine? Reference => _compared.Value.Reference;

    /// <summary>Each further engine that answered, beside the reference.</summary>
    public ImmutableArray<EngineComparison> Comparisons => _compared.Value.Comparisons;

    /// <summary>Whether it was cancelled before all engines were done.</summary>
    public bool Interrupted { get; }

    /// <summary>Whether at least two engines answered, and all agree with the reference.</summary>
    public bool Agrees => Report(null).Agrees;

    /// <summary>A line for each engine beside the reference.</summary>
    public string Verdict => Report(null).Verdict;

    /// <summary>Writes the comparison, of the named variables and elements only where there are any.</summary>
    public void Write(TextWriter text, SummaryForm form, IReadOnlyCollection<string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var report = Report(variables);
        if (form == SummaryForm.Table) ComparisonText.WriteTables(text, report);
        else if (form == SummaryForm.Csv) ComparisonText.WriteCsv(text, report);
        else text.Write(ComparisonJson.Of(report) + "\n");
    }

    private ComparisonReport Report(IReadOnlyCollection<string>? variables) => new(
        Path.GetFileName(_problem.Model.Source.Path), Reference?.Engine.Name,
        [.. Engines.Select(e => new EngineReport(
            e.Engine.Name, e.Posterior?.LogEvidence, (e.Posterior as MessagePassingPosterior)?.EvidenceKind, e.Posterior?.Seconds.Total ?? double.NaN, e.Posterior?.Verdict, [.. e.Objections.Select(o => o.Message)]))],
        [.. variables is null ? Comparisons : Comparisons.Select(c => c with
        {
            Elements = [.. c.Elements.Where(e => variables.Contains(e.Element) || variables.Contains(e.Reference.Variable))],
            Missing = [.. c.Missing.Where(m => variables.Contains(m) || variables.Contains(m.Split('[', 2)[0]))],
        })]);

    private static EngineComparison Between(Posterior reference, Posterior other)
    {
        var rows = other.Summary.Rows.Select((row, index) => (row, index)).ToDictionary(r => r.row.Name, r => r.index);
        var (precisions, otherPrecisions) = (PrecisionOf(reference), PrecisionOf(other));
        var elements = ImmutableArray.CreateBuilder<ElementComparison>();
        for (var i = 0; i < reference.Summary.Rows.Length; i++)
            if (rows.TryGetValue(reference.Summary.Rows[i].Name, out var at))
                elements.Add(ElementComparison.Of(reference.Summary.Rows[i], precisions(i), other.Summary.Rows[at], otherPrecisions(at)));
        return new EngineComparison(other.Engine, elements.ToImmutable(), [.. reference.Summary.Rows.Select(r => r.Name).Where(n => !rows.ContainsKey(n))]);
    }

    private static Func<int, Precision> PrecisionOf(Posterior posterior)
    {
        switch (posterior)
        {
            case SampledPosterior sampled:
                return Drawn(sampled.Draws);
            case LaplacePosterior laplace:
                return Drawn(laplace.Draws);
            case MessagePassingPosterior { Draws: { } draws }:
                return _ => Precision.OfNormal(draws);
            default:
                return _ => Precision.Perfect;
        }

        Func<int, Precision> Drawn(Draws draws)
        {
            var column = new double[draws.Complete.Length * draws.Count];
            return row =>
            {
                draws.CopyColumn(row, column);
                return Precision.Of(posterior.Summary.Rows[row], column);
            };
        }
    }
}
