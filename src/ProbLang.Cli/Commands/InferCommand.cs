using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary><c>infer MODEL [data]</c>: the posterior of the latents.</summary>
internal sealed class InferCommand
{
    private static readonly string[] LaterEngines = ["exact", "ep", "vmp", "gibbs", "map", "laplace", "vi", "smc", "importance", "abc"];

    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly Option<string> _engine = new("--engine") { Description = "The engine.", HelpName = "auto|nuts", DefaultValueFactory = _ => "auto" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The seed; the same one gives the same draws. Default: a random one, printed.", HelpName = "N" };
    private readonly Option<int> _chains = Number("--chains", "How many chains.", 4);
    private readonly Option<int> _warmup = Number("--warmup", "Iterations of each chain that adapt and are not kept.", 1000);
    private readonly Option<int> _draws = Number("--draws", "Draws of each chain that are kept.", 1000);
    private readonly Option<int?> _threads = new("--threads") { Description = "How many threads run chains. Default: one for each processor.", HelpName = "N" };
    private readonly Option<double?> _targetAccept = new("--target-accept") { Description = "What the step size aims for, between 0 and 1; nearer to 1 means smaller steps. Default: 0.8, or 0.95 for a hierarchy in non-centred form.", HelpName = "P" };
    private readonly Option<int> _maxDepth = Number("--max-depth", "A trajectory doubles at most this often.", 10);
    private readonly Option<string> _metric = new("--metric") { Description = "The mass matrix.", HelpName = "auto|diag|dense", DefaultValueFactory = _ => "auto" };
    private readonly Option<string[]> _query = new("--query") { Description = "The variables to report.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _out = new("--out") { Description = "A folder for the draws, the summary, and what it takes to run again.", HelpName = "DIR" };
    private readonly Option<string> _as = new("--as") { Description = "The form of the summary.", HelpName = "table|json|csv", DefaultValueFactory = _ => "table" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No progress, no remarks and no verdict." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with code 3 where the diagnostics say not to trust the result." };

    private InferCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _inputs = new Inputs(command);
        _metric.AcceptOnlyFromAmong("auto", "diag", "dense");
        _as.AcceptOnlyFromAmong("table", "json", "csv");
        _engine.AcceptOnlyFromAmong(["auto", "nuts", .. LaterEngines]);
        Option[] options = [_engine, _seed, _chains, _warmup, _draws, _threads, _targetAccept, _maxDepth, _metric, _query, _out, _as, _quiet, _strict];
        foreach (var option in options) command.Options.Add(option);
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
        var engine = Engine(parsed);
        var folder = parsed.GetValue(_out);
        if (folder is not null) ResultFolder.Check(folder);
        if (_inputs.ConditionToInfer(parsed, _terminal) is not { } problem) return ExitCode.Mistake;
        var query = Query(parsed, problem);
        var quiet = parsed.GetValue(_quiet);
        if (!quiet) Announce(problem, engine);

        // Until there are draws to keep, Ctrl-C just ends the process.
        problem.Prepare();
        _terminal.CatchInterrupt();
        Posterior posterior;
        using (var display = quiet || !_terminal.IsInteractive ? null : new ProgressDisplay(_terminal.Error, engine.Chains, _terminal.Width))
            posterior = problem.Infer(engine, display, _terminal.Interrupted);

        posterior.Write(_terminal.Out, Form(parsed), query);
        if (folder is not null) posterior.Save(folder, ProductVersion.Text, Command(parsed, engine));
        var failed = posterior.Run.Failures.Length == engine.Chains;
        if (!quiet || failed) _terminal.Error.WriteLine(posterior.Verdict);
        return
            posterior.Interrupted ? ExitCode.Interrupted :
            failed ? ExitCode.Mistake :
            !posterior.Verdict.Trusted && parsed.GetValue(_strict) ? ExitCode.Untrusted : ExitCode.Done;
    }

    private Nuts Engine(ParseResult parsed)
    {
        if (parsed.GetValue(_engine) is { } name && LaterEngines.Contains(name)) throw new UsageException($"the engine `{name}` is not in this version; `nuts` is");
        return new Nuts
        {
            Seed = parsed.GetValue(_seed) ?? (ulong)Random.Shared.NextInt64(1, 1L << 32),
            Chains = InRange(parsed, _chains, 1, 10_000),
            Warmup = InRange(parsed, _warmup, 0, int.MaxValue),
            Draws = InRange(parsed, _draws, 1, int.MaxValue),
            Threads = parsed.GetValue(_threads) is null ? null : InRange(parsed, _threads, 1, 10_000),
            TargetAccept = parsed.GetValue(_targetAccept) is null or > 0 and < 1 ? parsed.GetValue(_targetAccept) : throw new UsageException("--target-accept is between 0 and 1"),
            MaxDepth = InRange(parsed, _maxDepth, 1, 20),
            Metric = parsed.GetValue(_metric) switch { "diag" => MetricKind.Diagonal, "dense" => MetricKind.Dense, _ => MetricKind.Auto },
        };
    }

    private SummaryForm Form(ParseResult parsed) => parsed.GetValue(_as) switch
    {
        "json" => SummaryForm.Json,
        "csv" => SummaryForm.Csv,
        _ => SummaryForm.Table,
    };

    private string[]? Query(ParseResult parsed, Problem problem)
    {
        if (parsed.GetValue(_query) is not { Length: > 0 } query) return null;
        foreach (var name in query)
            if (!problem.Reported.Contains(name)) throw new UsageException($"--query: the model has no variable `{name}` to report; it has {string.Join(", ", problem.Reported)}");
        return query;
    }

    private void Announce(Problem problem, Nuts engine)
    {
        var observed = problem.Observed;
        _terminal.Error.WriteLine(observed.IsEmpty ? "observed: nothing" : $"observed: {string.Join(", ", observed)}");
        _terminal.Error.WriteLine($"seed: {engine.Seed}");
    }

    private static string Command(ParseResult parsed, Nuts engine)
    {
        var words = parsed.Tokens.Select(t => t.Value).ToList();
        if (!words.Contains("--seed")) words.AddRange(["--seed", engine.Seed!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        return "problang " + string.Join(' ', words);
    }

    private static int InRange(ParseResult parsed, Option<int> option, int least, int most) => InRange(option.Name, parsed.GetValue(option), least, most);

    private static int InRange(ParseResult parsed, Option<int?> option, int least, int most) => InRange(option.Name, parsed.GetValue(option)!.Value, least, most);

    private static int InRange(string name, int value, int least, int most) =>
        value >= least && value <= most ? value : throw new UsageException(most == int.MaxValue ? $"{name} is at least {least}" : $"{name} is from {least} to {most}");

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}
