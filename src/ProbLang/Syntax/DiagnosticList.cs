using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>What one reading of a file finds wrong: at most one mistake a place, and the first <see cref="Capacity"/> in all.</summary>
internal sealed class DiagnosticList
{
    public const int Capacity = 50;

    private readonly List<Diagnostic> _diagnostics = [];

    public bool IsFull => _diagnostics.Count >= Capacity;

    public void Add(Diagnostic diagnostic)
    {
        if (!IsFull && !_diagnostics.Exists(other => Order(other, diagnostic) == 0)) _diagnostics.Add(diagnostic);
    }

    /// <summary>Whether there is a message of this kind on a line.</summary>
    public bool Has(string id, int line) => _diagnostics.Exists(d => d.Id == id && d.Location?.Line == line);

    /// <summary>Whether anything was found that is more than a warning.</summary>
    public bool HasErrors => _diagnostics.Exists(d => d.Severity == Severity.Error);

    /// <summary>How many there are.</summary>
    public int Count => _diagnostics.Count;

    /// <summary>One message for a whole statement in the place of those about its characters.</summary>
    public void Answer(Location from, Location to, Diagnostic diagnostic)
    {
        _diagnostics.RemoveAll(other => other.Id is "GM0105" or "GM0134" && other.Location is { } place && !Precedes(place, from) && Precedes(place, to));
        Add(diagnostic);
    }

    private static bool Precedes(Location first, Location second) =>
        first.Line < second.Line || first.Line == second.Line && first.Column < second.Column;

    public ImmutableArray<Diagnostic> InOrder()
    {
        _diagnostics.Sort(Order);
        return [.. _diagnostics];
    }

    private static int Order(Diagnostic first, Diagnostic second)
    {
        var lines = (first.Location?.Line ?? 0).CompareTo(second.Location?.Line ?? 0);
        return lines != 0 ? lines : (first.Location?.Column ?? 0).CompareTo(second.Location?.Column ?? 0);
    }
}
