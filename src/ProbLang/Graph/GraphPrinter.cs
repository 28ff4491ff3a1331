using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Numerics;

namespace ProbLang.Graph;

/// <summary>The bound graph as text: variables with what is known of them, then what defines them.</summary>
internal sealed class GraphPrinter
{
    private readonly StringBuilder _text = new();

    public static string Print(ModelGraph graph)
    {
        var printer = new GraphPrinter();
        printer.Graph(graph);
        return printer._text.ToString();
    }

    public static string Print(Bound value)
    {
        var printer = new GraphPrinter();
        printer.Value(value, Tightness.Loosest);
        return printer._text.ToString();
    }

    public static string Print(BoundDistribution distribution)
    {
        var printer = new GraphPrinter();
        printer.Distribution(distribution);
        return printer._text.ToString();
    }

    private void Graph(ModelGraph graph)
    {
        _text.Append("variables\n");
        foreach (var variable in graph.Variables.Where(v => v.LevelsOf is null)) Variable(graph, variable);
        if (!graph.Nets.IsEmpty) _text.Append("\nnets\n");
        Nets(graph.Nets, "");
        if (!graph.Definitions.IsEmpty) _text.Append("\ndefinitions\n");
        foreach (var definition in graph.Definitions) Definition(definition);
        if (!graph.Factors.IsEmpty) _text.Append("\nfactors\n");
        foreach (var factor in graph.Factors) Factor(factor);
        if (!graph.GivenValues.IsEmpty || !graph.GivenOrders.IsEmpty || !graph.GivenConditions.IsEmpty) _text.Append("\ngiven\n");
        foreach (var given in graph.GivenValues) Given(given);
        foreach (var order in graph.GivenOrders) Order(order);
        foreach (var condition in graph.GivenConditions) Condition(condition);
        if (graph.Guide is { } guide) Guide(graph, guide);
    }

    private void Nets(ImmutableArray<Net> nets, string keyword)
    {
        foreach (var net in nets)
        {
            _text.Append("  ").Append(keyword).Append(net.Name).Append(" = ").Append(net.Kind!.Name).Append('(').AppendJoin(", ", net.Parts.Select(p => p.Name));
            for (var i = 0; i < net.Arguments.Length; i++)
            {
                var (name, value, word) = net.Arguments[i];
                _text.Append(i > 0 ? ", " : "").Append(name).Append(": ").Append(word);
                Limit("", value);
            }
            _text.Append(")\n");
            // Those that are written inside of a chain stand after it.
            Nets([.. net.Parts.Where(p => p.Name.StartsWith($"{net.Name}.", StringComparison.Ordinal))], keyword);
        }
    }

    private void Guide(ModelGraph graph, Guide guide)
    {
        _text.Append("\nguide\n");
        foreach (var parameter in guide.Variables.Where(v => v.IsInput)) Variable(graph, parameter, "param");
        Nets(guide.Nets, "net ");
        foreach (var definition in guide.Definitions) Definition(definition);
    }

    private void Variable(ModelGraph graph, Variable variable) => Variable(graph, variable, Kind(graph, variable));

    private void Variable(ModelGraph graph, Variable variable, string kind)
    {
        _text.Append("  ").Append(kind).Append(' ').Append(variable.Name);
        if (variable.Rank > 0)
        {
            _text.Append('[');
            for (var d = 0; d < variable.Rank; d++)
            {
                if (d > 0) _text.Append(", ");
                if (variable.IsInput) Value(variable.Dims[d], Tightness.Loosest);
                else _text.Append(variable.DimensionNames[d] ?? "_");
            }
            _text.Append(']');
        }
        _text.Append(": ").Append(variable.Category is { } category ? $"category({category.Name})" : Name(variable.Type));
        if (variable.StructureSize is { } size)
        {
            _text.Append(", ").Append(variable.Structure.ToString().ToLowerInvariant()).Append('(');
            Value(size, Tightness.Loosest);
            _text.Append(')');
        }
        Limit(variable.LowerIsOpen ? ", above " : ", from ", variable.Lower);
        Limit(", to ", variable.Upper);
        Limit(" = ", variable.Default);
        Limit(" = ", variable.Start);
        _text.Append('\n');
    }

