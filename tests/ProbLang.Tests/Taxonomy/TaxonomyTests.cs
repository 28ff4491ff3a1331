using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Taxonomy;

/// <summary>
/// Models of all families and their near misses, each with its data. What is expected stands in the models: the class, the family and the objective in the lines
/// at the top, and the line that decides is marked.
/// </summary>
public class TaxonomyTests
{
    private static readonly string s_folder = Path.Combine(FactorGraphs.Repository.Root, "tests", "ProbLang.Tests", "Taxonomy", "Models");

    public static TheoryData<string> Models => [.. Directory.GetFiles(s_folder, "*.gm").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_corpus_is_of_all_families_and_their_near_misses()
    {
        Assert.True(Models.Count >= 60, $"{Models.Count}");
        var families = Directory.GetFiles(s_folder, "*.gm").Select(f => Said(File.ReadAllLines(f), "family")).ToHashSet();
        Assert.Superset(new HashSet<string> { "autoregressive model", "normalizing flow", "variational autoencoder", "energy-based model", "diffusion model", "generative adversarial network" }, families);
    }

    [Theory, MemberData(nameof(Models))]
    public void A_model_with_its_data_stands_where_it_says(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(s_folder, name + ".gm"));
        var model = Model.CompileFile(Path.Combine(s_folder, name + ".gm")).Model;
        var found = ClassOf(model, Data.Load(Path.Combine(s_folder, name + ".json"), TestContext.Current.CancellationToken));
        Assert.Equal((Said(lines, "class"), Said(lines, "family"), Said(lines, "objective"), DecidingLine(lines)),
            (found.Name, found.Family ?? "none", found.Taken!.Name, found.Decided?.Line));
    }

    [Theory, MemberData(nameof(Models))]
    public void Every_objective_applies_or_says_why_it_does_not(string name)
    {
        var found = ClassOf(Model.CompileFile(Path.Combine(s_folder, name + ".gm")).Model, Data.Load(Path.Combine(s_folder, name + ".json"), TestContext.Current.CancellationToken));
        Assert.Equal(7, found.Objectives.Length);
        Assert.All(found.Objectives, o => Assert.True(o.Applies || o.WhyNot!.Length > 10));
        Assert.Contains(found.Objectives, o => o.Applies);
    }

    [Theory, MemberData(nameof(Models))]
    public void An_explanation_says_so(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(s_folder, name + ".gm"));
        var model = Model.CompileFile(Path.Combine(s_folder, name + ".gm")).Model;
        Assert.True(model.TryExplain(Data.Load(Path.Combine(s_folder, name + ".json"), TestContext.Current.CancellationToken), out var text, out var diagnostics), string.Join('\n', diagnostics));
        Assert.Contains($"class: {Said(lines, "class")}\n", text, StringComparison.Ordinal);
        if (DecidingLine(lines) is { } line) Assert.Contains($"(line {line})", text, StringComparison.Ordinal);
        if (lines.Any(l => l.StartsWith("param ", StringComparison.Ordinal) || l.StartsWith("net ", StringComparison.Ordinal))) Assert.Contains($"objective: {Said(lines, "objective")}", text, StringComparison.Ordinal);
    }

    private static ModelClass ClassOf(Model model, Data data) => model.TryCondition(data, out var problem, out var diagnostics) ? problem!.Class
        : Conditioner.Condition(model.Graph, data.Reading.Data).Class ?? throw new Xunit.Sdk.XunitException(string.Join('\n', diagnostics));

    private static string Said(string[] lines, string what) => lines.First(l => l.StartsWith($"// {what}: ", StringComparison.Ordinal))[(what.Length + 5)..];

    private static int? DecidingLine(string[] lines) => Array.FindIndex(lines, l => l.EndsWith("// decides", StringComparison.Ordinal)) is >= 0 and var line ? line + 1 : null;
}
