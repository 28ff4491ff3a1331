using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>sample MODEL [data] -n N</c>: ancestral draws of every random variable.</summary>
internal static class SampleCommand
{
    public static Command Create(Terminal terminal)
    {
        var count = new Option<int>("-n") { Description = "How many draws.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "The seed; the same one gives the same draws. Default: a random one, printed.", HelpName = "N" };
        var form = new Option<string>("--as") { Description = "The form of the draws.", HelpName = "table|json|csv", DefaultValueFactory = _ => "table" };
        var fix = new Option<string[]>("--do")
        {
            Description = "Fixes a random variable: x=1.5, x=[1, null, 3] or x[3]=1.5. What it depends on is drawn as ever, what depends on it sees the value. May be repeated.",
            HelpName = "NAME=VALUE",
        };
        var quiet = new Option<bool>("--quiet") { Description = "No remarks." };
        form.AcceptOnlyFromAmong("table", "json", "csv");
        var command = new Command("sample", "Draws every random variable, with inputs and sizes from the data.") { count, seed, fix, form, quiet };
        var inputs = new Inputs(command, takesFit: true);
        command.SetAction(parsed =>
        {
            var n = parsed.GetValue(count);
            if (n < 1) throw new UsageException("-n is at least 1");
            var interventions = Data.Empty;
            foreach (var assignment in parsed.GetValue(fix) ?? []) interventions = interventions.With(Inputs.Assignment(assignment, "--do"));
            if (inputs.Condition(parsed, terminal) is not { } problem) return ExitCode.Mistake;
            var number = parsed.GetValue(seed) ?? (ulong)Random.Shared.NextInt64(1, 1L << 32);
            if (parsed.GetValue(seed) is null && !parsed.GetValue(quiet)) terminal.Error.WriteLine($"seed: {number}");
            terminal.CatchInterrupt();
            return Write(problem.Sample(n, number, interventions, terminal.Interrupted), parsed.GetValue(form)!, terminal);
        });
        return command;
    }

    private static int Write(Simulation simulation, string form, Terminal terminal)
    {
        if (form == "json") simulation.WriteJson(terminal.Out);
        else if (form == "csv") simulation.WriteCsv(terminal.Out);
        else simulation.WriteTable(terminal.Out);
        return simulation.Interrupted ? ExitCode.Interrupted : ExitCode.Done;
    }
}
