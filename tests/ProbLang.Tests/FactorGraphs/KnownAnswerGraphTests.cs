using ProbLang.FactorGraphs;
using Xunit;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>
/// The factor graphs of models whose posteriors are known, without their data: NAME.structure beside NAME.gm. Set PROBLANG_ACCEPT=1 to write those
/// texts, then read them. That the posteriors are found is tested where there are engines.
/// </summary>
public class KnownAnswerGraphTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "ProbLang.Tests", "FactorGraphs", "KnownAnswers");

    public static TheoryData<string> Models => [.. Directory.GetFiles(s_folder, "*.gm").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    /// <summary>The examples that are for message passing, by the names of their data.</summary>
    public static TheoryData<string> Examples =>
    [
        "skill_league.csv", "bayes_point_machine.csv", "clinical_trial.json", "topics.json", "recommender.json", "answer_key.json", "student_skills.json", "coal_mining.csv", "tracking.csv",
    ];

    [Theory, MemberData(nameof(Models))]
    public void The_graph_of_a_model_is_the_text_beside_it(string model)
    {
        var stem = Path.Combine(s_folder, model);
        IsBeside(stem, Build(stem, stem + ".json"));
    }

    [Theory, MemberData(nameof(Examples))]
    public void The_graph_of_an_example_is_the_text_of_its_name(string data)
    {
        var name = Path.GetFileNameWithoutExtension(data);
        var stem = Path.Combine(Repository.Root, "examples", name, name);
        IsBeside(Path.Combine(s_folder, "Examples", name), Build(stem, stem + Path.GetExtension(data)));
    }

    [Fact]
    public void Data_are_not_structure()
    {
        var stem = Path.Combine(s_folder, "mean_and_precision");
        var model = Model.CompileFile(stem + ".gm").Model!;
        string Structure(double[] x) => FactorGraphBuilder.Of(model.Condition(Data.Of(new { x })).Conditioned, cancellation: TestContext.Current.CancellationToken).Graph!.Structure;
        Assert.Equal(Structure([1, 2, 3]), Structure([4, 5, 6, 7]));
    }

    private static FactorGraphBuild Build(string stem, string data)
    {
        var compilation = Model.CompileFile(stem + ".gm");
        Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
        return FactorGraphBuilder.Of(compilation.Model.Condition(File.Exists(data) ? Data.Load(data, TestContext.Current.CancellationToken) : Data.Empty).Conditioned, cancellation: TestContext.Current.CancellationToken);
    }

    private static void IsBeside(string stem, FactorGraphBuild build)
    {
        Assert.Empty(build.Objections);
        var text = build.Graph!.Structure;
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(stem)!);
            File.WriteAllText(stem + ".structure", text);
        }
        Assert.Equal(File.ReadAllText(stem + ".structure"), text, ignoreLineEndingDifferences: true);
    }
}
