using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>What has to be known of the whole model before its first statement is translated.</summary>
internal sealed partial class Translation
{
    /// <summary>More quantities than this are not put into one vector, whose messages cost the square.</summary>
    private const int LongestVector = 200;

    private readonly Dictionary<FactorVariable, int> _lengths = [];
    private readonly Dictionary<double, FactorReference> _constants = [];
    private readonly Dictionary<Variable, FactorDomain> _demanded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _startsRandomly = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, (string Key, string Name)> _values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Finds which dimensions, plates and values of integers run over the same, what messages to a uniform probability are, and which integers must not start alike.</summary>
    private void PrepareRanges(List<PointClass> classes)
    {
        foreach (var statement in classes.Select(c => c.Statement).Distinct())
        {
            for (var d = 0; d < statement.Index.Length; d++) JoinDimension(statement, statement.Variable!, d, statement.Index[d]);
            foreach (var read in ReadsIn(statement.Parts))
                for (var d = 0; d < read.Indices.Length; d++)
                    if (read.Indices[d] is AtIndex { Position: var at } && at.Rank == 0) JoinRead(statement, read, d, at);
            FindDemands(statement);
        }
        foreach (var statement in classes.Select(c => c.Statement).Distinct()) JoinCategories(statement);
    }

    private static string DimensionKey(Variable variable, int d, int[] shape) =>
        variable.Dims.Length > d ? FactorRanges.Key(SizeText(variable.Dims[d]), shape[d]) : FactorRanges.Key($".{variable.Name}.{d}", shape[d]);

    private void JoinDimension(PointStatement statement, Variable variable, int d, Bound index)
    {
        if (index is not LoopValue { Loop: var loop } || statement.Loops.IndexOf(loop) is not (>= 0 and var l) || statement.Count == 0) return;
        var values = statement.LoopValues[l];
        var (first, last) = (values.Min(), values.Max());
        if (first == 1 && last == _model[variable].Shape[d]) _ranges.Join(DimensionKey(variable, d, _model[variable].Shape), FrameMaking.KeyOf(statement, l, first, last));
    }

    private void JoinRead(PointStatement statement, IndexedValue read, int d, Bound at)
    {
        var variable = ((VariableValue)read.Array).Variable;
        JoinDimension(statement, variable, d, at);
        if (!IsRead(at) || !IsRandom(at)) return;
        // An unknown integer is an index: its values are the places along that dimension.
        var integer = ((VariableValue)AsRead(at).Array).Variable;
        var key = DimensionKey(variable, d, _model[variable].Shape);
        if (_values.TryGetValue(integer, out var known)) _ranges.Join(known.Key, key);
        else _values.Add(integer, (key, integer.Name + "Value"));
        if (HasUnknown(variable)) _startsRandomly.Add(integer);
    }

    /// <summary>The values of a categorical variable are numbered like its probabilities.</summary>
    private void JoinCategories(PointStatement statement)
    {
        if (statement.Distribution is not CatalogDistribution { Distribution: Categorical, Arguments: [{ } p] } || statement.Count == 0) return;
        Set(FrameOfPoints(statement, [0]), 0);
        var count = _shapes.Of(p)![^1];
        var key = FactorRanges.Key(LastDimensionOf(p) ?? "." + statement.Variable!.Name, count);
        if (_values.TryGetValue(statement.Variable!, out var known)) _ranges.Join(known.Key, key);
        else _values.Add(statement.Variable!, (key, statement.Variable!.Name + "Value"));
    }

    /// <summary>How the last dimension of an expression is called; null where nothing says.</summary>
    private string? LastDimensionOf(Bound value) => value switch
    {
        _ when IsRead(value) => AsRead(value) is var read && ((VariableValue)read.Array).Variable is var variable
            ? DimensionKey(variable, variable.Rank - 1, _model[variable].Shape) is var key ? key[..key.LastIndexOf('#')] : null : null,
        ArrayFunctionValue { Function: ArrayFunction.Ones, Arguments: [var size] } => SizeText(size),
        ElementwiseValue { Arguments: var arguments } => arguments.Where(a => a.Rank > 0).Select(LastDimensionOf).FirstOrDefault(t => t is not null),
        Comprehension { Lower: ConstantValue { Value: 1 }, Upper: var upper } => SizeText(upper),
        _ => null,
    };

    private FactorRange? ValuesOf(Variable variable) => _values.TryGetValue(variable, out var values) ? _ranges.Of(values.Key, values.Name, []) : null;

    private void FindDemands(PointStatement statement)
    {
        if (statement.Distribution is null) return;
        var open = new Stack<BoundDistribution>([statement.Distribution]);
        while (open.TryPop(out var distribution))
        {
            foreach (var inside in Parts.Inside(distribution)) open.Push(inside);
            if (distribution is not CatalogDistribution catalog) continue;
            var probability = catalog.Distribution switch { Bernoulli when catalog.Form == 0 => 0, Binomial when catalog.Form == 0 => 1, _ => -1 };
            for (var i = 0; i < catalog.Arguments.Length; i++)
                if (catalog.Arguments[i] is { } argument)
                    foreach (var variable in Uses.Of([argument]))
                        if (i == probability) _demanded[variable] = FactorDomain.Beta;
                        else if (!_demanded.ContainsKey(variable) && catalog.Distribution is Normal && i == 0) _demanded.TryAdd(variable, FactorDomain.Gaussian);
        }
    }

