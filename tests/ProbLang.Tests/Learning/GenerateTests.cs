using Xunit;

namespace ProbLang.Tests.Learning;

/// <summary>New data from models whose parameters are known.</summary>
public class GenerateTests
{
    [Fact]
    public void Rows_come_from_the_distribution()
    {
        var generated = Problem("input N: count\nparam m: real\nfor i in 1..N { x[i] ~ Normal(m, 2) ^ 2 }", new { m = 3.0 }, ("N", 4000)).Generate(1, 7, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["x[1]", "x[2]"], generated.Columns);
        Assert.Equal(4000, generated.Count);
        var mean = Enumerable.Range(0, 4000).Average(i => generated[i][1]);
        Assert.True(Math.Abs(mean - 3) < 4 * 2 / Math.Sqrt(4000), $"mean {mean}");
    }

    [Fact]
    public void The_same_seed_gives_the_same_rows_and_another_others()
    {
        var problem = Problem("input N: count\nfor i in 1..N { x[i] ~ Normal(0, 1) }", new { }, ("N", 5));
        double[] Of(ulong seed) => [.. Enumerable.Range(0, 5).Select(i => problem.Generate(1, seed, cancellation: TestContext.Current.CancellationToken)[i][0])];
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void What_is_given_stays_and_the_rest_follows_it()
    {
        var problem = Problem("input T: count\nx[1] ~ Normal(0, 1)\nfor t in 2..T { x[t] ~ Normal(x[t - 1], 0.001) }", new { T = 4, x = new double?[] { 5, 7, null, null } });
        var generated = problem.Generate(3, 1, cancellation: TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal([5, 7], generated[i][..2].ToArray());
            Assert.Equal(7, generated[i][3], 0.02);
        }
    }

    [Fact]
    public void What_is_given_and_made_of_what_is_not_is_objected_to() =>
        Assert.Contains("`a`", Assert.Throws<EngineException>(() => Problem("a ~ Normal(0, 1)\nb ~ Normal(a, 1)", new { b = 1.0 }).Generate(1, 1, cancellation: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void Inputs_decide_how_many_rows_there_are()
    {
        var generated = Problem("input N: count\ninput label[N]: category\ninput w[size(levels(label))]: real\nfor i in 1..N { x[i] ~ Normal(w[label[i]], 0.0001) }",
            new { label = new[] { "b", "a", "b" }, w = new[] { -1.0, 1 } }, ("N", 99)).Generate(2, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([1.0, -1, 1, 1, -1, 1], Enumerable.Range(0, 6).Select(i => Math.Round(generated[i][0], 2)));
    }

    [Fact]
    public void Only_what_the_model_makes_last_is_written_unless_asked()
    {
        var problem = Problem("input N: count\nfor i in 1..N { z[i] ~ Normal(0, 1)\n x[i] = 2 * z[i] }", new { }, ("N", 3));
        Assert.Equal(["x"], problem.Generate(1, 1, cancellation: TestContext.Current.CancellationToken).Columns);
        var both = problem.Generate(1, 1, ["z", "x"], TestContext.Current.CancellationToken);
        Assert.Equal(["z", "x"], both.Columns);
        Assert.Equal(2 * both[2][0], both[2][1], 1e-12);
        Assert.Throws<ArgumentException>(() => problem.Generate(1, 1, ["q"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void As_a_table_and_as_json_it_is_data_again()
    {
        var model = Model.Compile("input N: count\nfor i in 1..N { kind[i]: category(\"left\", \"right, far\") ~ Categorical([0.5, 0.5])\n x[i] ~ Normal(0, 1) ^ 2 }").Model!;
        var generated = model.Condition(Data.Empty.WithSize("N", 40)).Generate(1, 3, cancellation: TestContext.Current.CancellationToken);
        foreach (var name in (string[])["rows.csv", "rows.json"])
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, name);
            using (var text = new StreamWriter(path))
            {
                if (name.EndsWith(".csv", StringComparison.Ordinal)) generated.WriteCsv(text);
                else generated.WriteJson(text);
            }
            var scores = model.Condition(Data.Load(path, TestContext.Current.CancellationToken)).Score(TestContext.Current.CancellationToken);
            Assert.Equal(40, scores.Rows.Length);
            var expected = Enumerable.Range(0, 40).Sum(i => Math.Log(0.5) - Math.Log(2 * Math.PI) - 0.5 * (generated[i][1] * generated[i][1] + generated[i][2] * generated[i][2]));
            Assert.Equal(expected, scores.Total, 1e-9);
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void A_size_that_the_data_tell_is_no_default()
    {
        var model = Model.Compile("input N: count\nfor i in 1..N { x[i] ~ Normal(0, 1) }").Model!;
        Assert.Equal("N", model.RowSize);
        Assert.True(model.Condition(Data.Empty.WithSize("N", 3)).HasDefaultSize("N"));
        Assert.False(model.Condition(Data.Of(new { x = new[] { 1.0 } }).WithSize("N", 3)).HasDefaultSize("N"));
        Assert.False(model.Condition(Data.Of(new { N = 2 }).WithSize("N", 3)).HasDefaultSize("N"));
    }

    private static Problem Problem(string text, object data, params (string Name, int Size)[] sizes)
    {
        var compilation = Model.Compile(text);
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model!.Condition(sizes.Aggregate(Data.Of(data), (d, s) => d.WithSize(s.Name, s.Size)));
    }
}
