using System.CommandLine;
using ProbLang.Inference;

namespace ProbLang.Cli.Commands;

/// <summary><c>compare MODEL [data] --engines a,b</c>: the same problem by several engines.</summary>
internal sealed class CompareCommand
{
    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly EngineOptions _engines;
    private readonly Option<string> _names = new("--engines") { Description = "The engines, at least two, with commas: exact, nuts, laplace, ep, vmp, gibbs. The first that answers is the reference.", Required = true, HelpName = "A,B" };
    private readonly Option<string[]> _query = new("--query") { Description = "The variables or elements to compare.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _as = FormOption.Create("The form of the comparison.");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No remarks and no verdict." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Exit with code 3 where the engines do not agree." };

    private CompareCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _inputs = new Inputs(command);
        command.Options.Add(_names);
        _engines = new EngineOptions(command);
        foreach (var option in (Option[])[_query, _as, _quiet, _strict]) command.Options.Add(option);
        command.SetAction(Compare);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("compare", "Computes the same posterior with several engines, and says where they differ.");
        _ = new CompareCommand(command, terminal);
        return command;
    }

    private int Compare(ParseResult parsed)
    {
        var engines = _engines.Read(parsed, Names(parsed));
        var query = Query.Of(parsed.GetValue(_query) ?? []);
        if (!query.Joint.IsEmpty) throw new UsageException($"--query {string.Join(',', query.Joint[0])}: engines are compared by variables one by one");
        if (_inputs.ConditionToInfer(parsed, _terminal) is not { } problem) return ExitCode.Mistake;
        QueryOptions.Check(query, problem);
        var quiet = parsed.GetValue(_quiet);
        _terminal.CatchInterrupt();
        var comparison = problem.Compare(engines, quiet || !_terminal.IsInteractive ? null : new Started(_terminal.Error), _terminal.Interrupted);
        WriteObjections(comparison);
        if (!comparison.Comparisons.IsEmpty || comparison.Interrupted)
        {
            comparison.Write(_terminal.Out, FormOption.Read(parsed, _as), query.Marginals.IsEmpty ? null : query.Marginals);
            _terminal.Out.Flush();
        }
        if (!quiet) WriteRemarks(comparison);
        if (comparison.Interrupted) return ExitCode.Interrupted;
        if (comparison.Comparisons.IsEmpty)
        {
            _terminal.Error.WriteLine("problang: fewer than two of these engines answer, so that there is nothing to compare");
            return ExitCode.Mistake;
        }
        return parsed.GetValue(_strict) && !comparison.Agrees ? ExitCode.Untrusted : ExitCode.Done;
    }

    private string[] Names(ParseResult parsed)
    {
        var names = parsed.GetValue(_names)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.FirstOrDefault(n => !EngineOptions.Names.Contains(n)) is { } other) throw new UsageException($"--engines takes {string.Join(", ", EngineOptions.Names)}, not `{other}`");
        if (names.Length < 2) throw new UsageException("--engines takes at least two engines, as in --engines ep,nuts");
        return names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { Key: var twice } ? throw new UsageException($"--engines: `{twice}` is named twice") : names;
    }

    private void WriteObjections(Comparison comparison)
    {
        foreach (var engine in comparison.Engines)
        {
            if (engine.Objections.IsEmpty) continue;
            _terminal.Error.WriteLine($"{engine.Engine.Name} objects:");
            Inputs.Write(engine.Objections, _terminal);
        }
    }

    private void WriteRemarks(Comparison comparison)
    {
        foreach (var engine in comparison.Engines)
        {
            if (engine.Posterior is not { } posterior) continue;
            if (posterior.Seed is { } seed) _terminal.Error.WriteLine($"{engine.Engine.Name}: seed {seed}");
            foreach (var note in (posterior as MarginalPosterior)?.Notes ?? []) _terminal.Error.WriteLine($"{engine.Engine.Name}: note: {note}");
            if (!posterior.Verdict.Trusted) _terminal.Error.WriteLine($"{engine.Engine.Name}: {posterior.Verdict}");
        }
        if (!comparison.Comparisons.IsEmpty) _terminal.Error.WriteLine(comparison.Verdict);
    }

    private sealed class Started(TextWriter error) : IProgress<Engine>
    {
        public void Report(Engine value) => error.WriteLine($"running: {value.Name}");
    }
}
