using System.Collections.Immutable;
using ProbLang.Limits;

namespace ProbLang.Results;

/// <summary>What the columns of the draws are: the reported variables, in the order of the model.</summary>
public sealed class OutputLayout
{
    /// <summary>The variables lie one after the other.</summary>
    /// <exception cref="ArgumentException">A variable does not begin where the one before it ends.</exception>
    public OutputLayout(ImmutableArray<OutputVariable> variables)
    {
        if (variables.IsDefault) throw new ArgumentNullException(nameof(variables));
        Variables = variables;
        foreach (var variable in variables)
        {
            if (variable.Offset != Count) throw new ArgumentException($"{variable.Name} begins at column {variable.Offset}, not {Count}", nameof(variables));
            Count += variable.Count;
        }
        var names = ImmutableArray.CreateBuilder<string>(Count);
        var looks = new Ticker();
        foreach (var variable in variables)
        {
            var count = variable.Count;
            for (var element = 0; element < count; element++)
            {
                looks.Tick();
                names.Add(variable.ElementName(element));
            }
        }
        ElementNames = names.MoveToImmutable();
    }

    /// <summary>The variables.</summary>
    public ImmutableArray<OutputVariable> Variables { get; }

    /// <summary>How many columns.</summary>
    public int Count { get; }

    /// <summary>The name of each column.</summary>
    public ImmutableArray<string> ElementNames { get; }

    /// <summary>The variable of a name; null when none is reported under it.</summary>
    public OutputVariable? Find(string name)
    {
        foreach (var variable in Variables) if (variable.Name == name) return variable;
        return null;
    }

    /// <summary>The column of a scalar or an element, however its indices are spaced; null where there is none.</summary>
    internal int? RowOf(string element)
    {
        if (ElementNames.IndexOf(element) is >= 0 and var row) return row;
        var parsed = ElementName.Parse(element);
        return Find(parsed.Variable) is { } variable && parsed.CellOf(variable.Shape.AsSpan(), variable.Labels) is { } cell && variable.ElementOf(cell) is { } at ? variable.Offset + at : null;
    }

    /// <summary>Scalars under these names.</summary>
    public static OutputLayout OfScalars(params ReadOnlySpan<string> names)
    {
        var variables = ImmutableArray.CreateBuilder<OutputVariable>(names.Length);
        foreach (var name in names) variables.Add(new OutputVariable(name, [], variables.Count));
        return new OutputLayout(variables.MoveToImmutable());
    }
}
