using ProbLang.Inference;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>The front door, as the tests use it.</summary>
internal static class Inferring
{
    public static Nuts Options(ulong seed) => new() { Seed = seed, Chains = 4, Warmup = 1000, Draws = 1000, Threads = 2 };

    public static Model File(string name) => Checked(Model.CompileFile(Path.Combine(Repository.Models, name + ".gm")));

    public static Model Text(string text) => Checked(Model.Compile(text));

    public static Problem Problem(string text, object data) => Text(text).Condition(Data.Of(data));

    public static SampledPosterior Run(string text, object data, ulong seed = 1) => Problem(text, data).Infer(Options(seed), null, TestContext.Current.CancellationToken);

    private static Model Checked(Compilation compilation)
    {
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model;
    }
}
