using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Text;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using DataSet = ProbLang.Datasets.DataSet;

namespace ProbLang;

/// <summary>
/// Values by the name of the variable. What a model knows, observes and predicts follows from them. Immutable, and safe to share between threads: values are copied when the data are made.
/// </summary>
/// <remarks>
/// Values of a program may be numbers, truth values, text, enumerations, and arrays of these: arrays of any rank, arrays in arrays with rows of one length or not, memory, immutable arrays, lists and other sequences.
/// Dates and times are not data. Null is a missing value; NaN is refused unless <see cref="DataOptions.NaNIsMissing"/>. Text and members of enumerations, by their names, are labels of categories;
/// so are numbers and truth values where the model has a category. A whole number that a double does not hold is taken as text.
/// <para>
/// A property, or a column of a query, gives the variable of its name. Where there is none and its name begins with a capital, it gives the one whose name differs only in case and underscores: <c>ExamScore</c> gives <c>exam_score</c>. Where two could be meant, to condition the model is an
/// <see cref="ArgumentException"/>. <see cref="GmNameAttribute"/> and <see cref="DataOptions.Name"/> say it otherwise. Keys of dictionaries are names as they stand.
/// </para>
/// </remarks>
public sealed class Data
{
    private readonly ImmutableArray<DataPart> _parts;

    private Data(ImmutableArray<DataPart> parts) => _parts = parts;

    private Data(DataPart part) => _parts = [part];

    /// <summary>No data.</summary>
    public static Data Empty { get; } = new(ImmutableArray<DataPart>.Empty);

    internal DataReading Reading => Together.Reading;

    internal ImmutableArray<CellOverlay> Overlays => Together.Overlays;

    private DataPart Together => _parts.Aggregate(DataPart.Empty, (all, part) => all.With(part));

    /// <summary>
    /// The properties of an object (an anonymous one will do), or the entries of a dictionary by strings. Properties whose type is no data are passed over, as long as the model has no variable of that name; those of an anonymous object
    /// are all meant.
    /// </summary>
    /// <param name="values">A value for each variable: a scalar, or an array of the variable's shape.</param>
    /// <param name="options">How names and NaN are taken.</param>
    /// <exception cref="ArgumentException">A value is neither a number nor text nor an array of these, is NaN, has more than 16 dimensions, or its parts differ in how many they have; or the object does not say what its values are called.</exception>
    public static Data Of(object values, DataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Data(HostValues.Read(values, options ?? new DataOptions()));
    }

    /// <summary>
    /// Records as a table: each property is a variable with an element for each record, in their order; a property that is an array is a variable with a row for each. The records may be of any class, struct or record, anonymous, rows of a table or a query, or dictionaries by strings and objects of JSON,
    /// where a key that a record does not have is missing. In a sequence of <see cref="object"/> all are what the first one is. Properties whose type is no data are passed over, as long as the model has no variable of that name.
    /// </summary>
    /// <param name="rows">The records; they are walked once, and what walking throws comes out as it is.</param>
    /// <param name="options">How names and NaN are taken, and which input is the number of rows.</param>
    /// <exception cref="ArgumentException">
    /// A value is NaN or no data, or has another number of dimensions than in the rows before: the message has the property and the row, counted from 1. Or a record is null, or of another type than those before; or the type has no properties, or is a tuple, whose parts have no names when the program runs.
    /// </exception>
    public static Data OfRecords<T>(IEnumerable<T> rows, DataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Data(HostRecords.Read(rows, options ?? new DataOptions()));
    }

    /// <summary>
    /// The rows of a query: each column that has a name is a variable with an element for each row; <see cref="DBNull"/> is missing. Columns whose type is no data are passed over, as long as the model has no variable of that name. Reads to the end of the present
    /// result, and does not close the reader.
    /// </summary>
    /// <param name="reader">Stands before the first row that is wanted.</param>
    /// <param name="options">How names and NaN are taken, and which input is the number of rows.</param>
    /// <exception cref="ArgumentException">A value is NaN or no data, with the column and the row, counted from 1; or two columns have one name.</exception>
    public static Data OfReader(IDataReader reader, DataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var columns = new ReaderColumns(reader, options ?? new DataOptions());
        while (reader.Read()) columns.Add();
        return new Data(columns.ToPart());
    }

