namespace ProbLang.Analysis;

/// <summary>Numbers in sets that are joined one by one: at first each is alone.</summary>
internal sealed class DisjointSets(int count)
{
    private readonly int[] _parents = [.. Enumerable.Range(0, count)];

    /// <summary>The number that stands for a set; equal for two that are in the same one.</summary>
    public int RootOf(int number)
    {
        while (_parents[number] != number) number = _parents[number] = _parents[_parents[number]];
        return number;
    }

    /// <summary>Makes one set of two: <paramref name="first"/>'s stands for it.</summary>
    public void Join(int first, int second) => _parents[RootOf(second)] = RootOf(first);
}
