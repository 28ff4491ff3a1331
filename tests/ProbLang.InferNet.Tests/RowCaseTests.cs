using System.Collections.Concurrent;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Tests.FactorGraphs;

namespace ProbLang.InferNet.Tests;

/// <summary>The table of constructs against the engines themselves: what is allowed is as near to the truth as it says, and what is refused fails or is wrong.</summary>
public sealed class RowCaseTests
{
    private const int Draws = 100_000;

    private static readonly ConcurrentDictionary<string, Lazy<(double, double)[]>> s_sampled = [];

    public static TheoryData<string, FactorAlgorithm> Allowed => Rows(e => e.IsAllowed);

    public static TheoryData<string, FactorAlgorithm> Refused => Rows(e => e.Refused is "throws" or "wrong");

    [InferNetTheory, MemberData(nameof(Allowed))]
    public void What_is_allowed_is_as_near_to_the_truth_as_the_table_says(string name, FactorAlgorithm algorithm)
    {
        var @case = RowCases.All[name];
        var expected = @case[algorithm];
        var farthest = expected.Mark == "~" ? 0.6 : 0.15;
        foreach (var (mean, deviation, truth) in Compare(@case, algorithm))
        {
            // What is certain is certain in both.
            if (truth.Deviation < 1e-6)
            {
                Assert.Equal(truth.Mean, mean, 1e-6);
                continue;
            }
            Assert.True(Math.Abs(mean - truth.Mean) <= farthest * truth.Deviation, $"mean {mean}, not {truth.Mean} ± {truth.Deviation}");
            Assert.InRange(deviation * deviation / (truth.Deviation * truth.Deviation), expected.Least, expected.Greatest);
        }
    }

    [InferNetTheory, MemberData(nameof(Refused))]
    public void What_is_refused_fails_or_is_wrong(string name, FactorAlgorithm algorithm)
    {
        var @case = RowCases.All[name];
        if (@case[algorithm].Refused == "throws") Assert.ThrowsAny<Exception>(() => Solve(@case, algorithm));
        else Assert.True(FailsOrMisleads(@case, algorithm));
    }

    /// <summary>A sampler that cannot move may as well not find a place to start from.</summary>
    private static bool FailsOrMisleads(RowCase @case, FactorAlgorithm algorithm)
    {
        try
        {
            return Compare(@case, algorithm).Exists(c => Math.Abs(c.Mean - c.Truth.Mean) > 0.1 * c.Truth.Deviation || Math.Pow(c.Deviation / c.Truth.Deviation, 2) is < 0.8 or > 1.25);
        }
        catch (FactorGraphException)
        {
            return true;
        }
    }

    private static TheoryData<string, FactorAlgorithm> Rows(Func<RowExpectation, bool> predicate)
    {
        var rows = new TheoryData<string, FactorAlgorithm>();
        foreach (var @case in RowCases.All.Values)
            foreach (var algorithm in Enum.GetValues<FactorAlgorithm>())
                if (predicate(@case[algorithm])) rows.Add(@case.Name, algorithm);
        return rows;
    }

    private static List<(double Mean, double Deviation, (double Mean, double Deviation) Truth)> Compare(RowCase @case, FactorAlgorithm algorithm)
    {
        var (means, deviations) = Solve(@case, algorithm);
        var truth = @case.Truth ?? s_sampled.GetOrAdd(@case.Name, _ => new(() => Sampled(@case))).Value;
        Assert.Equal(truth.Length, means.Count);
        return [.. means.Zip(deviations, truth)];
    }

    private static (double, double)[] Sampled(RowCase @case)
    {
        var (means, deviations, effective) = LikelihoodWeighting.Posterior(@case.Read(), Draws);
        Assert.True(effective > 100, $"only {effective} effective draws");
        return [.. means.Zip(deviations)];
    }

    private static (List<double> Means, List<double> Deviations) Solve(RowCase @case, FactorAlgorithm algorithm)
    {
        var graph = @case.Read();
        MessagePassing engine = algorithm switch
        {
            FactorAlgorithm.ExpectationPropagation => new ExpectationPropagation { Evidence = false, Iterations = 500 },
            FactorAlgorithm.VariationalMessagePassing => new VariationalMessagePassing { Evidence = false, Iterations = 500 },
            _ => new GibbsSampling { Evidence = false, Iterations = @case.Sweeps },
        };
        var solution = engine.Solve(graph, null, TestContext.Current.CancellationToken);
        var (means, deviations) = (new List<double>(), new List<double>());
        foreach (var query in graph.Queries)
            foreach (var belief in solution.Beliefs[query]) BeliefMoments.Of(belief, means, deviations);
        return (means, deviations);
    }
}
