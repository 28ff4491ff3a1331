using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary><c>fit MODEL [data]</c>: maximum likelihood of parameters, or the mode of the posterior.</summary>
internal sealed class FitCommand
{
    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly Option<string> _engine = new("--engine") { Description = "ml: maximum likelihood of what `param` declares; map: the mode of the posterior of all continuous unknowns.", HelpName = "ml|map", DefaultValueFactory = _ => "ml" };
    private readonly Option<string?> _save = new("--save") { Description = "A file for what was learned; `infer --fit` and `sample --fit` take it.", HelpName = "FIT" };
    private readonly Option<double> _level = new("--level") { Description = "The level of the confidence intervals.", HelpName = "P", DefaultValueFactory = _ => 0.95 };
    private readonly Option<int> _starts = new("--starts") { Description = "From how many places the maximum is looked for: where the model says, and from random ones.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed of the random starts.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _objective = new("--objective") { Description = "What is maximised, where more than one objective applies; `explain` says which do, and why the others do not.", HelpName = string.Join('|', LearningObjective.Words) };
    private readonly Option<string> _as = FormOption.Create("The form of the estimates.");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress and no remarks." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with code 3 where there is a warning, or no maximum was found." };

    private FitCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _inputs = new Inputs(command);
        _engine.AcceptOnlyFromAmong("ml", "map");
        _objective.AcceptOnlyFromAmong([.. LearningObjective.Words]);
        foreach (var option in (Option[])[_engine, _save, _level, _starts, _seed, _objective, _as, _quiet, _strict]) command.Options.Add(option);
        command.SetAction(Fit);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("fit", "Learns the parameters of a model from data.");
        _ = new FitCommand(command, terminal);
        return command;
    }

    private int Fit(ParseResult parsed)
    {
        var (level, starts) = (parsed.GetValue(_level), parsed.GetValue(_starts));
        if (level is not (> 0 and < 1)) throw new UsageException("--level is between 0 and 1");
        if (starts < 1) throw new UsageException("--starts is at least 1");
        if (_inputs.Condition(parsed, _terminal) is not { } problem) return ExitCode.Mistake;
        var quiet = parsed.GetValue(_quiet);
        if (!quiet) _terminal.Error.WriteLine(problem.Observed.IsEmpty ? "observed: nothing" : $"observed: {string.Join(", ", problem.Observed)}");
        _terminal.CatchInterrupt();
        ProbLang.Fit fit;
        using (var display = quiet || !_terminal.IsInteractive ? null : new FitDisplay(_terminal.Error, _terminal.Width))
            fit = parsed.GetValue(_engine) == "map"
                ? problem.Fit(new MaximumAPosteriori { Starts = starts, Seed = parsed.GetValue(_seed) }, display, _terminal.Interrupted)
                : problem.Fit(new MaximumLikelihood { Starts = starts, Seed = parsed.GetValue(_seed), Objective = problem.Objectives.FirstOrDefault(o => o.Word == parsed.GetValue(_objective))?.Name }, display, _terminal.Interrupted);
        if (parsed.GetValue(_save) is { } path) fit.Save(path, ProductVersion.Text);
        return FitOutput.Write(_terminal, fit, FormOption.Read(parsed, _as), level, null, quiet, parsed.GetValue(_strict), _terminal.Interrupted.IsCancellationRequested);
    }
}
