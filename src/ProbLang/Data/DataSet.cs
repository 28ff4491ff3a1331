using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>A named array of data, row-major, with the place of every cell.</summary>
/// <param name="Name">The variable it is for.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Values">One a cell; 0 where missing. Booleans are 0 and 1.</param>
/// <param name="Missing">Which cells are missing; null where none is.</param>
/// <param name="Place">The place of a cell for messages: file, line and column; null-returning where there is none.</param>
internal sealed record DataArray(string Name, int[] Shape, double[] Values, bool[]? Missing, Func<int, Location?> Place)
{
    /// <summary>The place of the name: of the header of a column, of the first where there are several; null where there is none.</summary>
    internal Location? NamePlace { get; init; }

    /// <summary>Where the array is ragged, how long its rows are; the cells beyond them are missing. Null where it is rectangular.</summary>
    internal RowLengths? Rows { get; init; }

    /// <summary>The place of a row: of a dimension, under the indices before it by their row-major number. Null where a row has no place of its own.</summary>
    internal Func<int, int, Location?>? RowPlace { get; init; }

    /// <summary>The text of every cell as its source has it, null where it is missing: what a category reads. Null where the source has only numbers.</summary>
    internal Func<string?[]>? Texts { get; init; }

    /// <summary>Why the cells are not all numbers: a mistake only where numbers are needed. Null where they are.</summary>
    internal Diagnostic? NotNumbers { get; init; }

    /// <summary>Whether it was given by itself, not in a file: then its name was meant.</summary>
    internal bool IsAssigned { get; init; }

    /// <summary>Whether its name is that of a property of the program, which the model may write otherwise.</summary>
    internal bool IsProperty { get; init; }

    /// <summary>Whether it is there because its object happens to have it, as one of a class of the program may: that the model has no such variable is then no news.</summary>
    internal bool IsIncidental { get; init; }

    /// <summary>Whether it is the number of rows that are given with it, under the name that the program says.</summary>
    internal bool IsRowCount { get; init; }

    /// <summary>The cells as labels; null where missing. A number is labelled as it is written.</summary>
    internal string?[] ReadLabels() => Texts?.Invoke() ?? [.. Values.Select((v, cell) => IsMissing(cell) ? null : NumberLabel.Of(v))];

    /// <summary>Whether a cell is missing.</summary>
    public bool IsMissing(int cell) => Missing is not null && Missing[cell];
}

/// <summary>Data by the name of the variable; of several with one name, the last was kept.</summary>
internal sealed record DataSet(IReadOnlyDictionary<string, DataArray> Arrays)
{
    // Immutable ones would be some fifty types more at every start.
    private static readonly IReadOnlyDictionary<string, int> s_noSizes = new Dictionary<string, int>();
    private static readonly IReadOnlyDictionary<string, ImmutableArray<string>> s_noLevels = new Dictionary<string, ImmutableArray<string>>();

    /// <summary>No data.</summary>
    public static DataSet Empty { get; } = new(new Dictionary<string, DataArray>());

    /// <summary>What sizes are where nothing else tells them, by name: those of the data that a model was learned from.</summary>
    internal IReadOnlyDictionary<string, int> DefaultSizes { get; init; } = s_noSizes;

    /// <summary>The labels of categories in the order of their codes, by the name of the category, where they are not those that the data show: those that a model was learned from.</summary>
    internal IReadOnlyDictionary<string, ImmutableArray<string>> Levels { get; init; } = s_noLevels;

    /// <summary>Both, the arrays of <paramref name="later"/> winning. A cell-by-cell overlay is for <c>--given x[3]=…</c> alone.</summary>
    public DataSet With(DataSet later) =>
        new(Both(Arrays, later.Arrays)) { DefaultSizes = Both(DefaultSizes, later.DefaultSizes), Levels = Both(Levels, later.Levels) };

    private static IReadOnlyDictionary<string, T> Both<T>(IReadOnlyDictionary<string, T> first, IReadOnlyDictionary<string, T> later)
    {
        if (later.Count == 0) return first;
        var both = new Dictionary<string, T>(first);
        foreach (var (name, value) in later) both[name] = value;
        return both;
    }
}
