using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Where the values of a cell without a greatest (or a least) one end.</summary>
/// <param name="Number">The cell.</param>
/// <param name="LogTail">The logarithm of the greatest probability, over all parents, of a value beyond.</param>
internal readonly record struct CutOff(int Number, double LogTail);

/// <summary>
/// Finds the values that discrete cells may have which the data do not give. A cell whose range depends on other such cells has the
/// values that any of theirs allow. What has no end is cut off where the rest has next to no probability, if its parameters
/// are known or finite themselves.
/// </summary>
internal sealed class FiniteSupports
{
    /// <summary>A cell with more values than this is not summed over.</summary>
    public const int MostValues = 1 << 20;

    /// <summary>So many settings of its parents are looked at to find the range of a cell.</summary>
    private const long MostSettings = 1 << 20;

    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly double _logTail;
    private readonly List<CutOff> _cutOffs = [];
    private readonly List<Diagnostic> _objections = [];

    private readonly ComputedCells? _computed;

    private readonly Func<Variable, int, bool>? _isLeftOut;

    private FiniteSupports(ConditionedModel model, Evaluator evaluator, double logTail, ComputedCells? computed, Func<Variable, int, bool>? isLeftOut)
    {
        (_model, _evaluator, _logTail, _computed, _isLeftOut) = (model, evaluator, logTail, computed, isLeftOut);
        Scopes = new FiniteScopes(model, evaluator, Cells, withNotes: computed is not null);
    }

    /// <summary>The cells with their values.</summary>
    public FiniteCells Cells { get; } = new();

    /// <summary>What depends on which of them.</summary>
    public FiniteScopes Scopes { get; }

    /// <summary>The cells without an end whose values were cut off.</summary>
    public IReadOnlyList<CutOff> CutOffs => _cutOffs;

    /// <summary>For each variable with a cell that has no finite range, why.</summary>
    public IReadOnlyList<Diagnostic> Objections => _objections;

    /// <param name="model">The model with its data.</param>
    /// <param name="evaluator">Knows what the data give, and nothing else; it is left so.</param>
    /// <param name="isWanted">Whether cells of a role are looked at.</param>
    /// <param name="logTail">The logarithm of what may be cut off.</param>
    /// <param name="computed">Where given, computed cells of few values are among the cells too, and a draw that only a branch makes can also be not there, its last value.</param>
    /// <param name="isLeftOut">Where given, cells that are not looked at whatever their role.</param>
    public static FiniteSupports Find(ConditionedModel model, Evaluator evaluator, Func<Role, bool> isWanted, double logTail, ComputedCells? computed = null,
        Func<Variable, int, bool>? isLeftOut = null)
    {
        var supports = new FiniteSupports(model, evaluator, logTail, computed, isLeftOut);
        foreach (var run in model.Order)
        {
            var state = model.Definitions[run.Definition];
            if (!state.Definition.IsRandom && computed is not null)
                for (var i = run.First; i < run.First + run.Count; i++)
                    if (!supports.IsLeftOut(state, i)) computed.Add(supports.Cells, supports.Scopes, run.Definition, i);
            if (state.Definition.Distribution is not { } distribution || distribution.Type == ElementType.Real) continue;
            var roles = model[state.Definition.Variable].Roles;
            if (supports._objections.Exists(o => o.Location == supports.PlaceOf(state))) continue;
            for (var i = run.First; i < run.First + run.Count; i++)
                if (supports.Any(state.Definition.Variable, roles, state.Targets[i], state.SizeOf(i), isWanted) && !supports.Find(run.Definition, i, isWanted)) break;
        }
        return supports;
    }

    private bool Any(Variable variable, Role[] roles, int from, int count, Func<Role, bool> isWanted)
    {
        for (var cell = from; cell < from + count; cell++)
            if (IsWanted(variable, roles, cell, isWanted)) return true;
        return false;
    }

    private bool IsLeftOut(DefinitionState state, int iteration)
    {
        if (_isLeftOut is null) return false;
        for (var cell = state.Targets[iteration]; cell < state.Targets[iteration] + state.SizeOf(iteration); cell++)
            if (_isLeftOut(state.Definition.Variable, cell)) return true;
        return false;
    }

    private bool IsWanted(Variable variable, Role[] roles, int cell, Func<Role, bool> isWanted) => isWanted(roles[cell]) && _isLeftOut?.Invoke(variable, cell) != true;

