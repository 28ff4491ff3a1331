using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>The sizes that constants decide, and the mistakes that follow from them. A size that only data decide is null, and fits any.</summary>
internal sealed class ConstantShapes
{
    /// <summary>How many variables are followed one into the next.</summary>
    private const int LongestPath = 100;

    private readonly BindingDiagnostics _report;
    private readonly Dictionary<Variable, Definition> _wholes;
    private readonly Dictionary<Variable, int?[]> _variables = [];
    private readonly Dictionary<Bound, int?[]> _values = new(ReferenceEqualityComparer.Instance);

    private int _path;

    private ConstantShapes(ModelGraph graph, BindingDiagnostics report)
    {
        _report = report;
        _wholes = graph.Definitions.GroupBy(d => d.Variable).Where(g => g.Count() == 1 && g.First().Indices.IsEmpty).ToDictionary(g => g.Key, g => g.First());
    }

    public static void Check(ModelGraph graph, BindingDiagnostics report)
    {
        var shapes = new ConstantShapes(graph, report);
        foreach (var input in graph.Variables.Where(v => v.IsInput))
        {
            var declared = shapes.Of(input);
            if ((input.Default ?? input.Start) is { } value) shapes.Agree(declared, shapes.Of(value), $"`{input.Name}` and its {(input.IsParameter ? "start" : "default")}", value.Span);
        }
        foreach (var definition in graph.Definitions.Watched())
        {
            foreach (var index in definition.Indices) shapes.Of(index);
            if (definition.Value is { } value) shapes.Of(value);
            if (definition.Distribution is { } distribution) shapes.Of(distribution);
            shapes.CheckDeclared(definition);
        }
        foreach (var given in graph.GivenValues)
        {
            var part = shapes.Of(given.Variable)[given.Indices.Length..];
            shapes.Agree(part, shapes.Of(given.Value), $"`{given.Variable.Name}` and its value", given.Value.Span);
        }
        foreach (var order in graph.GivenOrders)
        {
            shapes.Of(order.Less);
            shapes.Of(order.Greater);
        }
        foreach (var condition in graph.GivenConditions) shapes.Of(condition.Condition);
        foreach (var factor in graph.Factors.Watched()) shapes.Of(factor.Value);
    }

    /// <summary>The size that the type of a vector or matrix is written with.</summary>
    private void CheckDeclared(Definition definition)
    {
        var variable = definition.Variable;
        if (variable.StructureSize is not { } size) return;
        var shape = definition.Value is { } value ? Of(value) : Of(definition.Distribution!);
        var rank = DeclaredTypes.RankOf(variable.Structure);
        if (shape.Length >= rank && !Agree([.. Enumerable.Repeat(Size(size), rank)], shape[^rank..], $"`{variable.Name}`, declared `{variable.DeclaredType}`, and its value", definition.Span))
            _variables[variable] = new int?[variable.Rank];
    }

    private int?[] Of(Variable variable)
    {
        if (_variables.TryGetValue(variable, out var known)) return known;
        // While a shape is being found, what depends on itself is of unknown size.
        _variables[variable] = new int?[variable.Rank];
        if (_path == LongestPath) return _variables[variable];
        _path++;
        var shape = variable.IsInput ? Sizes(variable.Dims)
            : !_wholes.TryGetValue(variable, out var whole) ? new int?[variable.Rank]
            : whole.Value is { } value ? Of(value)
            : Of(whole.Distribution!);
        _path--;
        // A variable of which something else is mistaken has no shape that can be trusted.
        return _variables[variable] = shape.Length == variable.Rank ? shape : new int?[variable.Rank];
    }

    private int?[] Of(Bound value)
    {
        if (value is ConstantValue or LoopValue or VariableValue { Variable.Rank: 0 }) return [];
        if (_values.TryGetValue(value, out var known)) return known;
        return _values[value] = Compute(value);
    }

    private int?[] Compute(Bound value) => value switch
    {
        ConstantValue or LoopValue => [],
        VariableValue v => Of(v.Variable),
        ElementwiseValue v => Of(v),
        ConditionalValue v => Common([v.Condition, v.Then, v.Else], v.Rank, "the parts of `if`", v.Span),
        ArrayFunctionValue v => Of(v),
        DistributionValue v => Of(v),
        IndexedValue v => Of(v),
        ArrayLiteral v => [v.Elements.Length, .. Common(v.Elements.Select(Of), v.Rank - 1, "the elements of this array", v.Span)],
        Comprehension v => [Length(v.Lower, v.Upper), .. Of(v.Body)],
        NetValue v => Of(v),
        RangeValue v => [Length(v.Lower, v.Upper)],
        _ => throw new UnreachableException(value.GetType().Name),
    };

