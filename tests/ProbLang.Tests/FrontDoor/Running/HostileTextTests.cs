using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>Small texts that would take all time or memory. Under limits each ends in a clear error.</summary>
public class HostileTextTests
{
    private static readonly ResourceLimits s_limits = new() { Elements = 1_000_000, Bytes = 128L << 20, Time = TimeSpan.FromSeconds(2), Depth = 64 };

    private static readonly Dictionary<string, (string Text, object? Data)> s_hostile = new()
    {
        ["a huge power"] = ("x ~ Normal(0, 1) ^ 1000000000", null),
        ["a huge plate"] = ("for i in 1..1000000000 { x[i] ~ Normal(0, 1) }", null),
        ["a large plate"] = ("for i in 1..2000000 { x[i] ~ Normal(0, 1) }", null),
        ["plates in plates"] = ("for i in 1..100000 { for j in 1..100000 { x[i, j] ~ Normal(0, 1) } }", null),
        ["a size from the data"] = ("input n: count\nfor i in 1..n { for j in 1..i { x[i, j] ~ Normal(0, 1) } }", new { n = 2_000_000_000 }),
        ["ragged rows"] = ("input n: count\nfor i in 1..n { for j in 1..i * i { x[i, j] ~ Normal(0, 1) } }", new { n = 46_000 }),
        ["a product beyond whole numbers"] = ("input n: count\nfor i in 1..n { for j in 1..n { for k in 1..n { x[i, j, k] ~ Normal(0, 1) } } }", new { n = 65_536 }),
        ["an index beyond reach"] = ("x[2000000000] = 1", null),
        ["a huge matrix"] = ("input n: count\nm = [for i in 1..n: [for j in 1..n: 1.0]]\ny ~ Normal(m[1, 1], 1)", new { n = 100_000 }),
        ["sums of sums"] = ("y ~ Normal(sum([for i in 1..100000: sum([for j in 1..100000: i * j])]), 1)", null),
        ["sums of sums of sums"] = ("y ~ Normal(sum([for a in 1..3000: sum([for b in 1..3000: sum([for c in 1..3000: 1.0])])]), 1)", null),
        ["a large normal vector"] = ("input n: count\nx ~ MvNormal([for i in 1..n: 0.0], [for i in 1..n: [for j in 1..n: if i == j then 1.0 else 0.0]])\ny ~ Normal(x[1], 1)\ngiven y = 1", new { n = 3000 }),
        ["a table of all settings"] = ("for i in 1..60 { x[i] ~ Bernoulli(0.5) }\nfor i in 1..60 { for j in i + 1..60 { y[i, j] ~ Bernoulli(if x[i] == x[j] then 0.3 else 0.6)\n given y[i, j] = true } }", null),
        ["a sum of all settings"] = ("for i in 1..40 { x[i] ~ Bernoulli(0.5) }\ns = sum([for i in 1..40: if x[i] then i * i else 0])\ny ~ Normal(s, 1)\ngiven y = 3", null),
        ["a huge range"] = ("k ~ DiscreteUniform(1, 2000000000)\ny ~ Normal(k, 1)\ngiven y = 3", null),
        ["large ranges together"] = ("for i in 1..6 { k[i] ~ DiscreteUniform(1, 1000) }\ny ~ Normal(sum(k), 1)\ngiven y = 300", null),
        ["a huge count"] = ("k ~ Poisson(1e9)\ny ~ Normal(k, 1)\ngiven y = 3", null),
        ["wide categories"] = ("p = [for i in 1..3000: 1 / 3000]\nz ~ Categorical(p)\nw ~ Categorical(p) ^ 2\ny ~ Normal(z + w[1] * w[2], 1)\ngiven y = 4", null),
        ["functions that double"] = ("def f0(x) = x + 1\n" + Lines(40, i => $"def f{i}(x) = f{i - 1}(x) + f{i - 1}(x)") + "y ~ Normal(f40(1), 1)", null),
        ["random functions that double"] = ("def f0() {\n a ~ Normal(0, 1)\n return a\n}\n" + Lines(40, i => $"def f{i}() {{\n a ~ f{i - 1}()\n b ~ f{i - 1}()\n return a + b\n}}") + "y ~ f40()", null),
        ["parentheses"] = ($"y ~ Normal({new string('(', 200)}1{new string(')', 200)}, 1)", null),
        ["signs"] = ($"y ~ Normal({new string('-', 200)}1, 1)", null),
        ["blocks"] = (Lines(100, i => $"for i{i} in 1..1 {{") + "y ~ Normal(0, 1)" + new string('}', 100), null),
        ["a long chain"] = ("x[1] ~ Normal(0, 1)\nfor t in 2..900000 { x[t] ~ StudentT(3, x[t - 1], 1) }\ny ~ Normal(x[900000], 1)\ngiven y = 1", null),
        ["a giant net"] = ("net f = mlp(100000, [100000, 100000], 1)\nx ~ Normal(f([for i in 1..100000: 0.5])[1], 1)", new { x = 1 }),
        ["an import of what is elsewhere"] = ("import \"../../../../etc/passwd\"\nx ~ Normal(0, 1)", null),
        ["many unknowns"] = ("for i in 1..200000 { x[i] ~ Normal(0, 1)\n y[i] ~ StudentT(3, exp(x[i]), 1)\n given y[i] = 1 }", null),
    };

    public static TheoryData<string> Hostile => [.. s_hostile.Keys];

    [Theory, MemberData(nameof(Hostile))]
    public void A_hostile_text_ends_in_a_clear_error(string name)
    {
        var (text, data) = s_hostile[name];
        var error = Record.Exception(() => Answer(text, data));
        Assert.True(error is ResourceLimitException or DataException or EngineException or InvalidOperationException { Message.Length: > 0 }, $"{error?.GetType().Name ?? "an answer"}: {error?.Message}");
    }

    private static void Answer(string text, object? data)
    {
        var compilation = Model.Compile(text, new CompileOptions { Limits = s_limits }, TestContext.Current.CancellationToken);
        if (!compilation.Success) throw new InvalidOperationException(string.Join("\n", compilation.Diagnostics));
        var problem = compilation.Model.Condition(data is null ? Data.Empty : Data.Of(data), cancellation: TestContext.Current.CancellationToken);
        if (problem.Parameters.IsEmpty && problem.Objections(new MaximumLikelihood()) is not []) problem.Infer(new Auto { Nuts = new Nuts { Seed = 1 } }, cancellation: TestContext.Current.CancellationToken);
        else problem.Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
    }

    private static string Lines(int count, Func<int, string> line) => string.Concat(Enumerable.Range(1, count).Select(i => line(i) + "\n"));
}
