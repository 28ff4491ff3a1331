namespace ProbLang.Cli.Repl;

/// <summary>Where the entries of a session come from: a line editor, or lines that are piped in.</summary>
internal interface IEntryReader
{
    /// <summary>The next entry, of one or more lines; null at the end.</summary>
    string? Read();
}