    /// <summary>How long the vector is that a net gives is settled by what it is used for.</summary>
    private int?[] Of(NetValue value)
    {
        var argument = Of(value.Argument);
        if (value.Context is { } context) Of(context);
        return value.Net.IsInvertible ? argument : new int?[value.Rank];
    }

    private int?[] Of(ElementwiseValue value)
    {
        if (value.Rank > 0) return Common(value.Arguments, value.Rank, $"the operands of `{value.Function.Name}`", value.Span);
        foreach (var argument in value.Arguments) Of(argument);
        return [];
    }

    private int?[] Of(ArrayFunctionValue value)
    {
        var shapes = value.Arguments.Select(Of).ToArray();
        var name = value.Function == ArrayFunction.MatrixMultiply ? "@" : FunctionCatalog.All.OfType<ArrayEntry>().First(f => f.Function == value.Function).Name;
        switch (value.Function)
        {
            case ArrayFunction.MatrixMultiply or ArrayFunction.Dot:
                if (shapes[0][^1] is { } inner && shapes[1][0] is { } other && inner != other) _report.SizesDisagree(value.Span, $"the operands of `{name}`", value.Arguments.Select((a, i) => new ShapedOperand(a.Span, a, shapes[i])));
                return [.. shapes[0][..^1], .. shapes[1][1..]];
            case ArrayFunction.Softmax or ArrayFunction.LogSoftmax or ArrayFunction.Cumsum or ArrayFunction.Sort or ArrayFunction.Rank:
                return shapes[0];
            case ArrayFunction.Transpose:
                return [shapes[0][1], shapes[0][0]];
            case ArrayFunction.Inverse or ArrayFunction.Cholesky:
                return Square(shapes[0], name, value.Span);
            case ArrayFunction.Det or ArrayFunction.LogDet or ArrayFunction.Trace:
                Square(shapes[0], name, value.Span);
                return [];
            case ArrayFunction.Solve:
                Agree(Square(shapes[0], name, value.Span)[..1], shapes[1][..1], $"the arguments of `{name}`", value.Span);
                return shapes[1];
            case ArrayFunction.Quadratic:
                Agree(Square(shapes[0], name, value.Span)[..1], shapes[1], $"the arguments of `{name}`", value.Span);
                return [];
            case ArrayFunction.Diag:
                return [shapes[0][0], shapes[0][0]];
            case ArrayFunction.Outer:
                return [shapes[0][0], shapes[1][0]];
            case ArrayFunction.Identity:
                return [Size(value.Arguments[0]), Size(value.Arguments[0])];
            case ArrayFunction.Ones or ArrayFunction.Zeros:
                return Sizes(value.Arguments);
            case ArrayFunction.OneHot:
                return [.. shapes[0], Size(value.Arguments[1])];
            case ArrayFunction.Linspace:
                return [Size(value.Arguments[2])];
            case ArrayFunction.Concat:
                var rests = shapes.Select(s => s.Length == value.Rank ? s[1..] : s);
                return [shapes.Select(s => s.Length == value.Rank ? s[0] : 1).Aggregate((a, b) => a + b), .. Common(rests, value.Rank - 1, $"the operands of `{name}`", value.Span)];
            case ArrayFunction.Append:
                return [shapes[0][0] + 1];
            case ArrayFunction.GpExpQuad or ArrayFunction.GpMatern32 or ArrayFunction.GpMatern52 or ArrayFunction.GpPeriodic:
                return [shapes[0][0], shapes[0][0]];
            default:
                return new int?[value.Rank];
        }
    }

    private int?[] Of(IndexedValue value)
    {
        var array = Of(value.Array);
        var shape = new List<int?>();
        for (var d = 0; d < array.Length; d++)
            switch (d < value.Indices.Length ? value.Indices[d] : null)
            {
                case null:
                    shape.Add(array[d]);
                    break;
                case AtIndex { Position: var position }:
                    var length = Of(position);
                    CheckIndex(position, array[d]);
                    if (position.Rank > 0) shape.Add(length[0]);
                    break;
                case SliceOf slice:
                    CheckIndex(slice.Upper, array[d]);
                    shape.Add((slice.Upper is null ? array[d] : Constant(slice.Upper)) - (slice.Lower is null ? 1 : Constant(slice.Lower)) + 1 is { } n ? Math.Max(0, n) : null);
                    break;
                case var other:
                    throw new UnreachableException(other.GetType().Name);
            }
        return [.. shape];
    }

