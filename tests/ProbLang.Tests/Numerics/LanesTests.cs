using ProbLang.Numerics;
using Xunit;
using Lane = System.Runtime.Intrinsics.Vector256<double>;
using LongLane = System.Runtime.Intrinsics.Vector256<long>;
using Simd = System.Runtime.Intrinsics.Vector256;

namespace ProbLang.Tests.Numerics;

public sealed unsafe class LanesTests
{
    private static readonly double[] s_special =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.49999999999999994, -0.49999999999999994, 4503599627370497.5, 1e300, -1e300,
        double.Epsilon, -double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    private static Lane Four(Random random, Func<Random, double> draw) => Simd.Create(draw(random), draw(random), draw(random), draw(random));

    private static void Near(double expected, double actual, int ulps, string what)
    {
        if (expected.Equals(actual)) return;
        var ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.True(Math.Abs(expected - actual) <= ulps * ulp, $"{what}: {actual:R} instead of {expected:R}");
    }

    private static void CheckUnary(Func<Lane, Lane> lanes, Func<double, double> scalar, Func<Random, double> draw, int ulps)
    {
        var random = new Random(1);
        for (var i = 0; i < 20000; i++)
        {
            var x = Four(random, draw);
            var y = lanes(x);
            for (var j = 0; j < Lanes.Width; j++) Near(scalar(x[j]), y[j], ulps, $"at {x[j]:R}");
        }
    }

    private static double Uniform(Random random, double lower, double upper) => lower + random.NextDouble() * (upper - lower);

    [Fact]
    public void Exponential_and_logarithm_are_within_a_unit_of_the_scalar_ones()
    {
        CheckUnary(Lanes.Exp, Math.Exp, r => Uniform(r, -750, 712), 1);
        CheckUnary(Lanes.Exp, Math.Exp, r => Uniform(r, -1, 1), 1);
        CheckUnary(Lanes.Log, Math.Log, r => Math.Exp(Uniform(r, -745, 709)), 1);
        CheckUnary(Lanes.Log, Math.Log, r => Uniform(r, 0.5, 2), 1);
    }

    [Fact]
    public void The_exponential_of_what_is_not_positive_is_the_exponential_down_to_where_it_is_zero()
    {
        CheckUnary(Lanes.ExpNonPositive, Math.Exp, r => Uniform(r, -707, 0), 1);
        Assert.Equal(Simd.Create(1.0, 0, 0, double.NaN), Lanes.ExpNonPositive(Simd.Create(-0.0, -708, double.NegativeInfinity, double.NaN)));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(-600, 600)]
    [InlineData(-744, 709)]
    public void A_product_keeps_the_sum_of_logarithms(double lower, double upper)
    {
        var random = new Random(3);
        var (product, rest, exponents, expected) = (Lanes.Broadcast(1), Lane.Zero, LongLane.Zero, 0.0);
        const int Steps = 5000;
        for (var i = 0; i < Steps; i++)
        {
            var x = Four(random, r => Math.Exp(Uniform(r, lower, upper)));
            for (var lane = 0; lane < Lanes.Width; lane++) expected += Math.Log(x[lane]);
            product = Lanes.MultiplyInto(product, x, ref exponents, ref rest);
        }
        Assert.Equal(expected, Lanes.LogOfProduct(product, exponents, rest, Steps), 1e-13 * Steps * Math.Max(-lower, upper));
    }

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void A_product_keeps_a_logarithm_that_is_not_finite(double x, double expected)
    {
        var (rest, exponents) = (Lane.Zero, LongLane.Zero);
        var product = Lanes.MultiplyInto(Lanes.Broadcast(1), Simd.Create(2, x, 3, 4), ref exponents, ref rest);
        Assert.Equal(expected, Lanes.LogOfProduct(product, exponents, rest, 1));
    }

    [Fact]
    public void Other_functions_are_close_to_the_scalar_ones()
    {
        CheckUnary(Lanes.Sin, Math.Sin, r => Uniform(r, -100, 100), 2);
        CheckUnary(Lanes.Cos, Math.Cos, r => Uniform(r, -1e6, 1e6), 2);
        CheckUnary(Lanes.Tan, Math.Tan, r => Uniform(r, -100, 100), 4);
        CheckUnary(Lanes.Tanh, Math.Tanh, r => Uniform(r, -25, 25), 3);
    }

    [Fact]
    public void The_exponential_is_right_at_its_limits()
    {
        double[] x = [double.NegativeInfinity, -746, -745.13, -708.5, -0.0, 709.78, 709.79, double.PositiveInfinity, double.NaN, -1e300, 1e300, double.Epsilon];
        foreach (var value in x) Near(Math.Exp(value), Lanes.Exp(Simd.Create(value))[0], 1, $"{value:R}");
    }

    [Fact]
    public void The_logarithm_is_right_at_its_limits()
    {
        double[] x = [0, -0.0, -1, double.NegativeInfinity, double.Epsilon, 2.2250738585072014E-308, 1e-310, double.MaxValue, double.PositiveInfinity, double.NaN, 1];
        foreach (var value in x) Near(Math.Log(value), Lanes.Log(Simd.Create(value))[0], 1, $"{value:R}");
    }

