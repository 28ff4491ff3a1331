using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>The C# types of variables and their values.</summary>
internal static class CSharpTypes
{
    /// <summary>The type of a value.</summary>
    public static string Value(FactorVariable variable) => variable.Domain switch
    {
        FactorDomain.Boolean => "bool",
        FactorDomain.Integer or FactorDomain.Count => "int",
        FactorDomain.Simplex when KnownPriors.IsPrior(variable) => "Dirichlet",
        FactorDomain.TruncatedGaussian or FactorDomain.Beta when KnownPriors.IsPrior(variable) => variable.Domain.ToString(),
        FactorDomain.Vector or FactorDomain.Simplex => "Vector",
        FactorDomain.Matrix or FactorDomain.Real when variable.Data is { ItemShape: [var rows, var columns] } && (variable.Domain == FactorDomain.Real || rows != columns) => "Matrix",
        FactorDomain.Matrix => "PositiveDefiniteMatrix",
        _ => "double",
    };

    /// <summary>The type of what is believed of it.</summary>
    public static string Marginal(FactorVariable variable, IEnumerable<DefineStatement> definitions) => variable.Domain switch
    {
        FactorDomain.Boolean => "Bernoulli",
        FactorDomain.Integer => "Discrete",
        FactorDomain.Count => definitions.All(d => d.Operation is FactorOperation.Poisson or FactorOperation.PoissonFromLogRate) ? "Poisson" : "Discrete",
        FactorDomain.TruncatedGaussian => "TruncatedGaussian",
        FactorDomain.Gamma => "Gamma",
        FactorDomain.Beta => "Beta",
        FactorDomain.Vector => "VectorGaussian",
        FactorDomain.Simplex => "Dirichlet",
        FactorDomain.Matrix => "Wishart",
        _ => "Gaussian",
    };

    /// <summary>What makes a variable or an array over ranges.</summary>
    public static string New(string type, IEnumerable<string> ranges)
    {
        var text = "";
        foreach (var range in ranges.Reverse()) text = text.Length == 0 ? $"Variable.Array<{type}>({range})" : $"Variable.Array({text}, {range})";
        return text.Length == 0 ? $"Variable.New<{type}>()" : text;
    }

    /// <summary>The type of a variable or an array of so many dimensions.</summary>
    public static string Variable(string type, int dimensions)
    {
        if (dimensions == 0) return $"Variable<{type}>";
        var (text, values) = ($"VariableArray<{type}>", type + "[]");
        for (var d = 1; d < dimensions; d++) (text, values) = ($"VariableArray<{text}, {values}[]>", values + "[]");
        return text;
    }

    /// <summary>The brackets of a nested array.</summary>
    public static string Brackets(int dimensions) => string.Concat(Enumerable.Repeat("[]", dimensions));

    /// <summary>The brackets of the arrays over some ranges.</summary>
    public static string Brackets(ImmutableArray<FactorRange> ranges) => Brackets(ranges.Length);
}
