using System.Text.RegularExpressions;
using ProbLang.Analysis;
using ProbLang.Tests.Programs;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Warnings that take data, and how warnings are silenced.</summary>
public partial class WarningTests
{
    [Fact]
    public void An_unknown_that_no_data_inform_is_reported() => Assert.Equal("""
        model.gm:2:1: warning GM0501: nothing observed depends on `b`: its posterior is its prior
          2 | b ~ Normal(0, 1)
            | ^
          = use it in what the data are to explain, or leave it out
        """, Warnings("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ny ~ Normal(a, 1)", new { y = 1.0 }));

    [Theory]
    // What is predicted from something that the data inform is what was asked for.
    [InlineData("a ~ Normal(0, 1)\ny ~ Normal(a, 1)\nnew ~ Normal(a, 1)", "y=1")]
    [InlineData("a ~ Normal(0, 1)\nfor i in 1..3 { y[i] ~ Normal(a, 1) }", "y=[1, null, 2]")]
    [InlineData("a ~ Normal(0, 1)\nb ~ Normal(0, 1)\ny ~ Normal(a, 1)\ngiven a < b", "y=1")]
    [InlineData("a ~ Normal(0, 1)\nfactor -a^2")]
    [InlineData("a ~ Normal(0, 1)\nx ~ Normal(0, 1) ^ 2\ny ~ Normal(a * x, 1)", "x=[1, null]", "y=[1, null]")]
    public void What_the_data_inform_or_predict_is_not_reported(string text, params string[] data) =>
        Assert.Equal("", string.Join('\n', Problem(text, data.Aggregate(Data.Empty, (all, given) => all.With(Data.Given(given)))).InferenceWarnings));

    [Fact]
    public void That_nothing_is_observed_is_reported() => Assert.Equal("""
        model.gm:2:1: warning GM0507: nothing is observed: the posterior is the prior
          2 | y ~ Normal(a, 1)
            | ^
          = give data, such as of `y`, on which nothing else depends
        """, Warnings("a ~ Normal(0, 1)\ny ~ Normal(a, 1)", new { }));

    [Fact]
    public void A_probability_that_can_leave_its_range_is_reported() => Assert.Equal("""
        model.gm:4:34: warning GM0505: the p of Bernoulli can leave 0 to 1 for `y[1]`: what is not known lets it be any number
          4 | for i in 1..N { y[i] ~ Bernoulli(a + 0.1 * x[i]) }
            |                                  ^^^^^^^^^^^^^^
          = write `logit: …`, which may be any number, or bound what goes into it
        """, Warnings("input N: count\ninput x[N]\na ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Bernoulli(a + 0.1 * x[i]) }", new { x = new[] { 1.0, 2 }, y = new[] { 1, 0 } }));

