using System.Globalization;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Programs;

/// <summary>
/// What is summed out of a density that has discrete unknowns: the cells with their values, and the parts of the density that depend on them, by
/// sets of cells that depend on each other and by what one program can compute. It is found cell by cell, and then put
/// together again where the structure repeats, so that programs do not grow with the data.
/// </summary>
internal sealed class FinitePlan
{
    /// <summary>How many entries all tables may have together, where the host says nothing.</summary>
    public const long DefaultMaxEntries = 1L << 26;

    /// <summary>What is cut off of a distribution without an end whose parameters are known: no more than rounding.</summary>
    private const double LogTail = -36;

    /// <summary>So many settings are tried to find indices that lead outside of their arrays.</summary>
    private const long MostTried = 100_000;

    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly FiniteSupports _supports;
    private readonly HashSet<Variable> _reaching;
    private readonly List<FiniteFactor> _factors = [];
    private readonly HashSet<(FiniteSource, int, int)> _covered = [];
    private readonly Dictionary<string, FiniteClass> _classes = [];
    private readonly Dictionary<FiniteFactor, (FiniteClass Class, int Place)> _places = new(ReferenceEqualityComparer.Instance);

    private FinitePlan(ConditionedModel model, Evaluator evaluator, FiniteSupports supports)
    {
        (_model, _evaluator, _supports) = (model, evaluator, supports);
        _reaching = Reaching(model, supports.Cells);
        FindFactors();
        Groups = [.. FindGroups()];
    }

    /// <summary>The plan of a model; null where no discrete cell is latent.</summary>
    /// <exception cref="ObjectionException">A discrete latent has no end, or too many values, or the sum is too large.</exception>
    public static FinitePlan? Of(ConditionedModel model, long maxEntries = DefaultMaxEntries)
    {
        if (!model.Variables.Any(v => v.Variable.Type != ElementType.Real && v.Any(Role.Latent))) return null;
        var evaluator = new Evaluator(model);
        var supports = FiniteSupports.Find(model, evaluator, role => role == Role.Latent, LogTail);
        if (supports.Objections is [var objection, ..]) throw new ObjectionException(objection);
        if (supports.Cells.Count == 0) return null;
        Unify(supports.Cells);
        var plan = new FinitePlan(model, evaluator, supports);
        plan.CheckSize(maxEntries);
        plan.TryIndices();
        return plan;
    }

    public FiniteCells Cells => _supports.Cells;

    public IReadOnlyList<FiniteGroup> Groups { get; }

    /// <summary>The tables that the groups are made of, by what one program computes.</summary>
    public IReadOnlyCollection<FiniteClass> Classes => _classes.Values;

    /// <summary>The statement and the iteration that define a cell.</summary>
    public (int Definition, int Iteration) OwnerOf(VariableState state, int cell) => _supports.Scopes.OwnerOf(state, cell);

    /// <summary>Whether a variable has discrete latents, or is computed of such.</summary>
    public bool Reaches(Variable variable) => _reaching.Contains(variable);

    /// <summary>Whether a computed cell depends on discrete latents.</summary>
    public bool IsReached(VariableState state, int cell) => _supports.Scopes.Of(state, cell).Cells.Length > 0;

    /// <summary>Whether a value may depend on discrete latents.</summary>
    public bool Reaches(IEnumerable<Bound> values) => Uses.Of(values).Overlaps(_reaching);

    /// <summary>Whether a part of the density belongs to the sums.</summary>
    public bool Covers(FiniteSource source, int iteration, int element) => _covered.Contains((source, iteration, element));

    /// <summary>Cells of an array with ranges of their own get one that holds all of them, so that one program serves all.</summary>
    private static void Unify(FiniteCells cells)
    {
        var ranges = new Dictionary<Variable, (int Low, int High)>(ReferenceEqualityComparer.Instance);
        for (var n = 0; n < cells.Count; n++)
        {
            var cell = cells[n];
            var (low, high) = ranges.GetValueOrDefault(cell.Variable, (cell.Low, cell.Low + cell.Count - 1));
            ranges[cell.Variable] = (Math.Min(low, cell.Low), Math.Max(high, cell.Low + cell.Count - 1));
        }
        for (var n = 0; n < cells.Count; n++)
        {
            var (low, high) = ranges[cells[n].Variable];
            cells.Change(n, low, high - low + 1);
        }
    }

