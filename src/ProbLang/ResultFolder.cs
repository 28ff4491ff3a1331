using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A posterior as files: enough to look at it with other tools, and to run it again.</summary>
public static class ResultFolder
{
    /// <summary>How it was run, and what of it there is: with this file the folder is one of results.</summary>
    internal const string Mark = "run.json";

    /// <summary>Says early that a folder cannot be written.</summary>
    /// <exception cref="IOException">There is a file of that name, or a folder that holds something else than results.</exception>
    public static void Check(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        OutputFolder.Check(folder, Mark);
    }

    internal static void Write(string folder, Posterior posterior, RunReport report, string version, string command) => OutputFolder.Write(folder, Mark, temporary =>
    {
        File.WriteAllText(Path.Combine(temporary, "model.gm"), posterior.Problem.Model.Source.Content);
        Text(temporary, "data.json", text => JsonText.Write(text, BoundData.Of(posterior.Problem.Conditioned)));
        Text(temporary, "summary.json", text => text.Write(Posterior.Json(report)));
        posterior.WriteFiles(temporary);
        Text(temporary, Mark, text => Run(text, version, command, report.Seed, posterior));
    });

    internal static void Text(string folder, string name, Action<TextWriter> write)
    {
        using var text = new StreamWriter(Path.Combine(folder, name)) { NewLine = "\n" };
        write(text);
    }

    private static void Run(TextWriter text, string version, string command, ulong? seed, Posterior posterior)
    {
        text.Write("{\n  \"version\": ");
        JsonText.WriteString(text, version);
        text.Write(",\n  \"command\": ");
        JsonText.WriteString(text, command);
        text.Write(string.Create(CultureInfo.InvariantCulture, $",\n  \"seed\": {seed?.ToString(CultureInfo.InvariantCulture) ?? "null"},\n  \"interrupted\": {(posterior.Interrupted ? "true" : "false")}"));
        if (!posterior.ChainFiles.IsEmpty) text.Write($",\n  \"draws\": {{ {string.Join(", ", posterior.ChainFiles.Select(c => string.Create(CultureInfo.InvariantCulture, $"\"{c.File}\": {c.Draws}")))} }}");
        text.Write("\n}\n");
    }
}
