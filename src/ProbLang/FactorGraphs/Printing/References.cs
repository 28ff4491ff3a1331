using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>Spells what statements refer to.</summary>
/// <param name="names">The identifiers.</param>
/// <param name="places">How each variable stands in the program.</param>
internal sealed class References(CSharpNames names, VariablePlaces places)
{
    private readonly Dictionary<FactorVariable, Operand> _expressions = [];

    /// <summary>From now on the only place that reads the variable has its definition instead.</summary>
    public void Substitute(FactorVariable variable, Operand expression) => _expressions[variable] = expression;

    /// <summary>A reference as an argument, which may be a plain value.</summary>
    public Operand Read(FactorReference reference)
    {
        var variable = reference.Variable;
        if (_expressions.TryGetValue(variable, out var expression)) return expression;
        return places[variable].Form switch
        {
            VariableForm.Literal => Value(variable),
            VariableForm.Constant => new(names[variable.Name], IsKnown: true),
            _ => new(Element(reference)),
        };
    }

    /// <summary>A reference that stands for a variable of Infer.NET, whatever it is.</summary>
    public Operand ReadVariable(FactorReference reference)
    {
        var operand = Read(reference);
        if (!operand.IsKnown) return operand;
        var isNumber = reference.Variable is { Domain: not (FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count), Data.ItemShape.IsEmpty: true };
        var isLiteral = places[reference.Variable].Form == VariableForm.Literal;
        return new($"Variable.Constant({(isNumber && isLiteral ? CSharpLiterals.Double(reference.Variable.Data!.Numbers.Span[0]) : operand.Text)})");
    }

    /// <summary>An element of a variable, or a variable.</summary>
    public string Element(FactorReference reference) =>
        names[reference.Variable.Name] + string.Concat(reference.Indices.Skip(places[reference.Variable].Dropped).Select(i => $"[{Index(i)}]"));

    private string Index(FactorIndex index) => index switch
    {
        RangeIndex range => names[range.Range.Name],
        FixedIndex at => at.Position.ToString(CultureInfo.InvariantCulture),
        ValueIndex value => Read(value.Value).Text,
        _ => throw new System.Diagnostics.UnreachableException(index.ToString()),
    };

    private static Operand Value(FactorVariable variable)
    {
        var text = CSharpLiterals.Item(variable.Domain, variable.Data!.Numbers.Span, variable.Data.ItemShape.AsSpan());
        return new(text, text.StartsWith('-') ? Binding.Unary : Binding.Primary, IsKnown: true);
    }
}
