using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>What depends on unknown truth values and integers other than by operations on such: a gate for each value.</summary>
internal sealed partial class Translation
{
    /// <summary>An integer of at most so many values gets a block for each where one for all does not do.</summary>
    private const int MostCases = 50;

    /// <summary>So many blocks may be written for the combinations of what one statement depends on.</summary>
    private const int MostCombinations = 1 << 10;

    private int _combinations = 1;

    /// <summary>The first unknown truth value or integer by which an expression chooses; null where there is none.</summary>
    private Bound? Selector(Bound value, Frame frame, bool isNumber = true)
    {
        if (!IsRandom(value) || IsKnown(value, frame)) return null;
        switch (value)
        {
            // Known, but not the same everywhere: a gate on a table.
            case ConditionalValue { Condition.Rank: 0 } choice when IsKnown(choice.Condition, frame) && Decided(choice.Condition, frame) is null:
                return choice.Condition;
            case ConditionalValue choice:
                return Selector(choice.Condition, frame, false) ?? (IsKnown(choice.Condition, frame) ? Selector(choice.Then, frame) ?? Selector(choice.Else, frame) : SingleInteger(choice.Condition, frame) ?? choice.Condition);
            case VariableValue or IndexedValue { Array: VariableValue }:
                var inner = value is IndexedValue indexed ? indexed.Indices.OfType<AtIndex>().Select(i => Selector(i.Position, frame)).FirstOrDefault(s => s is not null) : null;
                return inner ?? (isNumber && value.Rank == 0 && IsDiscrete(value) ? value : null);
            case ElementwiseValue { Type: ElementType.Boolean } logical:
                if (isNumber && value is not { Type: ElementType.Boolean }) return value;
                var isComparison = logical.Function is OpFunction { Op: Op.Less or Op.LessOrEqual or Op.Equal or Op.NotEqual };
                return logical.Arguments.Select(a => Selector(a, frame, isComparison && !IsRead(a))).FirstOrDefault(s => s is not null);
            case ElementwiseValue elementwise:
                return elementwise.Arguments.Select(a => a is ElementwiseValue { Type: ElementType.Boolean } && !IsKnown(a, frame) && IsRandom(a) ? Selector(a, frame, false) ?? a : Selector(a, frame)).FirstOrDefault(s => s is not null);
            default:
                return Parts.Of(value).Select(p => p.Rank == 0 || p is IndexedValue or ConditionalValue ? Selector(p, frame) : null).FirstOrDefault(s => s is not null);
        }
    }

    private Bound? Selector(BoundDistribution distribution, Frame frame) => distribution switch
    {
        ChoiceDistribution choice when !IsKnown(choice.Condition, frame) => Selector(choice.Condition, frame, false) ?? SingleInteger(choice.Condition, frame) ?? choice.Condition,
        ChoiceDistribution choice => Decided(choice.Condition, frame) is null ? choice.Condition : Selector(choice.Then, frame) ?? Selector(choice.Else, frame),
        CatalogDistribution catalog => catalog.Arguments.Where((a, i) => a is not null && !IsCount(catalog, i, a)).Select(a => Selector(a!, frame)).FirstOrDefault(s => s is not null),
        _ => Parts.Own(distribution).Select(p => Selector(p, frame)).Concat(Parts.Inside(distribution).Select(d => Selector(d, frame))).FirstOrDefault(s => s is not null),
    };

    /// <summary>The number of trials may be unknown itself.</summary>
    private static bool IsCount(CatalogDistribution catalog, int parameter, Bound argument) =>
        parameter == 0 && catalog.Distribution is Distributions.Binomial && IsRead(argument) && argument.Type == ElementType.Integer;

    private static bool IsDiscrete(Bound read)
    {
        var variable = ((VariableValue)AsRead(read).Array).Variable;
        return variable.Type != ElementType.Real;
    }

    /// <summary>An unknown of a condition that is an integer with few enough values to be told apart one by one, as in <c>z == 2</c>.</summary>
    private Bound? SingleInteger(Bound condition, Frame frame)
    {
        if (condition.Type != ElementType.Boolean) return null;
        var reads = ReadsIn([condition]).Where(r => !IsKnown(r, frame)).ToArray();
        Bound? single = null;
        foreach (var own in reads)
        {
            Bound read = own.Indices.IsEmpty ? own.Array : own;
            if (!IsRead(read) || read.Rank > 0 || !IsDiscrete(read) || Selector(read, frame, false) is not null) return null;
            var variable = Read(read, frame).Part.Variable;
            if (variable.Domain == FactorDomain.Count) throw new UnsupportedException(FactorGraphDiagnostics.Counts(NameOf(read), Locate(condition.Span)));
            if (variable is not { Domain: FactorDomain.Integer, Values: { } values } || values.Count > MostCases) return null;
            single ??= read;
        }
        return single;
    }

