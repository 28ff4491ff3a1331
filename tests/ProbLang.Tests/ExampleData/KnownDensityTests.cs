using ProbLang.ExampleData;
using ProbLang.ExampleData.Planar;
using ProbLang.ExampleData.Texts;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.ExampleData;

/// <summary>What is said to be true of the examples' data is true of how they are made.</summary>
public class KnownDensityTests
{
    private static readonly Dictionary<string, PlanarSource> s_sources = new()
    {
        ["two moons"] = new TwoMoons(),
        ["pinwheel"] = new Pinwheel(),
        ["eight Gaussians"] = new EightGaussians(),
        ["checkerboard"] = new Checkerboard(),
    };

    public static TheoryData<string> Sources => [.. s_sources.Keys];

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_density_in_the_plane_integrates_to_one_and_points_have_it_as_often_as_it_says(string name)
    {
        const double edge = 6, step = 0.04;
        var source = s_sources[name];
        double mass = 0, mean = 0, square = 0;
        for (var x = -edge + step / 2; x < edge; x += step)
            for (var y = -edge + step / 2; y < edge; y += step)
                if (source.LogDensity(x, y) is var log && log > -40)
                {
                    mass += step * step * Math.Exp(log);
                    mean += step * step * Math.Exp(log) * log;
                    square += step * step * Math.Exp(log) * log * log;
                }
        Assert.Equal(1, mass, 1e-4);

        const int draws = 4000;
        var random = new Philox(5, 0, 0);
        var drawn = 0.0;
        for (var i = 0; i < draws; i++)
        {
            var (x, y) = source.Draw(ref random);
            drawn += source.LogDensity(x, y) / draws;
        }
        var error = Math.Sqrt(Math.Max(0, square - mean * mean) / draws);
        Assert.InRange(drawn, mean - 4 * error - 1e-4, mean + 4 * error + 1e-4);
    }

    [Fact]
    public void The_entropy_of_the_checkerboard_is_the_logarithm_of_its_area()
    {
        var random = new Philox(5, 0, 0);
        for (var i = 0; i < 1000; i++)
        {
            var (x, y) = new Checkerboard().Draw(ref random);
            Assert.Equal(-Checkerboard.Entropy, new Checkerboard().LogDensity(x, y));
        }
        Assert.Equal(Math.Log(8), Checkerboard.Entropy);
    }

    [Fact]
    public void The_arms_of_the_pinwheel_share_the_probability_of_a_point()
    {
        var random = new Philox(6, 0, 0);
        for (var i = 0; i < 100; i++)
        {
            var (x, y) = Pinwheel.Draw(ref random, out _);
            Assert.Equal(1, Enumerable.Range(0, Pinwheel.Arms).Sum(arm => Math.Exp(Pinwheel.LogProbability(arm, x, y))), 1e-12);
        }
    }

    [Fact]
    public void Correlated_rows_have_the_entropy_that_is_said()
    {
        const int draws = 20_000;
        var random = new Philox(7, 0, 0);
        var mean = 0.0;
        for (var i = 0; i < draws; i++) mean += CorrelatedGaussian.LogDensity(CorrelatedGaussian.Draw(ref random)) / draws;
        // The log density of a normal row of five has the variance 5/2.
        Assert.Equal(-CorrelatedGaussian.Entropy, mean, 4 * Math.Sqrt(2.5 / draws));
    }

    [Fact]
    public void No_sentence_comes_about_in_two_ways()
    {
        var random = new Philox(8, 0, 0);
        for (var i = 0; i < 1000; i++) Assert.Equal(1, SailorGrammar.Derivations(SailorGrammar.Sentence(ref random)));
    }

    [Fact]
    public void A_character_costs_the_bits_that_are_said()
    {
        const int sentences = 20_000;
        var random = new Philox(9, 0, 0);
        double bits = 0, characters = 0, square = 0;
        for (var i = 0; i < sentences; i++)
        {
            var sentence = SailorGrammar.Sentence(ref random);
            var cost = -SailorGrammar.LogProbability(sentence) / Math.Log(2);
            bits += cost;
            characters += sentence.Length;
            square += Math.Pow(cost - SailorGrammar.BitsPerCharacter * sentence.Length, 2);
        }
        // A ratio of means, with the standard error of one.
        Assert.Equal(SailorGrammar.BitsPerCharacter, bits / characters, 4 * Math.Sqrt(square) / characters);
    }
}
