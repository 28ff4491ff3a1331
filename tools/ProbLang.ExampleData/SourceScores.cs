using System.Globalization;
using ProbLang.ExampleData.Planar;
using ProbLang.ExampleData.Texts;

namespace ProbLang.ExampleData;

/// <summary>How well the data can be foretold by who knows how they were made: what no model does better than, on average.</summary>
public static class SourceScores
{
    /// <summary>The mean log density of the rows of a table under the distribution that they are from, in nats; null where that is not known in closed form.</summary>
    /// <param name="example">The name of the table's file, without <c>.csv</c>.</param>
    /// <param name="table">Its text.</param>
    public static double? Mean(string example, string table) => example switch
    {
        "two_moons" => Mean(table, new TwoMoons()),
        "pinwheel" => Mean(table, new Pinwheel()),
        "eight_gaussians" => Mean(table, new EightGaussians()),
        // Rounded to decimals a point may come to lie over an edge.
        "checkerboard" => -Checkerboard.Entropy,
        "correlated" => Rows(table).Average(r => CorrelatedGaussian.LogDensity([.. r.Select(Number)])),
        "waves" => Rows(table).Average(r => Waves.LogDensity(Number(r[0]), Number(r[1]))),
        "arms" => Rows(table).Average(r => Pinwheel.LogProbability(r[2][0] - 'A', Number(r[0]), Number(r[1]))),
        "sailors" => -SailorGrammar.BitsPerCharacter * Math.Log(2),
        _ => null,
    };

    private static double Mean(string table, PlanarSource source) => Rows(table).Average(r => source.LogDensity(Number(r[0]), Number(r[1])));

    private static IEnumerable<string[]> Rows(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