    /// <summary>Writes what depends on a selector once for each of its values, or once for all by its index.</summary>
    private void Choose(Bound selector, Frame frame, int opened, Target target, Action<Rewriting, Frame, int> write, IReadOnlyList<Bound> uses)
    {
        // A gate stands outside of the plates that it does not depend on: what it decides, it decides for all of them together.
        var depth = Math.Max(opened, DepthOf(selector, frame));
        InPlates(frame, opened, depth, () => ChooseHere(selector, frame, frame.Within(depth), target, (rewriting, inner) => write(rewriting, inner, depth), uses));
    }

    /// <summary>How many of the outermost plates a selector depends on.</summary>
    private int DepthOf(Bound selector, Frame frame)
    {
        if (!IsRead(selector) || IsKnown(selector, frame)) return frame.DepthOf(LoopsIn(selector));
        var last = frame.Axes.LastOrDefault(a => !a.IsSwitch && Names(Read(selector, frame).Reference, a.Range));
        return last is null ? 0 : frame.Axes.IndexOf(last) + 1;
    }

    private static bool Names(FactorReference reference, FactorRange range) =>
        reference.Indices.Any(i => i is RangeIndex { Range: var own } && own == range || i is ValueIndex { Value: var value } && Names(value, range));

    private void ChooseHere(Bound selector, Frame frame, Frame around, Target target, Action<Rewriting, Frame> write, IReadOnlyList<Bound> uses)
    {
        if (IsRead(selector) && Read(selector, frame) is { Part.Variable: { Domain: not FactorDomain.Boolean } variable } reading)
        {
            if (variable.Values is { } all) Multiply(all.Count, selector);
            if (variable is not { Domain: FactorDomain.Integer, Values: { } values }) throw new UnsupportedException(FactorGraphDiagnostics.Counts(NameOf(selector), _place));
            Diagnostic? whyNot = null;
            if (!DecidesConditions(selector, uses) && TrySwitch(selector, reading, values, frame, target, write, out whyNot))
            {
                _combinations /= values.Count;
                return;
            }
            if (values.Count > MostCases) throw new UnsupportedException(whyNot ?? FactorGraphDiagnostics.TooManyValues(TextOf(selector), values.Count, _place));
            for (var k = 0; k < values.Count; k++)
            {
                var value = new ConstantValue(variable.Lowest + k, ElementType.Integer, selector.Span);
                Gate(GateKind.Case, reading.Reference, k, () => write(Rewriting.Of(selector, value), frame));
            }
            _combinations /= values.Count;
            return;
        }
        Multiply(2, selector);
        var condition = Operand(selector, around, target.Name + "Condition");
        Gate(GateKind.If, condition, 0, () => write(Rewriting.Of(selector, new ConstantValue(1, ElementType.Boolean, selector.Span)), frame));
        Gate(GateKind.IfNot, condition, 0, () => write(Rewriting.Of(selector, new ConstantValue(0, ElementType.Boolean, selector.Span)), frame));
        _combinations /= 2;
    }

    /// <summary>Counts the blocks that are about to be written, one for each combination of values.</summary>
    private void Multiply(int values, Bound selector)
    {
        _combinations *= values;
        if (_combinations <= MostCombinations) return;
        _combinations = 1;
        throw new UnsupportedException(FactorGraphDiagnostics.TooManyCombinations(TextOf(selector), _place));
    }

    /// <summary>Whether an integer decides a choice, which then differs in form between its values.</summary>
    private static bool DecidesConditions(Bound selector, IReadOnlyList<Bound> uses) =>
        Walk.Over(uses).OfType<ConditionalValue>().Any(c => Walk.Over([c.Condition]).Any(p => SameMeaning.Holds(p, selector)));

    /// <summary>One block for all values, in which the integer is an index; false where what it indexes is not such an array.</summary>
    private bool TrySwitch(Bound selector, Reading reading, FactorRange values, Frame frame, Target target, Action<Rewriting, Frame> write, out Diagnostic? whyNot)
    {
        whyNot = null;
        var (loop, variables, depth) = (new Loop(NameOf(selector), selector.Span), _variables.Count, _blocks.Count);
        var wasDefined = target.Variable is not null;
        var inner = frame.With(values, new ValueIndex(reading.Reference), loop, reading.Part.Variable.Lowest, values.Count);
        try
        {
            Gate(GateKind.Switch, reading.Reference, 0, () => write(Rewriting.Of(selector, new LoopValue(loop, selector.Span)), inner));
            return true;
        }
        catch (UnsupportedException other) when (other.Diagnostic.Id == "GM0606" && !(target.Variable is not null && !wasDefined))
        {
            while (_blocks.Count > depth) _blocks.Pop();
            Forget(variables);
            whyNot = other.Diagnostic;
            return false;
        }
    }
}
