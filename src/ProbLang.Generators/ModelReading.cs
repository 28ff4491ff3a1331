using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;
using ProbLang.Text;

namespace ProbLang.Generators;

/// <summary>A .gm file of the project.</summary>
internal sealed record ModelFile(string Path, string Text)
{
    /// <summary>With one separator, so that paths can be compared and joined.</summary>
    public string Key => Path.Replace('\\', '/');
}

/// <summary>What became of a class: its generated part, and what there is to say.</summary>
internal sealed record Generated(string HintName, string? Source, EquatableArray<Message> Messages);

/// <summary>Finds the file of a class among those of the project, compiles it with what it imports, and writes the class.</summary>
internal sealed class ModelReading(ModelClass target, IReadOnlyDictionary<string, ModelFile> files, string projectFolder)
{
    private readonly SortedDictionary<string, string> _imports = new(StringComparer.Ordinal);

    public static Generated Of(ModelClass target, ImmutableArray<ModelFile> files, string projectFolder)
    {
        // A file may be among the items twice.
        var known = files.GroupBy(f => f.Key).ToDictionary(g => g.Key, g => g.First());
        return target.Objection is { } objection ? Refused(target, objection) : new ModelReading(target, known, projectFolder).Read();
    }

    private Generated Read()
    {
        if (string.IsNullOrWhiteSpace(target.Model)) return Refused(target, GeneratorMessages.NoName(target.Place));
        if (Find(target.Model.Replace('\\', '/')) is not { } file) return Refused(target, GeneratorMessages.NoFile(target.Model, files.Values.Select(Relative), target.Place));
        var compilation = Model.Compile(file.Text, new CompileOptions { Path = file.Key, ImportText = path => Import(Folder(file.Key), path) });
        var messages = compilation.Diagnostics.AddRange(compilation.Success ? compilation.Model.Check() : []);
        var source = compilation.Success ? new ClassWriter(target, compilation.Model, System.IO.Path.GetFileName(file.Key), _imports).Write() : null;
        return new Generated(target.HintName, source, new([.. messages.Select(m => MessageOf(m, file))]));
    }

    private static Generated Refused(ModelClass target, Message why) => new(target.HintName, null, new([why]));

    /// <summary>The file beside the source, or in the project.</summary>
    private ModelFile? Find(string path) =>
        System.IO.Path.IsPathRooted(path) ? files.GetValueOrDefault(path)
        : files.GetValueOrDefault(Joined(Folder(target.File.Replace('\\', '/')), path)) ?? files.GetValueOrDefault(Joined(projectFolder, path));

    private string? Import(string folder, string path)
    {
        if (!files.TryGetValue(Joined(folder, path), out var file)) return null;
        return _imports[path] = file.Text;
    }

    private string Relative(ModelFile file) => file.Key.StartsWith(projectFolder + "/", StringComparison.Ordinal) ? file.Key[(projectFolder.Length + 1)..] : file.Key;

    private static string Folder(string path) => path.LastIndexOf('/') is >= 0 and var end ? path[..end] : "";

    private static string Joined(string folder, string path)
    {
        var parts = new List<string>(folder.Split('/'));
        foreach (var part in path.Split('/'))
            if (part == ".." && parts.Count > 1) parts.RemoveAt(parts.Count - 1);
            else if (part is not "." and not "") parts.Add(part);
        return string.Join('/', parts);
    }

    private Message MessageOf(Diagnostic diagnostic, ModelFile model)
    {
        var text = diagnostic.Remedy is { } remedy ? $"{diagnostic.Message}; {remedy}" : diagnostic.Message;
        foreach (var (note, there) in diagnostic.Related) text += string.Create(System.Globalization.CultureInfo.InvariantCulture, $" ({note}: line {there.Line})");
        return new Message(diagnostic.Id, diagnostic.Severity == Severity.Error, text.ReplaceLineEndings(" "), PlaceOf(diagnostic.Location, model));
    }

    private Place PlaceOf(Location? location, ModelFile model)
    {
        var file = location is null ? model : files.GetValueOrDefault(location.Path) ?? model;
        if (location is null) return new Place(file.Path, default, default);
        var lines = Microsoft.CodeAnalysis.Text.SourceText.From(file.Text).Lines;
        var line = Math.Min(location.Line, lines.Count) - 1;
        var (from, to) = (location.Column - 1, location.Column - 1 + location.Length);
        return new Place(file.Path, new TextSpan(lines[line].Start + from, location.Length), new LinePositionSpan(new(line, from), new(line, to)));
    }
}
