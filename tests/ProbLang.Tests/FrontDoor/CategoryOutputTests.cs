using System.Text.Json;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class CategoryOutputTests
{
    private const string Text = """
        input region[N]: category
        input N: count
        mu ~ Normal(0, 2)
        for r in levels(region) { a[r] ~ Normal(mu, 1) }
        b = 2 * a
        for i in 1..N { y[i] ~ Normal(a[region[i]], 0.5) }
        w ~ Dirichlet(ones(size(levels(region))))
        for i in 1..N { next[i]: category(region) ~ Categorical(w) }
        """;

    private static readonly string[] s_awkward = ["Ohio", "New York, NY", "", " x", "[a]", "say \"hi\"", "tab\t\u0007", "日本"];

    private static Problem Problem(params string[] labels) => Model.Compile(Text).Model.Condition(Data.Of(new
    {
        region = labels,
        y = labels.Select((_, i) => 1.0 + i).ToArray(),
        next = labels.Select((l, i) => i == 0 ? null : l).ToArray(),
    }));

    private static SampledPosterior Infer(Problem problem) => problem.Infer(new Nuts { Seed = 3, Chains = 2, Warmup = 300, Draws = 300 }, cancellation: TestContext.Current.CancellationToken);

    private static string Written(Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        return text.ToString();
    }

    [Fact]
    public void Elements_along_levels_carry_labels_in_every_summary()
    {
        var posterior = Infer(Problem("Texas", "Ohio", "Texas"));
        Assert.True(posterior.Scalar("a[Texas]").Mean > posterior.Scalar("a[Ohio]").Mean - 2);
        Assert.Equal(posterior.Array("a").Mean[1], posterior.Scalar("a[Texas]").Mean);
        Assert.Equal(posterior.Scalar("b[Ohio]").Mean, 2 * posterior.Scalar("a[Ohio]").Mean, 9);
        var table = Written(text => posterior.Write(text, SummaryForm.Table));
        Assert.Matches(@"(?m)^a\[Ohio\] +\S", table);
        Assert.Matches(@"(?m)^next\[1\]: (Ohio|Texas) 0\.\d{3}, (Ohio|Texas) 0\.\d{3}$", table);
        using var json = JsonDocument.Parse(Written(text => posterior.Write(text, SummaryForm.Json)));
        var variables = json.RootElement.GetProperty("variables");
        Assert.Equal(posterior.Scalar("a[Ohio]").Mean, variables.GetProperty("a[Ohio]").GetProperty("mean").GetDouble());
        Assert.Equal(1, variables.GetProperty("next[1]").GetProperty("p").GetProperty("Ohio").GetDouble() + variables.GetProperty("next[1]").GetProperty("p").GetProperty("Texas").GetDouble(), 12);
        Assert.Equal(["Ohio", "Texas"], json.RootElement.GetProperty("levels").GetProperty("region").EnumerateArray().Select(l => l.GetString()!));
        Assert.Contains("\na[Ohio],", Written(text => posterior.Write(text, SummaryForm.Csv)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_posterior_by_label_is_that_of_the_same_model_by_number()
    {
        var byNumber = Model.Compile(Text.Replace("region[N]: category", "region[N]: int(1, 2)", StringComparison.Ordinal)
            .Replace("levels(region)", "1..2", StringComparison.Ordinal).Replace("size(1..2)", "2", StringComparison.Ordinal).Replace(": category(region)", "", StringComparison.Ordinal))
            .Model.Condition(Data.Of(new { region = new[] { 2, 1, 2 }, y = new[] { 1.0, 2, 3 }, next = new int?[] { null, 1, 2 } }));
        var (labelled, numbered) = (Infer(Problem("Texas", "Ohio", "Texas")), Infer(byNumber));
        Assert.Equal(labelled.Run.Chains[0].Draws.Draw(17).ToArray(), numbered.Run.Chains[0].Draws.Draw(17).ToArray());
    }

    [Fact]
    public void Awkward_labels_are_quoted_in_text_and_as_they_are_in_JSON()
    {
        var problem = Problem(s_awkward);
        Assert.Equal(["""a[""]""", "a[\" x\"]", "a[\"New York, NY\"]", "a[Ohio]", "a[\"[a]\"]", "a[\"say \\\"hi\\\"\"]", "a[\"tab\\t\\u0007\"]", "a[日本]"],
            Infer(problem).Draws.Layout.ElementNames.Where(n => n.StartsWith("a[", StringComparison.Ordinal)));
        var simulation = problem.Sample(50, 1, TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse(Written(simulation.WriteJson));
        var drawn = json.RootElement.EnumerateArray().SelectMany(d => d.GetProperty("next").EnumerateArray().Select(e => e.GetString()!)).ToHashSet();
        Assert.Equal(s_awkward.ToHashSet(), drawn);
        Assert.Contains("\"a[\"\"New York, NY\"\"]\"", Written(simulation.WriteCsv), StringComparison.Ordinal);
        Assert.Contains(",Ohio,", Written(simulation.WriteCsv), StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', Written(simulation.WriteTable));
        Assert.Contains("  Ohio", Written(simulation.WriteTable), StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulation_by_label_is_data_for_the_same_model()
    {
        var json = Written(Problem(s_awkward).Sample(1, 1, TestContext.Current.CancellationToken).WriteJson);
        using var folder = new Folder();
        var (data, drawn) = (folder.File("data.json", "{\"region\": " + JsonSerializer.Serialize(s_awkward) + "}"), folder.File("drawn.json", json.Trim()[1..^1]));
        Assert.Equal(["a", "b", "mu", "next", "w", "y"], Model.Compile(Text.Replace("b = 2 * a", "b ~ Normal(0, 1)", StringComparison.Ordinal)).Model
            .Condition(Data.Load(data, TestContext.Current.CancellationToken).With(Data.Load(drawn, TestContext.Current.CancellationToken)).With(Data.Of(new { b = 1 }))).Observed.Order());
    }

    [Fact]
    public void A_saved_result_keeps_labels_in_its_data_and_numbers_in_the_headers_of_its_chains()
    {
        using var folder = new Folder();
        var path = Path.Combine(folder.Root, "out");
        Infer(Problem("Texas", "Ohio", "Texas")).Save(path, "1", "test");
        Assert.Contains("\"region\": [\"Texas\", \"Ohio\", \"Texas\"]", File.ReadAllText(Path.Combine(path, "data.json")), StringComparison.Ordinal);
        Assert.Contains("\"next\": [null, \"Ohio\", \"Texas\"]", File.ReadAllText(Path.Combine(path, "data.json")), StringComparison.Ordinal);
        Assert.Contains(",mu,a.1,a.2,b.1,b.2,", File.ReadAllText(Path.Combine(path, "chain-1.csv")), StringComparison.Ordinal);
        Assert.Equal(["next", "y"], Model.Compile(Text).Model.Condition(Data.Load(Path.Combine(path, "data.json"), TestContext.Current.CancellationToken)).Observed.Order());
    }

    [Fact]
    public void Explain_shows_the_levels() =>
        Assert.Contains("levels\n  region: 2, Ohio, Texas\n", Problem("Texas", "Ohio", "Texas").Explain(), StringComparison.Ordinal);

    [Fact]
    public void Explain_shows_the_levels_that_the_model_lists_below_the_table_without_data_too()
    {
        var text = Model.Compile("g: category(\"low\", \"high\") ~ Categorical([0.5, 0.5])").Model.Explain();
        Assert.Contains("  g         random  category              observed\n", text, StringComparison.Ordinal);
        Assert.Contains("\nlevels\n  g: 2, low, high\n\nclass", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_label_may_be_given_or_fixed_by_itself()
    {
        var model = Model.Compile("input N: count = 2\nfor i in 1..N { g[i]: category(\"low\", \"high\") ~ Categorical([0.5, 0.5]) }\nx = g").Model;
        Assert.Equal([2.0], model.Condition(Data.Given("g[2]=high")).Conditioned[model.Graph.Find("g")!].Values[1..]);
        Assert.Equal("GM0343", Assert.Single(Assert.Throws<DataException>(() => model.Condition(Data.Given("g[2]=hihg"))).Diagnostics).Id);
        var simulation = model.Condition(Data.Empty).Sample(20, 1, Data.Given("g[1]=high"), TestContext.Current.CancellationToken);
        Assert.All(Enumerable.Range(0, 20), d => Assert.Equal(2, simulation.Draw(d, "g")[0]));
        Assert.Equal("GM0342", Assert.Single(Assert.Throws<DataException>(() => model.Condition(Data.Empty).Sample(1, 1, Data.Given("g[1]=up"), TestContext.Current.CancellationToken)).Diagnostics).Id);
        Assert.Equal("GM0353", Assert.Single(Assert.Throws<DataException>(() => model.Condition(Data.Given("N=two"))).Diagnostics).Id);
    }

    [Fact]
    public void A_column_of_text_that_no_one_names_is_not_remarked_on_but_an_assignment_to_an_unknown_name_is()
    {
        using var folder = new Folder();
        var model = Model.Compile("y ~ Normal(0, 1) ^ 2").Model;
        var table = Data.Load(folder.File("data.csv", "name,y\nBonn,1\nRome,2\n"), TestContext.Current.CancellationToken);
        Assert.Empty(model.Condition(table).Warnings);
        Assert.Equal("GM0320", Assert.Single(model.Condition(table.With(Data.Given("z=Bonn"))).Warnings).Id);
    }

    [Fact]
    public void Data_of_a_program_are_labels_whatever_their_type()
    {
        var model = Model.Compile("input a[2]: category\ninput b[2]: category\nx = a + b").Model;
        var conditioned = model.Condition(Data.Of(new { a = new bool?[] { true, false }, b = new[] { DayOfWeek.Sunday, DayOfWeek.Friday } })).Conditioned;
        Assert.Equal(["false", "true"], conditioned.LevelsOf(model.Graph.Find("a")!));
        Assert.Equal(["Friday", "Sunday"], conditioned.LevelsOf(model.Graph.Find("b")!));
        Assert.Equal("GM0358", Assert.Single(Assert.Throws<DataException>(() => Model.Compile("input a[1]\nx = a").Model.Condition(Data.Of(new { a = new[] { "text" } }))).Diagnostics).Id);
    }

    private sealed class Folder : IDisposable
    {
        public string Root { get; } = Directory.CreateTempSubdirectory("problang").FullName;

        public string File(string name, string text)
        {
            System.IO.File.WriteAllText(Path.Combine(Root, name), text);
            return Path.Combine(Root, name);
        }

        public void Dispose() => Directory.Delete(Root, recursive: true);
    }
}
