namespace ProbLang.FactorGraphs;

/// <summary>One factor, in one iteration of the plates around it, and the unknown elements that it connects. It is filled anew for each, so nobody keeps one.</summary>
internal sealed class FactorScope
{
    /// <summary>The statement that it is of.</summary>
    public FactorStatement Statement { get; set; } = null!;

    /// <summary>The element that it defines, unknown or given; -1 for a constraint.</summary>
    public int Target { get; set; }

    /// <summary>The unknown elements that it reads or defines.</summary>
    public List<int> Elements { get; } = [];

    /// <summary>The unknown elements that decide whether it holds, outermost first, but for those on which it depends through what is drawn in their branches.</summary>
    public List<int> Selectors { get; } = [];

    /// <summary>How many of the elements are read where an unknown integer chooses one of them; these come last.</summary>
    public int Chosen { get; set; }
}
