using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbLang.Datasets;

namespace ProbLang.Results;

/// <summary>A reported variable: which columns of the draws are its elements.</summary>
/// <param name="Name">As the modeller wrote it.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Offset">The column of its first element; the others follow in row-major order.</param>
public sealed record OutputVariable(string Name, ImmutableArray<int> Shape, int Offset)
{
    /// <summary>The row-major cells that are reported, ascending, when some are not (they are data); default: all of them.</summary>
    public ImmutableArray<int> Cells { get; init; }

    /// <summary>Where the array is ragged, how long its rows are; null where it is rectangular.</summary>
    internal RowLengths? Rows { get; init; }

    /// <summary>For each dimension the labels that stand for its indices; default or empty where it counts from 1.</summary>
    public ImmutableArray<ImmutableArray<string>> Labels { get; init; }

    /// <summary>For a category the labels that stand for its values, counted from 1; default or empty where it has numbers.</summary>
    public ImmutableArray<string> Levels { get; init; }

    /// <summary>The label of a value; null where it has none.</summary>
    public string? LabelOf(double value) => !Levels.IsDefaultOrEmpty && value >= 1 && value <= Levels.Length && value == Math.Floor(value) ? Levels[(int)value - 1] : null;

    /// <summary>Whether its values are whole numbers, so that each has a probability.</summary>
    public bool IsDiscrete { get; init; }

    /// <summary>Whether its values are true and false, as 1 and 0.</summary>
    public bool IsBoolean { get; init; }

    /// <summary>
    /// Which elements only one branch of an <c>if</c> defines: a draw has NaN for them where that branch does not hold. Default: none.
    /// </summary>
    public ImmutableArray<bool> InBranch { get; init; }

    /// <summary>How many elements are reported.</summary>
    public int Count => Cells.IsDefault ? Size : Cells.Length;

    private int Size
    {
        get
        {
            var size = 1;
            foreach (var extent in Shape) size *= extent;
            return size;
        }
    }

    /// <summary>Which element a row-major cell is; null where it is not reported.</summary>
    internal int? ElementOf(int cell) => Cells.IsDefault ? cell : Cells.BinarySearch(cell) is >= 0 and var element ? element : null;

    /// <summary>What an element is called in a table: <c>tau</c>, <c>theta[3]</c>, <c>a[Ohio,2]</c>.</summary>
    public string ElementName(int element)
    {
        if (Shape.IsEmpty) return Name;
        var name = new StringBuilder(Name).Append('[');
        Span<int> indices = stackalloc int[Shape.Length];
        Unravel(element, indices);
        for (var d = 0; d < indices.Length; d++)
        {
            if (d > 0) name.Append(',');
            var labels = Labels.IsDefaultOrEmpty ? default : Labels[d];
            if (!labels.IsDefaultOrEmpty && indices[d] < labels.Length) name.Append(LabelText.InBrackets(labels[indices[d]]));
            else name.Append(CultureInfo.InvariantCulture, $"{indices[d] + 1}");
        }
        return name.Append(']').ToString();
    }

    /// <summary>What an element is called in CmdStan's files: <c>theta.3</c>.</summary>
    internal string CmdStanName(int element)
    {
        var name = new StringBuilder(Name);
        Span<int> indices = stackalloc int[Shape.Length];
        Unravel(element, indices);
        foreach (var index in indices) name.Append(CultureInfo.InvariantCulture, $".{index + 1}");
        return name.ToString();
    }

    /// <summary>The elements in column-major order, as CmdStan writes them: the first index runs fastest.</summary>
    internal ImmutableArray<int> ColumnMajor()
    {
        var elements = new int[Count];
        var keys = new long[Count];
        Span<int> indices = stackalloc int[Shape.Length];
        for (var element = 0; element < elements.Length; element++)
        {
            elements[element] = element;
            Unravel(element, indices);
            for (var d = Shape.Length - 1; d >= 0; d--) keys[element] = keys[element] * Shape[d] + indices[d];
        }
        Array.Sort(keys, elements);
        return ImmutableArray.Create(elements);
    }

    private void Unravel(int element, Span<int> indices)
    {
        var cell = Cells.IsDefault ? element : Cells[element];
        for (var d = Shape.Length - 1; d >= 0; d--)
        {
            indices[d] = cell % Shape[d];
            cell /= Shape[d];
        }
    }
}
