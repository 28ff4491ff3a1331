using System.Text.Json;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>An outcome may be missing, so that one which is misspelt must not be taken for that.</summary>
public class MisspeltOutcomeTests
{
    private sealed record Visit(double Price, bool? Convertd, string Id);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Scorer Sales() => Model.Compile("input N: count\ninput price[N]\nparam b: real\nconvert_count = 2\nfor i in 1..N { converted[i] ~ Bernoulli(logit: b * price[i])\n amount[i] ~ Normal(b, 1) }").Model
        .Condition(Data.Of(new { b = 0.5, price = new[] { 1.0, 2 }, converted = new[] { true, false }, amount = new[] { 1.0, 2 } })).Scorer();

    [Fact]
    public void A_name_near_to_that_of_a_missing_outcome_is_told()
    {
        var scorer = Sales();
        foreach (var row in new object[] { new { price = 1.0, amount = 1.0, convertd = true }, new Dictionary<string, object> { ["price"] = 1, ["Converted"] = true }, JsonSerializer.SerializeToElement(new { price = 1, conveted = true }), new Visit(1, true, "a") })
            foreach (var ask in new Func<object?>[] { () => scorer.Score(row, Cancellation), () => scorer.Predict(row, 10, cancellation: Cancellation), () => scorer.Encode(row) })
                Assert.Equal("converted", Assert.Throws<ArgumentException>(ask).ParamName);
        var mistake = Assert.Throws<ArgumentException>(() => scorer.Score(new { price = 1.0, amount = 1.0, convertd = true }, Cancellation));
        Assert.Equal("the row has no `converted`, but `convertd`: give `converted`, as null where it is missing (Parameter 'converted')", mistake.Message);
        var all = Assert.Throws<ArgumentException>(() => scorer.ScoreAll(Data.Of(new { price = new[] { 1.0 }, amuont = new[] { 1.0 }, converted = new[] { true } }), Cancellation));
        Assert.Equal("the rows have no `amount`, but `amuont`: give `amount`, as null where it is missing (Parameter 'amount')", all.Message);
    }

    [Fact]
    public void What_is_said_to_be_missing_and_what_the_model_does_not_name_are_no_mistakes()
    {
        var scorer = Sales();
        Assert.Equal(scorer.Score(new { price = 1.0, amount = 1.0 }, Cancellation), scorer.Score(new { price = 1.0, amount = 1.0, converted = (bool?)null, convertd = true }, Cancellation));
        Assert.Equal(scorer.Score(new { price = 1.0, amount = 1.0 }, Cancellation), scorer.Score(new { price = 1.0, amount = 1.0, Customer = "a", at = DateTime.UnixEpoch }, Cancellation));
        Assert.Equal(2, scorer.Predict(new { price = 1.0, Customer = "a" }, 10, cancellation: Cancellation).Elements.Length);
        Assert.Equal(0, scorer.Score(new { price = 1.0, converted = DBNull.Value }, Cancellation), 1e-12);
    }

    [Fact]
    public void What_has_another_number_is_another()
    {
        var scorer = Model.Compile("input N: count\nfor i in 1..N { item1[i] ~ Normal(0, 1)\n item2[i] ~ Normal(0, 1) }").Model
            .Condition(Data.Of(new { item1 = new[] { 1.0, 2 }, item2 = new[] { 1.0, 2 } })).Scorer();
        Assert.Equal(scorer.Score(new { item1 = 1.0, item2 = (double?)null }, Cancellation), scorer.Score(new { item1 = 1.0, item9 = 3.0 }, Cancellation));
        Assert.Equal("item2", Assert.Throws<ArgumentException>(() => scorer.Score(new { item1 = 1.0, itme2 = 3.0 }, Cancellation)).ParamName);
    }

    [Fact]
    public void A_row_without_an_outcome_has_no_score()
    {
        var scorer = Sales();
        var mistake = Assert.Throws<ArgumentException>(() => scorer.Score(new { price = 1.0, id = 3 }, Cancellation));
        Assert.Equal("the row has none of `converted`, `amount`, without which there is nothing to score", mistake.Message);
        Assert.Throws<ArgumentException>(() => scorer.ScoreAll(Data.Of(new { price = new[] { 1.0 } }), Cancellation));
        var one = Model.Compile("input N: count\nfor i in 1..N { y[i] ~ Normal(0, 1) }").Model.Condition(Data.Of(new { y = new[] { 1.0, 2 } })).Scorer();
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => one.Score(new { yy = 3.0 }, Cancellation)).ParamName);
        Assert.Equal("the row has nothing that a row has: `y`", Assert.Throws<ArgumentException>(() => one.Predict(new { yy = 3.0 }, cancellation: Cancellation)).Message);
        Assert.Single(one.Predict(new { }, 10, cancellation: Cancellation).Elements);
    }

    [Fact]
    public void A_fit_of_another_model_makes_no_scorer()
    {
        const string other = "input N: count\nparam b: real\nfor i in 1..N { y[i] ~ Normal(b, 1) }";
        var fit = Model.Compile(other).Model.Condition(Data.Of(new { y = new[] { 4.0, 6 } })).Fit(new MaximumLikelihood(), cancellation: Cancellation);
        var problem = Model.Compile("input N: count\ninput x[N]\nb ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(b * x[i], 1) }").Model.Condition(Data.Of(new { x = new[] { 1.0, 2 }, y = new[] { 1.0, 2 } }));
        Assert.Equal("GM0552", Assert.Single(Assert.Throws<DataException>(() => problem.Scorer(fit)).Diagnostics).Id);
        Assert.Equal(1, Model.Compile(other).Model.Condition(Data.Of(new { y = new[] { 1.0 } })).Scorer(fit).Draws);
    }
}
