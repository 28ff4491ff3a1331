using System.Globalization;
using ProbLang.Numerics;
using Xunit;
using Simd = System.Runtime.Intrinsics.Vector256;

namespace ProbLang.Tests.Numerics;

public sealed class SpecialFunctionsTests
{
    /// <summary>How many units in the last place a function may be off, beside the rounding of its reference.</summary>
    private static readonly Dictionary<string, (Func<double, double> Function, int Ulps)> s_functions = new()
    {
        ["Log1p"] = (SpecialFunctions.Log1p, 1),
        ["Expm1"] = (SpecialFunctions.Expm1, 1),
        ["Logistic"] = (SpecialFunctions.Logistic, 2),
        ["Logit"] = (SpecialFunctions.Logit, 3),
        ["Softplus"] = (SpecialFunctions.Softplus, 2),
        ["LogGamma"] = (SpecialFunctions.LogGamma, 4),
        ["Digamma"] = (SpecialFunctions.Digamma, 4),
        ["Trigamma"] = (SpecialFunctions.Trigamma, 4),
        ["Erf"] = (SpecialFunctions.Erf, 2),
        ["Erfc"] = (SpecialFunctions.Erfc, 4),
        ["Phi"] = (SpecialFunctions.Phi, 5),
        ["LogPhi"] = (SpecialFunctions.LogPhi, 4),
        ["InverseMills"] = (SpecialFunctions.InverseMills, 4),
        ["InverseMillsExcess"] = (SpecialFunctions.InverseMillsExcess, 100),
        ["InversePhi"] = (SpecialFunctions.InversePhi, 4),
        ["Tanh"] = (x => Lanes.Tanh(Simd.Create(x))[0], 2),
        ["Sin"] = (x => Lanes.Sin(Simd.Create(x))[0], 1),
        ["Cos"] = (x => Lanes.Cos(Simd.Create(x))[0], 1),
        ["Tan"] = (x => Lanes.Tan(Simd.Create(x))[0], 3),
        ["Exp"] = (x => Lanes.Exp(Simd.Create(x))[0], 1),
        ["Log"] = (x => Lanes.Log(Simd.Create(x))[0], 1),
    };

    public static TheoryData<string> Names() => [.. s_functions.Keys];

    private static IEnumerable<double[]> Rows(string text, int skip = 0) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ').Skip(skip).Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray());

