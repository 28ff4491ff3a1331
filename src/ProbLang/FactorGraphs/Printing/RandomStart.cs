using System.Diagnostics;
using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>Prints what starts the messages of a variable at random, with the draws that the engine has for the same seed.</summary>
internal sealed class RandomStart(CSharpNames names, VariablePlaces places, FactorVariable variable)
{
    public void Print(CSharpWriter writer)
    {
        var name = names[variable.Name];
        if (variable.Ranges.IsEmpty)
        {
            var item = Item();
            if (name.Length + item.Length <= CSharpWriter.Width - 20) writer.Line($"{name}.InitialiseTo({item});");
            else
            {
                writer.Line($"{name}.InitialiseTo(");
                writer.Line($"    {item});");
            }
            return;
        }
        writer.Line($"{name}.InitialiseTo(Distribution<{CSharpTypes.Value(variable)}>.Array(");
        var last = variable.Ranges.Length - 1;
        for (var depth = 0; depth <= last; depth++)
        {
            var loop = $"{new string(' ', 4 * (depth + 1))}Util.ArrayInit({Size(variable.Ranges[depth])}, {Index(depth)} =>";
            writer.Line(depth < last ? loop : $"{loop} {Item()}{new string(')', last + 3)};");
        }
    }

    private string Size(FactorRange range) => range.IsRagged
        ? names[range.Size.Variable.Name] + ".ObservedValue" + string.Concat(range.Size.Indices.Select(i => $"[{Index(variable.Ranges.IndexOf(((RangeIndex)i).Range))}]"))
        : $"{names[range.Name]}.SizeAsInt";

    private string Index(int depth) => names.Unused(((char)('i' + depth)).ToString());

    private string Item() => variable.Domain switch
    {
        FactorDomain.Boolean => "Bernoulli.PointMass(Rand.Int(2) == 1)",
        FactorDomain.Integer => $"Discrete.PointMass(Rand.Int({Size(variable.Values!)}), {Size(variable.Values!)})",
        FactorDomain.Simplex => $"Dirichlet.PointMass(Dirichlet.Uniform({Size(variable.Values!)}).Sample())",
        FactorDomain.Gaussian => "Gaussian.FromMeanAndVariance(Rand.Normal(), 1)",
        FactorDomain.Gamma => "Gamma.PointMass(Rand.Gamma(1))",
        FactorDomain.Beta => "Beta.PointMass(Rand.Double())",
        FactorDomain.Vector => Vector(places.LengthOf(variable)),
        _ => throw new UnreachableException($"{variable} of {variable.Domain} starts at random"),
    };

    private string Vector(int length) => string.Create(CultureInfo.InvariantCulture,
        $"VectorGaussian.FromMeanAndVariance(Vector.FromArray(Util.ArrayInit({length}, {names.Unused("d")} => Rand.Normal())), PositiveDefiniteMatrix.Identity({length}))");
}
