using ProbLang.ExampleData.Glyphs;
using ProbLang.ExampleData.Planar;
using ProbLang.ExampleData.Texts;
using ProbLang.Numerics;

namespace ProbLang.ExampleData;

/// <summary>The data of the examples of learning: made, not measured, so that what is true of them is known.</summary>
public static class DataFiles
{
    /// <summary>The seed of every file; the stream is that of the file's place in the list.</summary>
    private const ulong Seed = 20;

    /// <summary>Every file by its path relative to the root of the repository, with its text.</summary>
    public static IEnumerable<(string Path, string Text)> Of() =>
        s_writers.Select((w, i) => (w.Path, w.Write(new Philox(Seed, (uint)i, 0))));

    private static readonly (string Path, Func<Philox, string> Write)[] s_writers =
    [
        .. Split("flows/two_moons", 2000, 2000, (rows, source) => Points(new TwoMoons(), rows, source)),
        .. Split("flows/pinwheel", 2000, 2000, (rows, source) => Points(new Pinwheel(), rows, source)),
        .. Split("flows/eight_gaussians", 2000, 2000, (rows, source) => Points(new EightGaussians(), rows, source)),
        .. Split("flows/checkerboard", 4000, 2000, (rows, source) => Points(new Checkerboard(), rows, source)),
        .. Split("flows/correlated", 4000, 4000, Correlated),
        .. Split("nets/waves", 500, 500, Waves.Csv),
        .. Split("nets/arms", 1000, 1000, Arms),
        .. Split("glyphs/glyphs", 1000, 500, (rows, source) => GlyphTable.Binary(rows, 12, source)),
        .. Split("glyphs/grey", 780, 400, (rows, source) => GlyphTable.Grey(rows, 8, source)),
        .. Split("text/sailors", 12_000, 4000, Characters),
    ];

    /// <summary>A file to learn from, and one to see what was learned.</summary>
    private static IEnumerable<(string, Func<Philox, string>)> Split(string name, int rows, int test, Func<int, Philox, string> write)
    {
        yield return ($"examples/{name}.csv", source => write(rows, source));
        yield return ($"examples/{name}_test.csv", source => write(test, source));
    }

    private static string Points(PlanarSource distribution, int rows, Philox source)
    {
        var table = new Table(["x[1]", "x[2]"]);
        for (var i = 0; i < rows; i++)
        {
            var (x, y) = distribution.Draw(ref source);
            table.Add(4, x, y);
        }
        return table.ToString();
    }

    private static string Correlated(int rows, Philox source)
    {
        var table = new Table([.. Enumerable.Range(1, CorrelatedGaussian.Dimension).Select(d => $"x[{d}]")]);
        for (var i = 0; i < rows; i++) table.Add(4, CorrelatedGaussian.Draw(ref source));
        return table.ToString();
    }

    /// <summary>Points of the pinwheel with the arm that each is of.</summary>
    private static string Arms(int rows, Philox source)
    {
        var table = new Table(["x[1]", "x[2]", "arm"]);
        for (var i = 0; i < rows; i++)
        {
            var (x, y) = Pinwheel.Draw(ref source, out var arm);
            table.Add(4, [x, y], ((char)('A' + arm)).ToString());
        }
        return table.ToString();
    }

    private static string Characters(int count, Philox source)
    {
        var table = new Table(["character"]);
        foreach (var character in SailorGrammar.Text(count, ref source)) table.Add(4, [], SailorGrammar.Label(character));
        return table.ToString();
    }
}