    private static string Kind(ModelGraph graph, Variable variable) =>
        variable.IsParameter ? "parameter"
        : variable.IsInput ? "input"
        : graph.DefinitionsOf(variable).All(d => d.IsRandom) ? "random"
        : graph.DefinitionsOf(variable).Any(d => d.IsRandom) ? "random and deterministic"
        : "deterministic";

    private static string Name(ElementType type) => type switch
    {
        ElementType.Boolean => "boolean",
        ElementType.Integer => "integer",
        ElementType.Real => "real",
        _ => throw new UnreachableException(type.ToString()),
    };

    private void Limit(string word, Bound? value)
    {
        if (value is null) return;
        _text.Append(word);
        Value(value, Tightness.Loosest);
    }

    private void Definition(Definition definition)
    {
        Around(definition.Plates, definition.Gates);
        Element(definition.Variable, definition.Indices);
        if (definition.Distribution is { } distribution)
        {
            _text.Append(" ~ ");
            Distribution(distribution);
        }
        else Limit(" = ", definition.Value);
        _text.Append('\n');
    }

    private void Given(GivenValue given)
    {
        Around(given.Plates, given.Gates);
        Element(given.Variable, given.Indices);
        Limit(" = ", given.Value);
        _text.Append('\n');
    }

    private void Order(GivenOrder order)
    {
        Around(order.Plates, order.Gates);
        Value(order.Less, Tightness.Sum);
        _text.Append(" < ");
        Value(order.Greater, Tightness.Sum);
        _text.Append('\n');
    }

    private void Condition(GivenCondition condition)
    {
        Around(condition.Plates, condition.Gates);
        Value(condition.Condition, Tightness.Loosest);
        _text.Append('\n');
    }

    private void Factor(Factor factor)
    {
        Around(factor.Plates, factor.Gates);
        Value(factor.Value, Tightness.Loosest);
        _text.Append('\n');
    }

    /// <summary>The plates and gates around a statement, outermost first.</summary>
    private void Around(ImmutableArray<Plate> plates, ImmutableArray<Gate> gates)
    {
        _text.Append("  ");
        for (var depth = 0; depth <= plates.Length; depth++)
        {
            foreach (var gate in gates)
                if (gate.Depth == depth) Gate(gate);
            if (depth == plates.Length) break;
            Range(plates[depth].Loop, plates[depth].Lower, plates[depth].Upper);
            _text.Append(": ");
        }
    }

    private void Gate(Gate gate)
    {
        _text.Append(gate.Side switch
        {
            GateSide.Then => "if ",
            GateSide.Else => "if not ",
            GateSide.Undecided => "if open ",
            _ => throw new UnreachableException(gate.Side.ToString()),
        });
        Value(gate.Condition, gate.Side == GateSide.Then ? Tightness.Or : Tightness.Not);
        _text.Append(": ");
    }

    private void Range(Loop loop, Bound lower, Bound upper)
    {
        _text.Append("for ").Append(loop.Name).Append(" in ");
        Value(lower, Tightness.Sum);
        _text.Append("..");
        Value(upper, Tightness.Sum);
    }

    private void Element(Variable variable, ImmutableArray<Bound> indices)
    {
        _text.Append(variable.Name);
        if (!indices.IsEmpty) List('[', indices, ']');
    }