    /// <summary>
    /// Puts normal quantities that are always read by name and stand together in sums into one vector: taken one by one, messages between them would go in
    /// circles, and understate what is not known of them together.
    /// </summary>
    private void PrepareVectors(List<PointClass> classes)
    {
        var candidates = Candidates(classes);
        var groups = new DisjointSets(candidates.Count);
        var numbers = candidates.Select((c, n) => (c.Variable, c.Cell, n)).ToDictionary(c => (c.Variable, c.Cell), c => c.n);
        var isJoined = new bool[candidates.Count];
        foreach (var (statement, points) in classes.Select(c => (c.Statement, c.Points)))
        {
            if (points.Count < 2) continue;
            _place = statement.Place;
            var frame = FrameOfPoints(statement, [.. points]);
            foreach (var value in SumsIn(statement.Parts, frame))
            {
                int[] together = [.. value.Terms.Where(t => IsRead(t.Unknown) && t.Unknown.Rank == 0).Select(t => FixedCell(t.Unknown, frame)).Where(c => c is not null && numbers.ContainsKey(c.Value)).Select(c => numbers[c!.Value]).Distinct()];
                if (together.Length < 2) continue;
                foreach (var n in together)
                {
                    groups.Join(together[0], n);
                    isJoined[n] = true;
                }
            }
        }
        foreach (var group in Enumerable.Range(0, candidates.Count).Where(n => isJoined[n]).GroupBy(groups.RootOf))
            if (group.Count() <= LongestVector) DefineVector([.. group.Select(n => candidates[n])]);
    }

    private sealed record VectorElement(Variable Variable, int Cell, double Mean, double Variance, Text.Location Place);

    /// <summary>The unknown normal quantities with known parameters that nothing reads by an index that differs between iterations.</summary>
    private List<VectorElement> Candidates(List<PointClass> classes)
    {
        var gathered = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var read in classes.SelectMany(c => ReadsIn(c.Statement.Parts)).Concat(ReadsIn(_model.Conditions.Where(c => c.Of is null).Select(c => c.Condition))))
            if (read.Indices.Any(i => i is not AtIndex { Position.Rank: 0 } at || LoopsIn(at.Position).Count > 0 || IsRandom(at.Position)) || read.Rank > 0) gathered.Add(((VariableValue)read.Array).Variable);
        var candidates = new List<VectorElement>();
        foreach (var (statement, points) in classes.Select(c => (c.Statement, c.Points)))
        {
            if (statement is not { Distribution: CatalogDistribution { Distribution: Normal, Arguments: [{ } mean, { } spread] } normal } || gathered.Contains(statement.Variable!) || !statement.Gates.IsEmpty) continue;
            if (IsRandom(mean) || IsRandom(spread) || IsGiven(statement, statement.Cells[points[0]])) continue;
            var (frame, center, variance) = (FrameOfPoints(statement, [.. points]), Scalar(mean), Scalar(Squared(normal, 1)));
            for (var p = 0; p < points.Count; p++)
            {
                Set(frame, p);
                candidates.Add(new VectorElement(statement.Variable!, statement.Cells[points[p]], center(), variance(), statement.Place));
            }
        }
        return candidates;
    }

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

    /// <summary>The cell that is read at every point; null where that differs.</summary>
    private (Variable, int)? FixedCell(Bound value, Frame frame)
    {
        var read = AsRead(value);
        if (read.Indices.Any(i => i is AtIndex at && (LoopsIn(at.Position).Count > 0 || IsRandom(at.Position)))) return null;
        return (((VariableValue)read.Array).Variable, CellsOf(read, frame with { Count = 1 })[0]);
    }

    private void DefineVector(List<VectorElement> elements)
    {
        _place = elements[0].Place;
        var names = elements.Select(e => e.Variable.Name).Distinct().ToArray();
        var n = elements.Count;
        var covariance = new double[n * n];
        for (var k = 0; k < n; k++) covariance[k * n + k] = elements[k].Variance;
        var name = names.Length == 1 ? names[0] : names.Length <= 3 ? string.Join('_', names) : "coefficients";
        var target = new Target(name, new Frame([], [], [], 1), _place);
        Define(target, FactorDomain.Vector, FactorOperation.VectorGaussianFromMeanAndVariance, [Data(name + "Mean", FactorDomain.Vector, [.. elements.Select(e => e.Mean)], n), Data(name + "Variance", FactorDomain.Matrix, covariance, n, n)]);
        _lengths[target.Variable!] = n;
        var part = new Part { Variable = target.Variable!, Places = [], HasComponents = true };
        for (var k = 0; k < n; k++) _parts.Add(elements[k].Variable, elements[k].Cell, new PartCell(part, 0, k));
    }

    private FactorReference Data(string name, FactorDomain domain, double[] numbers, params ImmutableArray<int> itemShape)
    {
        var variable = new FactorVariable { Name = _names.New(name), Domain = domain, Data = new FactorData(numbers, itemShape), Place = _place };
        _variables.Add(variable);
        return new FactorReference(variable);
    }
}
