using System.Text.RegularExpressions;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Syntax;
using Xunit;

namespace ProbLang.Tests.Docs;

/// <summary>
/// Every model in the documentation is compiled; one that is followed by data is run; one that is marked <c>wrong</c> gives the
/// messages that follow it, and one whose data are followed by an <c>answer</c> prints it.
/// </summary>
public class DocumentationTests
{
    private const string Fence = "^```(?<kind>[a-z ]*)\n(?<text>.*?)^```$";

    private sealed record Block(string Page, int Line, string Kind, string Text, string NextKind, string NextText, string Answer);

    private static IEnumerable<Block> Blocks()
    {
        var root = GeneratedFileTests.Root();
        string[] pages = [Path.Combine(root, "README.md"), Path.Combine(root, "CONTRIBUTING.md"), .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md").Order(StringComparer.Ordinal)];
        foreach (var page in pages)
        {
            var text = File.ReadAllText(page).ReplaceLineEndings("\n");
            var fences = Regex.Matches(text, Fence, RegexOptions.Multiline | RegexOptions.Singleline);
            for (var i = 0; i < fences.Count; i++)
            {
                var next = After(i);
                var answer = next is null ? null : After(i + 1);
                yield return new Block(Path.GetRelativePath(root, page), 1 + text.AsSpan(0, fences[i].Index).Count('\n'), fences[i].Groups["kind"].Value, fences[i].Groups["text"].Value,
                    next?.Groups["kind"].Value ?? "", next?.Groups["text"].Value ?? "", answer?.Groups["kind"].Value == "text answer" ? answer.Groups["text"].Value : "");
            }

            Match? After(int i) => i + 1 < fences.Count && text[(fences[i].Index + fences[i].Length)..fences[i + 1].Index].Trim().Length == 0 ? fences[i + 1] : null;
        }
    }

    public static TheoryData<string, int> Models() => Places(b => b.Kind == "gm");

    public static TheoryData<string, int> ModelsWithData() => Places(b => b.Kind == "gm" && b.NextKind == "json");

    public static TheoryData<string, int> ModelsWithAnswers() => Places(b => b.Kind == "gm" && b.NextKind == "json" && b.Answer.Length > 0);

    public static TheoryData<string, int> WrongModels() => Places(b => b.Kind == "gm wrong");

    private static TheoryData<string, int> Places(Func<Block, bool> isWanted)
    {
        var places = new TheoryData<string, int>();
        foreach (var block in Blocks().Where(isWanted)) places.Add(block.Page, block.Line);
        return places;
    }

    private static Block At(string page, int line) => Blocks().Single(b => b.Page == page && b.Line == line);

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_in_the_documentation_compiles_without_a_warning(string page, int line)
    {
        var compilation = Model.Compile(At(page, line).Text, Options);
        Assert.Equal("", string.Join('\n', compilation.Diagnostics));
        Assert.Equal("", string.Join('\n', compilation.Model.Check()));
    }

    [Theory]
    [MemberData(nameof(ModelsWithData))]
    public void A_model_with_data_runs(string page, int line)
    {
        var block = At(page, line);
        using var folder = new TemporaryData(block.NextText);
        var problem = Model.Compile(block.Text, Options).Model.Condition(Data.Load(folder.Path, TestContext.Current.CancellationToken));
        Assert.Equal("", string.Join('\n', problem.Warnings.Concat(problem.InferenceWarnings)));
        var posterior = problem.Infer(new Auto { Nuts = new Nuts { Seed = 1, Chains = 1, Warmup = 200, Draws = 50 } }, cancellation: TestContext.Current.CancellationToken);
        Assert.NotEmpty(posterior.Summary.Rows);
        Assert.All(posterior.Summary.Rows, r => Assert.True(double.IsFinite(r.Mean), r.Name));
    }

    [Theory]
    [MemberData(nameof(ModelsWithAnswers))]
    public void An_exact_answer_is_what_the_page_shows(string page, int line)
    {
        var block = At(page, line);
        using var folder = new TemporaryData(block.NextText);
        using var text = new StringWriter();
        Model.Compile(block.Text, Options).Model.Condition(Data.Load(folder.Path, TestContext.Current.CancellationToken)).Infer(new Exact(), TestContext.Current.CancellationToken).Write(text, SummaryForm.Table);
        Assert.Equal(block.Answer, text.ToString());
    }

    [Theory]
    [MemberData(nameof(WrongModels))]
    public void A_wrong_model_says_what_the_page_shows(string page, int line)
    {
        var block = At(page, line);
        Assert.Equal("text", block.NextKind);
        Assert.Equal(block.NextText.TrimEnd(), string.Join('\n', Model.Compile(block.Text, Options).Diagnostics));
    }

    /// <summary>The file that an example of the reference imports.</summary>
    private static CompileOptions Options => new() { ImportText = path => path == "growth.gm" ? "def logistic_growth(day, rate) = 1 / (1 + exp(-rate * day))" : null };

    [Fact]
    public void Everything_in_the_catalogs_says_what_it_is()
    {
        Assert.All(FunctionCatalog.All, f => Assert.EndsWith(".", f.Summary));
        Assert.All(DistributionCatalog.All, d => Assert.EndsWith(".", d.Summary));
        Assert.Equal(typeof(Statement).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Statement))).Order(s_byName), StatementCatalog.All.Select(s => s.Node).Order(s_byName));
    }

    private static readonly Comparer<Type> s_byName = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private sealed class TemporaryData : IDisposable
    {
        public TemporaryData(string json) => File.WriteAllText(Path, json);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"problang-{Guid.NewGuid():N}.json");

        public void Dispose() => File.Delete(Path);
    }
}
