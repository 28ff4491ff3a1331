using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>check MODEL…</c>: reads and binds; prints every diagnostic.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var models = new Argument<string[]>("MODEL") { Description = "Models, .gm files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Reads models and says what is wrong with them.") { models };
        command.SetAction(parsed => Check(parsed.GetValue(models)!, terminal));
        return command;
    }

    private static int Check(string[] paths, Terminal terminal)
    {
        var code = ExitCode.Done;
        foreach (var path in paths)
        {
            var compilation = Model.CompileFile(Inputs.Existing(path), Inputs.Options);
            Inputs.Write(compilation.Diagnostics, terminal);
            if (!compilation.Success) code = ExitCode.Mistake;
        }
        return code;
    }
}