    private void CheckIndex(Bound? index, int? size)
    {
        if (index is ConstantValue constant && size is { } n && constant.Value > n) _report.IndexOutOfRange(constant.Span, constant.Value, n);
    }

    private int?[] Of(BoundDistribution distribution)
    {
        switch (distribution)
        {
            case CatalogDistribution d:
                return Of(d);
            case RepeatedDistribution d:
                return [.. Sizes(d.Sizes), .. Of(d.Base)];
            case TruncatedDistribution d:
                return Modified(d.Base, [d.Lower, d.Upper], "`truncated`");
            case CensoredDistribution d:
                return Modified(d.Base, [d.Lower, d.Upper], "`censored`");
            case MarkedDistribution d:
                return Modified(d.Base, [d.Right, d.Left, d.Interval], "`censored`");
            case RoundedDistribution d:
                return Modified(d.Base, [d.Step], "`rounded`");
            case OrderedDistribution d:
                return Of(d.Base);
            case PointDistribution d:
                return Of(d.Value);
            case ZeroDistribution d:
                return Common([Of(d.Probability), Of(d.Rest)], d.Rank, $"the arguments of `{d.Name}`", d.Span);
            case ChoiceDistribution d:
                Of(d.Condition);
                return Common([Of(d.Then), Of(d.Else)], d.Rank, "the branches of this `if`", d.Span);
            case MixtureDistribution d:
                var weights = Of(d.Weights);
                if (weights[^1] is { } count && count != d.Components.Length) _report.ComponentCount(d.Span, count, d.Components.Length);
                return Common(d.Components.Select(Of), d.Rank, "the components of this mixture", d.Span);
            case MixtureComprehension d:
                if (Of(d.Weights)[^1] is { } listed && Length(d.Lower, d.Upper) is { } range && listed != range) _report.ComponentCount(d.Span, listed, range);
                return Of(d.Component);
            case LearnedDistribution d:
                foreach (var part in Parts.Of(d)) Of(part);
                return new int?[d.Rank];
            default:
                throw new UnreachableException(distribution.GetType().Name);
        }
    }

    private int?[] Modified(BoundDistribution whole, Bound?[] arguments, string modifier)
    {
        var shape = Of(whole);
        foreach (var argument in arguments.OfType<Bound>()) shape = Common([new ShapedOperand(whole.Span, null, shape), new ShapedOperand(argument.Span, argument, Of(argument))], whole.Rank, modifier, argument.Span);
        return shape;
    }

    private int?[] Of(DistributionValue value)
    {
        var (drawn, at) = (Of(value.Distribution), Of(value.At));
        var rank = Math.Max(drawn.Length, at.Length) - value.Rank;
        return Common([drawn[..^rank], at[..^rank]], value.Rank, $"the arguments of `{DistributionFunctions.NameOf(value.Question)}`", value.Span);
    }

    private int?[] Of(CatalogDistribution value)
    {
        var parameters = value.Distribution.Forms[value.Form].Parameters;
        var batches = new List<ShapedOperand>();
        var events = new List<(Parameter Parameter, int?[] Shape)>();
        for (var i = 0; i < parameters.Length; i++)
        {
            if (value.Arguments[i] is not { } argument) continue;
            var shape = Of(argument);
            batches.Add(new(argument.Span, parameters[i].Rank == 0 ? argument : null, shape[..^parameters[i].Rank]));
            events.Add((parameters[i], parameters[i].Domain == Domain.Size ? [Size(argument)] : shape[^parameters[i].Rank..]));
        }
        var rank = value.Distribution.EventRank;
        var batch = Common(batches, value.Rank - rank, $"the arguments of `{value.Distribution.Name}`", value.Span);
        if (value.Distribution is not ArrayDistribution array || rank == 0) return [.. batch, .. new int?[rank]];
        CheckEvents(value, events);
        var isKnown = events.Count == parameters.Length && events.TrueForAll(e => Array.TrueForAll(e.Shape, n => n is not null));
        if (!isKnown) return [.. batch, .. new int?[rank]];
        int[][] shapes = [.. events.Select(e => Array.ConvertAll(e.Shape, n => n!.Value))];
        CheckInfima(value, array, shapes);
        return [.. batch, .. array.EventShape(value.Form, shapes).Select(n => (int?)n)];
    }

