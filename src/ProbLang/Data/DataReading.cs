using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>What a file or an option gave.</summary>
/// <param name="Data">The arrays that could be read.</param>
/// <param name="Faults">
/// Why a named value could not be read. A mistake only for a model that names it: files have columns that a model has no use
/// for.
/// </param>
/// <param name="Diagnostics">What is wrong with the source as a whole.</param>
internal sealed record DataReading(DataSet Data, ImmutableDictionary<string, Diagnostic> Faults, ImmutableArray<Diagnostic> Diagnostics)
{
    public static DataReading Empty { get; } = new(DataSet.Empty, ImmutableDictionary<string, Diagnostic>.Empty, []);

    public static DataReading Failed(Diagnostic diagnostic) => Empty with { Diagnostics = [diagnostic] };

    /// <summary>Both; what the later one says of a name replaces what the earlier one said.</summary>
    public DataReading With(DataReading later) => new(
        (Data with { Arrays = Data.Arrays.Where(a => !later.Faults.ContainsKey(a.Key)).ToDictionary() }).With(later.Data),
        Faults.RemoveRange(later.Data.Arrays.Keys).SetItems(later.Faults),
        Diagnostics.AddRange(later.Diagnostics));
}
