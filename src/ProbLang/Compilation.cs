using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What became of a model's text: a model, or the mistakes in it.</summary>
public sealed class Compilation
{
    private readonly Model? _model;

    internal Compilation(Model? model, ImmutableArray<Diagnostic> diagnostics) => (_model, Diagnostics) = (model, diagnostics);

    /// <summary>Whether there is a model. There may be warnings all the same.</summary>
    public bool Success => _model is not null;

    /// <summary>Every mistake and warning, in the order of the text.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The model.</summary>
    /// <exception cref="InvalidOperationException">The text has mistakes.</exception>
    public Model Model => _model ?? throw new InvalidOperationException("The model has mistakes; see Diagnostics.");
}
