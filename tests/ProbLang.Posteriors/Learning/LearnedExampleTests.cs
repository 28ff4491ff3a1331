using ProbLang.ExampleData;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Every example of learning, with a part of the steps that its documentation says, foretells rows that it has not seen about as well as is said there.</summary>
public class LearnedExampleTests
{
    /// <summary>Example, table, steps, and how many nats a row it may lose to the source of the data.</summary>
    public static TheoryData<string, string, int, int, double, double> Beside => new()
    {
        { "flows/two_moons", "flows/two_moons", 20, 100, 3e-3, 0.2 },
        { "flows/pinwheel", "flows/pinwheel", 30, 100, 2e-3, 0.7 },
        { "flows/eight_gaussians", "flows/eight_gaussians", 40, 200, 5e-3, 0.6 },
        { "flows/checkerboard", "flows/checkerboard", 20, 100, 5e-3, 0.3 },
        { "flows/correlated", "flows/correlated", 40, 200, 5e-3, 0.015 },
        { "nets/waves", "nets/waves", 100, 50, 5e-3, 0.2 },
        { "nets/arms", "nets/arms", 100, 50, 3e-3, 0.08 },
        { "text/characters", "text/sailors", 5, 200, 5e-3, 0.4 },
    };

    /// <summary>
    /// Example, tables, steps, and the bits a pixel that it may cost. If each pixel is foretold by itself, by how often it is black, it costs 0.60 bits, and a grey one by how often it
    /// has each level -1.61 (a density may be above 1).
    /// </summary>
    public static TheoryData<string, string[], int, double, int, double> Pictures => new()
    {
        { "glyphs/logistic_autoregressive", ["glyphs/glyphs"], 20, 1e-2, 144, 0.45 },
        { "glyphs/masked_net", ["glyphs/glyphs"], 30, 3e-3, 144, 0.46 },
        { "glyphs/conditional", ["glyphs/glyphs", "glyphs/digits"], 30, 3e-3, 144, 0.42 },
        { "glyphs/flow", ["glyphs/grey"], 15, 2e-3, 64, -1.4 },
    };

    [Theory]
    [MemberData(nameof(Beside))]
    public void What_was_learned_is_nearly_as_good_as_the_source_of_the_data(string example, string table, int epochs, int batch, double rate, double loss)
    {
        var fit = Learned.Fit(Learned.Problem(example, table), Learned.Training(epochs, batch, rate));
        var mean = Learned.Scores(Learned.Problem(example, table + "_test"), fit).Average();
        var source = SourceScores.Mean(Path.GetFileName(table), File.ReadAllText(Path.Combine(Learned.Folder, table + "_test.csv")))!.Value;
        // By chance a model may do a little better than the source on the rows at hand.
        Assert.InRange(mean, source - loss, source + 0.01);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_model_of_pictures_knows_how_pixels_hang_together(string example, string[] tables, int epochs, double rate, int pixels, double bits)
    {
        var fit = Learned.Fit(Learned.Problem(example, tables), Learned.Training(epochs, 50, rate));
        var mean = Learned.Scores(Learned.Problem(example, [.. tables.Select(t => t + "_test")]), fit).Average();
        Assert.InRange(-mean / pixels / Math.Log(2), double.NegativeInfinity, bits);
    }
}
