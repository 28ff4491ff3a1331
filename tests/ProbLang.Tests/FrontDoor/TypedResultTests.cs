using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class TypedResultTests
{
    private enum Weather { Dry, Wet }

    private enum Other { Dry, Damp }

    /// <summary>Everything that is asked for has an answer by hand.</summary>
    private const string Everything = """
        input K: count
        input rows[2]: count
        input sky: category
        mu ~ Normal(1, 2)
        for k in 1..K { v[k] ~ Normal(k, 1) }
        for i in 1..2 { for j in 1..3 { m[i, j] ~ Normal(10 * i + j, 1) } }
        for i in 1..2 { for j in 1..2 { for k in 1..2 { c[i, j, k] ~ Normal(100 * i + 10 * j + k, 1) } } }
        for i in 1..2 { for j in 1..rows[i] { r[i, j] ~ Normal(10 * i + j, 1) } }
        n ~ Binomial(2, 0.9)
        coin ~ Bernoulli(0.8)
        for i in 1..2 { flips[i] ~ Bernoulli(0.25) }
        for d in 1..2 { weather[d]: category("Dry", "Wet") ~ Categorical([0.3, 0.7]) }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static ExactPosterior Exactly() => Model.Compile(Everything).Model
        .Condition(Data.Of(new { K = 3, rows = new[] { 1, 3 }, sky = "grey", v = new double?[] { null, 7, null } })).Infer(new Exact(), Cancellation);

    [Fact]
    public void Means_are_numbers_in_the_shape_of_the_variable()
    {
        var posterior = Exactly();
        Assert.Equal(1, posterior.Get<double>("mu"), 1e-12);
        Assert.Equal(1f, posterior.Get<float>("mu"), 1e-6);
        Assert.Equal([1.0, 7, 3], posterior.Get<double[]>("v"), Near);
        Assert.Equal([1.0, 7, 3], posterior.Get<double?[]>("v").Select(x => x!.Value), Near);
        var m = posterior.Get<double[,]>("m");
        Assert.Equal((2, 3), (m.GetLength(0), m.GetLength(1)));
        for (var i = 0; i < 2; i++)
            for (var j = 0; j < 3; j++) Assert.Equal(10 * i + j + 11, m[i, j], 1e-12);
        Assert.Equal([21.0, 22, 23], posterior.Get<double[][]>("m")[1], Near);
        var c = posterior.Get<double[,,]>("c");
        Assert.Equal(212, c[1, 0, 1], 1e-9);
        Assert.Equal(221, posterior.Get<float[][][]>("c")[1][1][0], 1e-3);
        var r = posterior.Get<double[][]>("r");
        Assert.Equal([1, 3], r.Select(row => row.Length));
        Assert.Equal([21.0, 22, 23], r[1], Near);
    }

    [Fact]
    public void Names_may_have_blanks_around_their_parts()
    {
        var posterior = Exactly();
        foreach (var name in (string[])["m[2,3]", " m[ 2 ,3 ] ", "m [2, 3]", "\tm[2,3]\n"])
        {
            Assert.Equal(23, posterior.Get<double>(name), 1e-12);
            Assert.Equal(23, posterior.Scalar(name).Mean, 1e-12);
            Assert.Equal(23, posterior.Marginal(name).Mean, 1e-12);
        }
        Assert.Equal(1, posterior.Get<double>(" mu "), 1e-12);
        Assert.Equal(1, posterior.Scalar(" mu ").Mean, 1e-12);
        Assert.Throws<ArgumentException>(() => posterior.Get<double>("m[2 3]"));
        Assert.Throws<ArgumentException>(() => posterior.Scalar("m[2, 4]"));
        Assert.Throws<ArgumentException>(() => posterior.Scalar("m"));
        var row = Model.Compile("input N: count\nfor i in 1..N { for k in 1..2 { y[i, k] ~ Normal(k, 1) } }").Model.Condition(Data.Of(new { y = new double[3, 2] })).Scorer();
        Assert.Equal(2, row.Predict(new { }, 10_000, cancellation: Cancellation)[" y[ 2 ] "].Mean, 0.04);
    }

    [Fact]
    public void What_is_discrete_is_also_its_most_probable_value()
    {
        var posterior = Exactly();
        Assert.Equal(1.8, posterior.Get<double>("n"), 1e-12);
        Assert.Equal(2, posterior.Get<int>("n"));
        Assert.Equal(2L, posterior.Get<long>("n"));
        Assert.Equal((byte)2, posterior.Get<byte?>("n"));
        Assert.Equal(0.8, posterior.Get<double>("coin"), 1e-12);
        Assert.True(posterior.Get<bool>("coin"));
        Assert.Equal([false, false], posterior.Get<bool[]>("flips"));
        Assert.Equal([0.25, 0.25], posterior.Get<double[]>("flips"), Near);
        Assert.Equal(["Wet", "Wet"], posterior.Get<string[]>("weather"));
        Assert.Equal([Weather.Wet, Weather.Wet], posterior.Get<Weather[]>("weather"));
        Assert.Equal([2, 2], posterior.Get<int[]>("weather"));
    }

    [Fact]
    public void Elements_go_by_their_names_and_what_is_given_is_itself()
    {
        var posterior = Exactly();
        Assert.Equal(7, posterior.Get<double>("v[2]"));
        Assert.Equal(0, posterior.Get<double>("v[2]", SummaryStatistic.Sd));
        Assert.Equal(3, posterior.Get<double>("v[3]"), 1e-12);
        Assert.Equal(22, posterior.Get<double>("m[2, 2]"), 1e-12);
        Assert.Equal(23, posterior.Get<double>("r[2,3]"), 1e-12);
        Assert.Equal(3, posterior.Get<int>("K"));
        Assert.Equal([1, 3], posterior.Get<int[]>("rows"));
        Assert.Equal("grey", posterior.Get<string>("sky"));
        Assert.Equal(Weather.Wet, posterior.Get<Weather>("weather[1]"));
    }

    [Fact]
    public void Other_statistics_are_those_of_the_distribution()
    {
        var posterior = Exactly();
        Assert.Equal(2, posterior.Get<double>("mu", SummaryStatistic.Sd), 1e-12);
        Assert.Equal(1, posterior.Get<double>("mu", SummaryStatistic.Median), 1e-9);
        Assert.Equal(1 + 2 * 1.959963984540054, posterior.Get<double>("mu", SummaryStatistic.Quantile(0.975)), 1e-6);
        Assert.Equal([1.0, 0, 1], posterior.Get<double[]>("v", SummaryStatistic.Sd), Near);
        Assert.Equal(2, posterior.Get<int>("n", SummaryStatistic.Median));
        Assert.Equal(2.0, posterior.Get<double>("n", SummaryStatistic.Mode));
        Assert.Equal(0.19, posterior.Probability("n", n => n < 2), 1e-12);
        Assert.Equal(1, posterior.Probability("v[2]", v => v == 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => SummaryStatistic.Quantile(1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SummaryStatistic.Quantile(double.NaN));
    }

    [Theory]
    [InlineData("`m` is an array of 2 × 3, real: ask for double[,], not for double[].", typeof(double[]), "m")]
    [InlineData("`v` is a vector of 3, real: ask for double[], not for double.", typeof(double), "v")]
    [InlineData("`r` is a ragged array of at most 2 × 3, real: ask for double[][], not for double[,].", typeof(double[,]), "r")]
    [InlineData("`mu` is a scalar, real: ask for double, not for int.", typeof(int), "mu")]
    [InlineData("`coin` is a scalar, true or false: ask for bool, not for int?.", typeof(int?), "coin")]
    [InlineData("`n` is a scalar, of whole numbers: ask for int, not for bool.", typeof(bool), "n")]
    [InlineData("`mu` is a scalar, real: ask for double, not for DateTime.", typeof(DateTime), "mu")]
    [InlineData("`mu` is a scalar, real: ask for double, not for string.", typeof(string), "mu")]
    [InlineData("`weather` is a vector of 2, of labels: ask for string[], not for double[].", typeof(double[]), "weather")]
    [InlineData("`sky` is a scalar, of labels: ask for string, not for double.", typeof(double), "sky")]
    [InlineData("`weather` has the label \"Wet\", and Other has no member of that name.", typeof(Other[]), "weather")]
    [InlineData("The model has no variable `mus`; did you mean `mu`? (Parameter 'name')", typeof(double), "mus")]
    [InlineData("`v` has no element `v[4]`. (Parameter 'name')", typeof(double), "v[4]")]
    [InlineData("`v` has no element `v[0]`. (Parameter 'name')", typeof(double), "v[0]")]
    [InlineData("`v` has no element `v[1,1]`. (Parameter 'name')", typeof(double), "v[1,1]")]
    [InlineData("`r` has no element `r[1,2]`. (Parameter 'name')", typeof(double), "r[1,2]")]
    public void A_type_or_a_name_that_does_not_fit_is_said_with_what_does(string message, Type type, string name)
    {
        var get = typeof(Posterior).GetMethod(nameof(Posterior.Get))!.MakeGenericMethod(type);
        var mistake = Assert.ThrowsAny<ArgumentException>(() => get.Invoke(Exactly(), System.Reflection.BindingFlags.DoNotWrapExceptions, null, [name, null], null));
        Assert.Equal(message, mistake.Message);
    }

    [Fact]
    public void A_statistic_without_meaning_is_refused()
    {
        var posterior = Exactly();
        Assert.Contains("no most probable value", Assert.Throws<ArgumentException>(() => posterior.Get<double>("mu", SummaryStatistic.Mode)).Message, StringComparison.Ordinal);
        Assert.Contains("is a category", Assert.Throws<ArgumentException>(() => posterior.Get<string[]>("weather", SummaryStatistic.Mean)).Message, StringComparison.Ordinal);
        Assert.Contains("1.8", Assert.Throws<ArgumentException>(() => posterior.Get<int>("n", SummaryStatistic.Mean)).Message, StringComparison.Ordinal);
        Assert.Contains("is an array", Assert.Throws<ArgumentException>(() => posterior.Probability("flips", v => v == 1)).Message, StringComparison.Ordinal);
        Assert.Contains("distribution function", Assert.Throws<ArgumentException>(() => posterior.Probability("mu", v => v > 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_branch_does_not_define_has_no_value()
    {
        var posterior = Model.Compile("input a: bool\nif a { x ~ Bernoulli(0.9)\n k ~ Poisson(3) } else { z ~ Normal(2, 1) }").Model.Condition(Data.Of(new { a = false })).Infer(new Exact(), Cancellation);
        Assert.Equal(2, posterior.Get<double>("z"), 1e-12);
        Assert.Null(posterior.Get<bool?>("x"));
        Assert.Null(posterior.Get<int?>("k"));
        Assert.True(double.IsNaN(posterior.Get<double>("x")));
        Assert.Equal("`k` has an element without a value: ask for int?.", Assert.Throws<ArgumentException>(() => posterior.Get<int>("k")).Message);
    }

    [Fact]
    public void Labels_name_elements()
    {
        var model = Model.Compile("input N: count\ninput state[N]: category\nfor s in levels(state) { a[s] ~ Normal(3, 1) }\nfor i in 1..N { y[i] ~ Normal(a[state[i]], 1) }").Model;
        var posterior = model.Condition(Data.OfRecords([new { state = "Ohio", y = 5.0 }, new { state = "New York, NY", y = 1.0 }])).Infer(new Exact(), Cancellation);
        Assert.Equal(4, posterior.Get<double>("a[Ohio]"), 1e-9);
        Assert.Equal(2, posterior.Get<double>("a[\"New York, NY\"]"), 1e-9);
        Assert.Equal([2.0, 4], posterior.Get<double[]>("a"), Near);
        foreach (var name in posterior.Layout.ElementNames) Assert.Equal(posterior.Scalar(name).Mean, posterior.Get<double>(name));
    }

    [Fact]
    public void The_most_probable_value_of_a_long_support_is_found_too()
    {
        var posterior = Model.Compile("n ~ Poisson(1000.5)\nm ~ NegativeBinomial(mean: 50, dispersion: 2)").Model.Condition(Data.Empty).Infer(new Exact(), Cancellation);
        Assert.Equal(1000, posterior.Get<int>("n"));
        // (r - 1) (1 - p) / p, with r = 2 and mean 50, is 25.
        Assert.InRange(posterior.Get<int>("m"), 24, 25);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;
}
