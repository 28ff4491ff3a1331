using ProbLang.Inference;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class AdamWTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    [InlineData(64)]
    public void Steps_are_those_of_the_formula(int n)
    {
        var options = new Training { WeightDecay = 0.1, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-3 };
        var decays = Enumerable.Range(0, n).Select(i => i % 3 != 1).ToArray();
        var adam = new AdamW(n, options, decays);
        var random = new Philox(1, 0, 0);
        double[] x = new double[n], expected = new double[n], mean = new double[n], square = new double[n], g = new double[n];
        for (var i = 0; i < n; i++) expected[i] = x[i] = random.NextNormal();
        for (var t = 1; t <= 20; t++)
        {
            var rate = 0.01 * t;
            for (var i = 0; i < n; i++) g[i] = random.NextNormal();
            for (var i = 0; i < n; i++)
            {
                var gradient = -0.5 * g[i];
                mean[i] = 0.8 * mean[i] + 0.2 * gradient;
                square[i] = 0.95 * square[i] + 0.05 * gradient * gradient;
                var step = mean[i] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(square[i] / (1 - Math.Pow(0.95, t))) + 1e-3);
                expected[i] -= rate * (step + (decays[i] ? 0.1 * expected[i] : 0));
            }
            adam.Step(x, g, -0.5, rate);
            for (var i = 0; i < n; i++) Assert.Equal(expected[i], x[i], 1e-13 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void A_coordinate_moves_the_same_wherever_it_stands_in_a_vector()
    {
        // The lanes and the rest of a vector are computed by different code, to the same bits.
        double[] together = new double[7], gradient = [0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3];
        var adam = new AdamW(7, new Training { WeightDecay = 0.01 });
        for (var t = 0; t < 10; t++) adam.Step(together, gradient, 1.7, 0.01);
        Assert.All(together, x => Assert.Equal(together[0], x));
    }

    [Fact]
    public void The_first_step_has_the_length_of_the_learning_rate_whatever_the_size_of_the_gradient()
    {
        double[] x = [0, 0, 0];
        new AdamW(3, new Training()).Step(x, [1e-3, 5, -1e6], 1, 0.01);
        Assert.Equal(-0.01, x[0], 1e-6);
        Assert.Equal(-0.01, x[1], 1e-10);
        Assert.Equal(0.01, x[2], 1e-10);
    }

    [Fact]
    public void Weights_decay_without_a_gradient_and_biases_do_not()
    {
        double[] x = [1, 1];
        new AdamW(2, new Training { WeightDecay = 0.5 }, [true, false]).Step(x, [0, 0], 1, 0.1);
        Assert.Equal([0.95, 1], x);
    }
}
