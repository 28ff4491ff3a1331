using System.Collections.Immutable;
using ProbLang.Datasets;
using Xunit;

namespace ProbLang.Tests.Datasets;

public class HostRecordTests
{
    private enum Colour { Red, Green }

    private sealed record Visit(double Score, int? Age, string? Place, bool Smokes, Colour Eyes, double[] Marks)
    {
        public DateTime At { get; init; }

        [GmName("w")]
        public float Weight { get; init; } = 1;
    }

    private struct Point
    {
        public double X { get; set; }

        public readonly double Twice => 2 * X;
    }

    private class Base
    {
        public object? Value { get; init; }
    }

    private sealed class Derived : Base
    {
        public new int Value { get; init; }
    }

    private static readonly Visit[] s_visits =
    [
        new(1.5, 30, "north", true, Colour.Green, [1, 2]),
        new(-2, null, null, false, Colour.Red, [3]),
        new(0, 41, "south", true, Colour.Red, []),
    ];

    private static IReadOnlyDictionary<string, DataArray> Arrays(Data data) => data.Reading.Data.Arrays;

    [Fact]
    public void Each_property_is_a_column()
    {
        var arrays = Arrays(Data.OfRecords(s_visits));
        Assert.Equal(["Score", "Age", "Place", "Smokes", "Eyes", "Marks", "w"], arrays.Keys);
        Assert.Equal([1.5, -2, 0], arrays["Score"].Values);
        Assert.Null(arrays["Score"].Missing);
        Assert.Equal("FTF", string.Concat(arrays["Age"].Missing!.Select(m => m ? 'T' : 'F')));
        Assert.Equal<IEnumerable<string?>>(["north", null, "south"], arrays["Place"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["true", "false", "true"], arrays["Smokes"].ReadLabels());
        Assert.Equal([1.0, 0, 1], arrays["Smokes"].Values);
        Assert.Equal<IEnumerable<string?>>(["Green", "Red", "Red"], arrays["Eyes"].ReadLabels());
        Assert.Equal([3, 2], arrays["Marks"].Shape);
        Assert.Equal([2, 1, 0], arrays["Marks"].Rows!.Lengths(1));
        Assert.Equal([1.0, 1, 1], arrays["w"].Values);
    }

    [Fact]
    public void Structs_anonymous_objects_dictionaries_and_what_hides_are_records_too()
    {
        var points = Arrays(Data.OfRecords([new Point { X = 1 }, new Point { X = 3 }]));
        Assert.Equal([1.0, 3], points["X"].Values);
        Assert.Equal([2.0, 6], points["Twice"].Values);
        Assert.Equal([1.0, 4], Arrays(Data.OfRecords(Enumerable.Range(1, 2).Select(i => new { y = i * i })))["y"].Values);
        Assert.Equal([7.0], Arrays(Data.OfRecords([new Derived { Value = 7 }]))["Value"].Values);
        var entries = Arrays(Data.OfRecords<IReadOnlyDictionary<string, object?>>([new Dictionary<string, object?> { ["a"] = 1 }, new Dictionary<string, object?> { ["b"] = "x" }, new Dictionary<string, object?> { ["a"] = 3, ["b"] = DBNull.Value }]));
        Assert.Equal([1.0, 0, 3], entries["a"].Values);
        Assert.Equal([false, true, false], entries["a"].Missing!);
        Assert.Equal<IEnumerable<string?>>([null, "x", null], entries["b"].ReadLabels());
    }

    [Fact]
    public void Nested_sequences_of_any_kind_are_further_dimensions()
    {
        var arrays = Arrays(Data.OfRecords(
        [
            new { list = new List<int> { 1, 2 }, memory = new double[] { 1, 2 }.AsMemory(), immutable = ImmutableArray.Create(true, false), grid = new[,] { { 1f, 2 }, { 3, 4 } }, lazy = Enumerable.Range(0, 2).Select(i => (long)i), nested = new[] { [1.0], new double?[] { null, 2 } } },
            new { list = new List<int> { 3, 4 }, memory = new double[] { 3, 4 }.AsMemory(), immutable = ImmutableArray.Create(false, false), grid = new[,] { { 5f, 6 }, { 7, 8 } }, lazy = Enumerable.Range(5, 2).Select(i => (long)i), nested = new[] { new double?[] { 5 } } },
        ]));
        Assert.Equal([1.0, 2, 3, 4], arrays["list"].Values);
        Assert.Equal([1.0, 2, 3, 4], arrays["memory"].Values);
        Assert.Equal<IEnumerable<string?>>(["true", "false", "false", "false"], arrays["immutable"].ReadLabels());
        Assert.Equal([2, 2, 2], arrays["grid"].Shape);
        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8], arrays["grid"].Values);
        Assert.Equal([0.0, 1, 5, 6], arrays["lazy"].Values);
        Assert.Equal([2, 2, 2], arrays["nested"].Shape);
        Assert.Equal([2, 1], arrays["nested"].Rows!.Lengths(1));
    }

    [Fact]
    public void What_is_wrong_is_said_with_property_and_row()
    {
        Assert.Equal("`y` in row 2 is NaN, which is not a value; a missing value is null.", Mistake(() => Data.OfRecords([new { y = 1.0 }, new { y = double.NaN }])));
        Assert.Equal("`y[3]` in row 1 is NaN, which is not a value; a missing value is null.", Mistake(() => Data.OfRecords([new { y = new[] { 1, 2, double.NaN } }])));
        Assert.Equal("`y[2]` in row 2 is NaN, which is not a value; a missing value is null.", Mistake(() => Data.OfRecords([new { y = new float[] { 1 } }, new { y = new float[] { 1, float.NaN } }])));
        Assert.Equal("`y[2, 1]` is NaN, which is not a value; a missing value is null.", Mistake(() => Data.Of(new { y = new[,] { { 1 }, { double.NaN } } })));
        Assert.Equal("`y` in row 2 has another number of dimensions than before.", Mistake(() => Data.OfRecords([new { y = (object)1 }, new { y = (object)new[] { 1 } }])));
        Assert.StartsWith("`y` in row 2 is null, which is missing for a number but not for an array", Mistake(() => Data.OfRecords([new { y = new[] { 1 } }, new { y = (int[])null! }])), StringComparison.Ordinal);
        Assert.StartsWith("`y` in row 1 is a date", Mistake(() => Data.OfRecords([new { y = (object)DateTime.UnixEpoch }])), StringComparison.Ordinal);
        Assert.StartsWith("Row 2 is null.", Mistake(() => Data.OfRecords([new { y = 1 }, null!])), StringComparison.Ordinal);
        Assert.StartsWith("What the parts of a tuple are called", Mistake(() => Data.OfRecords([(x: 1, y: 2)])), StringComparison.Ordinal);
        Assert.StartsWith("A Double has no properties", Mistake(() => Data.OfRecords([1.5])), StringComparison.Ordinal);
        Assert.StartsWith("A String has no properties", Mistake(() => Data.OfRecords(["a"])), StringComparison.Ordinal);
        Assert.StartsWith("A List`1 does not say what its values are called", Mistake(() => Data.Of(new List<Visit>())), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => Data.OfRecords(Failing()));
        Assert.True(Arrays(Data.OfRecords([new { y = double.NaN }], new DataOptions { NaNIsMissing = true }))["y"].IsMissing(0));
        Assert.Equal([true, false], Arrays(Data.Of(new { y = new[] { float.NaN, 2 } }, new DataOptions { NaNIsMissing = true }))["y"].Missing!);

        static string Mistake(Action read) => Assert.Throws<ArgumentException>(read).Message;

        static IEnumerable<Point> Failing()
        {
            yield return new Point();
            throw new InvalidDataException();
        }
    }

    [Fact]
    public void Whole_numbers_that_a_double_does_not_hold_stay_apart()
    {
        var array = Arrays(Data.OfRecords([new { id = 9007199254740992L }, new { id = 9007199254740993L }, new { id = 4L }]))["id"];
        Assert.Equal<IEnumerable<string?>>(["9007199254740992", "9007199254740993", "4"], array.ReadLabels());
        Assert.NotNull(array.NotNumbers);
        Assert.Null(Arrays(Data.Of(new { n = long.MinValue, m = 1UL << 60 }))["n"].NotNumbers);
    }

    [Fact]
    public void A_sequence_is_walked_once()
    {
        var walks = 0;
        IEnumerable<Point> Rows()
        {
            walks++;
            yield return new Point { X = 4 };
        }

        Assert.Equal([8.0], Arrays(Data.OfRecords(Rows()))["Twice"].Values);
        Assert.Equal(1, walks);
    }

    [Fact]
    public void Names_can_be_mapped_and_left_out()
    {
        var options = new DataOptions { Name = n => n is "At" or "Marks" ? null : n.ToUpperInvariant() };
        Assert.Equal(["SCORE", "AGE", "PLACE", "SMOKES", "EYES", "WEIGHT"], Arrays(Data.OfRecords(s_visits, options)).Keys);
        Assert.Contains("two properties by the name `A`", Assert.Throws<ArgumentException>(() => Data.OfRecords(s_visits, new DataOptions { Name = _ => "A" })).Message, StringComparison.Ordinal);
        Assert.Equal(["b"], Arrays(Data.Of(new { a = 1 }, new DataOptions { Name = _ => "b" })).Keys);
        Assert.Equal(["b"], Arrays(Data.Of(new Dictionary<string, double[]> { ["a"] = [1] }, new DataOptions { Name = _ => "b" })).Keys);
    }
}
