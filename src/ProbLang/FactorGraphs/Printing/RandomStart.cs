using System.Diagnostics;
using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>Prints what starts the messages of a variable at random, with the numbers that the engine has for the same seed.</summary>
internal sealed class RandomStart(CSharpNames names, VariablePlaces places, FactorVariable variable)
{
    /// <summary>A local function of the program that starts of vectors of probabilities need.</summary>
    public const string Weights = """
        // Random weights, each set of them with this sum as likely as any other.
        static double[] Weights(Random random, int count, double sum)
        {
            var weights = Util.ArrayInit(count, k => 1e-3 - Math.Log(1 - random.NextDouble()));
            var total = weights.Sum();
            return Array.ConvertAll(weights, weight => weight * (sum / total));
        }
        """;

    /// <summary>A local function of the program that starts of numbers need.</summary>
    public const string Normal = """
        static double Normal(Random random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        """;

    /// <summary>Whether <see cref="Weights"/> is needed.</summary>
    public static bool NeedsWeights(FactorVariable variable) => variable.Domain is FactorDomain.Integer or FactorDomain.Simplex;

    /// <summary>Whether <see cref="Normal"/> is needed.</summary>
    public static bool NeedsNormal(FactorVariable variable) => variable.Domain is FactorDomain.Gaussian or FactorDomain.Gamma or FactorDomain.Vector;

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
        FactorDomain.Boolean => "new Bernoulli(0.1 + 0.8 * random.NextDouble())",
        FactorDomain.Integer => $"new Discrete(Weights(random, {Size(variable.Values!)}, 1))",
        FactorDomain.Simplex => $"new Dirichlet(Weights(random, {Size(variable.Values!)}, {Size(variable.Values!)}))",
        FactorDomain.Gaussian => Gaussian(),
        FactorDomain.Gamma => Gamma(),
        FactorDomain.Beta => "new Beta(0.5 + 1.5 * random.NextDouble(), 0.5 + 1.5 * random.NextDouble())",
        FactorDomain.Vector => Vector(places.LengthOf(variable)),
        _ => throw new UnreachableException($"{variable} of {variable.Domain} starts at random"),
    };

    /// <summary>A normal distribution as wide as the prior, around a draw from it, where the prior has fixed numbers.</summary>
    private string Gaussian()
    {
        var (mean, variance) = Prior(FactorOperation.GaussianFromMeanAndPrecision) is { } p ? (p.First, 1 / p.Second)
            : Prior(FactorOperation.GaussianFromMeanAndVariance) is { } v ? (v.First, v.Second) : (0, 1);
        var (location, scale) = (mean == 0 ? "" : CSharpLiterals.Number(mean) + " + ", variance == 1 ? "" : CSharpLiterals.Number(Math.Sqrt(variance)) + " * ");
        return $"Gaussian.FromMeanAndVariance({location}{scale}Normal(random), {CSharpLiterals.Number(variance)})";
    }

    private string Gamma()
    {
        var (shape, rate) = Prior(FactorOperation.GammaFromShapeAndRate) ?? (1, 1);
        var spread = shape > 1 ? $" / {CSharpLiterals.Double(Math.Sqrt(shape))}" : "";
        return $"Gamma.FromShapeAndRate({CSharpLiterals.Number(shape)}, {(rate == 1 ? "" : CSharpLiterals.Number(rate) + " * ")}Math.Exp(-Normal(random){spread}))";
    }

    private string Vector(int length) => string.Create(CultureInfo.InvariantCulture,
        $"VectorGaussian.FromMeanAndVariance(Vector.FromArray(Util.ArrayInit({length}, {names.Unused("d")} => Normal(random))), PositiveDefiniteMatrix.Identity({length}))");

    /// <summary>The two numbers of the prior, if it is this one with the same numbers for every element.</summary>
    private (double First, double Second)? Prior(FactorOperation operation) =>
        places.DefinitionsOf(variable).ToArray() is [{ Arguments: [var first, var second] } only] && only.Operation == operation && Fixed(first) is { } a && Fixed(second) is { } b ? (a, b) : null;

    private static double? Fixed(FactorReference reference) => reference.Variable is { Data: { ItemShape.IsEmpty: true } data, Ranges.IsEmpty: true } ? data.Numbers.Span[0] : null;
}