    [Theory, MemberData(nameof(Names))]
    public void A_function_has_the_digits_of_its_reference_values(string name)
    {
        var (function, ulps) = s_functions[name];
        var rows = Rows(string.Join('\n', References.Functions.Split('\n').Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))), skip: 1).ToArray();
        Assert.True(rows.Length >= 10);
        foreach (var row in rows)
        {
            var ulp = Math.BitIncrement(Math.Abs(row[1])) - Math.Abs(row[1]);
            // Reflection subtracts: near a zero between the poles only the absolute error is bounded.
            var scale = row[0] < 0 && name.EndsWith("amma", StringComparison.Ordinal) ? Math.Max(1, 1e-15 / ulp) : 1;
            Assert.True(Math.Abs(function(row[0]) - row[1]) <= ulps * scale * ulp, $"{name}({row[0]:R}) is {function(row[0]):R} instead of {row[1]:R}");
        }
    }

    [Fact]
    public void Special_arguments_have_their_limits()
    {
        const double infinity = double.PositiveInfinity;
        Assert.Equal(-infinity, SpecialFunctions.Log1p(-1));
        Assert.Equal(infinity, SpecialFunctions.Log1p(infinity));
        Assert.Equal(-1, SpecialFunctions.Expm1(-infinity));
        Assert.Equal(infinity, SpecialFunctions.Expm1(infinity));
        Assert.Equal(0, SpecialFunctions.Logistic(-infinity));
        Assert.Equal(1, SpecialFunctions.Logistic(infinity));
        Assert.Equal(-infinity, SpecialFunctions.Logit(0));
        Assert.Equal(infinity, SpecialFunctions.Logit(1));
        Assert.Equal(0, SpecialFunctions.Softplus(-infinity));
        Assert.Equal(infinity, SpecialFunctions.Softplus(infinity));
        Assert.Equal(infinity, SpecialFunctions.LogGamma(0));
        Assert.Equal(infinity, SpecialFunctions.LogGamma(-3));
        Assert.Equal(infinity, SpecialFunctions.LogGamma(infinity));
        Assert.Equal(0, SpecialFunctions.LogGamma(1));
        Assert.Equal(0, SpecialFunctions.LogGamma(2));
        Assert.Equal(-infinity, SpecialFunctions.Digamma(0));
        Assert.Equal(infinity, SpecialFunctions.Digamma(infinity));
        Assert.Equal(infinity, SpecialFunctions.Trigamma(0));
        Assert.Equal(0, SpecialFunctions.Trigamma(infinity));
        Assert.Equal(1, SpecialFunctions.Erf(infinity));
        Assert.Equal(-1, SpecialFunctions.Erf(-infinity));
        Assert.Equal(2, SpecialFunctions.Erfc(-infinity));
        Assert.Equal(0, SpecialFunctions.Phi(-infinity));
        Assert.Equal(1, SpecialFunctions.Phi(infinity));
        Assert.Equal(-infinity, SpecialFunctions.LogPhi(-infinity));
        Assert.Equal(0, SpecialFunctions.LogPhi(infinity));
        Assert.Equal(infinity, SpecialFunctions.InverseMills(-infinity));
        Assert.Equal(0, SpecialFunctions.InverseMills(infinity));
        Assert.Equal(-infinity, SpecialFunctions.InversePhi(0));
        Assert.Equal(infinity, SpecialFunctions.InversePhi(1));
        Assert.Equal(0, SpecialFunctions.InversePhi(0.5));
        Assert.All(s_functions.Values, f => Assert.True(double.IsNaN(f.Function(double.NaN))));
    }

    [Theory, InlineData(7, 3, 1), InlineData(-7, 3, 2), InlineData(7, -3, -2), InlineData(-7, -3, -1), InlineData(6, 3, 0), InlineData(5.5, 2, 1.5)]
    public void A_remainder_has_the_sign_of_its_divisor(double x, double y, double expected) => Assert.Equal(expected, SpecialFunctions.Remainder(x, y));

    private static double Partial(SpecialFunction function, int argument, params double[] at) => function.Partials[argument]!().Evaluate(at);

    private static void AssertRelative(double expected, double actual, double tolerance, double[] row) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R} at {string.Join(' ', row)}");

    [Fact]
    public void Incomplete_gamma_functions_and_their_derivatives_have_the_digits_of_their_reference_values()
    {
        foreach (var row in Rows(References.IncompleteGamma))
        {
            double a = row[0], x = row[1];
            AssertRelative(row[2], SpecialFunctions.LogGammaP(a, x), 1e-13, row);
            AssertRelative(row[3], SpecialFunctions.LogGammaQ(a, x), 1e-13, row);
            AssertRelative(row[4], Partial(Special.LogGammaP, 0, a, x), 1e-12, row);
            AssertRelative(row[5], Partial(Special.LogGammaQ, 0, a, x), 1e-12, row);
        }
    }

    [Fact]
    public void Incomplete_beta_functions_and_their_derivatives_have_the_digits_of_their_reference_values()
    {
        foreach (var row in Rows(References.IncompleteBeta))
        {
            double a = row[0], b = row[1], x = row[2];
            // With a parameter far below 1 both probabilities may lie beyond the mean, and one comes from the other.
            var tolerance = 1e-12 * Math.Max(1, 1 / Math.Min(a, b));
            AssertRelative(row[3], SpecialFunctions.LogBetaI(a, b, x), tolerance, row);
            AssertRelative(row[4], SpecialFunctions.LogBetaIComplement(a, b, x), tolerance, row);
            AssertRelative(row[5], Partial(Special.LogBetaI, 0, a, b, x), tolerance, row);
            AssertRelative(row[6], Partial(Special.LogBetaI, 1, a, b, x), tolerance, row);
            AssertRelative(row[7], Partial(Special.LogBetaIComplement, 0, a, b, x), tolerance, row);
            AssertRelative(row[8], Partial(Special.LogBetaIComplement, 1, a, b, x), tolerance, row);
        }
    }

    [Fact]
    public void Derivatives_in_the_last_argument_agree_with_differences()
    {
        Check(Special.InverseMills, 0, -20);
        Check(Special.InverseMills, 0, -3);
        Check(Special.InverseMills, 0, 1.5);
        foreach (var x in new[] { 0.01, 0.9, 2.5, 8, 30 })
        {
            Check(Special.LogGammaP, 1, 2.5, x);
            Check(Special.LogGammaQ, 1, 2.5, x);
            Check(Special.LogGammaP, 1, 0.3, x);
            Check(Special.LogGammaQ, 1, 0.3, x);
        }
        foreach (var x in new[] { 0.01, 0.2, 0.5, 0.97 })
        {
            Check(Special.LogBetaI, 2, 2.5, 1.5, x);
            Check(Special.LogBetaIComplement, 2, 0.5, 14.5, x);
        }

        static void Check(SpecialFunction function, int argument, params double[] at)
        {
            // Four points, for near the end of a support the derivatives that two would neglect are large.
            var step = 1e-4 * Math.Abs(at[argument]);
            var difference = (8 * (At(step) - At(-step)) - (At(2 * step) - At(-2 * step))) / (12 * step);
            Assert.Equal(difference, Partial(function, argument, at), 1e-8 * (1 + Math.Abs(difference)));

            double At(double shift)
            {
                double[] moved = [.. at];
                moved[argument] += shift;
                return function.Evaluate(moved);
            }
        }
    }

    [Fact]
    public void Outside_the_support_distribution_functions_are_constant()
    {
        Assert.Equal(double.NegativeInfinity, SpecialFunctions.LogGammaP(2, 0));
        Assert.Equal(0, SpecialFunctions.LogGammaQ(2, -1));
        Assert.Equal(0, SpecialFunctions.LogGammaP(2, double.PositiveInfinity));
        Assert.Equal(0, SpecialFunctions.LogBetaI(2, 3, 1));
        Assert.Equal(double.NegativeInfinity, SpecialFunctions.LogBetaIComplement(2, 3, 1));
        Assert.Equal(0, Partial(Special.LogGammaQ, 1, 2, -1));
        Assert.Equal(0, Partial(Special.LogBetaI, 2, 2, 3, 1.5));
        Assert.True(double.IsNaN(SpecialFunctions.LogGammaP(-1, 1)));
        Assert.True(double.IsNaN(SpecialFunctions.LogBetaI(1, -1, 0.5)));
    }
}
