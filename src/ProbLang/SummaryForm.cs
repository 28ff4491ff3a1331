namespace ProbLang;

/// <summary>How a summary is written.</summary>
public enum SummaryForm
{
    /// <summary>Columns for a reader.</summary>
    Table,

    /// <summary>An object with the summary, the diagnostics and the run.</summary>
    Json,

    /// <summary>A line for each element, with every digit.</summary>
    Csv,
}
