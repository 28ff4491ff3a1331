using System.Collections.Immutable;

namespace ProbLang.Text;

/// <summary>How much a message weighs.</summary>
public enum Severity
{
    /// <summary>The model or the data cannot be used as they are.</summary>
    Error,

    /// <summary>Worth a look; everything still runs.</summary>
    Warning,
}

/// <summary>A message about a model or its data: a stable id, a place, one sentence, perhaps a remedy.</summary>
/// <param name="Id">Stable identifier, such as GM0201.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Message">One sentence in the modeller's words.</param>
/// <param name="Location">Where; null for what has no place.</param>
/// <param name="Remedy">What to do about it, as a sentence; null where there is nothing to say.</param>
public sealed record Diagnostic(string Id, Severity Severity, string Message, Location? Location = null, string? Remedy = null)
{
    /// <summary>Every other place involved, each with a few words ("first defined here").</summary>
    public ImmutableArray<(string Note, Location Location)> Related { get; init; } = [];

    /// <summary>The whole message with line and caret run, as the command line prints it, without a line end.</summary>
    public override string ToString() => DiagnosticPrinter.Print(this);
}
