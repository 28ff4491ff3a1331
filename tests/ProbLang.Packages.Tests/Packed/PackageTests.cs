using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;

namespace ProbLang.Packages.Tests.Packed;

/// <summary>What is in the packages.</summary>
public class PackageTests(Packages packages)
{
    public static TheoryData<string> Ids => ["ProbLang", "ProbLang.Generators", "ProbLang.InferNet", "ProbLang.Tool"];

    public static TheoryData<string> WithSymbols => ["ProbLang", "ProbLang.InferNet", "ProbLang.Tool"];

    [Fact]
    public void There_are_four_packages_and_their_symbols()
    {
        string File(string id, string extension) => $"{id}.{packages.Version(id)}{extension}";
        string[] expected = [.. Ids.Select(i => File(i.Data, ".nupkg")), .. WithSymbols.Select(i => File(i.Data, ".snupkg"))];
        Assert.Equal(expected.Order(StringComparer.Ordinal), packages.Names);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_package_says_what_it_is(string id)
    {
        var said = packages.Metadata(id).ToDictionary(e => e.Name.LocalName);
        Assert.Equal("MIT", said["license"].Value);
        Assert.Equal("expression", said["license"].Attribute("type")!.Value);
        Assert.Equal("README.md", said["readme"].Value);
        Assert.Contains("probabilistic-programming", said["tags"].Value, StringComparison.Ordinal);
        Assert.Contains("ProbLang", said["description"].Value, StringComparison.Ordinal);
        Assert.Equal("The ProbLang authors", said["authors"].Value);
        using var package = packages.Open(id);
        Assert.InRange(package.GetEntry("README.md")!.Length, 200, 4000);
    }

    [Fact]
    public void The_library_needs_three_packages() => Assert.Equal(["CsvHelper", "MathNet.Numerics", "Sprache"], Dependencies("ProbLang"));

    [Fact]
    public void The_library_has_its_assembly_and_its_documentation()
    {
        using var package = packages.Open("ProbLang");
        Assert.Equal(["ProbLang.nuspec", "README.md", "lib/net10.0/ProbLang.dll", "lib/net10.0/ProbLang.xml"], Packages.Files(package));
        var documented = XDocument.Load(package.GetEntry("lib/net10.0/ProbLang.xml")!.Open()).Descendants("member").Select(m => m.Attribute("name")!.Value);
        Assert.Contains("T:ProbLang.Model", documented);
    }

    [Fact]
    public void The_generator_has_all_that_it_runs_and_nothing_of_the_compiler()
    {
        using var package = packages.Open("ProbLang.Generators");
        Assert.Equal(
            ["ProbLang.Generators.nuspec", "README.md", "analyzers/dotnet/cs/MathNet.Numerics.dll", "analyzers/dotnet/cs/ProbLang.Generators.dll", "analyzers/dotnet/cs/ProbLang.dll",
                "analyzers/dotnet/cs/Sprache.dll", "build/ProbLang.Generators.targets"],
            Packages.Files(package));
        Assert.Contains("ProbLang", Dependencies("ProbLang.Generators"));
        Assert.DoesNotContain(Dependencies("ProbLang.Generators"), d => d.StartsWith("Microsoft.", StringComparison.Ordinal));
    }

    /// <summary>Where no source served it when it was packed, the version says so, the description too, and nobody gets it without asking.</summary>
    [Fact]
    public void The_package_for_Infer_NET_needs_it_or_says_that_it_was_made_without()
    {
        var isThere = Dependencies("ProbLang.InferNet").Contains("Microsoft.ML.Probabilistic.Compiler");
        Assert.Equal(!isThere, packages.Version("ProbLang.InferNet").EndsWith("-without-infernet", StringComparison.Ordinal));
        Assert.Equal(!isThere, packages.Metadata("ProbLang.InferNet").Single(e => e.Name.LocalName == "description").Value.Contains("made without Infer.NET", StringComparison.Ordinal));
        Assert.Contains("ProbLang", Dependencies("ProbLang.InferNet"));
    }

    [Fact]
    public void The_tool_is_the_command_problang_and_runs_wherever_dotnet_does()
    {
        using var package = packages.Open("ProbLang.Tool");
        using var settings = package.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();
        Assert.Equal("problang", XDocument.Load(settings).Descendants("Command").Single().Attribute("Name")!.Value);
        Assert.DoesNotContain(Packages.Files(package), f => f.EndsWith("/problang", StringComparison.Ordinal) || f.EndsWith(".exe", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Ids))]
    public void No_path_of_the_machine_is_in_an_assembly(string id)
    {
        using var package = packages.Open(id);
        foreach (var entry in package.Entries.Where(e => e.Name.StartsWith("ProbLang", StringComparison.Ordinal) && Path.GetExtension(e.Name) is ".dll" or ".pdb" && e.Name.StartsWith("ProbLang", StringComparison.Ordinal)))
        {
            var bytes = Packages.Bytes(entry);
            foreach (var path in new[] { Repository.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + Path.DirectorySeparatorChar })
                foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
                    Assert.True(bytes.AsSpan().IndexOf(encoding.GetBytes(path)) < 0, $"{entry.FullName} has {path}");
        }
    }

    [Theory, MemberData(nameof(WithSymbols))]
    public void Symbols_name_their_sources_from_the_root_of_the_repository(string id)
    {
        using var package = packages.Open(id, ".snupkg");
        var symbols = package.Entries.Where(e => e.Name.EndsWith(".pdb", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(symbols);
        foreach (var entry in symbols)
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Packages.Bytes(entry)));
            var reader = provider.GetMetadataReader();
            var documents = reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).ToArray();
            Assert.All(documents, d => Assert.StartsWith("/_", d, StringComparison.Ordinal));
            Assert.Contains(documents, d => d.StartsWith("/_/src/ProbLang", StringComparison.Ordinal));
            Assert.All(documents.Where(d => d.Contains("/obj/", StringComparison.Ordinal)), d => Assert.Contains(d, Embedded(reader)));
        }
    }

    /// <summary>Assemblies and symbols are of one build: the identity of the one is in the other.</summary>
    [Fact]
    public void Symbols_are_those_of_the_assembly()
    {
        using var package = packages.Open("ProbLang");
        using var symbols = packages.Open("ProbLang", ".snupkg");
        using var assembly = new PEReader(new MemoryStream(Packages.Bytes(package.GetEntry("lib/net10.0/ProbLang.dll")!)));
        var debug = assembly.ReadDebugDirectory();
        var identity = assembly.ReadCodeViewDebugDirectoryData(debug.Single(d => d.Type == DebugDirectoryEntryType.CodeView)).Guid;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Packages.Bytes(symbols.GetEntry("lib/net10.0/ProbLang.pdb")!)));
        Assert.Equal(identity, new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
        Assert.Contains(debug, d => d.Type == DebugDirectoryEntryType.Reproducible);
    }

    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>What the symbols bring the text of: what version control does not have.</summary>
    private static IEnumerable<string> Embedded(MetadataReader reader) =>
        from handle in reader.Documents
        where reader.GetCustomDebugInformation(handle).Any(i => reader.GetGuid(reader.GetCustomDebugInformation(i).Kind) == s_embeddedSource)
        select reader.GetString(reader.GetDocument(handle).Name);

    private string[] Dependencies(string id) =>
        [.. packages.Metadata(id).Single(e => e.Name.LocalName == "dependencies").Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value).Order(StringComparer.Ordinal)];
}
