using ProbLang.Analysis;
using ProbLang.Numerics;
using ProbLang.Tests.Analysis;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Language;

/// <summary>What a model and its data come to, through the front door; data are assignments, as <c>y=[1, null]</c>.</summary>
internal static class Stated
{
    public static Model Compiled(string text)
    {
        var compilation = Model.Compile(text);
        Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
        return compilation.Model;
    }

    /// <summary>The messages of a model, whole; without advice on how it might be meant, which has tests of its own.</summary>
    public static string Mistakes(string text) => WithoutAdvice(Model.Compile(text).Diagnostics);

    /// <summary>The messages of a model and its data, whole.</summary>
    public static string Mistakes(string text, params string[] data)
    {
        Compiled(text).TryCondition(DataOf(data), out _, out var diagnostics);
        return WithoutAdvice(diagnostics);
    }

    private static string WithoutAdvice(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics.Where(d => string.CompareOrdinal(d.Id, "GM0500") < 0));

    /// <summary>Why the gradient engine does not take a model.</summary>
    public static string Objections(string text, params string[] data) => string.Join('\n', Assert.Throws<EngineException>(() => Conditioned(text, data).Prepare()).Diagnostics);

    public static Data DataOf(params string[] data) => data.Aggregate(Data.Empty, (all, one) => all.With(Data.Given(one)));

    public static Problem Conditioned(string text, params string[] data)
    {
        Assert.True(Compiled(text).TryCondition(DataOf(data), out var problem, out var diagnostics), string.Join('\n', diagnostics));
        return problem!;
    }

    /// <summary>A letter a cell: Undefined, Known, Observed, Latent, Predicted, Computed, computed Forward.</summary>
    public static string Roles(string text, string name, params string[] data) => Conditioned(text, data).Conditioned.Roles(name);

    public static int[] Shape(string text, string name, params string[] data) => [.. Conditioned(text, data).Conditioned.State(name).Shape];

    /// <summary>A computed quantity, or a draw of a random one.</summary>
    public static double[] Values(string text, string name, params string[] data) => Conditioned(text, data).Sample(1, 1).Draw(0, name).ToArray();

    public static double Value(string text, string name, params string[] data) => Assert.Single(Values(text, name, data));

    /// <summary>The value of an expression of constants.</summary>
    public static double Value(string expression) => Value($"x = {expression}", "x");

    /// <summary>By the slow evaluator, for values of the latents.</summary>
    public static double LogDensity(string text, string[] data, params (string Name, double[] Values)[] latents)
    {
        var model = Conditioned(text, data).Conditioned;
        return new Evaluator(model).LogDensity(latents.ToDictionary(l => model.Graph.Find(l.Name)!, l => l.Values));
    }

    public static double Normal(double x, double mean, double sd) => -0.5 * Math.Pow((x - mean) / sd, 2) - Math.Log(sd) - 0.5 * Math.Log(2 * Math.PI);
}
