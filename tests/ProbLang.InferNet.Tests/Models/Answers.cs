using System.Collections.Concurrent;
using ProbLang.Inference;

namespace ProbLang.InferNet.Tests.Models;

/// <summary>The posteriors of models with known answers, each computed once.</summary>
internal static class Answers
{
    private static readonly ConcurrentDictionary<(string Model, string Engine), Lazy<MarginalPosterior>> s_posteriors = [];

    /// <summary>The posterior of a model, whose name further data may follow.</summary>
    public static MarginalPosterior Of(string model, string engine) => s_posteriors.GetOrAdd((model, engine), _ => new(() => Infer(Problem(model), engine))).Value;

    /// <summary>The posterior of an example, by the name of its data.</summary>
    public static MarginalPosterior Example(string data, string engine) => s_posteriors.GetOrAdd((data, engine), _ => new(() =>
    {
        var name = Path.GetFileNameWithoutExtension(data);
        var folder = Path.Combine(Repository.Examples, name);
        return Infer(Checked(ProbLang.Model.CompileFile(Path.Combine(folder, name + ".gm"))).Condition(Data.Load(Path.Combine(folder, data), TestContext.Current.CancellationToken)), engine);
    })).Value;

    public static Problem Problem(string model)
    {
        var (name, further) = model.Split(' ') is [var first, var rest] ? (first, rest) : (model, null);
        var stem = Path.Combine(Repository.KnownAnswers, name);
        var data = File.Exists(stem + ".json") ? Data.Load(stem + ".json", TestContext.Current.CancellationToken) : Data.Empty;
        return Checked(ProbLang.Model.CompileFile(stem + ".gm")).Condition(further is null ? data : data.With(Data.Given(further)));
    }

    public static ProbLang.Model Checked(ProbLang.Compilation compilation)
    {
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model;
    }

    public static MarginalPosterior Infer(Problem problem, string engine) => engine == "exact"
        ? problem.Infer(new Exact(), TestContext.Current.CancellationToken)
        : problem.Infer(Solve.Engine(engine), null, TestContext.Current.CancellationToken);
}
