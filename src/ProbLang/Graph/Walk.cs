namespace ProbLang.Graph;

/// <summary>Every part of some values, each once however often it is shared.</summary>
internal static class Walk
{
    public static IEnumerable<Bound> Over(IEnumerable<Bound> values)
    {
        var (seen, open) = (new HashSet<Bound>(ReferenceEqualityComparer.Instance), new Stack<Bound>(values.Reverse()));
        while (open.TryPop(out var value))
        {
            if (!seen.Add(value)) continue;
            yield return value;
            foreach (var part in Parts.Of(value)) open.Push(part);
        }
    }
}
