using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior by distributions rather than by draws: that of every element, exact or as an engine believes it.</summary>
public abstract class MarginalPosterior : Posterior
{
    private protected MarginalPosterior(Problem problem, OutputLayout layout, Func<Variable, int, Marginal> marginal) : base(problem, layout)
    {
        Cells = [.. from variable in layout.Variables
                    let bound = problem.Conditioned.Graph.Find(variable.Name)!
                    from element in Enumerable.Range(0, variable.Count)
                    select (bound, variable.Cells.IsDefault ? element : variable.Cells[element])];
        Marginals = [.. Cells.Watched().Select(c => marginal(c.Variable, c.Cell))];
        Summary = new Summary([.. layout.Variables.SelectMany(Rows).Watched()], IsMonteCarlo: false);
    }

    /// <inheritdoc/>
    public override Summary Summary { get; }

    /// <summary>Where something infinite was cut off, what is approximate, what is left out and the like, one sentence each.</summary>
    public abstract ImmutableArray<string> Notes { get; }

    /// <summary>The cell of each element.</summary>
    private protected ImmutableArray<(Variable Variable, int Cell)> Cells { get; }

    /// <summary>What is known of each element.</summary>
    private protected ImmutableArray<Marginal> Marginals { get; }

    /// <summary>The distribution of a scalar, or of an element such as <c>z[3]</c>.</summary>
    /// <exception cref="ArgumentException">There is no such element.</exception>
    public Marginal Marginal(string element) => Marginals[RowOf(element)];

    private protected override PicturedDistribution Picture(int row) => PicturedDistribution.Of(Marginals[row], Summary.Rows[row].TextOf);

    internal override RunReport Report(Summary summary) => base.Report(summary) with { Notes = Notes };

    private protected override double QuantileOf(int row, double probability) => Marginals[row].Quantile(probability);

    private protected override double ModeOf(int row) =>
        MarginalMode.Of(Marginals[row]) ?? throw new ArgumentException($"`{Layout.ElementNames[row]}` has more values than can be compared: ask for its mean or median.");

    private protected override double? ProbabilityOf(int row, Func<double, bool> holds) => Marginals[row] switch
    {
        PointMarginal point => holds(point.Value) ? Marginals[row].Holds : 0,
        { Probabilities: { IsEmpty: false } values } => values.Where(v => holds(v.Value)).Sum(v => v.Probability) * Marginals[row].Holds,
        _ => null,
    };

    private IEnumerable<SummaryRow> Rows(OutputVariable variable) =>
        from row in Enumerable.Range(variable.Offset, variable.Count)
        select SummaryRow.Of(Layout.ElementNames[row], Marginals[row]) with { Levels = variable.Levels, IsBoolean = variable.IsBoolean };
}
