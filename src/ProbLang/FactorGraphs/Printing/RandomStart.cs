namespace ProbLang.FactorGraphs;

/// <summary>Prints what starts the messages of a variable at random.</summary>
internal sealed class RandomStart(CSharpNames names, FactorVariable variable)
{
    public void Print(CSharpWriter writer)
    {
        var name = names[variable.Name];
        writer.Line(variable.Ranges.IsEmpty
            ? $"{name}.InitialiseTo({Item()});"
            : $"{name}.InitialiseTo(Distribution<{CSharpTypes.Value(variable)}>.Array(");
        if (variable.Ranges.IsEmpty) return;
        writer.Line($"    {Array(0)}));");
    }

    private string Array(int depth)
    {
        if (depth == variable.Ranges.Length) return Item();
        var range = variable.Ranges[depth];
        var size = range.IsRagged ? RaggedSize(range) : $"{names[range.Name]}.SizeAsInt";
        return $"Util.ArrayInit({size}, {Letter(depth)} => {Array(depth + 1)})";
    }

    private string RaggedSize(FactorRange range) =>
        names[range.Size.Variable.Name] + ".ObservedValue"
        + string.Concat(range.Size.Indices.Select(i => $"[{Letter(variable.Ranges.IndexOf(((RangeIndex)i).Range))}]"));

    private static string Letter(int depth) => ((char)('i' + depth)).ToString();

    private string Item() => variable.Domain switch
    {
        FactorDomain.Integer => $"Discrete.PointMass(Rand.Int({Values}), {Values})",
        FactorDomain.Boolean => "Bernoulli.PointMass(Rand.Int(2) == 1)",
        FactorDomain.Gamma => "Gamma.PointMass(Rand.Gamma(1))",
        FactorDomain.Beta => "Beta.PointMass(Rand.Double())",
        FactorDomain.Simplex => $"Dirichlet.PointMass(Dirichlet.Uniform({Values}).Sample())",
        _ => "Gaussian.FromMeanAndVariance(Rand.Normal(), 1)",
    };

    private string Values => $"{names[variable.Values!.Name]}.SizeAsInt";
}
