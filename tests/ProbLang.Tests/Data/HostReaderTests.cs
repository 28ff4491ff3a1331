using System.Data;
using Xunit;

namespace ProbLang.Tests.Datasets;

public class HostReaderTests
{
    private static DataTable Table()
    {
        var table = new DataTable();
        table.Columns.Add("SCORE", typeof(double));
        table.Columns.Add("Age", typeof(int));
        table.Columns.Add("Price", typeof(decimal));
        table.Columns.Add("Place", typeof(string));
        table.Columns.Add("Smokes", typeof(bool));
        table.Columns.Add("At", typeof(DateTime));
        table.Rows.Add(1.5, 30, 2.25m, "north", true, DateTime.UnixEpoch);
        table.Rows.Add(DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value, DBNull.Value);
        table.Rows.Add(-4.0, 31, 0m, "south", false, DateTime.UnixEpoch);
        return table;
    }

    [Fact]
    public async Task Each_column_of_a_query_is_a_variable_and_null_is_missing()
    {
        using var reader = Table().CreateDataReader();
        var arrays = Data.OfReader(reader).Reading.Data.Arrays;
        Assert.False(reader.IsClosed);
        Assert.Equal(["SCORE", "Age", "Price", "Place", "Smokes"], arrays.Keys);
        foreach (var array in arrays.Values) Assert.Equal([false, true, false], array.Missing!);
        Assert.Equal([1.5, 0, -4], arrays["SCORE"].Values);
        Assert.Equal([2.25, 0, 0], arrays["Price"].Values);
        Assert.Equal<IEnumerable<string?>>(["north", null, "south"], arrays["Place"].ReadLabels());
        Assert.Equal<IEnumerable<string?>>(["true", null, "false"], arrays["Smokes"].ReadLabels());

        using var again = Table().CreateDataReader();
        var later = await Data.OfReaderAsync(again, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(arrays["Age"].Values, later.Reading.Data.Arrays["Age"].Values);
        using var cancelled = Table().CreateDataReader();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Data.OfReaderAsync(cancelled, cancellation: new CancellationToken(true)));
    }

    [Fact]
    public void A_query_conditions_a_model_whose_names_are_written_otherwise()
    {
        using var reader = Table().CreateDataReader();
        var model = Model.Compile("input N: count\nmu ~ Normal(0, 10)\nfor i in 1..N { score[i] ~ Normal(mu, 1) }").Model;
        var problem = model.Condition(Data.OfReader(reader, new DataOptions { RowSize = model.RowSize }));
        Assert.Equal(["score"], problem.Observed);
        Assert.Equal(3, problem.Conditioned[problem.Conditioned.Graph.Find("score")!].Count);
    }

    [Fact]
    public void What_cannot_be_data_is_said_where_a_model_names_it()
    {
        using var reader = Table().CreateDataReader();
        var mistake = Assert.Throws<ArgumentException>(() => Model.Compile("input N: count\ninput at[N]: real\ny ~ Normal(at[1], 1)").Model.Condition(Data.OfReader(reader)));
        Assert.Equal("The model has a variable `at`, but `At` is a date, which is no number: give how long after a day of your choice it is, such as `(date - start).TotalDays`.", mistake.Message);
        var table = new DataTable();
        table.Columns.Add("x", typeof(double)).AllowDBNull = true;
        table.Rows.Add(1.0);
        table.Rows.Add(double.NaN);
        using var other = table.CreateDataReader();
        Assert.StartsWith("`x` in row 2 is NaN", Assert.Throws<ArgumentException>(() => Data.OfReader(other)).Message, StringComparison.Ordinal);
    }
}
