using System.Collections.Immutable;
using System.Text;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What is known after the data, of everything that they do not give: a summary, and a verdict on it.</summary>
public abstract class Posterior
{
    private protected Posterior(Problem problem, OutputLayout layout) => (Problem, Layout) = (problem, layout);

    /// <summary>Model and data.</summary>
    public Problem Problem { get; }

    /// <summary>The reported variables, in the order of the model.</summary>
    public OutputLayout Layout { get; }

    /// <summary>The engine that ran: <c>nuts</c>, <c>exact</c>.</summary>
    public abstract string Engine { get; }

    /// <summary>A row for each element that the data do not give.</summary>
    public abstract Summary Summary { get; }

    /// <summary>What the run says about itself.</summary>
    public abstract Diagnostics Diagnostics { get; }

    /// <summary>Whether to trust it, and if not, why.</summary>
    public Verdict Verdict => Diagnostics.Verdict;

    /// <summary>Where the time went.</summary>
    public abstract Seconds Seconds { get; }

    /// <summary>Whether it was cancelled before it was done.</summary>
    public virtual bool Interrupted => false;

    /// <summary>The seed; null where nothing depends on it.</summary>
    public virtual ulong? Seed => null;

    /// <summary>The log probability (density) of all that the data give, where the engine computes it.</summary>
    public virtual double? LogEvidence => null;

    /// <summary>The summary of a scalar, or of an element such as <c>theta[3]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public SummaryRow Scalar(string name) => RowOf(name) is var row && row < Summary.Rows.Length ? Summary.Rows[row] : throw NoElement(name);

    /// <summary>The summary of a whole array, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public ArraySummary Array(string name)
    {
        var variable = Layout.Find(name) ?? throw new ArgumentException($"The posterior has no variable `{name}`.", nameof(name));
        return new ArraySummary(variable, Summary, Problem.Conditioned[Problem.Conditioned.Graph.Find(name)!].Values);
    }

    /// <summary>Writes the summary, of the named variables and elements only where there are any.</summary>
    public void Write(TextWriter text, SummaryForm form, IReadOnlyCollection<string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var summary = variables is null ? Summary : Only(variables);
        if (form == SummaryForm.Table) SummaryTable.Write(text, summary);
        else if (form == SummaryForm.Csv) SummaryCsv.Write(text, summary);
        else text.Write(Json(Report(summary)) + "\n");
    }

    /// <summary>Writes the folder of results: summary, draws where there are any, model, data, and how it was run. It is there whole or not at all.</summary>
    /// <param name="folder">The folder; an earlier one is replaced.</param>
    /// <param name="version">The version of the program that ran.</param>
    /// <param name="command">The command that gives the same again.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public void Save(string folder, string version, string command) => ResultFolder.Write(folder, this, Report(Summary), version, command);

    /// <summary>A scorer of rows that are not among the data, by the draws of what rows share.</summary>
    /// <param name="rows">The index of the <c>for</c> whose rows are meant; null where what is observed stands in <c>for</c>s over one range.</param>
    /// <exception cref="EngineException">The engine gave no draws, or the rows are not of one form or depend on each other.</exception>
    public virtual Scorer Scorer(string? rows = null) => throw new EngineException([Analysis.ScoringDiagnostics.NoDraws(Engine)]);

    internal static string Json(RunReport report)
    {
        using var bytes = new MemoryStream();
        SummaryJson.Write(bytes, report);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    internal virtual RunReport Report(Summary summary) => new()
    {
        Model = Path.GetFileName(Problem.Model.Source.Path),
        Engine = Engine,
        Seed = Seed,
        Class = Problem.Class.Name,
        Summary = summary,
        Levels = [.. Problem.Conditioned.Levels.Select(l => (l.Key.Name, l.Value))],
        LogEvidence = LogEvidence,
        Diagnostics = Diagnostics,
        Seconds = Seconds,
    };

    /// <summary>The files of the result folder that only this kind of result has.</summary>
    internal virtual void WriteFiles(string folder)
    {
    }

    /// <summary>The place of an element in the layout.</summary>
    private protected int RowOf(string name) => Layout.ElementNames.IndexOf(name) is >= 0 and var row ? row : throw NoElement(name);

    private protected Summary Only(IReadOnlyCollection<string> names)
    {
        var rows = ImmutableArray.CreateBuilder<SummaryRow>();
        foreach (var variable in Layout.Variables)
            for (var row = variable.Offset; row < variable.Offset + variable.Count && row < Summary.Rows.Length; row++)
                if (names.Contains(variable.Name) || names.Contains(Summary.Rows[row].Name)) rows.Add(Summary.Rows[row]);
        return Summary with { Rows = rows.ToImmutable() };
    }

    private static ArgumentException NoElement(string name) => new($"The posterior has no element `{name}`.", nameof(name));
}