    /// <summary>As <see cref="OfReader"/>, without blocking a thread while rows are fetched.</summary>
    /// <param name="reader">Stands before the first row that is wanted.</param>
    /// <param name="options">How names and NaN are taken, and which input is the number of rows.</param>
    /// <param name="cancellation">Looked at before each row.</param>
    /// <exception cref="ArgumentException">As of <see cref="OfReader"/>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the reader stands at some row.</exception>
    public static async Task<Data> OfReaderAsync(DbDataReader reader, DataOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var columns = new ReaderColumns(reader, options ?? new DataOptions());
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false)) columns.Add();
        return new Data(columns.ToPart());
    }

    /// <summary>An object in JSON with a value by the name of each variable, as a file would have it.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="DataException">It is no such object.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Data OfJson(string json, string source = "data", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(source);
        return Read(() => OfText(json, source), cancellation);
    }

    private static DataReading OfText(string json, string source)
    {
        // Half a character is no text: replaced, labels that differ would be one.
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        try
        {
            return DataFile.Read(new DataBytes(source, strict.GetBytes(json)), DataFormat.Json);
        }
        catch (EncoderFallbackException half)
        {
            var before = Encoding.UTF8.GetByteCount(json.AsSpan(0, half.Index));
            return DataReading.Failed(DataFileDiagnostics.HalfACharacter(source, new DataBytes(source, Encoding.UTF8.GetBytes(json)).Locate(before, 1)));
        }
    }

    /// <summary>Of what a source gives, what is of a model's variables.</summary>
    internal static Data Of(DataPart part, ModelGraph graph)
    {
        var arrays = part.Reading.Data with { Arrays = part.Reading.Data.Arrays.Where(a => graph.Find(a.Key) is not null).ToDictionary() };
        return new(part with { Reading = part.Reading with { Data = arrays }, Overlays = [.. part.Overlays.Where(o => graph.Find(o.Name) is not null)] });
    }

    /// <summary>Arrays that are read already.</summary>
    internal static Data Of(DataSet arrays) => new(DataPart.Of(arrays));

    /// <summary>As these data, with a size for where nothing else in them tells it.</summary>
    /// <param name="name">The input that is the size.</param>
    /// <param name="size">At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public Data WithSize(string name, int size)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return new Data(_parts.Add(DataPart.Of(DataSet.Empty with { DefaultSizes = new Dictionary<string, int> { [name] = size } })));
    }

    /// <summary>A data file: .json, an object with a value by the name of each variable; .csv or .tsv, a column for each variable.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="DataException">The file is not what its name says.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Data Load(string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Read(() => DataFile.Read(path), cancellation);
    }

    private static Data Read(Func<DataReading> read, CancellationToken cancellation) => Budget.Run(ResourceLimits.None, default, _ => new Data(DataPart.Of(Checked(read()))), cancellation);

    /// <summary>Both; a variable that both give is taken, whole, from <paramref name="later"/>, wherever each of them is from.</summary>
    public Data With(Data later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return new Data(_parts.AddRange(later._parts));
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
        return new Data(new DataPart(Checked(given.Reading), given.Overlay is { } overlay ? [overlay] : []));
    }

    /// <summary>The values by the names that a model has for them.</summary>
    /// <exception cref="ArgumentException">It is ambiguous which variable a property is, or its values cannot be data; or the model has no input by the name of the number of rows.</exception>
    internal DataPart For(ModelGraph graph)
    {
        var names = new PropertyNames(graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(v => v.Name));
        var together = _parts.Aggregate(DataPart.Empty, (all, part) => all.With(names.Resolve(part)));
        foreach (var (name, value) in together.Unreadable)
            if (graph.Find(name) is not null) throw new ArgumentException($"The model has a variable `{name}`, but {value.Why}");
        if (together.Reading.Data.Arrays.Values.FirstOrDefault(a => a.IsRowCount && graph.Find(a.Name) is null) is { } count)
        {
            var sizes = graph.Variables.Where(v => v is { IsInput: true, IsParameter: false, LevelsOf: null, Rank: 0, Type: ElementType.Integer }).Select(v => v.Name).ToArray();
            // A model without sizes has nothing that could be meant: that is said like any name that it does not know.
            if (sizes.Length > 0) throw HostRecords.NoRowSize(count.Name, "model", sizes);
        }
        return together;
    }

    private static DataReading Checked(DataReading reading) =>
        reading.Diagnostics.IsEmpty ? reading : throw new DataException(reading.Diagnostics);
}
