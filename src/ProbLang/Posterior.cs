using System.Collections.Immutable;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Inference;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What is known after the data: draws of everything that they do not give, a summary, and a verdict on both.</summary>
public sealed class Posterior
{
    internal Posterior(Problem problem, NutsRun run, OutputLayout layout, Seconds seconds)
    {
        Problem = problem;
        Run = run;
        Draws = run.Draws(layout);
        Summary = Summary.Of(Draws);
        Diagnostics = Diagnostics.Of(Draws, Summary, run.Options.MaxDepth, run.Failures, run.IsCancelled);
        Seconds = seconds;
    }

    /// <summary>Model and data.</summary>
    public Problem Problem { get; }

    /// <summary>What the sampler did.</summary>
    public NutsRun Run { get; }

    /// <summary>Chains × draws × elements.</summary>
    public Draws Draws { get; }

    /// <summary>A row for each element that the data do not give.</summary>
    public Summary Summary { get; }

    /// <summary>What the run says about itself.</summary>
    public Diagnostics Diagnostics { get; }

    /// <summary>Whether to trust it, and if not, why.</summary>
    public Verdict Verdict => Diagnostics.Verdict;

    /// <summary>Where the time went.</summary>
    public Seconds Seconds { get; }

    /// <summary>Whether it was cancelled before all draws were made.</summary>
    public bool Interrupted => Run.IsCancelled;

    /// <summary>The summary of a scalar, or of an element such as <c>theta[3]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public SummaryRow Scalar(string name)
    {
        var row = Draws.Layout.ElementNames.IndexOf(name);
        return row >= 0 && row < Summary.Rows.Length ? Summary.Rows[row] : throw new ArgumentException($"The posterior has no element `{name}`.", nameof(name));
    }

    /// <summary>The summary of a whole array, row-major.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public ArraySummary Array(string name)
    {
        var variable = Draws.Layout.Find(name) ?? throw new ArgumentException($"The posterior has no variable `{name}`.", nameof(name));
        return new ArraySummary(variable, Summary, Problem.Conditioned[Problem.Model.Graph.Find(name)!].Values);
    }

    /// <summary>Writes the summary, of the named variables only where there are any.</summary>
    public void Write(TextWriter text, SummaryForm form, IReadOnlyCollection<string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var summary = variables is null ? Summary : Only(variables);
        if (form == SummaryForm.Table) SummaryTable.Write(text, summary);
        else if (form == SummaryForm.Csv) SummaryCsv.Write(text, summary);
        else text.Write(Json(summary) + "\n");
    }

    /// <summary>Writes the folder of results: summary, draws, model, data, and how it was run. It is there whole or not at all.</summary>
    /// <param name="folder">The folder; an earlier one is replaced.</param>
    /// <param name="version">The version of the program that ran.</param>
    /// <param name="command">The command that gives the same again.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    public void Save(string folder, string version, string command) => ResultFolder.Write(folder, this, version, command);

    internal string Json(Summary summary)
    {
        using var bytes = new MemoryStream();
        SummaryJson.Write(bytes, Report(summary));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private RunReport Report(Summary summary) => new()
    {
        Model = Path.GetFileName(Problem.Model.Source.Path),
        Engine = "nuts",
        Seed = Run.Seed,
        Class = ModelClass.Of(Problem.Conditioned).Name,
        Summary = summary,
        Levels = [.. Problem.Conditioned.Levels.Select(l => (l.Key.Name, l.Value))],
        Diagnostics = Diagnostics,
        Seconds = Seconds,
        Gradients = Run.Gradients,
    };

    private Summary Only(IReadOnlyCollection<string> variables)
    {
        var rows = ImmutableArray.CreateBuilder<SummaryRow>();
        foreach (var variable in Draws.Layout.Variables)
            if (variables.Contains(variable.Name))
                for (var element = 0; element < variable.Count && variable.Offset + element < Summary.Rows.Length; element++) rows.Add(Summary.Rows[variable.Offset + element]);
        return Summary with { Rows = rows.ToImmutable() };
    }
}
