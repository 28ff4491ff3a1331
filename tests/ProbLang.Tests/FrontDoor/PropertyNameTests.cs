using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class PropertyNameTests
{
    private const string Exams = """
        input N: count
        input K: count
        input prior_knowledge[N, K]: real
        ability ~ Normal(0, 1)
        for i in 1..N { exam_score[i] ~ Normal(ability + sum(prior_knowledge[i]), 1) }
        """;

    private sealed record Exam(double? ExamScore, double[] PriorKnowledge)
    {
        public DateTime TakenAt { get; init; }

        public object? Parent { get; init; }
    }

    private static double[] Given(Problem problem, string name) => problem.Conditioned[problem.Conditioned.Graph.Find(name)!].Values;

    [Fact]
    public void A_property_gives_the_variable_that_differs_only_in_case_and_underscores()
    {
        var model = Model.Compile(Exams).Model;
        var problem = model.Condition(Data.OfRecords([new Exam(1, [1, 2]), new Exam(null, [3, 4])]));
        Assert.Equal(["exam_score"], problem.Observed);
        Assert.Equal([1, double.NaN], Given(problem, "exam_score"));
        Assert.Equal([1.0, 2, 3, 4], Given(problem, "prior_knowledge"));
    }

    [Fact]
    public void A_name_that_is_exact_goes_first()
    {
        var model = Model.Compile("a_b ~ Normal(0, 1)\nc ~ Normal(a_b, 1)").Model;
        Assert.Equal([1.0], Given(model.Condition(Data.Of(new { AB = 2, a_b = 1 })), "a_b"));
        Assert.Equal([2.0], Given(model.Condition(Data.Of(new { AB = 2 })), "a_b"));
        Assert.Empty(model.Condition(Data.Of(new Dictionary<string, object?> { ["AB"] = 2 })).Observed);
    }

    [Fact]
    public void A_name_without_a_capital_is_written_as_in_the_model()
    {
        var model = Model.Compile("input N: count\nfor i in 1..N { x[i] ~ Normal(0, 1) }").Model;
        Assert.Equal([2.0], Given(model.Condition(Data.Of(new { x = new[] { 1, 2 }, n = 7 })), "N"));
        Assert.Throws<DataException>(() => model.Condition(Data.Of(new { n = 2 })));
        Assert.Empty(Data.Of(new { }).Reading.Data.Arrays);
    }

    [Fact]
    public void Later_data_win_whatever_they_call_the_variable()
    {
        var model = Model.Compile("a_b ~ Normal(0, 1)\nc ~ Normal(a_b, 1)").Model;
        Assert.Equal([2.0], Given(model.Condition(Data.Given("a_b=1").With(Data.Of(new { AB = 2 }))), "a_b"));
        Assert.Equal([1.0], Given(model.Condition(Data.Of(new { AB = 2 }).With(Data.Given("a_b=1"))), "a_b"));
    }

    [Fact]
    public void What_is_ambiguous_is_an_error_of_the_program()
    {
        var model = Model.Compile("a_b ~ Normal(0, 1)\nab ~ Normal(a_b, 1)").Model;
        Assert.Equal("`AB` could be `a_b` or `ab` of the model. Give it the name of the one that is meant.", Assert.Throws<ArgumentException>(() => model.Condition(Data.Of(new { AB = 2 }))).Message);
        Assert.Equal([2.0], Given(model.Condition(Data.Of(new { AB = 2, ab = 3 })), "a_b"));
        var one = Model.Compile("a_b ~ Normal(0, 1)").Model;
        Assert.StartsWith("`AB` and `Ab` could both be the variable `a_b`", Assert.Throws<ArgumentException>(() => one.Condition(Data.Of(new { AB = 2, Ab = 3 }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_is_no_data_matters_where_the_model_names_it()
    {
        var mistake = Assert.Throws<ArgumentException>(() => Model.Compile("input N: count\ninput taken_at[N]: real\ny ~ Normal(taken_at[1], 1)").Model.Condition(Data.OfRecords([new Exam(1, [])])));
        Assert.StartsWith("The model has a variable `taken_at`, but `TakenAt` is a date", mistake.Message, StringComparison.Ordinal);
        // Later data that are some take its place.
        var model = Model.Compile("input taken_at: real\ny ~ Normal(taken_at, 1)").Model;
        Assert.Equal([3.0], Given(model.Condition(Data.Of(new Exam(1, [])).With(Data.Given("taken_at=3"))), "taken_at"));
    }

    private sealed record Stock(double Price, double Unrelated, double Volum);

    [Fact]
    public void What_an_object_has_beside_is_no_news_unless_it_looks_like_a_mistake()
    {
        var model = Model.Compile("input price: real\nvolume ~ Normal(price, 1)").Model;
        Assert.Contains("`Volum`", Assert.Single(model.Condition(Data.Of(new Stock(1, 2, 3))).Warnings).Message, StringComparison.Ordinal);
        Assert.Contains("`Unrelated`", Assert.Single(model.Condition(Data.Of(new { Price = 1, Unrelated = 2 })).Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_rows_are_data_too()
    {
        var model = Model.Compile(Exams).Model;
        var problem = model.Condition(Data.OfRecords(Array.Empty<Exam>(), new DataOptions { RowSize = model.RowSize }).With(Data.Of(new { K = 2 })));
        var posterior = problem.Infer(new Exact(), TestContext.Current.CancellationToken);
        Assert.Equal(0, posterior.Scalar("ability").Mean, 1e-12);
        Assert.Equal(1, posterior.Scalar("ability").Sd, 1e-12);
    }

    [Fact]
    public void Interventions_take_the_same_names()
    {
        var problem = Model.Compile("a_b ~ Normal(0, 1)\nc ~ Normal(a_b, 1)").Model.Condition(Data.Empty);
        var simulation = problem.Sample(3, 1, Data.Of(new { AB = 4 }), TestContext.Current.CancellationToken);
        Assert.Equal(4, simulation.Draw(2, "a_b")[0]);
    }

    private sealed record Order(double UnitPrice, bool WasSold)
    {
        [GmName("weight")]
        public double Kilograms { get; init; }
    }

    [Fact]
    public void Rows_that_are_scored_take_the_same_names()
    {
        var model = Model.Compile("""
            input N: count
            input unit_price[N]: real
            input weight[N]: real
            param a: real
            for i in 1..N { was_sold[i] ~ Bernoulli(logit: a + unit_price[i] - 2 * weight[i]) }
            """).Model;
        var rows = new[] { new Order(1.5, true) { Kilograms = 1 }, new Order(0.5, false) { Kilograms = 2 } };
        var scorer = model.Condition(Data.OfRecords(rows).With(Data.Of(new { a = 0.25 }))).Scorer();
        double[] expected = [-Math.Log(1 + Math.Exp(0.25)), -Math.Log(1 + Math.Exp(-3.25))];
        Assert.Equal(expected, rows.Select(r => scorer.Score(r, TestContext.Current.CancellationToken)), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal(expected, scorer.ScoreAll(Data.OfRecords(rows), TestContext.Current.CancellationToken), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Throws<ArgumentException>(() => scorer.Score(new { unit_price = 1, weight = 1, WasSold = true, Was_Sold = false }, TestContext.Current.CancellationToken));
    }
}
