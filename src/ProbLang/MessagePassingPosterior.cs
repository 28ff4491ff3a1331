using System.Collections.Immutable;
using System.Globalization;
using ProbLang.FactorGraphs;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior as message passing believes it: the marginal distribution of every element, most of them approximate.</summary>
public sealed class MessagePassingPosterior : MarginalPosterior
{
    private readonly MessagePassing _engine;
    private readonly FactorGraphSolution _solution;
    private readonly FactorGraphPlan _plan;

    internal MessagePassingPosterior(Problem problem, MessagePassing engine, FactorGraphPlan plan, FactorGraphSolution solution, OutputLayout layout, TimeSpan compile, Func<TimeSpan> elapsed)
        : base(problem, layout, new CellMarginals(problem, plan.Build, solution).Of)
    {
        (_engine, _plan, _solution) = (engine, plan, solution);
        IsExact = plan.Judgement.IsExact;
        var total = elapsed();
        Seconds = new Seconds((compile + solution.CompileTime).TotalSeconds, 0, 0, (compile + total).TotalSeconds);
    }

    /// <inheritdoc/>
    public override string Engine => _engine.Name;

    /// <summary>Whether of this model the engine computes the exact marginals, up to rounding and to its tolerance.</summary>
    public bool IsExact { get; }

    /// <summary>How the iterations ended.</summary>
    public IterationSummary Iterations => new(_solution.Iterations, _solution.Change, _solution.HasConverged);

    /// <summary>Of a sampler on how many draws the distributions rest; null where they rest on none.</summary>
    public int? Draws => _solution.Draws;

    /// <summary>The seed of random starts and of draws; null where there are none.</summary>
    public override ulong? Seed => _engine.Algorithm == FactorAlgorithm.GibbsSampling || _plan.Graph.Variables.Any(v => v.StartsRandomly) ? _engine.Seed : null;

    /// <summary>The log probability (density) of all that the data give, as <see cref="EvidenceKind"/> says; null where the algorithm gives none.</summary>
    public override double? LogEvidence => _solution.LogEvidence;

    /// <summary>How <see cref="LogEvidence"/> relates to the true one.</summary>
    public EvidenceKind EvidenceKind =>
        IsExact ? EvidenceKind.Exact : _engine.Algorithm == FactorAlgorithm.VariationalMessagePassing ? EvidenceKind.LowerBound : EvidenceKind.Approximation;

    /// <summary>Known biases, and what the factor graph leaves out, a sentence each.</summary>
    public override ImmutableArray<string> Notes => _plan.Notes;

    /// <inheritdoc/>
    public override Seconds Seconds { get; }

    /// <inheritdoc/>
    public override bool Interrupted => _solution.Interrupted;

    /// <inheritdoc/>
    public override Diagnostics Diagnostics => Diagnostics.None with { Iterations = Iterations, Verdict = new Verdict(Reasons) { Grounds = Grounds } };

    internal override RunReport Report(Summary summary) => base.Report(summary) with { EvidenceKind = LogEvidence is null ? null : EvidenceKind };

    private ImmutableArray<Reason> Reasons =>
        Interrupted ? [new Reason(Concern.Interrupted, null, Text($"interrupted: {Counted}{StillMoving}"))]
        : _solution.HasConverged ? []
        : _solution.Change <= _engine.Tolerance ? [new Reason(Concern.NotConverged, null, Text($"Whether the messages have settled cannot be told after {Counted}. Let them go on (--iterations {10L * _solution.Iterations})."))]
        : [new Reason(Concern.NotConverged, null, Text($"The messages have not settled after {Counted}{StillMoving}. Let them go on (--iterations {10L * _solution.Iterations}); if that does not help, another engine should take the model."))];

    private string Counted => Text($"{_solution.Iterations} {(_solution.Iterations == 1 ? "iteration" : "iterations")}");

    private string StillMoving => double.IsNaN(_solution.Change) ? "" : Text($": the last one still changed what is believed, by {_solution.Change:G2} standard deviations (at most {_engine.Tolerance:G2} is wanted)");

    private string Grounds
    {
        get
        {
            if (Summary.Rows.IsEmpty) return "there was nothing to infer";
            var quality = IsExact ? "exact, up to rounding" : _engine.Algorithm == FactorAlgorithm.GibbsSampling ? Text($"{(Draws is { } draws ? $"{draws} " : "")}draws that nothing checks for mixing") : "an approximation";
            return $"{quality}; {Counted}{Evidence}";
        }
    }

    private string Evidence => LogEvidence is not { } value ? "" : Text($"; the log evidence is {Relation}{value:0.######}");

    private string Relation => EvidenceKind switch { EvidenceKind.Exact => "", EvidenceKind.LowerBound => "at least ", _ => "about " };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Finds for each cell what is believed of it.</summary>
    private sealed class CellMarginals(Problem problem, FactorGraphBuild build, FactorGraphSolution solution)
    {
        public Marginal Of(Variable variable, int cell)
        {
            var at = build.Reports[(variable, cell)];
            var marginal = BeliefMarginal.Of(Belief(at.Variable, at.Element), at) ?? throw new ObjectionException(MessagePassingDiagnostics.Improper(ElementName(variable, cell)));
            return at.Branches.IsEmpty ? marginal : marginal with { Holds = at.Branches.Aggregate(1.0, (holds, branch) => holds * Probability(branch.Selector, branch.Element, branch.Value)) };
        }

        private Belief Belief(FactorVariable variable, int element) =>
            solution.Beliefs.TryGetValue(variable, out var beliefs) && element < beliefs.Length ? beliefs[element]
            : throw new InvalidOperationException($"the engine has not answered for element {element} of `{variable}`");

        private double Probability(FactorVariable selector, int element, int value) =>
            selector.Data is { } known ? known.Numbers.Span[element] == value ? 1 : 0 : Belief(selector, element) switch
            {
                BooleanBelief boolean => value == 0 ? 1 - boolean.Probability : boolean.Probability,
                DiscreteBelief discrete => value < discrete.Probabilities.Length ? discrete.Probabilities[value] : 0,
                PointBelief point => point.Value[0] == value ? 1 : 0,
                _ => double.NaN,
            };

        private string ElementName(Variable variable, int cell)
        {
            var layout = ReportedLayout.Of(problem.Conditioned);
            var found = layout.Find(variable.Name)!;
            return found.ElementName(found.Cells.IsDefault ? cell : found.Cells.IndexOf(cell));
        }
    }
}
