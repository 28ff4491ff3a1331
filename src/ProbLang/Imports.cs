using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Reads the files that a model imports, and those that they import, each once.</summary>
internal sealed class Imports
{
    /// <summary>How many files may stand between a model and one that it imports.</summary>
    private const int Deepest = 64;

    private readonly ImportSource _source;
    private readonly Dictionary<string, ImportedFile?> _known = [];
    private readonly List<(string File, string Shown, Location? Import)> _open = [];
    private readonly List<SourceText> _texts = [];
    private readonly List<Diagnostic> _mistakes = [];
    private int _start;

    private Imports(ImportSource source, SourceText model) => (_source, _start) = (source, model.Content.Length + 1);

    /// <summary>The model's text with those of its imports, and what its statements stand for; diagnostics where something is wrong.</summary>
    public static (SourceText Source, ImmutableArray<Import> Files, ImmutableArray<Diagnostic> Mistakes) Read(ModelFile file, SourceText model, ImportSource source)
    {
        if (!file.Statements.Any(s => s is ImportStatement)) return (model, [], []);
        var imports = new Imports(source, model);
        imports._open.Add((source.Own, model.Path, null));
        var files = imports.Of(file, model);
        return (new SourceText(model.Path, model.Content) { Imported = [.. imports._texts] }, files, [.. imports._mistakes]);
    }

    private ImmutableArray<Import> Of(ModelFile file, SourceText text)
    {
        var files = ImmutableArray.CreateBuilder<Import>();
        foreach (var statement in file.Statements.OfType<ImportStatement>())
            if (Read(statement, text) is { } imported) files.Add(new Import(statement, imported));
        return files.ToImmutable();
    }

    private ImportedFile? Read(ImportStatement statement, SourceText importing)
    {
        var (written, place) = (statement.Path.Value, importing.Locate(statement.Path.Span));
        if (_source.Find(_open[^1].File, written, place, out var mistake) is not { } found) return Mistake(mistake!);
        if (_open.FindIndex(o => o.File == found) is var at and >= 0) return Mistake(Cycle(at, place));
        if (_known.TryGetValue(found, out var known)) return known;
        var shown = ImportPath.Shown(importing.Path, written);
        if (_open.Count > Deepest) return Mistake(ImportDiagnostics.TooDeep(shown, place));
        _known.Add(found, null);
        if (_source.Read(found, shown, place, out mistake) is not { } text) return Mistake(mistake!);
        if (_start + text.Content.Length > SourceReader.MaximumBytes) return Mistake(ImportDiagnostics.TooLarge(shown, place));
        return _known[found] = Parsed(text.StartingAt(_start), found, shown, place);
    }

    private ImportedFile? Parsed(SourceText text, string found, string shown, Location place)
    {
        _texts.Add(text);
        _start += text.Content.Length + 1;
        var parsed = Parser.Parse(text);
        _mistakes.AddRange(parsed.Diagnostics.Where(d => d.Severity == Severity.Error));
        _open.Add((found, shown, place));
        var imported = new ImportedFile(text, parsed.File) { Imports = Of(parsed.File, text) };
        _open.RemoveAt(_open.Count - 1);
        return imported;
    }

    private Diagnostic Cycle(int at, Location place)
    {
        var round = _open[at..];
        return ImportDiagnostics.Cycle([.. round.Select(o => o.Shown), round[0].Shown], [.. round.Skip(1).Select(o => o.Import!), place]);
    }

    private ImportedFile? Mistake(Diagnostic mistake)
    {
        _mistakes.Add(mistake);
        return null;
    }
}
