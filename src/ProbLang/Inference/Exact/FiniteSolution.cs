using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>The exact posterior of a model whose unknowns are summed over.</summary>
internal sealed class FiniteSolution(FiniteSum sum, Exact options, ImmutableArray<string> notes) : ExactSolution
{
    private readonly ExactPlan _plan = sum.Plan;
    private readonly Dictionary<string, double[]> _joint = [];

    public override double LogEvidence => sum.LogSum + _plan.Constant;

    public override ImmutableArray<string> Notes => notes;

    public override Marginal Of(Variable variable, int cell)
    {
        var number = _plan.Cells.NumberOf(variable, cell);
        if (number >= 0) return Discrete(variable, sum.Marginal(number).Select((p, state) => (_plan.Cells[number][state], p)));
        if (_plan.Report(variable, cell) is not { } report) return new PointMarginal(_plan.Model[variable].Values[cell]);
        return OfPlan(() => Mixture(variable, report));
    }

    public override JointTable Joint(IReadOnlyList<(Variable Variable, int Cell)> cells)
    {
        return OfPlan(() => JointOf(cells));
    }

    /// <summary>A plan has one evaluator, which serves one thread; the others wait, and may give up.</summary>
    private T OfPlan<T>(Func<T> compute)
    {
        Budget.Current.Enter(_plan);
        try
        {
            return compute();
        }
        finally
        {
            Monitor.Exit(_plan);
        }
    }

    private JointTable JointOf(IReadOnlyList<(Variable Variable, int Cell)> cells)
    {
        var scope = Together(cells);
        var (weights, keys) = (Joint(scope.Cells), new Dictionary<string, (double[] Values, double Probability)>());
        var storage = cells.Select(c => _plan.Evaluator[c.Variable]).ToArray();
        var exists = cells.Select(c => Exists(c.Variable, c.Cell)).ToArray();
        new FiniteSettings(_plan.Model, _plan.Evaluator, _plan.Cells, scope).ForEach(at =>
        {
            if (weights[at] == 0) return;
            var values = new double[cells.Count];
            for (var c = 0; c < values.Length; c++) values[c] = exists[c]() ? storage[c][cells[c].Cell] : double.NaN;
            var key = string.Join(' ', values.Select(BitConverter.DoubleToInt64Bits));
            keys[key] = (values, keys.GetValueOrDefault(key).Probability + weights[at]);
        }, excuse: (at, _) => weights[at] == 0);
        return Table(cells, [.. keys.Values]);
    }

    public override MostProbable MostProbable()
    {
        var sums = _plan.HasChance ? WithoutChance() : sum;
        var (states, log) = sums.Maximize();
        var values = ImmutableArray.CreateBuilder<(Variable, int, double)>();
        foreach (var variable in _plan.Original.Variables)
            for (var cell = 0; cell < variable.Count; cell++)
                if (variable.Roles[cell] == Role.Latent && sums.Plan.Cells.NumberOf(variable.Variable, cell) is >= 0 and var number)
                    values.Add((variable.Variable, cell, sums.Plan.Cells[number][states[number]]));
        return new MostProbable(values.ToImmutable(), Math.Min(0, log - sums.LogSum));
    }

    /// <summary>The same sum without partial results that are random.</summary>
    private FiniteSum WithoutChance()
    {
        var plan = ExactPlan.Of(_plan.Original, options, _plan.LogTail, default, decomposing: Decomposing.Computed);
        return plan.Objections.IsEmpty ? FiniteSum.Of(plan, default) : throw new ObjectionException(plan.Objections[0]);
    }

    /// <summary>Values with their probabilities; what is impossible is left out, but of what has few values by its kind.</summary>
    private static DiscreteMarginal Discrete(Variable variable, IEnumerable<(double Value, double Probability)> states)
    {
        var values = new SortedDictionary<double, double>();
        if (variable.Type == ElementType.Boolean) values[0] = values[1] = 0;
        var absent = 0.0;
        foreach (var (value, probability) in states)
        {
            if (double.IsNaN(value)) absent += probability;
            else if (probability > 0 || variable.Category is not null) values[value] = values.GetValueOrDefault(value) + probability;
        }
        var holds = values.Values.Sum();
        if (values.Count == 0) return new DiscreteMarginal([(double.NaN, 1)]) { Holds = 0 };
        return new DiscreteMarginal([.. values.Select(v => (v.Key, holds > 0 ? v.Value / holds : double.NaN))]) { Holds = absent > 0 ? holds : 1 };
    }

