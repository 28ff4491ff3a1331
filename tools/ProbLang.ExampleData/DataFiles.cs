using ProbLang.ExampleData.Glyphs;
using ProbLang.ExampleData.Planar;
using ProbLang.ExampleData.Texts;
using ProbLang.Numerics;

namespace ProbLang.ExampleData;

/// <summary>The data of the examples of learning: made, not measured, so that what is true of them is known.</summary>
public static class DataFiles
{
    /// <summary>The seed of every file; the stream is that of the set's place in the list.</summary>
    private const ulong Seed = 20;

    /// <summary>Sets of rows to learn from, most with others to see what was learned.</summary>
    private static readonly RowSet[] s_sets =
    [
        new("flows", 2000, 2000, (rows, source) => [("two_moons", Points(new TwoMoons(), rows, source))]),
        new("flows", 2000, 2000, (rows, source) => [("pinwheel", Points(new Pinwheel(), rows, source))]),
        new("flows", 2000, 2000, (rows, source) => [("eight_gaussians", Points(new EightGaussians(), rows, source))]),
        new("flows", 4000, 2000, (rows, source) => [("checkerboard", Points(new Checkerboard(), rows, source))]),
        new("flows", 4000, 4000, (rows, source) => [("correlated", Correlated(rows, source))]),
        new("nets", 1000, 1000, (rows, source) => [("waves", Waves.Csv(rows, source))]),
        new("nets", 1000, 1000, (rows, source) => [("arms", Arms(rows, source))]),
        new("glyphs", 1000, 500, Glyphs),
        new("glyphs", 780, 400, (rows, source) => [("grey", GlyphTable.Grey(rows, 8, source))]),
        new("text", 12_000, 4000, (rows, source) => [("sailors", Characters(rows, source))]),
        new("glm", 200, 0, (rows, source) => [("linear", Regressions.Linear(rows, source))]),
        new("glm", 200, 0, (rows, source) => [("logistic", Regressions.Logistic(rows, source))]),
        new("glm", 120, 0, (rows, source) => [("poisson", Regressions.Poisson(rows, source))]),
    ];

    /// <summary>Every file by its path relative to the root of the repository, with its text.</summary>
    public static IEnumerable<(string Path, string Text)> Of() =>
        s_sets.SelectMany((set, i) => set.Files(new Philox(Seed, 2 * (uint)i, 0), new Philox(Seed, 2 * (uint)i + 1, 0)));

    private sealed record RowSet(string Folder, int Rows, int Test, Func<int, Philox, IEnumerable<(string Name, string Text)>> Write)
    {
        public IEnumerable<(string Path, string Text)> Files(Philox source, Philox testSource) =>
        [
            .. Write(Rows, source).Select(f => ($"examples/{Folder}/{f.Name}.csv", f.Text)),
            .. Test == 0 ? [] : Write(Test, testSource).Select(f => ($"examples/{Folder}/{f.Name}_test.csv", f.Text)),
        ];
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

    private static IEnumerable<(string, string)> Glyphs(int rows, Philox source)
    {
        var (pixels, digits) = GlyphTable.Binary(rows, 12, source);
        return [("glyphs", pixels), ("digits", digits)];
    }

    private static string Characters(int count, Philox source)
    {
        var table = new Table(["character"]);
        foreach (var character in SailorGrammar.Text(count, ref source)) table.Add(4, [], SailorGrammar.Label(character));
        return table.ToString();
    }
}
