namespace ProbLang.Cli;

/// <summary>The command line asks for what cannot be done; the message says why, in one sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);