    private static HashSet<Variable> Reaching(ConditionedModel model, FiniteCells cells)
    {
        var reaching = new HashSet<Variable>(cells.Variables, ReferenceEqualityComparer.Instance);
        // A computed variable may come before what it is computed of.
        for (var before = -1; before != reaching.Count;)
        {
            before = reaching.Count;
            foreach (var definition in model.Graph.Definitions)
                if (!definition.IsRandom && Uses.Of(Parts.OfRight(definition).Concat(definition.Gates.Select(g => g.Condition))).Overlaps(reaching)) reaching.Add(definition.Variable);
        }
        return reaching;
    }

    private void FindFactors()
    {
        for (var d = 0; d < _model.Definitions.Count; d++)
        {
            var state = _model.Definitions[d];
            if (!state.Definition.IsRandom || !Reaches(state.Definition.Variable) && !Reaches(Parts.Of(state.Definition.Distribution!).Concat(state.Space.OpenGates.Select(g => g.Condition)))) continue;
            FindDraws(d, state);
        }
        for (var f = 0; f < _model.Factors.Count; f++) FindElements(new(FiniteKind.Factor, f), _model.Factors[f].Factor.Value, _model.Factors[f].Space);
        for (var c = 0; c < _model.Conditions.Count; c++) FindElements(new(FiniteKind.Condition, c), _model.Conditions[c].Condition, _model.Conditions[c].Space);
    }

    private void FindDraws(int d, DefinitionState state)
    {
        var roles = _model[state.Definition.Variable].Roles;
        // A continuous unknown has its prior whether or not its branch holds, as long as there is one.
        var hasPrior = state.Definition.Variable.Type == ElementType.Real && !Lowering.MayMakeNoSenseOutside(_model, state);
        var groups = SizeGroups.Of(_model, state) is { } found ? GroupOf(found, state.Count) : null;
        for (var i = 0; i < state.Count; i++)
        {
            var size = RoleAssignment.EventSize(state, i);
            var sizes = groups is null ? "" : $"s{groups[i]}";
            for (var e = 0; size > 0 && e * size < state.SizeOf(i); e++)
            {
                var role = roles[state.Targets[i] + e * size];
                if (role is Role.Latent or Role.Observed) Add(new(FiniteKind.Draw, d), i, e, _supports.Scopes.Of(d, i, e, withBranch: role == Role.Observed || !hasPrior), role + sizes, isDrawn: role == Role.Latent);
            }
        }
    }

    private static int[] GroupOf(int[][] groups, int count)
    {
        var of = new int[count];
        for (var g = 0; g < groups.Length; g++)
            foreach (var i in groups[g]) of[i] = g;
        return of;
    }

    private void FindElements(FiniteSource source, Bound value, IterationSpace space)
    {
        if (!Reaches([value, .. space.OpenGates.Select(g => g.Condition)])) return;
        for (var i = 0; i < space.Count; i++)
        {
            Iterations.Set(_evaluator.Code, space, i);
            int[] shape = value.Rank == 0 ? [] : _evaluator.ShapeOf(value);
            for (var e = 0; e < Tensor.CountOf(shape); e++)
                Add(source, i, e, _supports.Scopes.Of(value, space, i, FiniteScopes.Index(e, shape)), string.Join('x', shape), shape);
        }
    }

    private void Add(FiniteSource source, int iteration, int element, FiniteScope scope, string kind, int[]? shape = null, bool isDrawn = false)
    {
        // What is a condition on continuous unknowns as well is objected to as such.
        if (scope.Cells.Length == 0 || source.Kind == FiniteKind.Condition && scope.ReadsContinuous) return;
        _factors.Add(new FiniteFactor(source, iteration, element, scope) { Kind = kind, Shape = shape ?? [], IsDrawn = isDrawn });
        _covered.Add((source, iteration, element));
    }

    // --- structure ---

    private IEnumerable<FiniteGroup> FindGroups()
    {
        // A class holds what is alike in all groups: sequences of different lengths share their program.
        foreach (var factor in _factors)
        {
            var key = ClassKey(factor);
            if (!_classes.TryGetValue(key, out var own)) _classes.Add(key, own = new FiniteClass(_classes.Count, factor.Source, Array.ConvertAll(factor.Scope.Cells, c => Cells[c])));
            _places.Add(factor, (own, own.Factors.Count));
            own.Factors.Add(factor);
        }
        var component = Components();
        var cells = Enumerable.Range(0, Cells.Count).ToLookup(n => component[n]);
        var factors = _factors.ToLookup(f => component[f.Scope.Cells[0]]);
        var alike = cells.Select(c => (Cells: c.ToArray(), Factors: factors[c.Key].ToArray())).GroupBy(c => Signature(c.Cells, c.Factors));
        return alike.Select(g => Group([.. g]));
    }

