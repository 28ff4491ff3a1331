using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>
/// Labels that variables share. In expressions a label is its code, from 1 in the order of the levels; which levels there are,
/// the model lists or the data show. Their number, and the code of a label that the model names, are known quantities like
/// inputs: whatever reads a graph needs no more of categories than that.
/// </summary>
internal sealed class Category(string name, Span span)
{
    private readonly Dictionary<string, Variable> _codes = [];

    public string Name => name;

    /// <summary>Where it is first declared.</summary>
    public Span Span => span;

    /// <summary>The levels in the order of the model; default where the data show them.</summary>
    public ImmutableArray<string> Listed { get; internal set; }

    /// <summary>Whether a code means the same label here and there.</summary>
    public bool HasLevelsOf(Category other) => this == other || !Listed.IsDefault && !other.Listed.IsDefault && Listed.SequenceEqual(other.Listed);

    /// <summary>How many levels there are.</summary>
    public Variable Size => field ??= Known($"size(levels({name}))", span, null);

    /// <summary>The codes of the labels that the model names.</summary>
    public IEnumerable<Variable> Codes => _codes.Values;

    /// <summary>The code of a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="use">Where the model names it.</param>
    public Variable CodeOf(string label, Span use) => _codes.TryGetValue(label, out var code) ? code : _codes[label] = NewCodeOf(label, use);

    /// <summary>As <see cref="CodeOf"/>, for a label that is not named in the model.</summary>
    public Variable NewCodeOf(string label, Span use) => Known($"\"{label}\"", use, label);

    public override string ToString() => name;

    private Variable Known(string called, Span place, string? label) => new(called, isInput: true, place) { Type = ElementType.Integer, LevelsOf = this, Label = label };
}
