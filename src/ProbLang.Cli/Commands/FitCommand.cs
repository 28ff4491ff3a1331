using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary><c>fit MODEL [data]</c>: maximum likelihood of parameters and of the weights of nets, or the mode of the posterior.</summary>
internal sealed class FitCommand
{
    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly TrainingOptions _training;
    private readonly Option<string> _engine = new("--engine") { Description = "ml: maximum likelihood of what `param` declares; map: the mode of the posterior of all continuous unknowns.", HelpName = "ml|map", DefaultValueFactory = _ => "ml" };
    private readonly Option<string?> _save = new("--save") { Description = "A file for what was learned; `infer --fit` and `sample --fit` take it.", HelpName = "FIT" };
    private readonly Option<double> _level = new("--level") { Description = "The level of the confidence intervals.", HelpName = "P", DefaultValueFactory = _ => 0.95 };
    private readonly Option<int> _starts = new("--starts") { Description = "From how many places the maximum is looked for: where the model says, and from random ones.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<ulong> _seed = new("--seed") { Description = "The seed of random starts, of the weights of nets at first, of what is held out, and of the order of rows.", HelpName = "N", DefaultValueFactory = _ => 1 };
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
        _training = new TrainingOptions(command);
        command.SetAction(Fit);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("fit", "Learns the parameters and nets of a model from data.");
        _ = new FitCommand(command, terminal);
        return command;
    }

    private int Fit(ParseResult parsed)
    {
        var (level, starts) = (parsed.GetValue(_level), parsed.GetValue(_starts));
        if (level is not (> 0 and < 1)) throw new UsageException("--level is between 0 and 1");
        if (starts < 1) throw new UsageException("--starts is at least 1");
        var engine = Engine(parsed, starts);
        if (_inputs.Condition(parsed, _terminal) is not { } problem) return ExitCode.Mistake;
        if (engine is MaximumLikelihood likelihood && parsed.GetValue(_objective) is { } objective) engine = likelihood with { Objective = problem.Objectives.First(o => o.Word == objective).Name };
        var quiet = parsed.GetValue(_quiet);
        if (!quiet) _terminal.Error.WriteLine(problem.Observed.IsEmpty ? "observed: nothing" : $"observed: {string.Join(", ", problem.Observed)}");
        _terminal.CatchInterrupt();
        ProbLang.Fit fit;
        using (var display = quiet || !_terminal.IsInteractive ? null : new FitDisplay(_terminal.Error, _terminal.Width))
            fit = engine is MaximumAPosteriori mode ? problem.Fit(mode, display, _terminal.Interrupted) : problem.Fit((MaximumLikelihood)engine, display, _terminal.Interrupted);
        if (parsed.GetValue(_save) is { } path) fit.Save(path, ProductVersion.Text);
        return FitOutput.Write(_terminal, fit, FormOption.Read(parsed, _as), level, null, quiet, parsed.GetValue(_strict), _terminal.Interrupted.IsCancellationRequested);
    }

    private Engine Engine(ParseResult parsed, int starts)
    {
        var (training, seed) = (_training.Read(parsed), parsed.GetValue(_seed));
        var isGiven = parsed.GetResult(_seed) is { Implicit: false };
        var objective = LearningObjective.Named(parsed.GetValue(_objective));
        if (parsed.GetValue(_engine) == "map" && objective is not null) throw new UsageException("--objective is what --engine ml maximises");
        if (parsed.GetValue(_engine) == "map")
            return training is null ? new MaximumAPosteriori { Starts = starts, Seed = seed } : throw new UsageException($"{_training.Asked(parsed)} trains by mini-batches, and --engine map looks at all data at once");
        if (training is not null && starts > 1) throw new UsageException($"--starts looks for a maximum from several places, and {_training.Asked(parsed)} trains from one");
        // What goes on has the seed that it began with, unless it is said again.
        return new MaximumLikelihood { Starts = starts, Seed = seed, Objective = objective, Training = isGiven && training is not null ? training with { Seed = seed } : training };
    }
}
