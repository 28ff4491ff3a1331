using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Normal quantities that stand together in sums become one vector with their joint prior: taken one by one, messages between them would go in circles, and
/// understate what is not known of them together.
/// </summary>
internal sealed partial class Translation
{
    /// <summary>A longer vector is not made: its messages cost the square of its length.</summary>
    private const int LongestVector = 200;

    /// <summary>As <see cref="LongestVector"/>, where each sum has few of the quantities.</summary>
    private const int LongestPicked = 40;

    /// <summary>A normal quantity of known spread, whose mean is a known number and known multiples of earlier such quantities.</summary>
    private sealed record JointNormal(Variable Variable, int Cell, double Mean, ImmutableArray<(int Parent, double Factor)> Parents, double Variance, Text.Location Place);

    private void PrepareVectors(List<PointClass> classes)
    {
        if (InSums(classes) is not { Count: > 0 } summed) return;
        var candidates = Candidates(classes, summed);
        if (candidates.Count < 2) return;
        // Quantities that are picked by an index, as the effects of groups are, only while they are few.
        DefineVectors(candidates, GroupsOf(classes, candidates, withPicked: true), LongestPicked);
        DefineVectors(candidates, GroupsOf(classes, candidates, withPicked: false), LongestVector);
    }

    /// <summary>The variables that stand in sums of several unknowns, and those that these depend on.</summary>
    private HashSet<Variable> InSums(List<PointClass> classes)
    {
        var summed = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var (statement, points) in classes.Select(c => (c.Statement, c.Points)))
        {
            // What is a sum at one point is one at all.
            var frame = FrameOfPoints(statement, [points[0]]);
            foreach (var sum in SumsIn(statement.Parts, frame))
                if (sum.Terms.Count > 1) summed.UnionWith(Uses.Of(sum.Terms.Select(t => t.Unknown)));
        }
        foreach (var statement in classes.Select(c => c.Statement).Distinct().Reverse())
            if (statement is { Variable: { } variable, Distribution: { } distribution } && summed.Contains(variable)) summed.UnionWith(Uses.Of(Parts.Of(distribution)));
        return summed;
    }

    private void DefineVectors(List<JointNormal> candidates, IEnumerable<int[]> groups, int longest)
    {
        foreach (var group in groups)
            if (group.Length <= longest && group.All(n => _parts[candidates[n].Variable, candidates[n].Cell].Part is null)) DefineVector(candidates, group);
    }

    /// <summary>Which quantities meet in sums, directly or by way of others.</summary>
    private List<int[]> GroupsOf(List<PointClass> classes, List<JointNormal> candidates, bool withPicked)
    {
        var groups = new DisjointSets(candidates.Count);
        var isJoined = new bool[candidates.Count];
        // A single sum of quantities that are connected otherwise closes a circle as well.
        var connected = new DisjointSets(candidates.Count);
        for (var n = 0; n < candidates.Count; n++)
            foreach (var (parent, _) in candidates[n].Parents) connected.Join(parent, n);
        foreach (var (statement, points) in classes.Select(c => (c.Statement, c.Points)))
        {
            if (_jointNumbers.ContainsKey((statement.Variable!, statement.Cells[points[0]]))) continue;
            _place = statement.Place;
            var frame = FrameOfPoints(statement, [.. points]);
            foreach (var sum in SumsIn(statement.Parts, frame))
            {
                int[][] terms = [.. sum.Terms.Select(t => Members(t.Unknown, frame, withPicked)).Where(m => m.Length > 0)];
                if (terms.Length < 2) continue;
                int[] together = [.. terms.SelectMany(m => m).Distinct()];
                var isCircle = points.Count > 1 || together.Select(connected.RootOf).Distinct().Count() < together.Length;
                foreach (var n in together)
                {
                    connected.Join(together[0], n);
                    if (isCircle) Join(groups, isJoined, together[0], n);
                }
            }
        }
        // The prior of what is in a vector is one with that of what it depends on.
        for (var n = candidates.Count - 1; n >= 0; n--)
            if (isJoined[n])
                foreach (var (parent, _) in candidates[n].Parents) Join(groups, isJoined, n, parent);
        return [.. Enumerable.Range(0, candidates.Count).Where(n => isJoined[n]).GroupBy(groups.RootOf).Select(g => g.Order().ToArray()).Where(g => g.Length > 1)];
    }

    /// <summary>The candidates that an element of a sum is, at one point or another; none where it is something else at some point.</summary>
    private int[] Members(Bound unknown, Frame frame, bool withPicked)
    {
        if (!IsRead(unknown) || AsRead(unknown) is not { Rank: 0 } read || read.Indices.Any(i => IsRandom(((AtIndex)i).Position)) || !withPicked && !IsFixed(read)) return [];
        var variable = ((VariableValue)read.Array).Variable;
        int[] cells = [.. CellsOf(read, IsFixed(read) ? frame with { Count = 1 } : frame).Distinct()];
        return Array.TrueForAll(cells, c => _jointNumbers.ContainsKey((variable, c))) ? Array.ConvertAll(cells, c => _jointNumbers[(variable, c)]) : [];
    }

    private static void Join(DisjointSets groups, bool[] isJoined, int a, int b)
    {
        groups.Join(a, b);
        isJoined[a] = isJoined[b] = true;
    }

    private readonly Dictionary<(Variable, int), int> _jointNumbers = [];

    /// <summary>The quantities that nothing reads as a whole array, or by an unknown index, each after those that it depends on.</summary>
    private List<JointNormal> Candidates(List<PointClass> classes, HashSet<Variable> summed)
    {
        var gathered = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var read in classes.SelectMany(c => ReadsIn(c.Statement.Parts)).Concat(ReadsIn(_model.Conditions.Where(c => c.Of is null).Select(c => c.Condition))))
            if (read.Rank > 0 || read.Indices.Any(i => i is not AtIndex { Position: { Rank: 0 } at } || IsRandom(at))) gathered.Add(((VariableValue)read.Array).Variable);
        var candidates = new List<JointNormal>();
        foreach (var (statement, points) in classes.Select(c => (c.Statement, c.Points)))
        {
            if (statement is not { Distribution: CatalogDistribution { Distribution: Normal, Arguments: [{ } mean, { } spread] } normal } || !summed.Contains(statement.Variable!) || gathered.Contains(statement.Variable!) || !statement.Gates.IsEmpty) continue;
            if (IsRandom(spread) || IsGiven(statement, statement.Cells[points[0]])) continue;
            foreach (var point in points)
                if (Candidate(statement, point, mean, Squared(normal, 1)) is { } candidate)
                {
                    _jointNumbers.Add((candidate.Variable, candidate.Cell), candidates.Count);
                    candidates.Add(candidate);
                }
        }
        return candidates;
    }

    private JointNormal? Candidate(PointStatement statement, int point, Bound mean, Bound variance)
    {
        var frame = FrameOfPoints(statement, [point]);
        var parents = ImmutableArray.CreateBuilder<(int, double)>();
        var sum = SumOf(mean, frame);
        foreach (var term in sum.Terms)
        {
            if (FixedCell(term.Unknown, frame) is not { } cell || !_jointNumbers.TryGetValue(cell, out var parent)) return null;
            parents.Add((parent, NumberAt(term.Factor, frame, 1)));
        }
        return new JointNormal(statement.Variable!, statement.Cells[point], NumberAt(sum.Constant, frame, 0), parents.ToImmutable(), NumberAt(variance, frame, 0), statement.Place);
    }

    private double NumberAt(Bound? value, Frame frame, double missing)
    {
        if (value is null) return missing;
        Set(frame, 0);
        return Scalar(value)();
    }

    private bool IsFixed(IndexedValue read) => read.Indices.All(i => i is AtIndex { Position: { Rank: 0 } at } && LoopsIn(at).Count == 0 && !IsRandom(at));

    /// <summary>The cell that is read at every point; null where that differs.</summary>
    private (Variable, int)? FixedCell(Bound value, Frame frame) =>
        IsRead(value) && AsRead(value) is { Rank: 0 } read && IsFixed(read) ? (((VariableValue)read.Array).Variable, CellsOf(read, frame with { Count = 1 })[0]) : null;

    /// <summary>The weighted sums in some expressions, those inside of what is no sum included.</summary>
    private IEnumerable<WeightedSum> SumsIn(IEnumerable<Bound> values, Frame frame)
    {
        var open = new Stack<Bound>(values.Where(v => v.Rank == 0));
        while (open.TryPop(out var value))
        {
            if (!IsRandom(value) || value.Type == ElementType.Boolean && IsRead(value)) continue;
            var sum = SumOf(value, frame);
            yield return sum;
            foreach (var term in sum.Terms)
                foreach (var part in Parts.Of(term.Unknown))
                    if (part.Rank == 0 && part is not LoopValue) open.Push(part);
        }
    }

    private void DefineVector(List<JointNormal> all, int[] members)
    {
        var n = members.Length;
        var (mean, covariance, places) = (new double[n], new double[n * n], members.Select((m, k) => (m, k)).ToDictionary(x => x.m, x => x.k));
        for (var k = 0; k < n; k++)
        {
            var own = all[members[k]];
            (mean[k], covariance[k * n + k]) = (own.Mean, own.Variance);
            foreach (var (parent, factor) in own.Parents)
            {
                var j = places[parent];
                mean[k] += factor * mean[j];
                for (var i = 0; i < k; i++) covariance[k * n + i] = covariance[i * n + k] += factor * covariance[j * n + i];
            }
            // Its variance beside its own is that of the sum of its parents.
            foreach (var (parent, factor) in own.Parents) covariance[k * n + k] += factor * covariance[k * n + places[parent]];
        }
        _place = all[members[0]].Place;
        var names = members.Select(m => all[m].Variable.Name).Distinct().ToArray();
        var name = names.Length <= 3 ? string.Join('_', names) : "coefficients";
        var target = new Target(name, new Frame([], [], [], 1), _place) { Text = string.Join(", ", names) };
        Define(target, FactorDomain.Vector, FactorOperation.VectorGaussianFromMeanAndVariance, [Data(name + "Mean", FactorDomain.Vector, mean, n), Data(name + "Variance", FactorDomain.Matrix, covariance, n, n)]);
        _lengths[target.Variable!] = n;
        var part = new Part { Variable = target.Variable!, Places = [], HasComponents = true };
        for (var k = 0; k < n; k++) _parts.Add(all[members[k]].Variable, all[members[k]].Cell, new PartCell(part, 0, k));
    }

    private FactorReference Data(string name, FactorDomain domain, double[] numbers, params ImmutableArray<int> itemShape)
    {
        var variable = new FactorVariable { Name = _names.New(name), Domain = domain, Data = new FactorData(numbers, itemShape), Place = _place };
        _variables.Add(variable);
        return new FactorReference(variable);
    }
}
