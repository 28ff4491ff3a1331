using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>score MODEL [data]</c>: the log density of the data, in total and by row; given draws of a posterior, of the rows as new ones.</summary>
internal static class ScoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = FormOption.Create("The form of the scores; a table is cut short where there are many rows.");
        var posterior = new Option<string?>("--posterior") { Description = "Draws, from a folder that `infer --out` wrote: each row of the data is scored as one that is not among the data of the draws.", HelpName = "DIR" };
        var command = new Command("score", "Computes the log density of the data, in total and by row.") { form, posterior };
        var inputs = new Inputs(command, takesFit: true);
        command.SetAction(parsed =>
        {
            if (Score(parsed, inputs, parsed.GetValue(posterior), terminal) is not { } score) return ExitCode.Mistake;
            terminal.CatchInterrupt();
            try
            {
                score(terminal.Interrupted).Write(terminal.Out, FormOption.Read(parsed, form));
                return ExitCode.Done;
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Interrupted;
            }
        });
        return command;
    }

    /// <summary>What computes the scores; null, with the mistakes written out, where model or data have some.</summary>
    private static Func<CancellationToken, Scores>? Score(ParseResult parsed, Inputs inputs, string? posterior, Terminal terminal)
    {
        if (posterior is null) return inputs.Condition(parsed, terminal) is { } problem ? problem.Score : null;
        if (inputs.Compile(parsed, terminal) is not { } model) return null;
        var saved = Load(posterior);
        if (saved.Problem.Model.PrintGraph() != model.PrintGraph()) throw new UsageException($"the posterior in `{posterior}` is of another model");
        return cancellation =>
        {
            try
            {
                return saved.Scorer(cancellation: cancellation).ScoreTable(inputs.ReadData(parsed), cancellation);
            }
            catch (ArgumentException mistake)
            {
                throw new UsageException(mistake.ParamName is { } name ? mistake.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : mistake.Message);
            }
        };
    }

    private static SavedPosterior Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new UsageException($"there is no folder `{folder}`");
        try
        {
            return SavedPosterior.Load(folder);
        }
        catch (InvalidDataException mistake)
        {
            throw new UsageException(mistake.Message);
        }
    }
}
