using System.Collections.Immutable;

namespace ProbLang.Syntax;

/// <summary>A type as the reference page shows it.</summary>
internal sealed record TypeEntry(string Name, ImmutableArray<string> Forms, string Summary);

/// <summary>Every type that a variable can be declared to have.</summary>
internal static class TypeCatalog
{
    public static ImmutableArray<TypeEntry> All { get; } =
    [
        new("real", ["real", "real(lower, upper)"], "Numbers, within bounds, either of which may be left out."),
        new("positive", ["positive"], "Numbers above 0."),
        new("probability", ["probability"], "Numbers from 0 to 1."),
        new("int", ["int", "int(lower, upper)"], "Integers, within bounds, either of which may be left out."),
        new("count", ["count"], "Integers from 0 on."),
        new("bool", ["bool"], "True or false; counts as 1 or 0 in arithmetic."),
        new("category", ["category", "category(name)", "category(\"low\", \"high\")"],
            "A label, which stands for a code from 1 to K. The levels are those of the data, sorted, unless they are listed; variables of the same name share them."),
        new("simplex", ["simplex(K)"], "Vectors of K parts of a whole: 0 or more, with sum 1."),
        new("ordered", ["ordered(K)"], "Vectors of K increasing numbers."),
        new("unit", ["unit(K)"], "Vectors of K numbers whose squares add up to 1."),
        new("covariance", ["covariance(K)"], "Symmetric, positive definite K by K matrices."),
        new("correlation", ["correlation(K)"], "Covariance matrices with 1 on the diagonal."),
        new("cholesky", ["cholesky(K)"], "Lower-triangular K by K matrices with a positive diagonal."),
    ];

    public static IEnumerable<string> Names => All.Select(t => t.Name);
}
