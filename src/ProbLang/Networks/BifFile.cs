using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>A BIF file as it is written: nothing is resolved, and blocks are in the order of the file.</summary>
internal sealed record BifFile(BifNetwork? Network, List<BifVariable> Variables, List<BifTable> Tables);

/// <summary>The block that names the network.</summary>
internal sealed record BifNetwork(string? Name, List<string> Properties, Span Span);

/// <summary>A name without its quotes.</summary>
internal sealed record BifName(string Text, Span Span);

/// <summary>A variable with its labels.</summary>
internal sealed record BifVariable(BifName Name, List<BifName> Labels);

/// <summary>The probabilities of a variable given its parents.</summary>
internal sealed record BifTable(BifName Variable, List<BifName> Parents, List<BifRow> Rows);

/// <summary>Which cells of a table a row fills.</summary>
internal enum RowKind
{
    /// <summary>Those for one label of each parent.</summary>
    OfLabels,

    /// <summary>Those that no other row fills.</summary>
    Default,

    /// <summary>All, the variable's own label slowest and the last parent's fastest.</summary>
    Table,
}

/// <summary>A row of probabilities.</summary>
/// <param name="Kind">Which cells it fills.</param>
/// <param name="Labels">A label of each parent, in their order.</param>
/// <param name="Values">The probabilities.</param>
/// <param name="Span">From its first to its last word.</param>
internal sealed record BifRow(RowKind Kind, List<BifName> Labels, List<BifNumber> Values, Span Span);

/// <summary>A number and where it stands.</summary>
internal readonly record struct BifNumber(double Value, Span Span);
