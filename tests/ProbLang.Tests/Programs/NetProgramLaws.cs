using ProbLang.Analysis;
using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Tests.Programs;

/// <summary>What must hold for the program of a model with any net, at random weights.</summary>
public class NetProgramLaws
{
    public static TheoryData<string> Values => [.. NetCases.Values];

    public static TheoryData<string> Places => [.. NetCases.Places];

    public static TheoryData<string> Masked => [.. NetCases.Masked];

    public static TheoryData<string> Invertible => [.. NetCases.Invertible];

    [Theory, MemberData(nameof(Values))]
    public void The_gradient_by_weights_arguments_and_contexts_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(NetCases.Value(name));

    [Theory, MemberData(nameof(Invertible))]
    public void The_gradient_of_inverse_and_jacobian_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(NetCases.Inverse(name));

    [Theory, MemberData(nameof(Values))]
    public void The_emitted_code_computes_what_the_slow_walk_of_the_program_computes(string name) => ProgramChecks.Emission(NetCases.Value(name));

    [Theory, MemberData(nameof(Values))]
    public void The_program_computes_what_the_evaluator_computes(string name) => SameAsEvaluator(NetCases.Value(name));

    [Theory, MemberData(nameof(Invertible))]
    public void The_program_inverts_as_the_evaluator_does(string name) => SameAsEvaluator(NetCases.Inverse(name));

    [Theory, MemberData(nameof(Masked))]
    public void The_gradient_of_a_masked_net_over_whole_rows_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(NetCases.Autoregression(name));

    [Theory, MemberData(nameof(Masked))]
    public void A_masked_net_over_whole_rows_says_of_each_element_what_it_says_after_those_before_it(string name) => SameAsEvaluator(NetCases.Autoregression(name));

    [Theory, MemberData(nameof(Places))]
    public void The_gradient_is_that_of_finite_differences_wherever_a_net_stands(string name) => ProgramChecks.Gradient(NetCases.Place(name));

    [Theory, MemberData(nameof(Places))]
    public void The_program_computes_what_the_evaluator_computes_wherever_a_net_stands(string name) => SameAsEvaluator(NetCases.Place(name));

    /// <summary>More rows than the evaluator takes at a time.</summary>
    [Theory, InlineData("mlp with context"), InlineData("masked"), InlineData("spline coupling of few bins")]
    public void The_evaluator_takes_many_rows_as_it_takes_few(string name) => SameAsEvaluator(NetCases.Value(name, 600));

    [Theory, MemberData(nameof(Invertible))]
    public void A_program_does_not_grow_with_the_rows(string name)
    {
        static int Lines(int rows, string name) => DensityProgram.Compile(NetCases.Inverse(name, rows)).Print().Count('\n');
        Assert.Equal(Lines(8, name), Lines(80, name));
    }

    private static void SameAsEvaluator(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        var evaluator = new Evaluator(model);
        var random = new Philox(5, 0, 0);
        for (var n = 0; n < 5; n++)
        {
            var position = new double[density.Dimension];
            for (var i = 0; i < position.Length; i++) position[i] = 1.5 * random.NextNormal();
            var at = 0;
            foreach (var block in density.Blocks)
                foreach (var cell in block.Cells) evaluator[block.Definition.Definition.Variable][cell] = position[at++];
            var (expected, actual) = (evaluator.LogDensity(), density.Evaluate(position, new double[position.Length]));
            Assert.True(Math.Abs(expected - actual) <= 1e-12 * (1 + Math.Abs(expected)), $"{actual:R}, by the evaluator {expected:R}");
        }
    }
}
