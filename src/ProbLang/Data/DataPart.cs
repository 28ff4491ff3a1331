using System.Collections.Immutable;

namespace ProbLang.Datasets;

/// <summary>What one source gives.</summary>
/// <param name="Reading">Whole values.</param>
/// <param name="Overlays">Single elements, to be laid over arrays.</param>
internal sealed record DataPart(DataReading Reading, ImmutableArray<CellOverlay> Overlays)
{
    public static DataPart Empty { get; } = new(DataReading.Empty, []);

    /// <summary>The values that cannot be data, by name: a mistake of the program only where a model names them, since objects have properties that a model has no use for.</summary>
    public ImmutableDictionary<string, UnreadableValue> Unreadable { get; init; } = ImmutableDictionary<string, UnreadableValue>.Empty;

    public static DataPart Of(DataReading reading) => new(reading, []);

    public static DataPart Of(DataSet arrays) => Of(DataReading.Empty with { Data = arrays });

    /// <summary>Both; a variable that both give is taken from the later one.</summary>
    public DataPart With(DataPart later)
    {
        var replaced = later.Reading.Data.Arrays.Keys.Concat(later.Reading.Faults.Keys).Concat(later.Unreadable.Keys).ToHashSet();
        var reading = Reading with { Data = Reading.Data with { Arrays = Reading.Data.Arrays.Where(a => !later.Unreadable.ContainsKey(a.Key)).ToDictionary() } };
        return new DataPart(reading.With(later.Reading), [.. Overlays.Where(o => !replaced.Contains(o.Name)), .. later.Overlays])
        {
            Unreadable = Unreadable.RemoveRange(replaced).SetItems(later.Unreadable),
        };
    }
}

/// <summary>A property whose values are no data.</summary>
/// <param name="IsProperty">Whether its name may be written otherwise than in the model, as that of a property may.</param>
/// <param name="Why">A sentence.</param>
internal sealed record UnreadableValue(bool IsProperty, string Why);