    private void List(char open, ImmutableArray<Bound> values, char close)
    {
        _text.Append(open);
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            Value(values[i], Tightness.Loosest);
        }
        _text.Append(close);
    }

    private void Distribution(BoundDistribution distribution)
    {
        switch (distribution)
        {
            case CatalogDistribution d:
                Catalog(d);
                break;
            case RepeatedDistribution d:
                Distribution(d.Base);
                _text.Append(" ^ ");
                if (d.Sizes.Length == 1) Value(d.Sizes[0], Tightness.Atom);
                else List('(', d.Sizes, ')');
                break;
            case TruncatedDistribution d:
                Between(d.Base, "truncated", d.Lower, d.Upper);
                break;
            case ChoiceDistribution d:
                _text.Append("(if ");
                Value(d.Condition, Tightness.Loosest);
                _text.Append(" then ");
                Distribution(d.Then);
                _text.Append(" else ");
                Distribution(d.Else);
                _text.Append(')');
                break;
            case CensoredDistribution d:
                Between(d.Base, "censored", d.Lower, d.Upper);
                break;
            case MarkedDistribution d:
                Distribution(d.Base);
                _text.Append(" censored (");
                var separator = "";
                foreach (var (name, mark) in (ReadOnlySpan<(string, Bound?)>)[("right: ", d.Right), ("left: ", d.Left), ("interval: ", d.Interval)])
                {
                    if (mark is null) continue;
                    Limit(separator + name, mark);
                    separator = ", ";
                }
                _text.Append(')');
                break;
            case RoundedDistribution d:
                Distribution(d.Base);
                _text.Append(" rounded (");
                Value(d.Step, Tightness.Loosest);
                _text.Append(')');
                break;
            case OrderedDistribution d:
                Distribution(d.Base);
                _text.Append(" ordered");
                break;
            case PointDistribution d:
                _text.Append("Delta(");
                Value(d.Value, Tightness.Loosest);
                _text.Append(')');
                break;
            case ZeroDistribution d:
                _text.Append(d.Name).Append('(');
                Value(d.Probability, Tightness.Loosest);
                _text.Append(", ");
                Distribution(d.Rest);
                _text.Append(')');
                break;
            case MixtureDistribution d:
                _text.Append("Mixture(");
                Value(d.Weights, Tightness.Loosest);
                for (var k = 0; k < d.Components.Length; k++)
                {
                    _text.Append(k == 0 ? ", [" : ", ");
                    Distribution(d.Components[k]);
                }
                _text.Append("])");
                break;
            case LearnedDistribution d:
                _text.Append(d.Form).Append('(').Append(d.Net.Name);
                Limit(", steps: ", d.Steps);
                if (d.Schedule is not null) _text.Append(", schedule: ").Append(d.Schedule);
                Limit(", context: ", d.Context);
                _text.Append(')');
                break;
            case MixtureComprehension d:
                _text.Append("Mixture(");
                Value(d.Weights, Tightness.Loosest);
                _text.Append(", ");
                Range(d.Loop, d.Lower, d.Upper);
                _text.Append(": ");
                Distribution(d.Component);
                _text.Append(')');
                break;
            default:
                throw new UnreachableException(distribution.GetType().Name);
        }
    }

    private void Between(BoundDistribution inside, string modifier, Bound? lower, Bound? upper)
    {
        Distribution(inside);
        _text.Append(' ').Append(modifier).Append(" (");
        Limit("", lower);
        _text.Append(", ");
        Limit("", upper);
        _text.Append(')');
    }

    private void Catalog(CatalogDistribution distribution)
    {
        _text.Append(distribution.Distribution.Name).Append('(');
        var parameters = distribution.Distribution.Forms[distribution.Form].Parameters;
        var first = true;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (distribution.Arguments[i] is not { } argument) continue;
            if (!first) _text.Append(", ");
            first = false;
            _text.Append(parameters[i].Name).Append(": ");
            Value(argument, Tightness.Loosest);
        }
        _text.Append(')');
    }

    private void Value(Bound value, Tightness around)
    {
        switch (value)
        {
            case ConstantValue v:
                Constant(v);
                break;
            case LoopValue v:
                _text.Append(v.Loop.Name);
                break;
            case VariableValue v:
                _text.Append(v.Variable.Name);
                break;
            case ElementwiseValue { Function: OpFunction function } v when Of(function) is { } tightness:
                Operator(function, v.Arguments, tightness, around);
                break;
            case ElementwiseValue v:
                _text.Append(v.Function.Name);
                List('(', v.Arguments, ')');
                break;
            case ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply } v:
                Infix(" @ ", v.Arguments, Tightness.Product, around);
                break;
            case ArrayFunctionValue v:
                _text.Append(FunctionCatalog.All.OfType<ArrayEntry>().First(f => f.Function == v.Function).Name);
                List('(', v.Arguments, ')');
                break;
            case IndexedValue v:
                Value(v.Array, Tightness.Atom);
                Indices(v.Indices);
                break;
            case ArrayLiteral v:
                List('[', v.Elements, ']');
                break;
            case Comprehension v:
                _text.Append('[');
                Range(v.Loop, v.Lower, v.Upper);
                _text.Append(": ");
                Value(v.Body, Tightness.Loosest);
                _text.Append(']');
                break;
            case NetValue v:
                _text.Append(v.Net.Name).Append(v.Aspect switch { NetAspect.Inverse => ".inverse(", NetAspect.InverseLogJacobian => ".inverse_log_jacobian(", _ => "(" });
                Value(v.Argument, Tightness.Loosest);
                Limit(", context: ", v.Context);
                _text.Append(')');
                break;
            case WeightCount v:
                _text.Append("weights of ").Append(v.Net.Name);
                break;
            case RangeValue v:
                _text.Append('(');
                Value(v.Lower, Tightness.Sum);
                _text.Append("..");
                Value(v.Upper, Tightness.Sum);
                _text.Append(')');
                break;
            case DistributionValue v:
                _text.Append(DistributionFunctions.NameOf(v.Question)).Append('(');
                Distribution(v.Distribution);
                _text.Append(", ");
                Value(v.At, Tightness.Loosest);
                _text.Append(')');
                break;
            case ConditionalValue v:
                if (around > Tightness.Loosest) _text.Append('(');
                _text.Append("if ");
                Value(v.Condition, Tightness.Loosest);
                _text.Append(" then ");
                Value(v.Then, Tightness.Loosest);
                _text.Append(" else ");
                Value(v.Else, Tightness.Loosest);
                if (around > Tightness.Loosest) _text.Append(')');
                break;
            default:
                throw new UnreachableException(value.GetType().Name);
        }
    }

    private void Constant(ConstantValue constant) => _text.Append(constant switch
    {
        { Type: ElementType.Boolean } => constant.Value == 0 ? "false" : "true",
        { Value: double.PositiveInfinity } => "infinity",
        { Value: double.NegativeInfinity } => "-infinity",
        _ => constant.Value.ToString("R", CultureInfo.InvariantCulture),
    });

    private void Indices(ImmutableArray<BoundIndex> indices)
    {
        _text.Append('[');
        for (var i = 0; i < indices.Length; i++)
        {
            if (i > 0) _text.Append(", ");
            switch (indices[i])
            {
                case AtIndex at:
                    Value(at.Position, Tightness.Loosest);
                    break;
                case SliceOf slice:
                    if (slice.Lower is { } lower) Value(lower, Tightness.Sum);
                    _text.Append("..");
                    if (slice.Upper is { } upper) Value(upper, Tightness.Sum);
                    break;
                default:
                    throw new UnreachableException(indices[i].GetType().Name);
            }
        }
        _text.Append(']');
    }

    /// <summary>How tightly an operator binds, loosest first.</summary>
    private enum Tightness { Loosest, Or, And, Not, Comparison, Sum, Product, Unary, Power, Atom }

    /// <summary>The tightness of an operator; null for a function that is written with its name.</summary>
    private static Tightness? Of(OpFunction function) => function.Op switch
    {
        _ when char.IsLetter(function.Name[0]) && function.Op is not (Op.And or Op.Or or Op.Not) => null,
        Op.Or => Tightness.Or,
        Op.And => Tightness.And,
        Op.Not => Tightness.Not,
        Op.Less or Op.LessOrEqual or Op.Equal or Op.NotEqual => Tightness.Comparison,
        Op.Add or Op.Subtract => Tightness.Sum,
        Op.Multiply or Op.Divide or Op.Remainder => Tightness.Product,
        Op.Negate => Tightness.Unary,
        Op.Power => Tightness.Power,
        _ => null,
    };

    private void Operator(OpFunction function, ImmutableArray<Bound> arguments, Tightness tightness, Tightness around)
    {
        if (arguments.Length == 2)
        {
            Infix($" {function.Name} ", arguments, tightness, around);
            return;
        }
        if (around > tightness) _text.Append('(');
        _text.Append(function.Name);
        if (char.IsLetter(function.Name[0])) _text.Append(' ');
        Value(arguments[0], tightness);
        if (around > tightness) _text.Append(')');
    }

    private void Infix(string symbol, ImmutableArray<Bound> arguments, Tightness tightness, Tightness around)
    {
        if (around > tightness) _text.Append('(');
        Value(arguments[0], tightness is Tightness.Comparison or Tightness.Power ? tightness + 1 : tightness);
        _text.Append(symbol);
        Value(arguments[1], tightness == Tightness.Power ? Tightness.Unary : tightness + 1);
        if (around > tightness) _text.Append(')');
    }
}
