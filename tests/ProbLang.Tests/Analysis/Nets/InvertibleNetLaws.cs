using MathNet.Numerics.LinearAlgebra;
using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Analysis.Nets;

/// <summary>What makes a net a change of variables.</summary>
public class InvertibleNetLaws
{
    /// <summary>Of weights, such that flows stretch and bend, and rounding is not stretched with them beyond what is asked for.</summary>
    private const double Spread = 0.3;

    public static TheoryData<string, int, int> Nets => new()
    {
        { "coupling(1, [4])", 2, 0 },
        { "coupling(4, [8, 8])", 5, 0 },
        { "coupling(3, [8], activation: relu)", 6, 3 },
        { "coupling(2, [6], spline)", 2, 0 },
        { "coupling(4, [8, 8], spline, activation: tanh)", 5, 2 },
        { "coupling(2, [8], spline, bins: 2)", 3, 0 },
        { "coupling(2, [8], spline, bins: 20)", 4, 0 },
        { "autoregressive_flow(1, [8])", 1, 0 },
        { "autoregressive_flow(3, [8, 8])", 4, 0 },
        { "autoregressive_flow(2, [2])", 6, 0 },
        { "autoregressive_flow(2, [8])", 5, 2 },
        { "permutation()", 1, 0 },
        { "permutation()", 6, 0 },
        { "permutation()", 7, 0 },
        { "invertible_linear()", 1, 0 },
        { "invertible_linear()", 6, 0 },
    };

    [Theory, MemberData(nameof(Nets))]
    public void Inverse_and_value_undo_each_other(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context, Spread);
        const int Rows = 40;
        var (x, by) = (PlannedNet.Numbers(Rows * size, 2.5, 2), PlannedNet.Numbers(Rows * context, 1, 3));
        Near(x, net.Of(NetAspect.Value, net.Of(NetAspect.Inverse, x, by, Rows), by, Rows), 1e-10);
        Near(x, net.Of(NetAspect.Inverse, net.Of(NetAspect.Value, x, by, Rows), by, Rows), 1e-10);
    }

    [Theory, MemberData(nameof(Nets))]
    public void The_log_jacobian_is_that_of_the_determinant_of_the_derivative(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context, Spread);
        for (uint n = 0; n < 5; n++)
        {
            var (x, by) = (PlannedNet.Numbers(size, 1, 10 + n), PlannedNet.Numbers(context, 1, 20 + n));
            var actual = net.Of(NetAspect.InverseLogJacobian, x, by)[0];
            double Error(double step) => Math.Abs(Math.Log(Math.Abs(Matrix<double>.Build.DenseOfArray(net.Jacobian(NetAspect.Inverse, x, by, step)).LU().Determinant)) - actual);
            // Where a piece of a spline or of an activation ends within the step, a shorter one stays within.
            Assert.True(Error(2e-3) <= 1e-8 || Error(1e-4) <= 1e-8, $"{actual}, off by {Error(2e-3)} and {Error(1e-4)}");
        }
    }

    [Theory, MemberData(nameof(Nets))]
    public void Rows_do_not_know_of_each_other(string text, int size, int context)
    {
        var net = new PlannedNet(text, size, size, context);
        var (x, by) = (PlannedNet.Numbers(3 * size, 1, 2), PlannedNet.Numbers(3 * context, 1, 3));
        foreach (var aspect in Enum.GetValues<NetAspect>())
        {
            var all = net.Of(aspect, x, by, 3);
            var width = all.Length / 3;
            for (var r = 0; r < 3; r++) Near(all[(r * width)..((r + 1) * width)], net.Of(aspect, x[(r * size)..((r + 1) * size)], by[(r * context)..((r + 1) * context)]), 1e-13);
        }
    }

    [Theory]
    [InlineData("coupling(4, [16])")]
    [InlineData("coupling(4, [16], spline)")]
    [InlineData("autoregressive_flow(3, [16])")]
    public void A_flow_starts_near_the_identity(string text)
    {
        var net = new PlannedNet(text, 4, 4, spread: 0);
        var x = PlannedNet.Numbers(40, 1, 2);
        Near(x, net.Of(NetAspect.Inverse, x, [], 10), 0.15);
        Near(new double[10], net.Of(NetAspect.InverseLogJacobian, x, [], 10), 0.15);
    }

    /// <summary>Beyond its bound a spline leaves values as they are, and meets them there.</summary>
    [Fact]
    public void A_spline_is_continuous_and_increasing_to_its_ends_and_the_identity_beyond()
    {
        var net = new PlannedNet("coupling(1, [3], spline)", 2, 2);
        double At(double x) => net.Of(NetAspect.Inverse, [0.3, x], [])[1];
        foreach (var end in new[] { -5.0, 5.0 })
        {
            Near([end], [At(end)], 1e-12);
            Near([end * 1.2], [At(end * 1.2)], 0);
            Near([At(end * (1 - 1e-9))], [At(end * (1 + 1e-9))], 1e-7);
        }
        var values = Enumerable.Range(0, 4001).Select(i => At(-6 + 12.0 * i / 4000)).ToArray();
        Assert.All(values.Zip(values[1..]), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void A_permutation_takes_the_even_places_first()
    {
        var net = new PlannedNet("permutation()", 5, 5);
        Assert.Equal([2, 4, 1, 3, 5], net.Of(NetAspect.Value, [1, 2, 3, 4, 5], []));
        Assert.Equal([0.0], net.Of(NetAspect.InverseLogJacobian, [1, 2, 3, 4, 5], []));
    }

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"{actual[i]:R} for {expected[i]:R} at {i}");
    }
}
