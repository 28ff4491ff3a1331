using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Numerics;
using ProbLang.Tests.Distributions;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

/// <summary>What must hold for every scalar distribution of the catalog under every modifier, and for what is made of it.</summary>
public class ModifierLaws
{
    private const int Draws = 2000;

    /// <summary>A deviation of the empirical distribution function that one sample in ten thousand exceeds.</summary>
    private static readonly double s_furthest = 2.23 / Math.Sqrt(Draws);

    public static TheoryData<string> Cases => DistributionCases.Scalars;

    public static TheoryData<string> Continuous => DistributionCases.Continuous;

    public static TheoryData<string> Discrete => DistributionCases.Discrete;

    [Theory, MemberData(nameof(Cases))]
    public void A_truncated_distribution_is_the_reference_over_its_mass(string name)
    {
        var of = DistributionCases.Find(name);
        var (from, to) = Middle(of);
        var code = Code($"{name} truncated ({Text(from)}, {Text(to)})");
        double Reference(double x) => Math.Exp(DistributionCases.LogReference(of, x));
        var mass = of.Distribution.IsDiscrete ? Counts(from, to).Sum(Reference) : of.Integral(Reference, from, to);
        foreach (var x in Inside(of, from, to)) Approximately.Proportional(Reference(x) / mass, Density(code, x), 1e-7, $"at {x}");
        Approximately.Equal(1, of.Distribution.IsDiscrete ? Counts(from, to).Sum(x => Density(code, x)) : of.Integral(x => Density(code, x), from, to), 1e-8);
        Assert.Equal(double.NegativeInfinity, code.LogDensity(0, [from - 1]));
        Assert.Equal(double.NegativeInfinity, code.LogDensity(0, [to + 1]));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Modified_distribution_functions_invert_and_add_up(string name)
    {
        foreach (var text in Modified(name))
        {
            var code = Code(text);
            foreach (var p in (double[])[0.003, 0.11, 0.4, 0.62, 0.9, 0.998])
            {
                var q = code.Quantile(0, p);
                Assert.True(Math.Exp(code.LogBelow(0, q, true)) >= p - 1e-9, $"P(X ≤ {q}) of {text} is below {p}");
                Assert.True(Math.Exp(code.LogBelow(0, q, false)) <= p + 1e-9, $"P(X < {q}) of {text} is above {p}");
                foreach (var isInclusive in (bool[])[true, false])
                    Approximately.Equal(1, Math.Exp(code.LogBelow(0, q, isInclusive)) + Math.Exp(code.LogAbove(0, q, !isInclusive)), 1e-9, $"{text} at {q}");
                var atom = Math.Exp(code.LogBelow(0, q, true)) - Math.Exp(code.LogBelow(0, q, false));
                Approximately.Equal(code.IsAtom(0, q) ? Density(code, q) : 0, atom, 1e-9, $"P(X = {q}) of {text}");
            }
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Draws_of_a_modified_distribution_follow_its_distribution_function(string name)
    {
        foreach (var text in Modified(name))
        {
            var code = Code(text);
            var random = new Philox(5, 0, 0);
            var draws = new double[Draws];
            for (var i = 0; i < Draws; i++) code.Sample(0, ref random, draws.AsSpan(i, 1));
            Array.Sort(draws);
            for (var i = 0; i < Draws; i++)
            {
                Assert.True(code.LogDensity(0, [draws[i]]) > double.NegativeInfinity, $"{draws[i]} of {text} has no density");
                // Ties are one step of the empirical distribution function.
                if (i + 1 == Draws || draws[i + 1] > draws[i]) AssertNear((i + 1) / (double)Draws, Math.Exp(code.LogBelow(0, draws[i], true)), text);
                if (i == 0 || draws[i - 1] < draws[i]) AssertNear(i / (double)Draws, Math.Exp(code.LogBelow(0, draws[i], false)), text);
            }
        }
    }

    [Theory, MemberData(nameof(Continuous))]
    public void A_censored_density_and_its_two_masses_add_up_to_one(string name)
    {
        var of = DistributionCases.Find(name);
        var (from, to) = Middle(of);
        var code = Code($"{name} censored ({Text(from)}, {Text(to)})");
        Approximately.Equal(of.LogCdf(from), code.LogDensity(0, [from]), 1e-12);
        Approximately.Equal(of.LogSurvival(to), code.LogDensity(0, [to]), 1e-12);
        Approximately.Equal(1, Density(code, from) + of.Integral(x => Density(code, x), from, to) + Density(code, to), 1e-8);
    }

    [Theory, MemberData(nameof(Discrete))]
    public void Censored_and_hurdle_probabilities_of_counts_sum_to_one(string name)
    {
        var of = DistributionCases.Find(name);
        var (from, to) = Middle(of);
        var code = Code($"{name} censored ({Text(from)}, {Text(to)})");
        Approximately.Equal(1, Counts(from, to).Sum(x => Density(code, x)), 1e-9);
        foreach (var text in (string[])[$"ZeroInflated(0.3, {name})", $"Hurdle(0.3, {name})", $"Mixture([0.2, 0.8], [Delta(2), {name}])"])
        {
            var made = Code(text);
            Approximately.Equal(1, Counts(Math.Min(0, of.First), Math.Max(2, Math.Min(of.Upper, of.Quantile(1 - 1e-14) + 100))).Sum(x => Density(made, x)), 1e-9, text);
        }
        Approximately.Equal(0.3 + 0.7 * of.Density(0), Density(Code($"ZeroInflated(0.3, {name})"), 0), 1e-12);
        Approximately.Equal(0.3, Density(Code($"Hurdle(0.3, {name})"), 0), 1e-12);
    }

    [Theory]
    [InlineData("Mixture([0.3, 0.7], [Beta(2, 2) censored (0.5, ), Normal(0, 1)])", 0.5)]
    [InlineData("Mixture([0.3, 0.7], [Laplace(0, 1) rounded (0.5), StudentT(4, 0, 1)])", -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)]
    [InlineData("Mixture([0.3, 0.7], [Delta(0), Normal(0, 1)])", 0.0)]
    [InlineData("Hurdle(0.3, Normal(0, 1) censored (0, 2))", 0.0, 2.0)]
    [InlineData("Hurdle(0.3, Gamma(2, 1) rounded (0.5))", 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)]
    public void What_has_probabilities_and_a_density_adds_up_to_its_distribution_function(string text, params double[] atoms)
    {
        var code = Code(text);
        var (from, to) = (atoms[0] - 0.2, atoms[^1] + 0.2);
        var sum = Math.Exp(code.LogBelow(0, from, false));
        double[] ends = [from, .. atoms, to];
        for (var i = 0; i + 1 < ends.Length; i++)
            for (var part = 0; part < 4; part++)
                sum += Quadrature.Integrate(x => code.IsAtom(0, x) ? 0 : Density(code, x), ends[i] + (ends[i + 1] - ends[i]) * part / 4, ends[i] + (ends[i + 1] - ends[i]) * (part + 1) / 4, 1);
        foreach (var atom in atoms) sum += Density(code, atom);
        Approximately.Equal(Math.Exp(code.LogBelow(0, to, true)), sum, 1e-7);
        if (text.StartsWith("Hurdle", StringComparison.Ordinal)) Approximately.Equal(0.3, Density(code, 0), 1e-12);
        var random = new Philox(7, 0, 0);
        var draw = new double[1];
        for (var i = 0; i < 200; i++)
        {
            code.Sample(0, ref random, draw);
            Assert.True(code.LogDensity(0, draw) > double.NegativeInfinity, $"{draw[0]} has no density");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Rounded_masses_and_both_tails_add_up_to_one(string name)
    {
        var of = DistributionCases.Find(name);
        var step = Step(of);
        var code = Code($"{name} rounded ({Text(step)})");
        var (first, last) = (Math.Floor(of.Quantile(0.02) / step), Math.Ceiling(of.Quantile(0.98) / step));
        var sum = Math.Exp(code.LogBelow(0, first * step, false)) + Math.Exp(code.LogAbove(0, last * step, false));
        for (var k = first; k <= last; k++) sum += Density(code, k * step);
        Approximately.Equal(1, sum, 1e-9);
        Assert.Equal(double.NegativeInfinity, code.LogDensity(0, [(first + 0.4) * step]));
    }

    [Theory, MemberData(nameof(Continuous))]
    public void A_mark_makes_a_bound_or_an_interval_of_a_value(string name)
    {
        var of = DistributionCases.Find(name);
        var (from, to) = Middle(of);
        Approximately.Equal(of.LogSurvival(from), Code($"{name} censored (right: true)").LogDensity(0, [from]), 1e-12);
        Approximately.Equal(of.LogCdf(from), Code($"{name} censored (left: true)").LogDensity(0, [from]), 1e-12);
        Approximately.Equal(of.LogDensity(from), Code($"{name} censored (right: false, left: false)").LogDensity(0, [from]), 1e-12);
        var interval = Code($"{name} censored (interval: {Text(to)})");
        Approximately.Proportional(of.Expect(_ => 1, from, to), Density(interval, from), 1e-8);
        Approximately.Equal(of.LogDensity(to), interval.LogDensity(0, [to]), 1e-12);
        Assert.NotNull(interval.Refusal(0, [to + of.Spread]));
    }

    [Theory, MemberData(nameof(Continuous))]
    public void Sorted_draws_have_the_density_of_each_order_together(string name)
    {
        var of = DistributionCases.Find(name);
        var code = Code($"{name} ^ 3 ordered");
        double[] x = [of.Quantile(0.2), of.Quantile(0.5), of.Quantile(0.9)];
        Approximately.Equal(Math.Log(6) + x.Sum(of.LogDensity), code.LogDensity(0, x), 1e-12);
        Assert.Equal(double.NegativeInfinity, code.LogDensity(0, [x[1], x[0], x[2]]));
        var random = new Philox(3, 0, 0);
        // The middle one of three lies below the median as often as not.
        var (below, count) = (0, 2000);
        for (var i = 0; i < count; i++)
        {
            code.Sample(0, ref random, x);
            Assert.True(x[0] < x[1] && x[1] < x[2]);
            if (x[1] < of.Quantile(0.5)) below++;
        }
        Assert.True(Math.Abs(below - 0.5 * count) <= 4 * Math.Sqrt(0.25 * count), $"{below} of {count}");
    }

    /// <summary>The distribution under each modifier, under several, and as part of others.</summary>
    private static IEnumerable<string> Modified(string name)
    {
        var of = DistributionCases.Find(name);
        var (from, to) = Middle(of);
        var (a, b, step) = (Text(from), Text(to), Text(Step(of)));
        yield return $"{name} truncated ({a}, {b})";
        yield return $"{name} truncated ({Text(of.Distribution.IsDiscrete ? Math.Min(of.Quantile(1 - 1e-6), of.Upper) : of.Quantile(1 - 1e-6))}, )";
        yield return $"{name} censored ({a}, {b})";
        yield return $"{name} rounded ({step})";
        yield return $"{name} censored ({a}, {b}) truncated ( , {b})";
        yield return $"{name} truncated ({a}, ) rounded ({step})";
        yield return $"Hurdle(0.3, {name})";
        yield return $"ZeroInflated(0.3, {name}) censored ( , {b})";
        yield return $"Mixture([0.3, 0.7], [{name}, {name} truncated ({a}, {b})]) truncated ({a}, )";
    }

    private static void AssertNear(double empirical, double expected, string text) =>
        Assert.True(Math.Abs(empirical - expected) <= s_furthest, FormattableString.Invariant($"{text}: {empirical} of the draws for a probability of {expected}"));

    private static (double From, double To) Middle(Case of) => (of.Quantile(0.2), of.Quantile(0.9) is var to && to > of.Quantile(0.2) ? to : of.Quantile(0.2) + 1);

    private static double Step(Case of) => of.Distribution.IsDiscrete ? 2 : of.Spread / 3;

    private static IEnumerable<double> Counts(double from, double to)
    {
        for (var x = from; x <= to; x++) yield return x;
    }

    private static IEnumerable<double> Inside(Case of, double from, double to) => of.Places().Where(x => x > from && x < to);

    private static double Density(DistributionCode code, double x) => Math.Exp(code.LogDensity(0, [x]));

    /// <summary>An integral in two halves at the median, where a density may have a kink.</summary>
    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static DistributionCode Code(string distribution)
    {
        var graph = Bind($"x ~ {distribution}");
        var code = DistributionCode.Of(graph.Definitions[0].Distribution!, new ExpressionCode(graph.Source, _ => throw new InvalidOperationException("no variables")));
        code.Prepare();
        return code;
    }
}
