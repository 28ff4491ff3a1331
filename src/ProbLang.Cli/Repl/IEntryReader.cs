namespace ProbLang.Cli.Repl;

/// <summary>Where the entries of a session come from: a line editor, or lines that are piped in.</summary>
internal interface IEntryReader
{
    /// <summary>The next entry, of one or more lines; null at the end.</summary>
    string? Read();

    /// <summary>Leaves out what came together with the entry that was read last, as a paste does; how many entries that were.</summary>
    int Skip();
}