    [Fact]
    public void A_power_is_within_a_unit_of_the_scalar_one_also_where_the_exponent_is_large()
    {
        var random = new Random(1);
        for (var i = 0; i < 20000; i++)
        {
            var x = Four(random, r => Math.Exp(Uniform(r, -5, 5)));
            var y = Four(random, r => Uniform(r, -140, 140));
            var power = Lanes.Power(x, y);
            for (var j = 0; j < Lanes.Width; j++) Near(Math.Pow(x[j], y[j]), power[j], 2, $"{x[j]:R}^{y[j]:R}");
        }
        foreach (var x in s_special)
        {
            foreach (var y in s_special) Near(Math.Pow(x, y), Lanes.Power(Simd.Create(x), Simd.Create(y))[2], 2, $"{x:R}^{y:R}");
        }
    }

    [Fact]
    public void Operations_without_rounding_are_those_of_the_scalar_algebra()
    {
        (Func<Lane, Lane> Lanes, Op Op)[] unary =
        [
            (Lanes.Not, Op.Not), (Lanes.Negate, Op.Negate), (Lanes.Abs, Op.Abs), (Lanes.Square, Op.Square), (Lanes.Sqrt, Op.Sqrt),
            (Lanes.Floor, Op.Floor), (Lanes.Ceiling, Op.Ceiling), (Lanes.Round, Op.Round), (Lanes.Asin, Op.Asin), (Lanes.Acos, Op.Acos),
            (Lanes.Atan, Op.Atan), (Lanes.Sinh, Op.Sinh), (Lanes.Cosh, Op.Cosh), (Lanes.InversePhi, Op.InversePhi),
            (Lanes.LogGamma, Op.LogGamma), (Lanes.Digamma, Op.Digamma), (Lanes.Erf, Op.Erf), (Lanes.Phi, Op.Phi), (Lanes.LogPhi, Op.LogPhi),
            (Lanes.Log1p, Op.Log1p), (Lanes.Expm1, Op.Expm1), (Lanes.Logistic, Op.Logistic), (Lanes.Logit, Op.Logit), (Lanes.Softplus, Op.Softplus),
        ];
        foreach (var (lanes, op) in unary)
        {
            foreach (var x in s_special)
            {
                // In company, so that a lane does not depend on its neighbours.
                var lane = lanes(Simd.Create(3.25, x, 0.75, 12.5));
                Assert.True(Scalar.Apply(op, x).Equals(lane[1]), $"{op}({x:R}) is {lane[1]:R}");
                Assert.Equal(Scalar.Apply(op, 0.75), lane[2]);
            }
        }
        (Func<Lane, Lane, Lane> Lanes, Op Op)[] binary =
        [
            (Lanes.Add, Op.Add), (Lanes.Subtract, Op.Subtract), (Lanes.Multiply, Op.Multiply), (Lanes.Divide, Op.Divide),
            (Lanes.Remainder, Op.Remainder), (Lanes.Min, Op.Minimum), (Lanes.Max, Op.Maximum), (Lanes.GreaterOf, Op.GreaterOf), (Lanes.Atan2, Op.Atan2), (Lanes.Less, Op.Less),
            (Lanes.LessOrEqual, Op.LessOrEqual), (Lanes.Equal, Op.Equal), (Lanes.NotEqual, Op.NotEqual), (Lanes.And, Op.And), (Lanes.Or, Op.Or),
        ];
        foreach (var (lanes, op) in binary)
        {
            foreach (var x in s_special)
            {
                foreach (var y in s_special)
                {
                    var actual = lanes(Simd.Create(x), Simd.Create(y))[3];
                    Assert.True(Scalar.Apply(op, x, y).Equals(actual), $"{op}({x:R}, {y:R}) is {actual:R}");
                }
            }
        }
    }

    [Fact]
    public void Softplus_with_its_derivative_is_softplus_and_logistic()
    {
        foreach (var x in s_special)
        {
            Assert.Equal(Lanes.Softplus(Simd.Create(x)), Lanes.SoftplusAndLogistic(Simd.Create(x), out var logistic));
            Assert.Equal(Lanes.Logistic(Simd.Create(x)), logistic);
        }
    }

    [Fact]
    public void Where_takes_a_side_for_each_lane_even_beside_what_is_not_a_number()
    {
        var chosen = Lanes.Where(Simd.Create(1.0, 0, 2, -0.0), Simd.Create(10.0, double.NaN, 30, double.NaN), Simd.Create(double.NaN, 2, double.NaN, 4));
        Assert.Equal(Simd.Create(10.0, 2, 30, 4), chosen);
    }

    [Fact]
    public void Memory_operations_reach_the_elements_that_they_name()
    {
        double[] data = Pinned.Of(1, 2, 4, 8, 16, 32), sums = Pinned.Zeros(3);
        int[] indices = [5, 0, 3, 3], groups = [2, 0, 2, 2];
        fixed (int* index = indices, group = groups)
        {
            Assert.Equal(Simd.Create(32.0, 1, 8, 8), Lanes.Gather(Pinned.At(data), index));
            Lanes.ScatterAdd(Pinned.At(sums), group, Lanes.Load(Pinned.At(data) + 1));
        }
        Assert.Equal([4.0, 0, 2 + 8 + 16], sums);
        Assert.Equal(15, Lanes.SumLanes(Lanes.Load(Pinned.At(data))));
        Assert.Equal(64, Lanes.MultiplyLanes(Lanes.Load(Pinned.At(data))));
        Assert.Equal(Simd.Create(16, 32, -7.0, -7), Lanes.LoadPart(Pinned.At(data) + 4, 2, -7));
        Lanes.StorePart(Pinned.At(data), Simd.Create(9.0), 3);
        Assert.Equal([9, 9, 9, 8.0, 16, 32], data);
    }
}
