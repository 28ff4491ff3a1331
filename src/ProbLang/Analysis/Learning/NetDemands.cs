using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// How long a vector must be, as far as what it is used for says: the parameter of a draw that the data give, an operand of a vector of known length, the greatest
/// index that is read. What its own variable is used for counts as well.
/// </summary>
internal sealed class NetDemands(Draft draft, Shapes shapes)
{
    private readonly HashSet<Variable> _open = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a use demands. An index that is read demands only that there be so many.</summary>
    public IEnumerable<(int Size, bool IsExact)> Of(Definition definition, Bound part)
    {
        var found = new List<(int, bool)>();
        Visit(definition, part, found);
        return found;
    }

    private void Visit(Definition definition, Bound part, List<(int, bool)> found)
    {
        if (definition.Value is { } value) Visit(value, part, () => OfVariable(definition.Variable), definition, found);
        if (definition.Distribution is { } distribution) Visit(distribution, part, definition, found);
    }

    /// <summary>What the data say of the last dimension of a variable, else what all that reads it demands.</summary>
    private IEnumerable<(int, bool)> OfVariable(Variable variable)
    {
        if (Given(variable) is { } size) return [(size, true)];
        if (!_open.Add(variable)) return [];
        var found = new List<(int, bool)>();
        foreach (var reader in draft.Graph.Definitions)
            foreach (var read in Walk.Over(Parts.OfRight(reader)).OfType<VariableValue>().Where(v => v.Variable == variable)) Visit(reader, read, found);
        _open.Remove(variable);
        return found;
    }

    private int? Given(Variable variable) => Givens.ShapeOf(draft, variable) is { Length: > 0 } shape && shape.Length == variable.Rank ? shape[^1] : null;

    private void Visit(BoundDistribution distribution, Bound part, Definition definition, List<(int, bool)> found)
    {
        foreach (var inner in Parts.Inside(distribution)) Visit(inner, part, definition, found);
        if (distribution is not CatalogDistribution catalog)
        {
            foreach (var own in Parts.Own(distribution)) Visit(own, part, () => distribution.Rank > 0 ? OfVariable(definition.Variable) : [], definition, found);
            return;
        }
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        for (var i = 0; i < catalog.Arguments.Length; i++)
            if (catalog.Arguments[i] is { } argument)
                Visit(argument, part, () => Demanded(catalog, parameters[i], argument, definition), definition, found);
    }

    private IEnumerable<(int, bool)> Demanded(CatalogDistribution catalog, Parameter parameter, Bound argument, Definition definition)
    {
        if (catalog.Distribution.Name != "Categorical") return argument.Rank > 0 ? OfVariable(definition.Variable) : [];
        if (definition.Variable.Category is { } category && draft.Levels.TryGetValue(category, out var levels)) return [(levels.Length, true)];
        if (definition.Variable.Upper is { } upper && Uses.Of([upper]).All(v => v.IsInput) && draft.Code.Scalar(upper)() is var greatest && !double.IsNaN(greatest)) return [((int)greatest, true)];
        return draft.Data.Arrays.TryGetValue(definition.Variable.Name, out var array) && array.Values.Length > 0 ? [((int)array.Values.Max(), false)] : [];
    }

    /// <summary>Goes down from an expression of which so much is demanded to a part of it.</summary>
    private void Visit(Bound e, Bound part, Func<IEnumerable<(int, bool)>> demanded, Definition definition, List<(int, bool)> found)
    {
        if (ReferenceEquals(e, part))
        {
            found.AddRange(demanded());
            return;
        }
        switch (e)
        {
            case ElementwiseValue or ConditionalValue:
                var operands = Parts.Of(e).ToArray();
                foreach (var operand in operands) Visit(operand, part, () => OfOthers(operands, operand, definition) is { } size ? [(size, true)] : demanded(), definition, found);
                return;
            case IndexedValue indexed:
                Visit(indexed.Array, part, () => OfIndices(indexed, definition, demanded), definition, found);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Softmax or ArrayFunction.LogSoftmax or ArrayFunction.Cumsum or ArrayFunction.Sort } function:
                Visit(function.Arguments[0], part, demanded, definition, found);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Dot } dot:
                for (var i = 0; i < 2; i++) Visit(dot.Arguments[i], part, () => Last(dot.Arguments[1 - i], definition), definition, found);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply, Arguments: [var left, var right] }:
                Visit(right, part, () => Last(left, definition), definition, found);
                Visit(left, part, () => Size(right, definition, 0) is { } rows ? [(rows, true)] : [], definition, found);
                return;
            case ArrayLiteral or Comprehension:
                foreach (var element in Parts.Of(e)) Visit(element, part, demanded, definition, found);
                return;
            default:
                foreach (var inner in Parts.Of(e)) Visit(inner, part, () => [], definition, found);
                return;
        }
    }

    private int? OfOthers(Bound[] operands, Bound operand, Definition definition) =>
        operands.Where(o => o != operand && o.Rank > 0).Select(o => Size(o, definition, o.Rank - 1)).FirstOrDefault(s => s is not null);

    private IEnumerable<(int, bool)> Last(Bound value, Definition definition) => Size(value, definition, value.Rank - 1) is { } size ? [(size, true)] : [];

    /// <summary>A size where it can be told now: of what is known, or laid out.</summary>
    private int? Size(Bound value, Definition definition, int dimension)
    {
        if (Walk.Over([value]).Any(v => v is NetValue)) return null;
        try
        {
            Iterations.SetToEnd(draft.Code, definition, value, last: false);
            return shapes.Of(value) is { } shape ? shape[dimension] : null;
        }
        catch (DiagnosticException)
        {
            // It is not laid out, or mistaken, which will be reported where it is.
            return null;
        }
    }

    private IEnumerable<(int, bool)> OfIndices(IndexedValue indexed, Definition definition, Func<IEnumerable<(int, bool)>> demanded)
    {
        if (indexed.Indices.Length < indexed.Array.Rank) return demanded();
        Bound? greatest = indexed.Indices[^1] switch
        {
            AtIndex { Position.Rank: 0 } at => at.Position,
            SliceOf { Upper: { } upper } => upper,
            _ => null,
        };
        if (greatest is null) return [];
        try
        {
            Iterations.SetToEnd(draft.Code, definition, indexed, last: true);
            return draft.Code.Scalar(greatest)() is var index && !double.IsNaN(index) ? [((int)index, false)] : [];
        }
        catch (DiagnosticException)
        {
            return [];
        }
    }
}