    [Theory]
    [InlineData("p", "")]
    [InlineData("p * x[i]", "y[2]: what is not known lets it be anything from 0 to 2")]
    [InlineData("0.5 * p + 0.5", "")]
    [InlineData("1 - p", "")]
    [InlineData("p - 0.5", "y[1]: what is not known lets it be anything from -0.5 to 0.5")]
    [InlineData("q", "y[1]: what is not known lets it be anything above 0")]
    [InlineData("exp(-q)", "")]
    [InlineData("logistic(3 * q - 1)", "")]
    [InlineData("p / (p + q)", "")]
    [InlineData("p * p", "")]
    [InlineData("w[1] + w[2]", "")]
    [InlineData("t / 2", "y[1]: what is not known lets it be anything from 0.5 to 1.5")]
    [InlineData("if x[i] > 1 then p else q", "")]
    [InlineData("d[i]", "y[2]: what is not known lets it be anything from 0.2 to 1.2")]
    public void Ranges_are_exact_or_say_nothing(string probability, string expected)
    {
        var text = $$"""
            input x[2]
            p ~ Uniform(0, 1)
            q ~ HalfNormal(1)
            t ~ Normal(2, 1) truncated (1, 3)
            w ~ Dirichlet([1, 1, 1])
            for i in 1..2 { d[i] = p + 0.1 * x[i] * (x[i] - 1) }
            for i in 1..2 { y[i] ~ Bernoulli({{probability}}) }
            """;
        var found = Problem(text, Data.Of(new { x = new[] { 1.0, 2 }, y = new[] { 1, 0 } })).InferenceWarnings.Where(d => d.Id == "GM0505").Select(d => d.Message.Split("for `")[1].Replace("`", "", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join('\n', found));
    }

    [Theory]
    [InlineData("y ~ Bernoulli(0.5 + X @ b)", "y`: what is not known lets it be anything from -0.5 to 1.5")]
    [InlineData("for i in 1..2 { y[i] ~ Bernoulli(dot(X[i], b)) }", "y[1]`: what is not known lets it be anything from -0.5 to 0.5")]
    [InlineData("x = [0.2, 0.3]\nfor i in 1..2 { y[i] ~ Bernoulli(0.5 + dot(x, b)) }", null)]
    [InlineData("x = [0.5, 0.5]\nfor i in 1..2 { y[i] ~ Bernoulli(0.5 + dot(x, b)) }", "y[1]`: what is not known lets it be anything from -0.5 to 1.5")]
    public void Products_with_known_numbers_have_ranges(string statement, string? part)
    {
        var warnings = Problem($"input X[2, 2]\nb ~ Uniform(-1, 1) ^ 2\n{statement}\ng ~ Normal(X @ b, 1)", Data.Of(new { X = new[,] { { 0.25, 0.25 }, { 0.5, 0.5 } }, y = new[] { 1, 0 } })).InferenceWarnings;
        if (part is null) Assert.Empty(warnings);
        else Assert.EndsWith(part, Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_discrete_unknown_with_too_many_values_is_reported() => Assert.Equal("""
        model.gm:1:1: warning GM0506: `n` is discrete and unknown, and the sum over its 5001 values may take long
          1 | n ~ DiscreteUniform(0, 5000)
            | ^
          = observe it, or bound it more closely: `truncated (0, 100)`
        """, Warnings("n ~ DiscreteUniform(0, 5000)\ny ~ Normal(n, 1)", new { y = 3.0 }));

    [Theory]
    [InlineData("n ~ Binomial(5000, 0.5)", "its 5001 values")]
    [InlineData("n ~ Binomial(10, 0.5)", null)]
    [InlineData("n ~ Poisson(20)", null)]
    [InlineData("n ~ Poisson(20) truncated (0, 100)", null)]
    public void A_discrete_unknown_with_few_values_is_not_too_large(string statement, string? part)
    {
        var warnings = Problem($"{statement}\ny ~ Normal(n, 1)", Data.Of(new { y = 3.0 })).InferenceWarnings;
        if (part is null) Assert.Empty(warnings);
        else Assert.Contains(part, Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_silenced_warning_of_the_model_is_left_out()
    {
        const string Text = "input unused\nmu ~ Normal(0, 1000)\ny ~ Normal(mu, 1)";
        Assert.Equal(["GM0214", "GM0502"], Model.Compile(Text).Diagnostics.Select(d => d.Id));
        Assert.Equal(["GM0214"], Model.Compile(Text, new CompileOptions { Silenced = ["GM0502"] }).Diagnostics.Select(d => d.Id));
        Assert.Empty(Model.Compile(Text, new CompileOptions { Silenced = ["GM0502", "GM0214"] }).Diagnostics);
    }

    [Fact]
    public void A_silenced_warning_of_the_data_is_left_out()
    {
        const string Text = "tau ~ HalfNormal(1)\nb ~ Normal(0, 1)\ny ~ Normal(0, tau)";
        var data = Data.Of(new { y = 1.0, tau = 2.0 });
        Assert.Equal(["GM0321"], Model.Compile(Text).Model.Condition(data).Warnings.Select(d => d.Id).Distinct());
        Assert.Empty(Model.Compile(Text, new CompileOptions { Silenced = ["GM0321"] }).Model.Condition(data).Warnings);
        var problem = Model.Compile(Text).Model.Condition(data, new ConditionOptions { Silenced = ["GM0321", "GM0501"] });
        Assert.Empty(problem.Warnings);
        Assert.Empty(problem.InferenceWarnings);
    }

    [Theory]
    [InlineData("gm0501", "there is no warning `gm0501`: did you mean `GM0501`?")]
    [InlineData("GM0201", "there is no warning `GM0201`; there are GM0136, ")]
    public void Only_warnings_can_be_silenced(string id, string message)
    {
        Assert.StartsWith(message, WarningCatalog.Objection(id), StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Model.Compile("x = 1", new CompileOptions { Silenced = [id] })).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => Model.Compile("x = 1").Model.Condition(Data.Empty, new ConditionOptions { Silenced = [id] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_catalog_has_every_warning_and_the_reference_names_it()
    {
        var written = Directory.GetFiles(Path.Combine(Root, "src", "ProbLang"), "*Diagnostics*.cs", SearchOption.AllDirectories)
            .SelectMany(f => WarningCall().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(written, WarningCatalog.All.Select(w => w.Id));
        var reference = File.ReadAllText(Path.Combine(Root, "docs", "language.md"));
        Assert.All(WarningCatalog.All, w => Assert.Contains($"| `{w.Id}` | {w.Summary} |", reference, StringComparison.Ordinal));
    }

    public static TheoryData<string> Cases => [.. ProgramCases.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_model_that_fits_its_data_has_no_mistake_without_them(string name)
    {
        var model = ProgramCases.Model(name);
        Assert.Equal("", string.Join('\n', ConstantPart.Mistakes(model.Graph)));
        Assert.All(InferenceWarnings.Of(model), w => Assert.Equal(Severity.Warning, w.Severity));
    }

    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Path.Combine(Root, "examples")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_gives_no_warning(string name)
    {
        var folder = Path.Combine(Root, "examples", name);
        string[] models = Directory.GetFiles(folder, "*.gm"), data = [.. Directory.GetFiles(folder).Where(f => Path.GetExtension(f) is ".json" or ".csv" or ".tsv")];
        foreach (var path in models)
        {
            var compilation = Model.CompileFile(path);
            Assert.Empty(compilation.Diagnostics);
            Assert.Empty(compilation.Model.Check());
            // Where several models share a folder, each has data of its own there, in one table or in two.
            var problems = models.Length == 1 ? [.. data.Select(d => compilation.Model.Condition(Data.Load(d, TestContext.Current.CancellationToken)))] : data.Select(d => Fitting(compilation.Model, Data.Load(d, TestContext.Current.CancellationToken))).OfType<Problem>().ToArray();
            if (problems.Length == 0) problems = [.. data.SelectMany(a => data.Where(b => b != a).Select(b => Fitting(compilation.Model, Data.Load(a, TestContext.Current.CancellationToken).With(Data.Load(b, TestContext.Current.CancellationToken))))).OfType<Problem>()];
            Assert.True(problems.Length > 0 || data.Length == 0, $"no data go with {path}");
            foreach (var problem in problems)
            {
                Assert.Empty(problem.Warnings);
                Assert.Empty(problem.InferenceWarnings);
            }
        }
    }

    private static Problem? Fitting(Model model, Data data) =>
        model.TryCondition(data, out var problem, out var diagnostics) && !diagnostics.Any(d => d.Id == "GM0320") ? problem : null;

    [Theory]
    [InlineData("s = -1\nx ~ Normal(0, s)", "GM0309 the sd of Normal is -1 for `x`, but must be positive")]
    [InlineData("p = 0.6 + 0.6\nfor i in 1..3 { x[i] ~ Bernoulli(p) }", "GM0309 the p of Bernoulli is 1.2 for `x[1]`, but must be from 0 to 1")]
    [InlineData("w = [0.5, 0.6]\nx ~ Categorical(w)", "GM0334 the p of Categorical add up to 1.1 for `x`, but must add up to 1")]
    [InlineData("a = [1, 2, 3]\nfor i in 1..5 { y[i] ~ Normal(a[i], 1) }", "GM0315 `a[4]` is used here, but `a` has 3 elements")]
    [InlineData("for i in 1..3 { x[i - 2] ~ Normal(0, 1) }", "GM0311 this defines `x` at -1, but indices start at 1")]
    [InlineData("for i in 1..3 { x[i] ~ Normal(0, 1) }\nfor i in 3..4 { x[i] ~ Normal(0, 1) }", "GM0310 `x[3]` is defined twice")]
    [InlineData("n = 2\nm = 3\na = ones(n) + ones(m)\nx ~ Normal(a, 1)", "GM0326 shapes do not agree: `ones(n)` has 2, `ones(m)` has 3")]
    [InlineData("S = [[1, 2], [2, 1]]\nx ~ MvNormal([0, 0], S)", "GM0336 the covariance of MvNormal is not positive definite")]
    [InlineData("for t in 1..3 { x[t] = x[t % 3 + 1] }", "GM0316 `x[1]` depends on itself")]
    public void What_constants_decide_is_checked_without_data(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', Compiled(text).Check().Select(d => $"{d.Id} {d.Message}")));

    [Theory]
    [InlineData("input s\nx ~ Normal(0, s - 5)")]
    [InlineData("input N: count = -1\nfor i in 1..N { x[i] ~ Normal(0, 1) }")]
    [InlineData("for t in 2..5 { y[t] ~ Normal(y[t-1], 1) }")]
    [InlineData("for t in 1..5 { y[t] ~ Normal(y[t+1], 1) }")]
    [InlineData("c ~ Bernoulli(0.5)\nif c { x ~ Normal(0, 1) } else { y ~ Normal(0, 1) }")]
    [InlineData("z ~ Categorical([0.5, 0.5])\nm = [1, 2]\ny ~ Normal(m[z], 1)")]
    [InlineData("x ~ Poisson(3)\ny ~ Normal(x, 1)")]
    [InlineData("net f = mlp(hidden: [4])\nx ~ Normal(0, 1) ^ 2\ny = f(x)\nz ~ Normal(0, 1)")]
    public void What_data_may_cure_is_not_checked_without_them(string text) => Assert.Empty(Compiled(text).Check());

    [Fact]
    public void Shapes_that_differ_are_shown_with_the_names_of_their_dimensions() => Assert.Equal("""
        model.gm:4:12: error GM0326: shapes do not agree: `a` has N = 2, `b` has j = 3
          4 | y ~ Normal(a + b, 1)
            |            ^^^^^
        """, string.Join('\n', Mistakes("input N: count\ninput a[N]\nfor j in 1..3 { b[j] ~ Normal(0, 1) }\ny ~ Normal(a + b, 1)", new { a = new[] { 1.0, 2 } })));

    private static IEnumerable<Diagnostic> Mistakes(string text, object data)
    {
        Assert.False(Compiled(text).TryCondition(Data.Of(data), out _, out var diagnostics));
        return diagnostics;
    }

    private static Model Compiled(string text)
    {
        var compilation = Model.Compile(text);
        Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
        return compilation.Model;
    }

    private static Problem Problem(string text, Data data) => Compiled(text).Condition(data);

    private static string Warnings(string text, object data) => string.Join('\n', Problem(text, Data.Of(data)).InferenceWarnings);

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "ProbLang.sln"))) folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    [GeneratedRegex("Warning\\(\"(GM[0-9]{4})\"")]
    private static partial Regex WarningCall();
}
