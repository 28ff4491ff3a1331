using System.CommandLine;

namespace ProbLang.Cli.Commands;

/// <summary><c>import FILE.bif [--out FILE.gm]</c>: a Bayesian network as a model.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var network = new Argument<string>("FILE") { Description = "A discrete Bayesian network, a .bif file." };
        var output = new Option<string?>("--out") { Description = "The model to write, a .gm file; without it the model is printed.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replaces a file that is there." };
        var silence = Inputs.Silence();
        var command = new Command("import", "Makes a model of a Bayesian network.") { network, output, force, silence };
        command.SetAction(parsed => Import(parsed.GetValue(network)!, parsed.GetValue(output), parsed.GetValue(force), parsed.GetValue(silence), terminal));
        return command;
    }

    private static int Import(string path, string? output, bool isForced, string[]? silenced, Terminal terminal)
    {
        CheckFormat(path);
        if (output is not null) CheckOutput(output, isForced);
        var imported = BayesianNetwork.ImportFile(Inputs.Existing(path), [.. silenced ?? []]);
        Inputs.Write(imported.Diagnostics, terminal);
        if (imported.Text is not { } model) return ExitCode.Mistake;
        if (output is null) terminal.Out.Write(model);
        else if (File.Exists(output)) OutputFile.Replace(output, model);
        else OutputFile.Create(output, model);
        return ExitCode.Done;
    }

    private static void CheckFormat(string path)
    {
        var extension = Path.GetExtension(path);
        if (extension.Equals(".bif", StringComparison.OrdinalIgnoreCase)) return;
        throw new UsageException($"`{path}` is not a .bif file, the one format that is imported{(extension.Equals(".gz", StringComparison.OrdinalIgnoreCase) ? ": unpack it first" : "")}");
    }

    private static void CheckOutput(string path, bool isForced)
    {
        if (Directory.Exists(path)) throw new UsageException($"`{path}` is a folder, not a file");
        if (!Path.GetExtension(path).Equals(".gm", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"`{path}` is not a .gm file: --out names the model to write");
        if (File.Exists(path) && !isForced) throw new UsageException($"the file `{path}` is there already; --force replaces it");
    }
}
