using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using ProbLang.Datasets;

namespace ProbLang.Results;

/// <summary>A number for each cell of a variable, or of one element of it, to be read as values of .NET.</summary>
/// <param name="Name">The variable or element.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Values">Row-major; NaN where there is none. Labels are by their codes, from 1.</param>
/// <param name="Kind">What they are.</param>
internal sealed record VariableValues(string Name, int[] Shape, double[] Values, ValueKind Kind)
{
    /// <summary>Where the array is ragged, how long its rows are.</summary>
    public RowLengths? Rows { get; init; }

    /// <summary>The labels of a category.</summary>
    public ImmutableArray<string> Levels { get; init; }

    /// <summary>Of what an output has; NaN for cells that it has not.</summary>
    public static VariableValues Of(OutputVariable variable, ReadOnlySpan<double> elements)
    {
        var values = new double[variable.Shape.Aggregate(1, (a, b) => a * b)];
        if (!variable.Cells.IsDefault) Array.Fill(values, double.NaN);
        for (var element = 0; element < elements.Length; element++) values[variable.Cells.IsDefault ? element : variable.Cells[element]] = elements[element];
        return new VariableValues(variable.Name, ImmutableCollectionsMarshal.AsArray(variable.Shape) ?? [], values, KindOf(variable)) { Rows = variable.Rows, Levels = variable.Levels };
    }

    public static ValueKind KindOf(OutputVariable variable) =>
        !variable.Levels.IsDefaultOrEmpty ? ValueKind.Label : variable.IsBoolean ? ValueKind.Boolean : variable.IsDiscrete ? ValueKind.Integer : ValueKind.Real;

    /// <summary>One cell of it.</summary>
    public VariableValues Element(int cell, string name) => this with { Name = name, Shape = [], Values = [Values[cell]], Rows = null };

    /// <exception cref="ArgumentException">The type does not fit.</exception>
    public T To<T>()
    {
        var type = TypedValue<T>.Instance;
        if (type is null || type.Rank != Shape.Length || !type.Takes(Kind)) throw Misfit(typeof(T));
        return type.Read(this, 0, 0);
    }

    public int LengthOf(int dimension, int row) => Rows?[dimension, row] ?? Shape[dimension];

    public ArgumentException Misfit(Type asked) => new($"{Description}: ask for {Fitting()}, not for {TypeNames.Of(asked)}.");

    /// <summary>A value that a type cannot hold.</summary>
    public ArgumentException NoValue(int cell, Type type) =>
        new(double.IsNaN(Values[cell]) ? $"`{Name}` has an element without a value: ask for {Fitting("?")}."
            : $"`{Name}` has {Values[cell].ToString("R", CultureInfo.InvariantCulture)}, which {TypeNames.Of(type)} does not hold.");

    private string Description => $"`{Name}` is {Shape.Length switch { 0 => "a scalar", 1 => $"a vector of {Shape[0]}", _ => (Rows is null ? "an array of " : "a ragged array of at most ") + string.Join(" × ", Shape) }}, {Contents}";

    private string Contents => Kind switch { ValueKind.Real => "real", ValueKind.Integer => "of whole numbers", ValueKind.Boolean => "true or false", _ => "of labels" };

    private string Fitting(string nullable = "")
    {
        var scalar = Kind switch { ValueKind.Real => "double", ValueKind.Integer => "int", ValueKind.Boolean => "bool", _ => "string" } + nullable;
        return Rows is not null ? scalar + string.Concat(Enumerable.Repeat("[]", Shape.Length)) : Shape.Length == 0 ? scalar : $"{scalar}[{new string(',', Shape.Length - 1)}]";
    }
}