    private Marginal Mixture(Variable variable, ConditionalMarginal report)
    {
        var weights = Joint(report.Scope.Cells);
        var components = new List<(double Weight, Marginal Component)>();
        var absent = 0.0;
        new FiniteSettings(_plan.Model, _plan.Evaluator, _plan.Cells, report.Scope).ForEach(at =>
        {
            if (weights[at] == 0) return;
            if (report.Marginal() is { } component) components.Add((weights[at], component));
            else absent += weights[at];
        }, excuse: (at, _) => weights[at] == 0);
        if (components.TrueForAll(c => c.Component is PointMarginal))
            return Discrete(variable, components.Select(c => (((PointMarginal)c.Component).Value, c.Weight)).Append((double.NaN, absent)));
        var holds = components.Sum(c => c.Weight);
        var distinct = components.GroupBy(c => c.Component).Select(same => (same.Sum(c => c.Weight) / holds, same.Key)).ToImmutableArray();
        var marginal = distinct is [var only] ? only.Key : new MixtureMarginal(distinct);
        return marginal with { Holds = absent > 0 ? holds : 1 };
    }

    /// <summary>The joint probabilities of some finite cells, by a sum of their own where none of the cliques has them all.</summary>
    private double[] Joint(int[] scope)
    {
        if (sum.IsTogether(scope)) return sum.Joint(scope);
        var key = string.Join(',', scope);
        if (_joint.TryGetValue(key, out var known)) return known;
        var tree = _plan.TreeOf(_plan.Graph([scope]), options, out var objection) ?? throw new ObjectionException(objection!);
        return _joint[key] = sum.With(scope, tree).Joint(scope);
    }

    /// <summary>What several cells depend on.</summary>
    private FiniteScope Together(IReadOnlyList<(Variable Variable, int Cell)> cells)
    {
        var (numbers, computed) = (new List<int>(), new HashSet<(int, int)>());
        foreach (var (variable, cell) in cells)
        {
            if (_plan.Cells.NumberOf(variable, cell) is >= 0 and var own) Add([own]);
            else if (_plan.Report(variable, cell) is { } report)
            {
                Add(report.Scope.Cells);
                computed.UnionWith(report.Scope.Computed);
            }
        }
        return new FiniteScope([.. numbers], [.. _plan.Model.Order.SelectMany(r => Enumerable.Range(r.First, r.Count).Select(i => (r.Definition, i))).Where(computed.Contains)], "", false);

        void Add(int[] scope)
        {
            foreach (var number in scope)
                if (!numbers.Contains(number)) numbers.Add(number);
        }
    }

    /// <summary>Whether, under the present setting, a cell that is computed anew is there; one that is a finite cell says so itself.</summary>
    private Func<bool> Exists(Variable variable, int cell)
    {
        if (_plan.Cells.NumberOf(variable, cell) >= 0 || _plan.Report(variable, cell) is not { } report) return () => true;
        return () => report.Marginal() is not null;
    }

    private static JointTable Table(IReadOnlyList<(Variable Variable, int Cell)> cells, ImmutableArray<(double[] Values, double Probability)> entries)
    {
        ImmutableArray<ImmutableArray<double>> values =
            [.. cells.Select((c, v) => entries.Select(e => e.Values[v]).Concat(c.Variable.Type == ElementType.Boolean ? [0, 1] : []).Distinct().Order().ToImmutableArray())];
        var probabilities = new double[values.Aggregate(1, (count, v) => count * v.Length)];
        foreach (var (at, probability) in entries)
            probabilities[at.Select((value, v) => values[v].IndexOf(value)).Zip(values).Aggregate(0, (place, next) => place * next.Second.Length + next.First)] += probability;
        return new JointTable(values, [.. probabilities]);
    }
}
