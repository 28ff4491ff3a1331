using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Values by the name of the variable. What a model knows, observes and predicts follows from them.</summary>
public sealed class Data
{
    private Data(DataReading reading, ImmutableArray<CellOverlay> overlays) => (Reading, Overlays) = (reading, overlays);

    /// <summary>No data.</summary>
    public static Data Empty { get; } = new(DataReading.Empty, []);

    internal DataReading Reading { get; }

    internal ImmutableArray<CellOverlay> Overlays { get; }

    /// <summary>
    /// The properties of an object (an anonymous one will do), or the entries of a dictionary: numbers, booleans, text and
    /// enumerations for categories, and arrays of any rank or nested sequences of them; null is missing.
    /// </summary>
    /// <exception cref="ArgumentException">A value is neither a number nor text, or the parts of an array differ in how many dimensions they have.</exception>
    public static Data Of(object values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Data(DataReading.Empty with { Data = HostValues.Read(values) }, []);
    }

    /// <summary>Arrays that are read already.</summary>
    internal static Data Of(DataSet arrays) => new(DataReading.Empty with { Data = arrays }, []);

    /// <summary>As these data, with a size for where nothing else in them tells it.</summary>
    /// <param name="name">The input that is the size.</param>
    /// <param name="size">At least 0.</param>
    public Data WithSize(string name, int size)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new Data(Reading with { Data = Reading.Data with { DefaultSizes = Reading.Data.DefaultSizes.SetItem(name, size) } }, Overlays);
    }

    /// <summary>A data file: .json, an object with a value by the name of each variable; .csv or .tsv, a column for each variable.</summary>
    /// <exception cref="DataException">The file is not what its name says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Data Load(string path) => new(Checked(DataFile.Read(path)), []);

    /// <summary>Both; a variable that both give is taken from <paramref name="later"/>.</summary>
    public Data With(Data later)
    {
        ArgumentNullException.ThrowIfNull(later);
        var replaced = later.Reading.Data.Arrays.Keys.Concat(later.Reading.Faults.Keys).ToHashSet();
        return new Data(Reading.With(later.Reading), [.. Overlays.Where(o => !replaced.Contains(o.Name)), .. later.Overlays]);
    }

    /// <summary>One value, written as <c>name=value</c> or <c>name[index]=value</c> with a JSON value; an element lies over the array that it is merged with.</summary>
    /// <param name="assignment">The assignment.</param>
    /// <param name="source">What messages call the place of the value.</param>
    /// <exception cref="FormatException">The text is not an assignment.</exception>
    /// <exception cref="DataException">The value cannot be read.</exception>
    public static Data Given(string assignment, string source = "--given")
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var given = GivenArgument.Parse(assignment, source) ?? throw new FormatException($"`{assignment}` is not of the form NAME=VALUE or NAME[INDEX]=VALUE");
        return new Data(Checked(given.Reading), given.Overlay is { } overlay ? [overlay] : []);
    }

    private static DataReading Checked(DataReading reading) =>
        reading.Diagnostics.IsEmpty ? reading : throw new DataException(reading.Diagnostics);
}
