using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ProbLang.Cli.Commands;

namespace ProbLang.Cli;

/// <summary>The command line from its arguments to its exit code, in one process or in a test.</summary>
internal static class CommandLine
{
    public static int Run(string[] arguments, Terminal terminal)
    {
        try
        {
            if (arguments.Length == 0) return Help(terminal);
            var parsed = Commands(terminal, arguments).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors) terminal.Error.WriteLine($"problang: {Explain(error)}");
                terminal.Error.WriteLine("problang: `problang --help` shows how to call it");
                return ExitCode.Usage;
            }
            var code = parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            terminal.Out.Flush();
            return code;
        }
        catch (DataException mistake)
        {
            Inputs.Write(mistake.Diagnostics, terminal);
            return ExitCode.Mistake;
        }
        catch (EngineException objection)
        {
            Inputs.Write(objection.Diagnostics, terminal);
            return ExitCode.Mistake;
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            terminal.Error.WriteLine("interrupted: there is nothing to show yet");
            return ExitCode.Interrupted;
        }
        catch (Exception mistake) when (mistake is UsageException or IOException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            terminal.Error.WriteLine($"problang: {mistake.Message}");
            return ExitCode.Usage;
        }
#pragma warning disable CA1031 // Whatever else is thrown is a bug, and the user is asked to report it.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            BugReport.Write(terminal.Error, bug, arguments);
            return ExitCode.Bug;
        }
    }

    /// <summary>Nothing was asked, so there is no result to write but how to ask.</summary>
    private static int Help(Terminal terminal)
    {
        Commands(terminal, ["--help"]).Parse(["--help"]).Invoke(new InvocationConfiguration { Output = terminal.Error, Error = terminal.Error, EnableDefaultExceptionHandler = false });
        return ExitCode.Usage;
    }

    /// <summary>What the parser says of a number names a type of .NET, which is not the caller's business.</summary>
    private static string Explain(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Option: var option, Tokens: [var token, ..] }) return error.Message;
        var type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType;
        return type == typeof(int) || type == typeof(long) ? $"{option.Name} takes a whole number, not `{token.Value}`"
            : type == typeof(ulong) ? $"{option.Name} takes a whole number from 0 to {ulong.MaxValue}, not `{token.Value}`"
            : type == typeof(double) ? $"{option.Name} takes a number, not `{token.Value}`"
            : option.HelpName?.Contains('|', StringComparison.Ordinal) == true ? $"{option.Name} takes {option.HelpName.Replace("|", ", ", StringComparison.Ordinal)}, not `{token.Value}`"
            : error.Message;
    }

    private static readonly (string Name, Func<Terminal, Command> Create)[] s_commands =
    [
        ("check", CheckCommand.Create),
        ("explain", ExplainCommand.Create),
        ("infer", InferCommand.Create),
        ("fit", FitCommand.Create),
        ("score", ScoreCommand.Create),
        ("generate", GenerateCommand.Create),
        ("compare", CompareCommand.Create),
        ("sample", SampleCommand.Create),
        ("graph", GraphCommand.Create),
        ("dump", DumpCommand.Create),
        ("format", FormatCommand.Create),
        ("import", ImportCommand.Create),
        ("repl", ReplCommand.Create),
    ];

    /// <summary>What the library takes for a call for help.</summary>
    private static readonly string[] s_help = ["--help", "-h", "-?", "/h", "/?"];

    /// <summary>The command that is asked for, or all where none of them is: to make every option of the others would take a tenth of a short command's time.</summary>
    private static Command Commands(Terminal terminal, string[] arguments)
    {
        // Not a RootCommand, which takes its name from the assembly.
        var root = new Command("problang", "States a probabilistic model, and computes what follows from it and data.");
        var only = Array.FindIndex(s_commands, c => c.Name == arguments[0]);
        for (var c = 0; c < s_commands.Length; c++)
            if (only < 0 || only == c) root.Add(s_commands[c].Create(terminal));
        // To make these looks their descriptions up in the resources of the library.
        if (only < 0 || arguments.Any(s_help.Contains)) root.Add(new HelpOption());
        if (only < 0) root.Add(new VersionOption());
        return root;
    }
}
