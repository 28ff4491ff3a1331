using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary><c>infer MODEL [data]</c>: the posterior of the latents.</summary>
internal sealed partial class InferCommand
{
    private static readonly string[] LaterEngines = ["vi", "smc", "importance", "abc"];

    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly EngineOptions _engines;
    private readonly QueryOptions _query;
    private readonly Option<string> _engine = new("--engine") { Description = "The engine; auto takes the first that has no objection.", HelpName = "auto|exact|nuts|laplace|map|ep|vmp|gibbs", DefaultValueFactory = _ => "auto" };
    private readonly Option<string?> _out = new("--out") { Description = "A folder for the draws, the summary, and what it takes to run again.", HelpName = "DIR" };
    private readonly Option<string> _as = FormOption.Create("The form of the summary.");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress, no remarks and no verdict." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with code 3 where the diagnostics say not to trust the result." };

    private InferCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _inputs = new Inputs(command, takesFit: true);
        _engine.AcceptOnlyFromAmong(["auto", .. EngineOptions.Names, "map", .. LaterEngines]);
        command.Options.Add(_engine);
        _engines = new EngineOptions(command);
        _query = new QueryOptions(command);
        foreach (var option in (Option[])[_out, _as, _quiet, _strict]) command.Options.Add(option);
        command.SetAction(Infer);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("infer", "Computes the posterior of what the data do not give.");
        _ = new InferCommand(command, terminal);
        return command;
    }

    private int Infer(ParseResult parsed)
    {
        var (engine, query) = (Engine(parsed), _query.Read(parsed));
        if (QueryOptions.AsksForExact(query) is { } what && AsksForOther(parsed, engine) is { } other) throw new UsageException($"{what} takes an exact answer, and {other}");
        var folder = parsed.GetValue(_out);
        if (folder is not null) ResultFolder.Check(folder);
        if (_inputs.ConditionToInfer(parsed, _terminal) is not { } problem) return ExitCode.Mistake;
        QueryOptions.Check(query, problem);
        var quiet = parsed.GetValue(_quiet);
        if (!quiet) _terminal.Error.WriteLine(problem.Observed.IsEmpty ? "observed: nothing" : $"observed: {string.Join(", ", problem.Observed)}");
        var choice = engine is Auto auto ? Choice(parsed, problem, auto, query) : new EngineChoice(engine, "");
        return choice.Engine switch
        {
            Exact => Answer(parsed, problem, choice, query),
            MessagePassing => PassMessages(parsed, problem, choice, query),
            Laplace laplace => Approximate(parsed, problem, laplace, query),
            MaximumAPosteriori mode => Climb(parsed, problem, mode, query),
            _ => Draw(parsed, problem, choice, query),
        };
    }

    /// <summary>The engine as far as the command line says which.</summary>
    private Engine Engine(ParseResult parsed)
    {
        var name = parsed.GetValue(_engine)!;
        if (LaterEngines.Contains(name)) throw new UsageException($"the engine `{name}` is not in this version; {string.Join(", ", EngineOptions.Names.Select(n => $"`{n}`"))} are");
        return _engines.Read(parsed, name);
    }

    /// <summary>What on the command line asks for an engine without exact answers to everything; null where nothing does.</summary>
    private string? AsksForOther(ParseResult parsed, Engine engine) =>
        engine is Laplace or MaximumAPosteriori ? $"--engine {engine.Name} asks for an approximation" :
        (_engines.AsksForDraws(parsed) ?? (engine is Nuts ? "--engine nuts" : null)) is { } draws ? $"{draws} asks for draws"
        : (_engines.AsksForMessages(parsed) ?? (engine is MessagePassing ? $"--engine {engine.Name}" : null)) is { } messages ? $"{messages} asks for message passing"
        : null;

    /// <summary>Who asks for draws, or for what only an exact answer gives, gets that or an objection.</summary>
    private EngineChoice Choice(ParseResult parsed, Problem problem, Auto auto, Query query) =>
        _engines.AsksForDraws(parsed) is { } draws ? new EngineChoice(auto.Nuts, $"{draws} asks for draws")
        : _engines.AsksForMessages(parsed) is { } messages ? new EngineChoice(auto.Engines.FirstOrDefault(e => problem.Objections(e).IsEmpty) ?? auto.Engines[0], $"{messages} asks for message passing")
        : QueryOptions.AsksForExact(query) is { } what ? new EngineChoice(auto.Exact, $"{what} takes an exact answer")
        : problem.Choose(auto);

    private void Announce(ParseResult parsed, EngineChoice choice)
    {
        if (choice.Reason.Length > 0 && !parsed.GetValue(_quiet)) _terminal.Error.WriteLine($"engine: {choice.Engine.Name} ({choice.Reason})");
    }

    private SummaryForm Form(ParseResult parsed) => FormOption.Read(parsed, _as);

    /// <summary>What gives the same again.</summary>
    private static string Command(ParseResult parsed, ulong? seed = null)
    {
        var words = parsed.Tokens.Select(t => t.Value).ToList();
        if (seed is { } number && !words.Contains("--seed")) words.AddRange(["--seed", number.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return "problang " + string.Join(' ', words);
    }
}
