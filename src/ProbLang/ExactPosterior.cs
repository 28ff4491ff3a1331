using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior without Monte Carlo error: the marginal distribution of every element, joint distributions, and what is most probable. Safe to share between threads.</summary>
public sealed class ExactPosterior : MarginalPosterior
{
    private readonly Lock _solving = new();
    private readonly ExactSolution _solution;
    private MostProbableExplanation? _mostProbable;

    internal ExactPosterior(Problem problem, ExactSolution solution, OutputLayout layout, TimeSpan compile, Func<TimeSpan> elapsed) : base(problem, layout, solution.Of)
    {
        _solution = solution;
        var total = elapsed();
        Seconds = new Seconds(compile.TotalSeconds, 0, 0, (compile + total).TotalSeconds);
    }

    /// <inheritdoc/>
    public override string Engine => "exact";

    /// <inheritdoc/>
    public override Diagnostics Diagnostics =>
        Diagnostics.None with { Verdict = new Verdict([]) { Grounds = string.Create(CultureInfo.InvariantCulture, $"{(Summary.Rows.IsEmpty ? "there was nothing to infer" : "exact, up to rounding")}; the log evidence is {_solution.LogEvidence:0.######}") } };

    /// <inheritdoc/>
    public override Seconds Seconds { get; }

    /// <inheritdoc/>
    public override double? LogEvidence => _solution.LogEvidence;

    /// <summary>Where something infinite was cut off and the like, one sentence each.</summary>
    public override ImmutableArray<string> Notes => _solution.Notes;

    /// <summary>The joint distribution of scalars or elements that have finitely many values.</summary>
    /// <exception cref="ArgumentException">There is no such element, it has more values than can be listed, or it is named twice.</exception>
    /// <exception cref="EngineException">Together they have too many values.</exception>
    public JointTable Joint(params IReadOnlyList<string> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        if (ObjectionToJoint(elements) is { } refusal) throw new ArgumentException(refusal, nameof(elements));
        var rows = elements.Select(RowOf).ToArray();
        lock (_solving)
        {
            var table = Answered(() => _solution.Joint([.. rows.Select(r => Cells[r])]));
            return table with { Variables = [.. rows.Select((r, v) => Named(Summary.Rows[r], table.Values[v]))] };
        }
    }

    /// <summary>The values of all discrete unknowns that are most probable together, given the data; continuous unknowns are integrated out.</summary>
    /// <exception cref="EngineException">To find them would take too large a table.</exception>
    public MostProbableExplanation MostProbable()
    {
        lock (_solving)
            return _mostProbable ??= Named(Answered(_solution.MostProbable));
    }

    /// <summary>What is not summed up yet may be too large.</summary>
    private static T Answered<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (ObjectionException objection)
        {
            throw new EngineException([objection.Diagnostic]);
        }
    }

    /// <summary>Writes what is asked: the summary, then joint distributions, then the most probable explanation.</summary>
    /// <exception cref="ArgumentException">A joint distribution is asked for that there is not.</exception>
    public void Write(TextWriter text, SummaryForm form, Query query)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(query);
        var report = Answer(query);
        if (form == SummaryForm.Json) text.Write(Json(report) + "\n");
        else if (form == SummaryForm.Csv) ExactText.WriteCsv(text, report, query.HasRows);
        else ExactText.WriteTables(text, report, query.HasRows);
    }

    /// <summary>As <see cref="Posterior.Save"/>; the summary holds what is asked beside that of all variables.</summary>
    /// <exception cref="ArgumentException">A joint distribution is asked for that there is not.</exception>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Save(string folder, string version, string command, Query query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        Written(() => ResultFolder.Write(folder, this, Answer(query) with { Summary = Summary }, version, command), cancellation);
    }

    /// <summary>Why what is asked has no answer; null where it has one.</summary>
    public string? Objection(Query query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.Joint.Select(names => ObjectionToJoint(names)).FirstOrDefault(o => o is not null)
            ?? (query.MostProbable && MostProbable().Values.IsEmpty ? "nothing observed depends on a discrete unknown, so that there is nothing to explain" : null);
    }

    private RunReport Answer(Query query) => Report(!query.HasRows ? Summary with { Rows = [] } : query.Marginals.IsEmpty ? Summary : Only(query.Marginals)) with
    {
        Joint = [.. query.Joint.Select(names => Joint(names))],
        MostProbable = query.MostProbable ? MostProbable() : null,
    };

    private string? ObjectionToJoint(IReadOnlyList<string> elements)
    {
        foreach (var element in elements)
        {
            var row = Layout.ElementNames.IndexOf(element);
            if (row < 0) return $"`{element}` is no scalar and no element that the posterior has";
            if (Marginals[row] is not (DiscreteMarginal or PointMarginal)) return $"`{element}` does not have finitely many values, so that no table holds its joint distribution";
        }
        return elements.Count == 0 ? "a joint distribution is of at least one variable"
            : elements.GroupBy(e => e).FirstOrDefault(g => g.Count() > 1) is { Key: var twice } ? $"`{twice}` is named twice" : null;
    }

    private MostProbableExplanation Named(MostProbable found)
    {
        var rows = Cells.Select((cell, row) => (cell, row)).ToDictionary(c => c.cell, c => Summary.Rows[c.row]);
        return new MostProbableExplanation(
            [.. from value in found.Values let row = rows[(value.Variable, value.Cell)] select new NamedValue(row.Name, value.Value, row.TextOf(value.Value), IsCategory(row))], found.LogProbability);
    }

    private static JointVariable Named(SummaryRow row, ImmutableArray<double> values) => new(row.Name, [.. values.Select(row.TextOf)], IsCategory(row));

    private static bool IsCategory(SummaryRow row) => !row.Levels.IsDefaultOrEmpty;
}
