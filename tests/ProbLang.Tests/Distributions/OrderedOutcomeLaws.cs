using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Distributions;

public class OrderedOutcomeLaws
{
    private static readonly SequentialMath<Real> s_math = new(v => v);

    public static TheoryData<string, double, double[]> Cases => new(
        from name in new[] { "OrderedLogistic", "OrderedProbit" }
        from row in new (double, double[])[] { (0.3, [-1, 0.5, 2]), (-2, [-1, -0.999]), (7, [1.5]), (1, [-30, 0, 0.2, 9, 40]), (0, []) }
        select (name, row.Item1, row.Item2));

    [Theory, MemberData(nameof(Cases))]
    public void Probabilities_sum_to_one(string name, double location, double[] cutpoints) =>
        Approximately.Equal(1, Enumerable.Range(1, cutpoints.Length + 1).Sum(k => Math.Exp(LogDensity(name, k, location, cutpoints))), 1e-13);

    [Theory, MemberData(nameof(Cases))]
    public void Outcomes_are_drawn_with_their_probabilities(string name, double location, double[] cutpoints)
    {
        var random = new Philox(20260101, 0, 9);
        var draws = new double[20_000];
        for (var i = 0; i < draws.Length; i++) Of(name).Sample(0, ref random, [new Arr<Real>(location), s_math.Vector([.. cutpoints.Select(c => (Real)c)])], draws.AsSpan(i, 1));
        Fit.AssertCounts(draws, 1, cutpoints.Length + 1, k => Math.Exp(LogDensity(name, k, location, cutpoints)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Derivatives_equal_differences(string name, double location, double[] cutpoints)
    {
        double[] p = [location, .. cutpoints];
        var gap = cutpoints.Skip(1).Zip(cutpoints, (b, a) => b - a).DefaultIfEmpty(1).Min();
        for (var k = 1; k <= cutpoints.Length + 1; k++)
        {
            for (var i = 0; i < p.Length; i++)
            {
                var math = new SequentialMath<Dual>(v => v.Value);
                Dual[] moving = [.. p.Select((v, j) => new Dual(v, i == j ? 1 : 0))];
                var actual = Of(name).LogDensity(0, math, new Arr<Dual>((Dual)k), [new Arr<Dual>(moving[0]), math.Vector(moving[1..])]).Derivative;
                double Value(double v) => LogDensity(name, k, i == 0 ? v : location, [.. cutpoints.Select((c, j) => i == j + 1 ? v : c)]);
                var step = i == 0 ? 0.2 : 0.2 * Math.Min(1, gap);
                Approximately.Equal(Differences.Slope(Value, p[i], step), actual, 1e-8 * Math.Max(1, 1e-3 / gap), $"{name} at {k}, argument {i}");
            }
        }
    }

    [Theory]
    [InlineData("OrderedLogistic"), InlineData("OrderedProbit")]
    public void Cutpoints_that_do_not_increase_leave_no_outcome(string name)
    {
        foreach (double[] cutpoints in (double[][])[[1, 1], [2, 1], [0, 3, 2]])
            for (var k = 1; k <= cutpoints.Length + 1; k++) Assert.Equal(double.NegativeInfinity, LogDensity(name, k, 0.5, cutpoints));
    }

    [Fact]
    public void There_is_one_outcome_more_than_cutpoints() => Assert.Equal(4, Of("OrderedProbit").Outcomes(0, [[], [3]]));

    private static ArrayDistribution Of(string name) => (ArrayDistribution)DistributionCatalog.Find(name)!;

    private static double LogDensity(string name, double k, double location, double[] cutpoints) =>
        Of(name).LogDensity(0, s_math, new Arr<Real>(k), [new Arr<Real>(location), s_math.Vector([.. cutpoints.Select(c => (Real)c)])]);
}
