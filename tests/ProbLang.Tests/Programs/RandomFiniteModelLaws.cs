using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Datasets;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>What must hold for the programs of models with discrete unknowns that nobody thought of.</summary>
public class RandomFiniteModelLaws
{
    [Fact]
    public void The_density_is_the_sum_over_all_settings() => Hold(0, 120, ProgramChecks.Density);

    [Fact]
    public void The_gradient_is_that_of_finite_differences() => Hold(1000, 100, ProgramChecks.Gradient);

    [Fact]
    public void The_emitted_code_computes_what_the_slow_walk_computes() => Hold(2000, 60, ProgramChecks.Emission);

    [Fact]
    public void What_is_drawn_back_has_its_joint_probability() => Hold(2000, 40, model => ProgramChecks.DrawingBack(model));

    /// <summary>Checks a law on the models of so many seeds, and shows all that break it.</summary>
    private static void Hold(int first, int count, Action<ConditionedModel> law)
    {
        var failures = new List<string>();
        for (var seed = first; seed < first + count; seed++)
        {
            var (text, data) = RandomFiniteModel.Of(seed);
            var failure = Record.Exception(() => law(Condition(text, data)));
            if (failure is not null) failures.Add($"seed {seed}: {failure.GetType().Name} {failure.Message}\n{text}{string.Join('\n', data.Select(Print))}\n{failure.StackTrace}\n");
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static string Print(DataArray array) =>
        $"{array.Name} = [{string.Join(", ", array.Values.Select((v, i) => array.Missing?[i] == true ? "null" : v.ToString("R", CultureInfo.InvariantCulture)))}]";
}
