using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>Elimination gives what going through all assignments gives.</summary>
public class RandomNetworkTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Random_networks_have_the_answers_of_brute_force(int block)
    {
        const int Each = 40;
        var possible = 0;
        for (var seed = block * 1000; seed < block * 1000 + Each; seed++)
            if (Agree(seed)) possible++;
        // 200 in all.
        Assert.True(possible >= 25, $"only {possible} of {Each} are possible");
    }

    private static bool Agree(int seed)
    {
        var text = RandomNetwork.Text(seed);
        var compiled = Model.Compile(text);
        Assert.True(compiled.Success, $"{seed}\n{text}\n{string.Join('\n', compiled.Diagnostics)}");
        ConditionedModel model;
        try
        {
            model = compiled.Model.Condition(Data.Empty).Conditioned;
        }
        catch (DataException)
        {
            // A fact about a single quantity that cannot be is found before anything is summed.
            return false;
        }
        var brute = new BruteForceSolution(model);
        if (brute.Count == 0)
        {
            Assert.StartsWith("GM04", Assert.Throws<ObjectionException>(() => new ExactSolver(model).Solve(new Exact(), TestContext.Current.CancellationToken)).Diagnostic.Id, StringComparison.Ordinal);
            return false;
        }
        var exact = new ExactSolver(model).Solve(new Exact(), TestContext.Current.CancellationToken);
        var what = $"seed {seed}\n{text}";
        Close(brute.LogEvidence, exact.LogEvidence, "evidence", what);
        var cells = ReportedCells.Of(model).SelectMany(r => r.Cells.Select(c => (r.Variable, c))).ToArray();
        foreach (var (variable, cell) in cells) AgreeOn(brute.Of(variable, cell), exact.Of(variable, cell), $"{variable}[{cell}]", what);
        var random = new Random(seed);
        for (var joint = 0; joint < 3; joint++) AgreeOnJoint(brute, exact, [.. cells.OrderBy(_ => random.Next()).Take(3)], what);
        AgreeOnMostProbable(brute, exact, what);
        return true;
    }

    private static void AgreeOn(Marginal expected, Marginal found, string element, string what)
    {
        Close(expected.Holds, found.Holds, $"holds of {element}", what);
        if (expected.Holds == 0) return;
        var values = expected.Probabilities.ToDictionary(p => p.Value, p => p.Probability);
        foreach (var (value, probability) in found.Probabilities.IsEmpty ? [(found.Mean, 1.0)] : found.Probabilities)
        {
            Close(values.GetValueOrDefault(value), probability, $"{element} = {value}", what);
            values.Remove(value);
        }
        Assert.True(values.Values.All(p => p < Tolerance), $"values of {element} are missing\n{what}");
        Close(expected.Mean, found.Mean, $"mean of {element}", what);
    }

    private static void AgreeOnJoint(ExactSolution brute, ExactSolution exact, IReadOnlyList<(Variable Variable, int Cell)> cells, string what)
    {
        var (expected, found) = (Entries(brute.Joint(cells)), Entries(exact.Joint(cells)));
        foreach (var (values, probability) in expected) Close(probability, found.GetValueOrDefault(values), $"joint {string.Join(", ", cells)} = {values}", what);
        Close(1, found.Values.Sum(), "sum of a joint", what);
    }

    private static Dictionary<string, double> Entries(JointTable table)
    {
        var entries = new Dictionary<string, double>();
        for (var at = 0; at < table.Probabilities.Length; at++)
        {
            var (rest, values) = (at, new double[table.Values.Length]);
            for (var v = values.Length - 1; v >= 0; v--)
            {
                values[v] = table.Values[v][rest % table.Values[v].Length];
                rest /= table.Values[v].Length;
            }
            entries.Add(string.Join(" ", values), table.Probabilities[at]);
        }
        return entries;
    }

    private static void AgreeOnMostProbable(ExactSolution brute, ExactSolution exact, string what)
    {
        var (expected, found) = (brute.MostProbable(), exact.MostProbable());
        Close(Math.Exp(expected.LogProbability), Math.Exp(found.LogProbability), "most probable", what);
        Assert.Equal(expected.Values.Select(v => (v.Variable, v.Cell)), found.Values.Select(v => (v.Variable, v.Cell)));
        if (found.Values.IsEmpty) return;
        // Of several that are equally probable either may be found.
        var joint = Entries(brute.Joint([.. found.Values.Select(v => (v.Variable, v.Cell))]));
        Close(Math.Exp(expected.LogProbability), joint.GetValueOrDefault(string.Join(" ", found.Values.Select(v => v.Value))), "probability of what is most probable", what);
    }

    private static void Close(double expected, double found, string of, string what) =>
        Assert.True(Math.Abs(expected - found) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{of}: {found:R} for {expected:R}\n{what}");
}
