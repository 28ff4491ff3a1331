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
