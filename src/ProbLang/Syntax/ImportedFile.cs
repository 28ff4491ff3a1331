using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>An <c>import</c> statement and the file that it names.</summary>
internal sealed record Import(ImportStatement Statement, ImportedFile File);

/// <summary>A file that a model imports, read once however often it is named, with what it imports itself.</summary>
internal sealed class ImportedFile(SourceText source, ModelFile file)
{
    /// <summary>Its text, counted from where it starts among the files of the model.</summary>
    public SourceText Source => source;

    public ModelFile File => file;

    public ImmutableArray<Import> Imports { get; internal set; } = [];
}
