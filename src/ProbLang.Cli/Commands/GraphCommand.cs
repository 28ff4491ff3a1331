using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>graph MODEL [data] [--as F] [--out FILE]</c>: the model as a picture.</summary>
internal static class GraphCommand
{
    public static Command Create(Terminal terminal)
    {
        var form = new Option<string?>("--as") { Description = "The form of the picture. Default: that of the ending of --out, else text.", HelpName = "text|dot|mermaid|svg" };
        form.AcceptOnlyFromAmong("text", "dot", "mermaid", "svg");
        var output = new Option<string?>("--out") { Description = "The file to write; without it the picture is printed.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replaces a file that is there." };
        var command = new Command("graph", "Draws a model: what depends on what, with its plates, and what is observed.") { form, output, force };
        var inputs = new Inputs(command);
        command.SetAction(parsed => Draw(inputs, parsed, FormOf(parsed.GetValue(form), parsed.GetValue(output)), parsed.GetValue(output), parsed.GetValue(force), terminal));
        return command;
    }

    private static int Draw(Inputs inputs, ParseResult parsed, GraphForm form, string? output, bool isForced, Terminal terminal)
    {
        if (output is not null) CheckOutput(output, isForced);
        if (inputs.Compile(parsed, terminal) is not { } model) return ExitCode.Mistake;
        var picture = inputs.HasData(parsed) ? DrawWith(inputs.ReadData(parsed), form, model, terminal) : model.DrawGraph(form);
        if (picture is null) return ExitCode.Mistake;
        if (output is null) terminal.Out.Write(picture);
        else if (File.Exists(output)) OutputFile.Replace(output, picture);
        else OutputFile.Create(output, picture);
        return ExitCode.Done;
    }

    private static string? DrawWith(Data data, GraphForm form, Model model, Terminal terminal)
    {
        model.TryDrawGraph(data, form, out var picture, out var diagnostics);
        Inputs.Write(diagnostics, terminal);
        return picture;
    }

    /// <summary>The form of that name, or else the one that files of such an ending have; text where neither says more.</summary>
    public static GraphForm FormOf(string? form, string? output) => (form ?? Path.GetExtension(output)?.ToUpperInvariant()) switch
    {
        "dot" or ".DOT" or ".GV" => GraphForm.Dot,
        "mermaid" or ".MMD" or ".MERMAID" => GraphForm.Mermaid,
        "svg" or ".SVG" => GraphForm.Svg,
        _ => GraphForm.Text,
    };

    private static void CheckOutput(string path, bool isForced)
    {
        if (Directory.Exists(path)) throw new UsageException($"`{path}` is a folder, not a file");
        if (File.Exists(path) && !isForced) throw new UsageException($"the file `{path}` is there already; --force replaces it");
    }
}
