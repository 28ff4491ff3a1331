using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>score MODEL [data]</c>: the log density of the data, in total and by row.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = FormOption.Create("The form of the scores; a table is cut short where there are many rows.");
        var command = new Command("score", "Computes the log density of the data, in total and by row.") { form };
        var inputs = new Inputs(command, takesFit: true);
        command.SetAction(parsed =>
        {
            if (inputs.Condition(parsed, terminal) is not { } problem) return ExitCode.Mistake;
            terminal.CatchInterrupt();
            try
            {
                problem.Score(terminal.Interrupted).Write(terminal.Out, FormOption.Read(parsed, form));
                return ExitCode.Done;
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }
}