    /// <summary>Whether all wanted cells of an iteration have a finite range.</summary>
    private bool Find(int definition, int iteration, Func<Role, bool> isWanted)
    {
        var state = _model.Definitions[definition];
        var own = _model[state.Definition.Variable];
        if (state.EventRank > 0) return Object(FiniteDiagnostics.CountsOfVector(ElementOf(own, state.Targets[iteration]), DistributionTraits.Name(state.Definition.Distribution!), PlaceOf(state)));
        var code = _evaluator.DistributionOf(definition, iteration);
        for (var e = 0; e < state.SizeOf(iteration); e++)
        {
            var cell = state.Targets[iteration] + e;
            if (!IsWanted(own.Variable, own.Roles, cell, isWanted)) continue;
            var (lower, upper) = SupportOf(code, state.Definition.Distribution!, e);
            var logTail = double.NegativeInfinity;
            if (!double.IsFinite(lower) || !double.IsFinite(upper))
            {
                if (Union(definition, iteration, e) is not { } union) return false;
                (lower, upper, logTail) = union;
                code = _evaluator.DistributionOf(definition, iteration);
            }
            if (upper < lower) upper = lower;
            if (upper - lower >= MostValues) return Object(FiniteDiagnostics.TooMany(ElementOf(own, cell), upper - lower + 1, PlaceOf(state)));
            if (logTail > double.NegativeInfinity) _cutOffs.Add(new CutOff(Cells.Count, logTail));
            if (_computed is not null && state.Space.IsOpen is not [] && state.Space.IsOpen[iteration])
                Cells.Add(own, cell, [.. Enumerable.Range((int)lower, (int)(upper - lower) + 1).Select(value => (double)value), double.NaN]);
            else Cells.Add(own, cell, (int)lower, (int)(upper - lower) + 1);
        }
        return true;
    }

    /// <summary>The interval of a draw; where it is not known which of two distributions holds, what either allows.</summary>
    private (double Lower, double Upper) SupportOf(DistributionCode code, BoundDistribution distribution, int e)
    {
        if (distribution is not ChoiceDistribution choice || !double.IsNaN(_evaluator.Code.Scalar(choice.Condition)())) return code.Support(e);
        var ((a, b), (c, d)) = (Branch(choice.Then), Branch(choice.Else));
        return (Math.Min(a, c), Math.Max(b, d));

        (double, double) Branch(BoundDistribution branch)
        {
            var own = DistributionCode.Of(branch, _evaluator.Code);
            own.Prepare();
            return SupportOf(own, branch, e);
        }
    }

    /// <summary>The range over all settings of the parents; null where the parameters are not known even then.</summary>
    private (double Lower, double Upper, double LogTail)? Union(int definition, int iteration, int e)
    {
        var state = _model.Definitions[definition];
        var own = _model[state.Definition.Variable];
        var scope = Scopes.Of(definition, iteration, e);
        var settings = new FiniteSettings(_model, _evaluator, Cells, scope);
        if (settings.Count > MostSettings) return Refuse(FiniteDiagnostics.RangeOfTooMany(ElementOf(own, state.Targets[iteration] + e), PlaceOf(state)));
        var (least, greatest, logTail) = (double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity);
        var isKnown = true;
        settings.ForEach(_ =>
        {
            var code = _evaluator.DistributionOf(definition, iteration);
            var (lower, upper) = SupportOf(code, state.Definition.Distribution!, e);
            if (double.IsNaN(lower) || double.IsNaN(upper) || double.IsInfinity(lower) || double.IsInfinity(upper)) isKnown &= code.IsKnown;
            if (!isKnown) return;
            if (double.IsNegativeInfinity(lower)) lower = -End(x => code.LogBelow(e, -x, isInclusive: false), ref logTail);
            if (double.IsPositiveInfinity(upper)) upper = End(x => code.LogAbove(e, x, isInclusive: false), ref logTail);
            // A setting that makes no sense allows nothing.
            if (!(lower <= upper)) return;
            (least, greatest) = (Math.Min(least, lower), Math.Max(greatest, upper));
        }, excuse: (_, _) => true);
        if (!isKnown) return Refuse(FiniteDiagnostics.Endless(ElementOf(own, state.Targets[iteration] + e), DistributionTraits.Name(state.Definition.Distribution!), PlaceOf(state)));
        return least > greatest ? (0, 0, logTail) : (least, greatest, logTail);
    }

    /// <summary>The least whole number from 0 beyond which there is less than may be cut off.</summary>
    private double End(Func<double, double> logBeyond, ref double logTail)
    {
        double high = 1;
        while (high <= MostValues && logBeyond(high) > _logTail) high *= 2;
        var low = Math.Floor(high / 2) - 1;
        while (high - low > 1)
        {
            var middle = Math.Floor((low + high) / 2);
            if (logBeyond(middle) > _logTail) low = middle;
            else high = middle;
        }
        logTail = Math.Max(logTail, logBeyond(high));
        return high;
    }

    private (double, double, double)? Refuse(Diagnostic objection)
    {
        Object(objection);
        return null;
    }

    private bool Object(Diagnostic objection)
    {
        _objections.Add(objection);
        return false;
    }

    private static string ElementOf(VariableState state, int cell) => ShapeText.Element(state.Variable.Name, state.Shape, cell);

    private Location PlaceOf(DefinitionState state) => _model.Graph.Source.Locate(state.Definition.Span);
}
