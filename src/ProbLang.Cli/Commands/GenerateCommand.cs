using System.CommandLine;
using System.Globalization;

namespace ProbLang.Cli.Commands;

/// <summary><c>generate MODEL -n N</c>: new data from what was learned, given what is given.</summary>
internal sealed class GenerateCommand
{
    private readonly Terminal _terminal;
    private readonly Inputs _inputs;
    private readonly Option<int> _count = new("-n") { Description = "How many rows; where the data say how many rows there are, how often each is generated.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> _new = new("--new") { Description = "How often a `for` runs, by the name of its index: t=100. May be repeated.", HelpName = "INDEX=N" };
    private readonly Option<string[]> _query = new("--query") { Description = "The variables to write. Default: what the model makes last.", HelpName = "NAME" };
    private readonly Option<ulong?> _seed = new("--seed") { Description = "The seed; the same one gives the same data. Default: a random one, printed.", HelpName = "N" };
    private readonly Option<string> _as = FormOption.Create("The form of the data.");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "No remarks." };

    private GenerateCommand(Command command, Terminal terminal)
    {
        _terminal = terminal;
        _query.AllowMultipleArgumentsPerToken = true;
        foreach (var option in (Option[])[_count, _new, _query, _seed, _as, _quiet]) command.Options.Add(option);
        _inputs = new Inputs(command, takesFit: true);
        command.SetAction(Generate);
    }

    public static Command Create(Terminal terminal)
    {
        var command = new Command("generate", "Draws new data from what was learned, given what is given.");
        _ = new GenerateCommand(command, terminal);
        return command;
    }

    private int Generate(ParseResult parsed)
    {
        var count = parsed.GetValue(_count);
        if (count < 1) throw new UsageException("-n is at least 1");
        if (_inputs.Compile(parsed, _terminal) is not { } model) return ExitCode.Mistake;
        var sizes = (parsed.GetValue(_new) ?? []).Select(n => Size(model, n)).ToArray();
        var rows = sizes.Any(s => s.Name == model.RowSize) ? null : model.RowSize;
        if (_inputs.Condition(parsed, _terminal, model, Complete) is not { } problem) return ExitCode.Mistake;
        if (Array.Find(sizes, s => !problem.HasDefaultSize(s.Name)) is { Name: { } told }) throw new UsageException($"--new: the data say what `{told}` is");
        var draws = rows is not null && problem.HasDefaultSize(rows) ? 1 : count;
        var seed = parsed.GetValue(_seed) ?? (ulong)Random.Shared.NextInt64(1, 1L << 32);
        if (parsed.GetValue(_seed) is null && !parsed.GetValue(_quiet)) _terminal.Error.WriteLine($"seed: {seed}");
        _terminal.CatchInterrupt();
        return Write(problem, draws, seed, parsed);

        Data Complete(Data data)
        {
            if (rows is not null) data = data.WithSize(rows, count);
            foreach (var (name, size) in sizes) data = data.WithSize(name, size);
            return data;
        }
    }

    private static (string Name, int Size) Size(Model model, string assignment)
    {
        if (assignment.Split('=') is not [var index, var number] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            throw new UsageException($"--new: `{assignment}` is not of the form INDEX=N");
        return (model.SizeOf(index) ?? throw new UsageException($"--new: no `for` with the index `{index}` runs up to an input"), size);
    }

    private int Write(Problem problem, int draws, ulong seed, ParseResult parsed)
    {
        Generated generated;
        try
        {
            generated = problem.Generate(draws, seed, parsed.GetValue(_query), _terminal.Interrupted);
        }
        catch (ArgumentException unknown)
        {
            throw new UsageException($"--query: {unknown.Message.Split(" (Parameter", 2)[0]}");
        }
        switch (parsed.GetValue(_as))
        {
            case "json":
                generated.WriteJson(_terminal.Out);
                break;
            case "csv":
                generated.WriteCsv(_terminal.Out);
                break;
            default:
                generated.WriteTable(_terminal.Out);
                break;
        }
        return generated.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }
}