    private void CheckInfima(CatalogDistribution value, ArrayDistribution array, int[][] shapes)
    {
        for (var i = 0; i < shapes.Length; i++)
            if (value.Arguments[i] is ConstantValue constant && constant.Value <= array.Infimum(i, shapes))
                _report.OutsideDomain(constant.Span, array.Name, array.Forms[value.Form].Parameters[i].Name,
                    string.Create(CultureInfo.InvariantCulture, $"above {array.Infimum(i, shapes)}"), constant.Value);
    }

    /// <summary>Vectors and matrices among the arguments are of one size, and matrices square.</summary>
    private void CheckEvents(CatalogDistribution value, List<(Parameter Parameter, int?[] Shape)> events)
    {
        var name = value.Distribution.Name;
        (Parameter Parameter, int?[] Shape)? first = null;
        foreach (var (parameter, shape) in events.Where(e => e.Parameter.Rank > 0 && e.Shape[0] is not null))
        {
            if (shape[^1] is { } columns && columns != shape[0])
            {
                _report.NotSquare(value.Span, name, shape[0]!.Value, columns);
                return;
            }
            if (first is { } before && before.Shape[0] != shape[0])
            {
                _report.SizesDisagree(value.Span, $"`{before.Parameter.Name}` and `{parameter.Name}` of `{name}`", Text(before.Shape), Text(shape));
                return;
            }
            first ??= (parameter, shape);
        }
    }

    /// <summary>The shape of operands among which single numbers are repeated to fit.</summary>
    private int?[] Common(IEnumerable<int?[]> shapes, int rank, string what, Span span)
    {
        var common = new int?[rank];
        foreach (var shape in shapes.Where(s => s.Length == rank))
        {
            if (!Agree(common, shape, what, span)) break;
            for (var d = 0; d < rank; d++) common[d] ??= shape[d];
        }
        return common;
    }

    private int?[] Common(IEnumerable<Bound> operands, int rank, string what, Span span) => Common(operands.Select(o => new ShapedOperand(o.Span, o, Of(o))), rank, what, span);

    private int?[] Common(IEnumerable<ShapedOperand> operands, int rank, string what, Span span)
    {
        var common = new int?[rank];
        var shaped = operands.Where(o => o.Shape.Length == rank).ToList();
        foreach (var (_, _, shape) in shaped)
        {
            if (Differ(common, shape))
            {
                _report.SizesDisagree(span, what, shaped);
                break;
            }
            for (var d = 0; d < rank; d++) common[d] ??= shape[d];
        }
        return common;
    }

    /// <summary>Whether a size that both know differs.</summary>
    private static bool Differ(int?[] first, int?[] second)
    {
        for (var d = 0; d < Math.Min(first.Length, second.Length); d++)
            if (first[d] is { } one && second[d] is { } other && one != other) return true;
        return false;
    }

    private bool Agree(int?[] first, int?[] second, string what, Span span)
    {
        if (first.Length != second.Length || !Differ(first, second)) return true;
        _report.SizesDisagree(span, what, Text(first), Text(second));
        return false;
    }

    private int?[] Square(int?[] shape, string name, Span span)
    {
        if (shape is [{ } rows, { } columns] && rows != columns) _report.NotSquare(span, name, rows, columns);
        var size = shape[0] ?? shape[1];
        return [size, size];
    }

    private static string Text(int?[] shape) =>
        string.Join(" by ", shape.Select(n => n?.ToString(CultureInfo.InvariantCulture) ?? "?"));

    private static int? Length(Bound lower, Bound upper) => Constant(upper) - Constant(lower) + 1 is { } n ? Math.Max(0, n) : null;

    private static int?[] Sizes(ImmutableArray<Bound> sizes)
    {
        var found = new int?[sizes.Length];
        for (var d = 0; d < found.Length; d++) found[d] = Size(sizes[d]);
        return found;
    }

    private static int? Size(Bound size) => Constant(size) is { } n ? Math.Max(0, n) : null;

    private static int? Constant(Bound value) => value switch
    {
        ConstantValue { Value: >= int.MinValue / 2 and <= int.MaxValue / 2 } constant => (int)constant.Value,
        _ => CategoryOf.Size(value) is { Listed: { IsDefault: false } levels } ? levels.Length : null,
    };
}
