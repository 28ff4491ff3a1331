using System.Collections.Concurrent;
using System.Globalization;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>A random small model with data that it makes itself, some of them missing.</summary>
internal sealed record RandomModel(string Text, IReadOnlyList<string> Data, IReadOnlyCollection<Construct> Constructs)
{
    /// <summary>How many of them the tests look at, numbered from 1.</summary>
    public const int Count = 40;

    private const double Missing = 0.1;
    private const int Effective = 10_000;
    private const int MostDraws = 400_000;

    private static readonly ConcurrentDictionary<int, Lazy<Reference>> s_references = [];

    /// <summary>The posterior of a model by importance sampling, computed once.</summary>
    public static Reference Reference(int number) =>
        s_references.GetOrAdd(number, n => new(() => LikelihoodWeighting.Of(Of(n).Problem().Conditioned, (ulong)n + 1000, Effective, MostDraws, TestContext.Current.CancellationToken))).Value;

    public static RandomModel Of(int number)
    {
        var writer = new ModelWriter((ulong)number);
        // The themes take turns, so that each has its share; a second one, which may build on the first, is chosen at random.
        Themes.All[number % Themes.All.Count](writer);
        if (number >= Themes.All.Count || writer.Chance(0.3)) Themes.All[writer.Pick(Themes.All.Count)](writer);
        return new RandomModel(writer.Text, [.. writer.Inputs, .. Drawn(writer, (ulong)number)], writer.Constructs);
    }

    /// <summary>How well an algorithm is known to do; null where it does not take the model.</summary>
    public Accuracy? Of(FactorAlgorithm algorithm) => Constructs.Select(c => c.Of(algorithm)).Aggregate((Accuracy?)Accuracy.Equal, (a, b) => b is { } next ? a?.With(next) : null);

    public Problem Problem() => Compile(Text).Condition(Data.Select(d => ProbLang.Data.Given(d)).Aggregate((a, b) => a.With(b)));

    /// <summary>The model and its data, for whoever has to find out what is wrong.</summary>
    public override string ToString() => $"{Text}\n{string.Join('\n', Data)}";

    /// <summary>A draw of what is observed, as the model has it, with some cells left open.</summary>
    private static IEnumerable<string> Drawn(ModelWriter writer, ulong seed)
    {
        var inputs = writer.Inputs.Select(d => ProbLang.Data.Given(d)).Aggregate(ProbLang.Data.Empty, (a, b) => a.With(b));
        var simulation = Compile(writer.Text).Condition(inputs).Sample(1, seed);
        foreach (var name in writer.Observed)
        {
            var shape = simulation.Layout.Find(name)!.Shape;
            var cells = simulation.Draw(0, name).ToArray();
            yield return $"{name}=[{string.Join(", ", shape.Length == 1 ? cells.Select((x, i) => i > 0 && !writer.Whole.Contains(name) && writer.Chance(Missing) ? "null" : Text(x)) : cells.Chunk(shape[1]).Select(row => $"[{string.Join(", ", row.Select(Text))}]"))}]";
        }

        static string Text(double x) => Math.Round(x, 3).ToString(CultureInfo.InvariantCulture);
    }

    private static ProbLang.Model Compile(string text)
    {
        var compilation = ProbLang.Model.Compile(text);
        if (!compilation.Success) throw new InvalidOperationException($"{text}\n{string.Join('\n', compilation.Diagnostics)}");
        return compilation.Model;
    }
}
