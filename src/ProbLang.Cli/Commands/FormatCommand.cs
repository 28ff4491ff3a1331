using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>format MODEL… [--check]</c>: the one canonical layout.</summary>
internal static class FormatCommand
{
    public static Command Create(Terminal terminal)
    {
        var models = new Argument<string[]>("MODEL") { Description = "Models, .gm files, which are rewritten.", Arity = ArgumentArity.OneOrMore };
        var check = new Option<bool>("--check") { Description = "Changes nothing; names the files that are laid out otherwise, and exits with 1 if there are any." };
        var command = new Command("format", "Lays models out in the one canonical way; comments stay.") { models, check };
        command.SetAction(parsed => Format(parsed.GetValue(models)!, parsed.GetValue(check), terminal));
        return command;
    }

    private static int Format(string[] paths, bool isCheck, Terminal terminal)
    {
        var code = ExitCode.Done;
        foreach (var path in paths)
        {
            var formatted = ModelFormatter.FormatFile(Inputs.Existing(path));
            Inputs.Write(formatted.Diagnostics, terminal);
            if (formatted.Text is null) code = ExitCode.Mistake;
            if (!formatted.IsChanged) continue;
            terminal.Out.WriteLine(path);
            if (isCheck) code = ExitCode.Mistake;
            else OutputFile.Replace(path, formatted.Text!);
        }
        return code;
    }
}
