namespace ProbLang.Numerics;

/// <summary>
/// Finite variables and tables over them: how many states each variable has, and which variables each table is over, in the order of
/// its dimensions (row-major, the last fastest). A scope may be empty: a constant. No variable stands in a scope twice.
/// </summary>
internal sealed record FiniteGraph(int[] Sizes, int[][] Scopes)
{
    /// <summary>How many entries the table of a scope has.</summary>
    public double Entries(int factor)
    {
        var entries = 1.0;
        foreach (var variable in Scopes[factor]) entries *= Sizes[variable];
        return entries;
    }

    /// <summary>Throws where the graph is none.</summary>
    /// <exception cref="ArgumentException">A variable without states, or a scope with an unknown variable or one twice.</exception>
    public void Validate()
    {
        if (Array.Exists(Sizes, size => size < 1)) throw new ArgumentException("a variable has no states");
        foreach (var scope in Scopes)
        {
            foreach (var variable in scope)
                if ((uint)variable >= (uint)Sizes.Length) throw new ArgumentException($"a table is over variable {variable} of {Sizes.Length}");
            if (scope.Length > 1 && scope.Distinct().Count() < scope.Length) throw new ArgumentException("a table is over a variable twice");
        }
    }
}
