using ProbLang.Analysis;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>What must hold for the programs of models with discrete unknowns that nobody thought of.</summary>
public class RandomFiniteModelLaws
{
    private static readonly int s_first = int.Parse(Environment.GetEnvironmentVariable("R1_FIRST") ?? "0"), s_count = int.Parse(Environment.GetEnvironmentVariable("R1_COUNT") ?? "60");

    [Fact]
    public void The_density_is_the_sum_over_all_settings() => Hold(ProgramChecks.Density);

    [Fact]
    public void The_gradient_is_that_of_finite_differences() => Hold(ProgramChecks.Gradient);

    [Fact]
    public void The_emitted_code_computes_what_the_slow_walk_computes() => Hold(ProgramChecks.Emission);

    [Fact]
    public void What_is_drawn_back_has_its_joint_probability() => Hold(model => ProgramChecks.DrawingBack(model));

    private static void Hold(Action<ConditionedModel> law)
    {
        var failures = new List<string>();
        for (var seed = s_first; seed < s_first + s_count; seed++)
        {
            var (text, data) = RandomFiniteModel.Of(seed);
            try
            {
                law(Condition(text, data));
            }
            catch (Exception failure)
            {
                failures.Add($"seed {seed}: {failure.GetType().Name} {failure.Message}\n{string.Join('\n', failure.StackTrace?.Split('\n').Take(3) ?? [])}\n{text}\n{string.Join('\n', data.Select(d => $"{d.Name} = [{string.Join(", ", d.Values.Select((v, i) => d.Missing?[i] == true ? "null" : v.ToString()))}]"))}\n");
            }
        }
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }
}
