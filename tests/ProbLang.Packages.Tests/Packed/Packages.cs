using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(ProbLang.Packages.Tests.Packed.Packages))]

namespace ProbLang.Packages.Tests.Packed;

/// <summary>What `dotnet pack` makes of the repository, once for all tests. Where these tests are a Release build, so is what they pack, and nothing is built again.</summary>
public sealed partial class Packages : IDisposable
{
    private readonly Lazy<string> _folder;

    public Packages() => _folder = new(Pack);

    /// <summary>Where everything of these tests lies.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("problang-packages-").FullName;

    /// <summary>Where the packages lie.</summary>
    public string Folder => _folder.Value;

    /// <summary>What was packed, by the names of the files.</summary>
    public IEnumerable<string> Names => Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    /// <summary>A package by its id, with `.snupkg` its symbols.</summary>
    public ZipArchive Open(string id, string extension = ".nupkg") => ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Folder, "*" + extension), f => Id().Match(Path.GetFileName(f)).Value == id));

    /// <summary>The version of a package.</summary>
    public string Version(string id) => Metadata(id).Single(e => e.Name.LocalName == "version").Value;

    /// <summary>What the package says of itself.</summary>
    public IEnumerable<XElement> Metadata(string id)
    {
        using var package = Open(id);
        using var text = package.GetEntry($"{id}.nuspec")!.Open();
        return [.. XDocument.Load(text).Root!.Elements().Single().Elements()];
    }

    public static IEnumerable<string> Files(ZipArchive package) =>
        package.Entries.Select(e => e.FullName).Where(n => !n.StartsWith("_rels/", StringComparison.Ordinal) && !n.StartsWith("package/", StringComparison.Ordinal) && n != "[Content_Types].xml").Order(StringComparer.Ordinal);

    public static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Pack()
    {
        var folder = Path.Combine(Root, "packages");
        var isRelease = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        _ = Dotnet.Run(Repository.Root, ["pack", "ProbLang.sln", "-c", "Release", "-o", folder, "-v", "q", .. isRelease ? ["--no-build"] : Array.Empty<string>()]).Succeeded;
        return folder;
    }

    [GeneratedRegex(@"^[A-Za-z.]+(?=\.\d)")]
    private static partial Regex Id();
}
