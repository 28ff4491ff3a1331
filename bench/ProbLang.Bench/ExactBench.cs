using System.Diagnostics;
using System.Globalization;
using ProbLang.Inference;

namespace ProbLang.Bench;

/// <summary>Exact inference through the whole front, from the text of a model to its marginals: how a Boolean chain grows, a noisy or, and ALARM.</summary>
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
        int[] lengths = [1000, 3000, 10_000, 30_000];
        var times = Array.ConvertAll(lengths, steps => Row($"chain of {steps}", Chain, new { T = steps }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a chain's time grows as its length to the power of {Slope(times[0], times[^1], lengths[^1] / (double)lengths[0]):0.00}"));
        Row("noisy or of 20", NoisyOr, new { });
        Row("ALARM, 5 findings", Alarm(), new { HISTORY = "TRUE", CVP = "HIGH", PRESS = "HIGH", BP = "LOW", HRBP = "HIGH" });
        return 0;
    }

    /// <returns>The milliseconds of inference.</returns>
    private static double Row(string name, string text, object data)
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
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {best.Compile,10:0.0} {best.Condition,14:0.0} {best.Infer,10:0.0} {best.Bytes / 1e6,14:0.0}"));
        return best.Infer;
    }

    /// <summary>By what power of its length the time of a chain grows.</summary>
    private static double Slope(double near, double far, double ratio) => Math.Log(far / near) / Math.Log(ratio);

    /// <summary>The network ALARM of the examples.</summary>
    private static string Alarm()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "examples", "networks", "alarm.gm") is var path && File.Exists(path)) return File.ReadAllText(path);
        throw new FileNotFoundException("examples/networks/alarm.gm is above none of the folders of this program");
    }
}
