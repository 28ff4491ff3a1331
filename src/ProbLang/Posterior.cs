using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using ProbLang.Graph;
using ProbLang.Limits;
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
    /// <exception cref="InvalidOperationException">There are no draws: none were asked for, or no chain found a place to start.</exception>
    public ArraySummary Array(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var variable = Layout.Find(name) ?? throw new ArgumentException($"The posterior has no variable `{name}`.", nameof(name));
        CheckRows();
        return new ArraySummary(variable, Summary, Problem.Conditioned[Problem.Conditioned.Graph.Find(name)!].Values);
    }

    /// <summary>
    /// What is known of a variable, or of an element such as <c>theta[3]</c> or <c>a[Ohio]</c>, as a value of .NET: posterior means for <c>double</c> and <c>float</c> (of a truth value the probability that it is true), and the most probable value of each element
    /// for what is discrete. Elements that the data give have their values, also of inputs.
    /// </summary>
    /// <typeparam name="T">
    /// For a scalar <c>double</c> or <c>float</c>; for whole numbers also <c>int</c>, <c>long</c> and the other integers; for truth values <c>bool</c>; for a category <c>string</c>, an enumeration with members by the names of the labels, or an integer for the code, from 1.
    /// For an array an array of these of its rank, as <c>double[]</c>, <c>double[,]</c>, or of arrays, as <c>double[][]</c>, which a ragged array needs. With <c>?</c> where an element may have no value, as one that a branch defines which cannot hold: else it is NaN, or an error.
    /// </typeparam>
    /// <param name="name">The variable or element; names and indices as in <see cref="OutputLayout.ElementNames"/>.</param>
    /// <param name="statistic">Which number stands for the distribution of each element.</param>
    /// <returns>In the units of the model, in its order: row-major.</returns>
    /// <exception cref="ArgumentException">There is no such variable or element; or it cannot be had as this type, and the message says as which it can; or the statistic has no meaning for it.</exception>
    /// <exception cref="InvalidOperationException">There are no draws: none were asked for, or no chain found a place to start.</exception>
    public T Get<T>(string name, SummaryStatistic? statistic = null)
    {
        var usual = TypedValue.Of(typeof(T)) is { IsNumber: false } ? SummaryStatistic.Mode : SummaryStatistic.Mean;
        return Values(name, (kind, row) => Of(kind, name, row, statistic ?? kind switch
        {
            ValueKind.Real => SummaryStatistic.Mean,
            ValueKind.Label => SummaryStatistic.Mode,
            _ => usual,
        }), statistic?.Kind == SummaryStatisticKind.Sd ? 0 : null).To<T>();
    }

    /// <summary>The probability that an element, such as <c>theta[3]</c>, has such a value; one that is not there has none.</summary>
    /// <param name="element">A scalar or an element.</param>
    /// <param name="holds">Says of a value whether it counts; truth values are 0 and 1, labels their codes, from 1.</param>
    /// <exception cref="ArgumentException">There is no such element; or it has a continuous distribution that is not by draws, of which <see cref="Marginal.Cdf"/> tells.</exception>
    /// <exception cref="InvalidOperationException">There are no draws: none were asked for, or no chain found a place to start.</exception>
    public double Probability(string element, Func<double, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(holds);
        var value = Values(element, (_, row) => ProbabilityOf(row, element, holds), null, known => double.IsNaN(known) ? double.NaN : holds(known) ? 1 : 0);
        return value.Shape.Length == 0 ? value.Values[0] : throw new ArgumentException($"`{element}` is an array: a probability is of one of its elements.", nameof(element));
    }

    /// <summary>The values of a variable or an element: what the data give, and of each row that is reported what a function says.</summary>
    /// <param name="name">The variable or element.</param>
    /// <param name="value">Of a row of the layout.</param>
    /// <param name="given">What stands for elements that the data give; null for their values.</param>
    /// <param name="map">What stands for a value that the data give.</param>
    private protected VariableValues Values(string name, Func<ValueKind, int, double> value, double? given = null, Func<double, double>? map = null)
    {
        var (parsed, model) = (ElementName.Parse(name), Problem.Conditioned);
        if (model.Graph.Find(parsed.Variable) is not { IsAuxiliary: false } variable) throw ElementName.NotThere("The model", name, model.Graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(v => v.Name));
        var (state, output) = (model[variable], Layout.Find(variable.Name));
        var kind = variable.Category is not null ? ValueKind.Label : variable.Type switch { ElementType.Real => ValueKind.Real, ElementType.Integer => ValueKind.Integer, _ => ValueKind.Boolean };
        int? only = parsed.Indices.IsEmpty ? null
            : parsed.CellOf(state.Shape, model.LabelsOf(variable)) is { } cell && state.Exists(cell) ? cell : throw ElementName.NotThere("The model", name, [variable.Name]);
        var values = new double[only is null ? state.Count : 1];
        for (var i = 0; i < values.Length; i++)
        {
            var known = state.Values[only ?? i];
            values[i] = output?.ElementOf(only ?? i) is { } element ? value(kind, output.Offset + element) : double.IsNaN(known) ? known : given ?? map?.Invoke(known) ?? known;
        }
        return new VariableValues(name, only is null ? state.Shape : [], values, kind) { Rows = only is null ? state.Rows : null, Levels = model.LevelsOf(variable) };
    }

    private double Of(ValueKind kind, string name, int row, SummaryStatistic statistic)
    {
        if (kind == ValueKind.Label && statistic.Kind != SummaryStatisticKind.Mode) throw new ArgumentException($"`{name}` is a category, whose labels have a most probable one but no other statistic: ask for string.", nameof(statistic));
        if (kind == ValueKind.Real && statistic.Kind == SummaryStatisticKind.Mode) throw new ArgumentException($"`{name}` is real, and has no most probable value: ask for double, or for the median.", nameof(statistic));
        CheckRows();
        return statistic.Kind switch
        {
            SummaryStatisticKind.Mean => Summary.Rows[row].Mean,
            SummaryStatisticKind.Sd => Summary.Rows[row].Sd,
            SummaryStatisticKind.Quantile => QuantileOf(row, statistic.Probability),
            SummaryStatisticKind.Mode => ModeOf(row),
            _ => throw new UnreachableException(statistic.Kind.ToString()),
        };
    }

    private double ProbabilityOf(int row, string element, Func<double, bool> holds)
    {
        CheckRows();
        return ProbabilityOf(row, holds) ?? throw new ArgumentException($"The distribution of `{element}` is continuous and not by draws: its `Marginal` has a distribution function.", nameof(element));
    }

    private void CheckRows()
    {
        if (Summary.Rows.IsEmpty) throw new InvalidOperationException(Interrupted ? "The run was cancelled before there was a draw." : $"There are no draws: {Verdict}");
    }

    /// <summary>A quantile of a row.</summary>
    private protected abstract double QuantileOf(int row, double probability);

    /// <summary>The most probable value of a row that is discrete.</summary>
    private protected abstract double ModeOf(int row);

    /// <summary>The probability of some values of a row; null where it cannot be told.</summary>
    private protected abstract double? ProbabilityOf(int row, Func<double, bool> holds);

    /// <summary>The distribution of a scalar, or of an element such as <c>theta[3]</c>, to be drawn by <see cref="TextPicture"/>.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public PicturedDistribution Picture(string element) => Picture(RowOf(element));

    /// <summary>The elements of an array with their distributions, row-major; of a scalar the scalar alone.</summary>
    /// <exception cref="ArgumentException">There is no such variable.</exception>
    public ImmutableArray<(string Name, PicturedDistribution Distribution)> Pictures(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var found = Layout.Find(variable) ?? throw new ArgumentException($"The posterior has no variable `{variable}`.", nameof(variable));
        return [.. Enumerable.Range(found.Offset, found.Count).Select(row => (Layout.ElementNames[row], Picture(row)))];
    }

    /// <summary>The distribution of an element by its place in the layout.</summary>
    private protected abstract PicturedDistribution Picture(int row);

    /// <summary>As draws show it.</summary>
    private protected PicturedDistribution Picture(Draws draws, int row)
    {
        var column = new double[draws.Complete.Length * draws.Count];
        draws.CopyColumn(row, column);
        return PicturedDistribution.Of(column, Layout.Variables.Last(v => v.Offset <= row && v.Count > 0).IsDiscrete, row < Summary.Rows.Length ? Summary.Rows[row].TextOf : null);
    }

    /// <summary>Writes the summary, of the named variables and elements only where there are any.</summary>
    public void Write(TextWriter text, SummaryForm form, IReadOnlyCollection<string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Enum.IsDefined(form)) throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form of a summary.");
        var summary = variables is null ? Summary : Only(variables);
        if (form == SummaryForm.Table) SummaryTable.Write(text, summary);
        else if (form == SummaryForm.Csv) SummaryCsv.Write(text, summary);
        else text.Write(Json(Report(summary)) + "\n");
    }

    /// <summary>Writes the folder of results: summary, draws where there are any, model, data, and how it was run. It is there whole or not at all.</summary>
    /// <param name="folder">The folder; an earlier one is replaced.</param>
    /// <param name="version">The version of the program that ran.</param>
    /// <param name="command">The command that gives the same again.</param>
    /// <param name="cancellation">Ends it soon; an earlier folder stays as it is.</param>
    /// <exception cref="IOException">The folder holds something else, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Save(string folder, string version, string command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(version);
        ArgumentNullException.ThrowIfNull(command);
        Written(() => ResultFolder.Write(folder, this, Report(Summary), version, command), cancellation);
    }

    private protected static void Written(Action write, CancellationToken cancellation) => Budget.Run<object?>(ResourceLimits.None, default, _ =>
    {
        write();
        return null;
    }, cancellation);

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

    /// <summary>The chains that the result folder has as files, each with how many draws it has.</summary>
    internal virtual ImmutableArray<(string File, int Draws)> ChainFiles => [];

    /// <summary>The files of the result folder that only this kind of result has.</summary>
    internal virtual void WriteFiles(string folder)
    {
    }

    /// <summary>The place of an element in the layout.</summary>
    private protected int RowOf(string name) => Layout.RowOf(name) ?? throw NoElement(name);

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
