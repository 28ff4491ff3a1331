using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Distributions;

public class GradientLaws
{
    private delegate T Log<T>(T x, ReadOnlySpan<T> p);

    public static TheoryData<string, int> Forms =>
        [.. DistributionCatalog.All.OfType<ScalarDistribution>().SelectMany(d => d.Forms.Select((_, i) => (d.Name, i)))];

    [Theory, MemberData(nameof(DistributionCases.Scalars), MemberType = typeof(DistributionCases))]
    public void Derivatives_equal_differences_at_the_tables_parameters(string name)
    {
        var of = DistributionCases.Find(name);
        foreach (var x in of.Places().Skip(1).SkipLast(1)) AssertDerivatives(of.Distribution, of.Form, Inside(of.Distribution, x), of.Parameters);
    }

    [Theory, MemberData(nameof(Forms))]
    public void Derivatives_equal_differences_at_random_parameters(string name, int form)
    {
        var distribution = (ScalarDistribution)DistributionCatalog.Find(name)!;
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var random = new Philox(seed, 0, 0);
            var p = RandomParameters(distribution.Forms[form], ref random);
            var x = distribution.CanSample ? distribution.Sample(form, ref random, p) : (p[0] + p[1]) / 2;
            var room = Room(distribution, form, [x, .. p], 0);
            // A draw that is all but on an end of its support has no neighbours to take differences with.
            if (distribution.IsDiscrete || (room > 1e-3 * Math.Abs(x) && room is > 1e-100 and < 1e100)) AssertDerivatives(distribution, form, x, p);
        }
    }

    internal static double[] RandomParameters(Form form, ref Philox random)
    {
        var p = new double[form.Parameters.Length];
        for (var i = 0; i < p.Length; i++)
        {
            p[i] = form.Parameters[i].Domain switch
            {
                Domain.Positive or Domain.NonNegative => Math.Exp(1.2 * random.NextNormal()),
                Domain.Probability => 0.03 + 0.94 * random.NextDouble(),
                Domain.Integer => Math.Floor(20 * random.NextNormal()),
                Domain.Count => Math.Floor(30 * random.NextDouble()),
                _ => 2 * random.NextNormal(),
            };
        }
        if (form.Parameters[0].Name == "lower") Array.Sort(p);
        return p;
    }

    private static double Inside(ScalarDistribution distribution, double x) => distribution.Name == "Laplace" ? x + 0.05 : x;

    /// <summary>How far an argument may move before the function ceases to be smooth: to the end of its domain or of the support, or to a kink.</summary>
    private static double Room(ScalarDistribution distribution, int form, double[] at, int position)
    {
        var bounds = distribution.Bounds<Real>(form, [.. at.Skip(1).Select(v => (Real)v)]);
        double support = distribution.IsDiscrete ? double.PositiveInfinity : Math.Min(at[0] - bounds.Lower, bounds.Upper - at[0]);
        var kink = distribution.Name switch
        {
            "Laplace" or "AsymmetricLaplace" => Math.Abs(at[0] - at[1]),
            "Triangular" => Math.Min(Math.Abs(at[0] - at[2]), position == 0 ? double.PositiveInfinity : Math.Min(at[2] - at[1], at[3] - at[2])),
            _ => double.PositiveInfinity,
        };
        return position == 0 ? Math.Min(Line(at[0]), Math.Min(support, kink)) : distribution.Forms[form].Parameters[position - 1].Domain switch
        {
            Domain.Probability => Math.Min(at[position], 1 - at[position]),
            Domain.Real => Math.Min(Line(at[position]), Math.Min(support, kink)),
            _ => distribution.Name == "Pareto" && position == 1 ? Math.Min(at[position], support) : at[position],
        };

        static double Line(double v) => Math.Max(0.1, Math.Abs(v));
    }

    private static void AssertDerivatives(ScalarDistribution distribution, int form, double x, double[] p)
    {
        AssertDerivatives($"density of {distribution.Name}, form {form}", distribution, form, x, p,
            (v, q) => distribution.LogDensity(form, v, q), (v, q) => distribution.LogDensity(form, v, q));
        if (!distribution.HasDistributionFunction) return;
        AssertDerivatives($"distribution function of {distribution.Name}, form {form}", distribution, form, x, p,
            (v, q) => distribution.LogCdf(form, v, q), (v, q) => distribution.LogCdf(form, v, q));
        AssertDerivatives($"survival of {distribution.Name}, form {form}", distribution, form, x, p,
            (v, q) => distribution.LogSurvival(form, v, q), (v, q) => distribution.LogSurvival(form, v, q));
    }

    /// <summary>Position 0 is the value, the others are the parameters; a count has no derivative.</summary>
    private static void AssertDerivatives(string what, ScalarDistribution distribution, int form, double x, double[] p, Log<Real> log, Log<Dual> dual)
    {
        for (var position = 0; position <= p.Length; position++)
        {
            if (position == 0 ? distribution.IsDiscrete : distribution.Forms[form].Parameters[position - 1].Domain is Domain.Count or Domain.Integer) continue;
            double[] at = [x, .. p];
            Dual[] moving = [.. at.Select((v, i) => new Dual(v, i == position ? 1 : 0))];
            var actual = dual(moving[0], moving.AsSpan(1)).Derivative;
            var value = Value(at[position]);
            if (!double.IsFinite(value)) continue;
            var room = Room(distribution, form, at, position);
            // At the end of what it may be, as a mode at the end of the support, an argument has no neighbours on one side.
            if (room == 0) continue;
            var expected = Differences.Slope(Value, at[position], 0.2 * room);
            var scale = Math.Max(Math.Abs(expected), Math.Max(1, Math.Abs(value)) / room);
            Assert.True(Math.Abs(expected - actual) <= 1e-9 * scale,
                FormattableString.Invariant($"{what} at {x:R} given {string.Join(", ", p.Select(v => v.ToString("R")))}, by argument {position}: {actual:R} instead of {expected:R}"));

            double Value(double v)
            {
                Real[] here = [.. at.Select((u, i) => (Real)(i == position ? v : u))];
                return log(here[0], here.AsSpan(1));
            }
        }
    }
}
