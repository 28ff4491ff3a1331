using System.Diagnostics;
using System.Text;
using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>Exact inference through the whole front, from the text of a model to its marginals: how a Boolean chain grows, a noisy or, and a network of the size of ALARM.</summary>
internal static class ExactBench
{
    private const string Chain = """
        input T: count
        x[1] ~ Bernoulli(0.3)
        for t in 2..T { x[t] ~ Bernoulli(if x[t-1] then 0.9 else 0.2) }
        y ~ Bernoulli(if x[T] then 0.8 else 0.1)
        given y
        """;

    private const string NoisyOr = "cause ~ Bernoulli(0.1) ^ 20\ny ~ Bernoulli(1 - prod(for i in 1..20: 1 - 0.04 * i * cause[i]))\ngiven y";

    public static int Measure()
    {
        Console.WriteLine("text to marginals of all elements");
        Console.WriteLine("                     compile ms   condition ms   infer ms   allocated MB");
        foreach (var steps in new[] { 1000, 10_000, 20_000 }) Row($"chain of {steps}", Chain, new { T = steps });
        Row("noisy or of 20", NoisyOr, new { });
        Row("37 variables", Network(), new { v4 = 1, v12 = 1, v20 = 1, v28 = 1, v37 = 1 });
        return 0;
    }

    private static void Row(string name, string text, object data)
    {
        var best = (Compile: double.MaxValue, Condition: double.MaxValue, Infer: double.MaxValue, Bytes: long.MaxValue);
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            var model = Model.Compile(text).Model;
            var compile = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            var problem = model.Condition(Data.Of(data));
            var condition = clock.Elapsed.TotalMilliseconds;
            clock.Restart();
            problem.Infer(new Exact());
            var infer = clock.Elapsed.TotalMilliseconds;
            best = (Math.Min(best.Compile, compile), Math.Min(best.Condition, condition), Math.Min(best.Infer, infer), Math.Min(best.Bytes, GC.GetAllocatedBytesForCurrentThread() - before));
        }
        Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name,-20} {best.Compile,10:0.0} {best.Condition,14:0.0} {best.Infer,10:0.0} {best.Bytes / 1e6,14:0.0}"));
    }

    /// <summary>A network of 37 variables of two to four values and 46 arcs, as many as ALARM has.</summary>
    private static string Network()
    {
        var random = new Random(4);
        var sizes = Enumerable.Range(0, 37).Select(_ => 2 + random.Next(6) / 3 + (random.Next(6) == 0 ? 1 : 0)).ToArray();
        var parents = sizes.Select(_ => new List<int>()).ToArray();
        for (var arcs = 0; arcs < 46;)
        {
            var child = random.Next(1, 37);
            var parent = random.Next(Math.Max(0, child - 9), child);
            if (parents[child].Contains(parent) || parents[child].Count == 4) continue;
            parents[child].Add(parent);
            arcs++;
        }
        var text = new StringBuilder();
        for (var v = 0; v < 37; v++)
        {
            var index = parents[v].Count == 0 ? "" : $"[{string.Join(", ", parents[v].Select(p => $"v{p + 1}"))}]";
            text.Append($"v{v + 1} ~ Categorical({Table(parents[v], 0, sizes[v])}{index})\n");
        }
        return text.ToString();

        string Table(List<int> of, int depth, int states)
        {
            if (depth < of.Count) return $"[{string.Join(", ", Enumerable.Range(0, sizes[of[depth]]).Select(_ => Table(of, depth + 1, states)))}]";
            var weights = Enumerable.Range(0, states).Select(_ => random.Next(1, 50)).ToArray();
            return $"[{string.Join(", ", weights.Select(w => $"{w}/{weights.Sum()}"))}]";
        }
    }
}
