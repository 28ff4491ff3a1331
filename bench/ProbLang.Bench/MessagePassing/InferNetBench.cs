using System.Diagnostics;
using System.Globalization;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.InferNet;

namespace ProbLang.Bench;

/// <summary>Message passing from the text of a model beside the same model written by hand for Infer.NET, in turn, with the same number of iterations.</summary>
internal static class InferNetBench
{
    private const int Rounds = 9, Iterations = 50;

    public static int Measure()
    {
        Console.WriteLine("ms; inference with evidence, medians of runs in turn; `added` is all that comes before Infer.NET's compiler, the first time in the process and later");
        Console.WriteLine("                         iterations    by hand     engine   ratio   added first   later");
        foreach (var model in ComparedModels.All) Row(model);
        return 0;
    }

    private static void Row(ComparedModel model)
    {
        var first = Added(model);
        var added = Enumerable.Range(0, 5).Select(_ => Added(model)).Min();
        var graph = GraphOf(model);
        var engine = EngineOf(model);
        engine.Solve(graph, null, CancellationToken.None);
        var byHand = model.ByHand();
        var (hand, ours) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            hand.Add(Time(() => byHand.Run(Iterations)));
            ours.Add(Time(() => engine.Solve(graph, null, CancellationToken.None)));
        }
        var (a, b) = (Median(hand), Median(ours));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.Name,-24} {Iterations,10} {a,10:0.00} {b,10:0.00} {b / a,7:0.00} {first,13:0.0} {added,7:0.0}"));
    }

    // From the text with data to a model of Infer.NET, of which writing by hand has the last part too.
    private static double Added(ComparedModel model) => Time(() =>
    {
        var graph = GraphOf(model);
        GC.KeepAlive(graph.Structure);
        GC.KeepAlive(new InferNet.Model(graph, withEvidence: true));
        Microsoft.ML.Probabilistic.Models.Variable.CloseAllBlocks();
    });

    private static FactorGraph GraphOf(ComparedModel model)
    {
        var graph = ProbLang.Model.Compile(model.Text).Model.Condition(model.Data).FactorGraph.Plan(EngineOf(model).Algorithm).Graph;
        // What nobody asked for by hand is not asked for here either.
        return new FactorGraph(graph.Name, graph.Variables, graph.Ranges, graph.Statements, [.. graph.Queries.Where(q => model.Queries.Contains(q.Name))]);
    }

    private static MessagePassing EngineOf(ComparedModel model) => model.IsVariational
        ? new VariationalMessagePassing { Iterations = Iterations, Tolerance = 0 }
        : new ExpectationPropagation { Iterations = Iterations, Tolerance = 0 };

    private static double Time(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
