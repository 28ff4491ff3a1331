using System.Text.Json;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>A scalar of a reference posterior, with the Monte Carlo error of its mean.</summary>
internal sealed record Reference(string Name, double Mean, double Sd, double Mcse);

/// <summary>Data and reference posteriors of stan-dev/posteriordb, in a folder <c>shared/posteriors</c> beside the repository. It is not part of it.</summary>
internal static class SharedPosteriors
{
    /// <summary>Null where there is no such folder.</summary>
    public static string? Folder { get; } = Find(Path.GetDirectoryName(Repository.Root));

    public static string FolderOrSkip()
    {
        Assert.SkipWhen(Folder is null, "There is no folder `shared/posteriors` beside the repository.");
        return Folder!;
    }

    public static Data Data(string posterior) => ProbLang.Data.Load(Path.Combine(FolderOrSkip(), posterior, "data.json"), TestContext.Current.CancellationToken);

    public static IReadOnlyList<Reference> References(string posterior)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(FolderOrSkip(), posterior, "reference.json")));
        return [.. document.RootElement.GetProperty("parameters").EnumerateObject().Select(p => new Reference(
            p.Name, Number(p.Value, "mean"), Number(p.Value, "sd"), Number(p.Value, "mcse_mean")))];
    }

    private static double Number(JsonElement parameter, string name) => parameter.GetProperty(name).GetDouble();

    /// <summary>Beside the repository, or higher where the repository lies deeper.</summary>
    private static string? Find(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "shared", "posteriors");
            if (Directory.Exists(candidate)) return candidate;
        }
        return null;
    }
}