    /// <summary>For each cell a number that is equal for cells that depend on each other.</summary>
    private int[] Components()
    {
        var sets = new DisjointSets(Cells.Count);
        foreach (var factor in _factors)
            foreach (var cell in factor.Scope.Cells) sets.Join(factor.Scope.Cells[0], cell);
        return [.. Enumerable.Range(0, Cells.Count).Select(sets.RootOf)];
    }

    private string Signature(int[] cells, FiniteFactor[] factors)
    {
        var text = new StringBuilder();
        foreach (var cell in cells) text.Append(CultureInfo.InvariantCulture, $"{Cells[cell].Low}+{Cells[cell].Count} ");
        var local = Local(cells);
        foreach (var factor in factors)
        {
            text.Append(CultureInfo.InvariantCulture, $"|{_places[factor].Class.Number}");
            foreach (var cell in factor.Scope.Cells) text.Append(CultureInfo.InvariantCulture, $" {local[cell]}");
        }
        return text.ToString();
    }

    private string ClassKey(FiniteFactor factor) =>
        $"{factor.Source.Kind}{factor.Source.Number} {factor.Kind} {factor.Scope.Pattern} {string.Join(',', factor.Scope.Cells.Select(c => $"{Cells[c].Low}+{Cells[c].Count}"))}";

    private static Dictionary<int, int> Local(int[] cells)
    {
        var local = new Dictionary<int, int>(cells.Length);
        foreach (var cell in cells) local.Add(cell, local.Count);
        return local;
    }

    private FiniteGroup Group((int[] Cells, FiniteFactor[] Factors)[] components)
    {
        var (cells, factors) = components[0];
        var local = Local(cells);
        var graph = new FiniteGraph([.. cells.Select(c => Cells[c].Count)], [.. factors.Select(f => Array.ConvertAll(f.Scope.Cells, c => local[c]))]);
        return new FiniteGroup([.. components.Select(c => c.Cells)], graph,
            [.. factors.Select((f, at) => (_places[f].Class, Array.ConvertAll(components, c => _places[c.Factors[at]].Place)))]);
    }

    // --- checks ---

    private void CheckSize(double most)
    {
        var entries = Groups.Sum(g => g.Tree.Entries * g.Components.Length) + _classes.Values.Sum(c => c.SizeOfAll);
        if (entries <= most) return;
        var widest = Groups.MaxBy(g => g.Tree.Entries * g.Components.Length)!;
        var names = widest.Tree.Largest.Order().Select(v => NameOf(widest.Components[0][v])).ToArray();
        throw new ObjectionException(FiniteDiagnostics.TooLarge(names, entries, most, PlaceOf(widest.Components[0][widest.Tree.Largest[0]])));
    }

    /// <summary>An index that leads outside of its array for some value of an unknown is a mistake that no data show.</summary>
    private void TryIndices()
    {
        foreach (var own in _classes.Values)
        {
            var isFew = own.SizeOfAll <= MostTried;
            foreach (var factor in isFew ? own.Factors : own.Factors.Take(1)) Try(factor);
        }
    }

    private void Try(FiniteFactor factor)
    {
        var settings = new FiniteSettings(_model, _evaluator, Cells, factor.Scope);
        if (settings.Count > MostTried) return;
        var setting = Array.Empty<string>();
        try
        {
            settings.ForEach(Evaluation(factor), excuse: (_, _) =>
            {
                setting = [.. factor.Scope.Cells.Select((number, slot) => CellText.Is(_model, Cells[number], settings.States[slot]))];
                return false;
            });
        }
        catch (DiagnosticException mistake)
        {
            throw new DiagnosticException(FiniteDiagnostics.Under(mistake.Diagnostic, setting));
        }
    }

    private Action<long> Evaluation(FiniteFactor factor)
    {
        switch (factor.Source.Kind)
        {
            case FiniteKind.Draw:
                return _ => _evaluator.LogDensity(factor.Source.Number, factor.Iteration, factor.Element, isRandom: false);
            case FiniteKind.Condition:
                var condition = _evaluator.IterationOf(_model.Conditions[factor.Source.Number]);
                return _ => condition(factor.Iteration);
            default:
                var value = _evaluator.IterationOf(_model.Factors[factor.Source.Number]);
                return _ => value(factor.Iteration);
        }
    }

    private string NameOf(int cell) => ShapeText.Element(Cells[cell].Variable.Name, _model[Cells[cell].Variable].Shape, Cells[cell].Cell);

    private Location PlaceOf(int cell) => _model.Graph.Source.Locate(_model.Graph.DefinitionsOf(Cells[cell].Variable).First().Span);
}
