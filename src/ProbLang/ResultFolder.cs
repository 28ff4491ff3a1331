using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior as files: enough to look at it with other tools, and to run it again.</summary>
public static class ResultFolder
{
    private const string Mark = "run.json";

    /// <summary>Says early that a folder cannot be written.</summary>
    /// <exception cref="IOException">There is a file of that name, or a folder that holds something else than results.</exception>
    public static void Check(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        OutputFolder.Check(folder, Mark);
    }

    internal static void Write(string folder, Posterior posterior, string version, string command) => OutputFolder.Write(folder, Mark, temporary =>
    {
        var source = posterior.Problem.Model.Source;
        File.WriteAllText(Path.Combine(temporary, "model.gm"), source.Content);
        Text(temporary, "data.json", text => JsonText.Write(text, BoundData.Of(posterior.Problem.Conditioned)));
        Text(temporary, "summary.json", text => text.Write(posterior.Json(posterior.Summary)));
        foreach (var chain in posterior.Run.Chains)
            Text(temporary, string.Create(CultureInfo.InvariantCulture, $"chain-{chain.Chain}.csv"), text =>
                CmdStanCsv.Write(text, posterior.Draws.Layout, chain.Draws, chain.Chain, Path.GetFileNameWithoutExtension(source.Path), posterior.Run.Seed, posterior.Run.Options.Warmup));
        if (PointwiseLikelihood.Of(posterior) is { } likelihood) Text(temporary, "log_likelihood.csv", likelihood.Write);
        Text(temporary, Mark, text => Run(text, version, command, posterior));
    });

    private static void Run(TextWriter text, string version, string command, Posterior posterior)
    {
        text.Write("{\n  \"version\": ");
        JsonText.WriteString(text, version);
        text.Write(",\n  \"command\": ");
        JsonText.WriteString(text, command);
        text.Write(string.Create(CultureInfo.InvariantCulture, $",\n  \"seed\": {posterior.Run.Seed},\n  \"interrupted\": {(posterior.Interrupted ? "true" : "false")}\n}}\n"));
    }

    private static void Text(string folder, string name, Action<TextWriter> write)
    {
        using var text = new StreamWriter(Path.Combine(folder, name)) { NewLine = "\n" };
        write(text);
    }
}
