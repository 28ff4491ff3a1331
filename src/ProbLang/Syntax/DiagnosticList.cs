using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>What one reading of a file finds wrong: at most one mistake a place, and the first <see cref="Capacity"/> in all.</summary>
internal sealed class DiagnosticList
{
    public const int Capacity = 50;

    private readonly Dictionary<(int Line, int Column), Diagnostic> _byPlace = [];

    public bool IsFull => _byPlace.Count >= Capacity;

    public void Add(Diagnostic diagnostic)
    {
        var place = diagnostic.Location;
        if (!IsFull) _byPlace.TryAdd(place is null ? (0, 0) : (place.Line, place.Column), diagnostic);
    }

    public ImmutableArray<Diagnostic> InOrder() => [.. _byPlace.OrderBy(entry => entry.Key).Select(entry => entry.Value)];
}
