using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Whether the value of an expression may rest on variables that are open; sizes do not count. Each part is looked at once.</summary>
/// <param name="isOpen">Whether some element of a variable is open.</param>
internal sealed class OpenParts(Func<Variable, bool> isOpen)
{
    private readonly Dictionary<Bound, bool> _known = new(ReferenceEqualityComparer.Instance);

    public bool Has(Bound value)
    {
        if (_known.TryGetValue(value, out var open)) return open;
        open = value is VariableValue variable ? isOpen(variable.Variable)
            : !(value is ArrayFunctionValue function && ArrayFunctions.IsAboutShape(function.Function)) && Parts.Of(value).Any(Has);
        _known.Add(value, open);
        return open;
    }
}
