namespace ProbLang.Numerics;

/// <summary>Gauss and Legendre's quadrature with twenty nodes, exact to rounding for what is smooth over the interval.</summary>
internal static class GaussLegendre
{
    private const int Count = 20;

    private static readonly (double Node, double Weight)[] s_rule = Rule();

    /// <summary>∫ f over (a, b).</summary>
    public static double Integrate<T>(T f, double a, double b) where T : struct, IIntegrand
    {
        var (middle, half) = (0.5 * (a + b), 0.5 * (b - a));
        var sum = 0.0;
        foreach (var (node, weight) in s_rule) sum += weight * (f.At(middle - half * node) + f.At(middle + half * node));
        return half * sum;
    }

    /// <summary>The positive nodes: the roots of the Legendre polynomial, by Newton's method from Tricomi's estimate.</summary>
    private static (double, double)[] Rule()
    {
        var rule = new (double, double)[Count / 2];
        for (var i = 0; i < rule.Length; i++)
        {
            var x = Math.Cos(Math.PI * (i + 0.75) / (Count + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 8; step++)
            {
                double last = 1, value = x;
                for (var n = 2; n <= Count; n++) (last, value) = (value, ((2 * n - 1) * x * value - (n - 1) * last) / n);
                slope = Count * (x * value - last) / (x * x - 1);
                x -= value / slope;
            }
            rule[i] = (x, 2 / ((1 - x * x) * slope * slope));
        }
        return rule;
    }
}
