using Xunit;

namespace ProbLang.Tests.Datasets;

public class HostDataTests
{
    [Fact]
    public void Data_of_a_program_are_numbers_and_arrays_of_any_kind()
    {
        var arrays = Data.Of(new
        {
            n = 3,
            ok = true,
            y = new double?[] { 1, null, 3 },
            grid = new[,] { { 1, 2, 3 }, { 4, 5, 6 } },
            rows = new List<float[]> { new[] { 1f, 2f }, new[] { 3f, 4f } },
            none = Array.Empty<int>(),
        }).Reading.Data.Arrays;
        Assert.Empty(arrays["n"].Shape);
        Assert.Equal([1.0], arrays["ok"].Values);
        Assert.True(arrays["y"].IsMissing(1));
        Assert.Equal([2, 3], arrays["grid"].Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], arrays["grid"].Values);
        Assert.Equal([2, 2], arrays["rows"].Shape);
        Assert.Equal([0], arrays["none"].Shape);
        Assert.Equal([0, 3], Data.Of(new { x = new double[0, 3] }).Reading.Data.Arrays["x"].Shape);
        Assert.Equal([5.0], Data.Of(new Dictionary<string, object?> { ["x"] = 5 }).Reading.Data.Arrays["x"].Values);
    }

    [Fact]
    public void What_is_no_data_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new DateTime(2020, 1, 1) }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = double.NaN }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = "a\ud800b" }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = "a\udc00\ud800" }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new[] { [1.0], new[] { 1.0, 2 } } }));
        Assert.Throws<ArgumentException>(() => Data.Of(new { x = new object[] { 1, new[] { 2 } } }));
    }

    private enum Size { Small, Large }

    [Fact]
    public void Text_truth_values_and_enumerations_are_labels()
    {
        var arrays = Data.Of(new
        {
            text = new[] { "b", null, "a" },
            truth = new bool?[] { true, null, false },
            size = new[] { Size.Large, Size.Small },
            mixed = new object?[] { 1.5, null, 'c' },
            number = new[] { 1, 2 },
            one = "\ud83d\ude00",
        }).Reading.Data.Arrays;
        Assert.Equal<IEnumerable<string?>>(["b", null, "a"], arrays["text"].ReadLabels());
        Assert.Equal("error GM0358: `text` has \"b\" where a number is expected", arrays["text"].NotNumbers!.ToString().Split('\n')[0]);
        Assert.Equal<IEnumerable<string?>>(["true", null, "false"], arrays["truth"].ReadLabels());
        Assert.Equal([1.0, 0, 0], arrays["truth"].Values);
        Assert.Equal<IEnumerable<string?>>(["Large", "Small"], arrays["size"].ReadLabels());
        Assert.Equal([1.0, 0], arrays["size"].Values);
        Assert.Null(arrays["size"].NotNumbers);
        Assert.Equal<IEnumerable<string?>>(["1.5", null, "c"], arrays["mixed"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["\ud83d\ude00"], arrays["one"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["1", "2"], arrays["number"].ReadLabels());
    }

    [Fact]
    public void Later_data_win_variable_by_variable()
    {
        var data = Data.Of(new { x = 1, y = 2 }).With(Data.Of(new { y = 3, z = 4 })).With(Data.Given("z=5"));
        Assert.Equal([1.0, 3, 5], data.Reading.Data.Arrays.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Value.Values[0]));
        Assert.Single(Data.Given("x[2]=1").With(Data.Given("x[3]=1")).Overlays, o => o.Element == "x[2]");
        Assert.Empty(Data.Given("x[2]=1").With(Data.Of(new { x = new[] { 1, 2, 3 } })).Overlays);
        Assert.Throws<FormatException>(() => Data.Given("x"));
        Assert.Throws<DataException>(() => Data.Given("x=[1, 2"));
    }
}
