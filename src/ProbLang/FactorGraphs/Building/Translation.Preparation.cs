using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>What has to be known of the whole model before its first statement is translated.</summary>
internal sealed partial class Translation
{

    private readonly Dictionary<FactorVariable, int> _lengths = [];
    private readonly Dictionary<double, FactorReference> _constants = [];
    private readonly Dictionary<Variable, FactorDomain> _demanded = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _startsRandomly = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _asIntegers = new(ReferenceEqualityComparer.Instance);
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
            FindDeciding(statement);
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

    /// <summary>
    /// Truth values that decide together with others become integers: one gate for each combination is right in every algorithm, where operations on truth
    /// values send messages in circles.
    /// </summary>
    private void FindDeciding(PointStatement statement)
    {
        var conditions = Walk.Over(statement.Parts).OfType<ConditionalValue>().Select(c => c.Condition);
        if (statement.Distribution is { } distribution) conditions = conditions.Concat(ChoicesIn(distribution));
        var deciding = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var read in ReadsIn(conditions.Concat(statement.Gates.Select(g => g.Condition))))
            if (read.Rank == 0 && ((VariableValue)read.Array).Variable is { Type: not ElementType.Real } variable && HasUnknown(variable)) deciding.Add(variable);
        if (deciding.Count > 1) _asIntegers.UnionWith(deciding.Where(HasKnownProbabilities));
    }

    private static IEnumerable<Bound> ChoicesIn(BoundDistribution distribution) => Parts.Inside(distribution).SelectMany(ChoicesIn).Concat(distribution is ChoiceDistribution choice ? [choice.Condition] : []);

    private bool HasKnownProbabilities(Variable variable) => _model.Graph.DefinitionsOf(variable).All(d => d.Distribution is { } distribution && Drawn(distribution).All(c =>
        c is { Distribution: Bernoulli, Form: 0, Arguments: [{ } p] } && Uses.Of([p]).All(v => v.Type != ElementType.Real || !HasUnknown(v))));

    /// <summary>What a draw may come from.</summary>
    private static IEnumerable<CatalogDistribution?> Drawn(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => [catalog],
        RepeatedDistribution or ChoiceDistribution => Parts.Inside(distribution).SelectMany(Drawn),
        _ => [null],
    };

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
}
