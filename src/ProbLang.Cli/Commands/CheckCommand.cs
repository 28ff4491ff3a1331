using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>check MODEL…</c>: reads, binds, and checks what constants decide; prints every diagnostic.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var models = new Argument<string[]>("MODEL") { Description = "Models, .gm files.", Arity = ArgumentArity.OneOrMore };
        var silence = Inputs.Silence();
        var command = new Command("check", "Reads models and says what is wrong with them.") { models, silence };
        command.SetAction(parsed => Check(parsed.GetValue(models)!, Inputs.OptionsOf(parsed.GetValue(silence)), terminal));
        return command;
    }

    private static int Check(string[] paths, CompileOptions options, Terminal terminal)
    {
        var code = ExitCode.Done;
        foreach (var path in paths)
        {
            var compilation = Model.CompileFile(Inputs.Existing(path), options);
            Inputs.Write(compilation.Diagnostics, terminal);
            var mistakes = compilation.Success ? compilation.Model.Check() : [];
            Inputs.Write(mistakes, terminal);
            if (!compilation.Success || !mistakes.IsEmpty) code = ExitCode.Mistake;
        }
        return code;
    }
}
