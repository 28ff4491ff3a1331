namespace ProbLang.Packages.Tests.Packed;

/// <summary>A project outside of the repository, which knows nothing of it but the packages.</summary>
internal sealed class HostProject
{
    private readonly string _folder;

    /// <param name="packages">What was packed.</param>
    /// <param name="name">The name of the project.</param>
    /// <param name="files">Its sources and models, by their names.</param>
    public HostProject(Packages packages, string name, params (string Name, string Text)[] files)
    {
        _folder = Directory.CreateDirectory(Path.Combine(packages.Root, name)).FullName;
        // Packages are unpacked into a folder of these tests, so that no earlier package of the version is taken; what others publish may come from the machine's.
        File.WriteAllText(Path.Combine(_folder, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{packages.Folder}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(packages.Root, "unpacked")}</RestorePackagesPath>
                <NuGetAudit>false</NuGetAudit>
                <UseSharedCompilation>false</UseSharedCompilation>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ProbLang.Generators" Version="{packages.Version("ProbLang.Generators")}" />
              </ItemGroup>
            </Project>
            """);
        // Whatever lies above the folder for temporary files is none of this project's.
        foreach (var stop in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }) File.WriteAllText(Path.Combine(_folder, stop), "<Project />");
        foreach (var (file, text) in files)
        {
            var path = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    public Finished Build() => Dotnet.Run(_folder, "build", "-tl:off", "-nodeReuse:false", "-v", "m");

    /// <summary>Builds, then runs.</summary>
    public Finished Run()
    {
        _ = Build().Succeeded;
        return Dotnet.Run(_folder, "run", "--no-build");
    }
}
