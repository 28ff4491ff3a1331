using ProbLang.Programs;
using ProbLang.Tests.Programs;
using Xunit;

namespace ProbLang.Tests.Analysis.Inverting;

/// <summary>What must hold where something computed is observed.</summary>
public class InversionLaws
{
    public static TheoryData<string> Cases => [.. InversionCases.Names];

    [Theory, MemberData(nameof(Cases))]
    public void The_density_of_what_is_computed_is_that_of_its_distribution(string name)
    {
        var computed = DensityProgram.Compile(InversionCases.Computed(name));
        var drawn = DensityProgram.Compile(InversionCases.Drawn(name));
        var names = Enumerable.Range(0, drawn.Dimension).ToDictionary(drawn.CoordinateName);
        var random = new Random(7);
        for (var trial = 0; trial < 5; trial++)
        {
            var position = Enumerable.Range(0, computed.Dimension).Select(_ => random.NextDouble() * 1.2 - 0.6).ToArray();
            var own = new double[drawn.Dimension];
            Assert.Equal(drawn.Dimension, computed.Dimension);
            for (var c = 0; c < position.Length; c++) own[names.GetValueOrDefault(computed.CoordinateName(c), c)] = position[c];
            var expected = drawn.Evaluate(own, new double[own.Length]);
            var actual = computed.Evaluate(position, new double[position.Length]);
            Assert.True(Math.Abs(expected - actual) <= 1e-12 * (1 + Math.Abs(expected)), $"{actual:R}, by the distribution {expected:R}");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(InversionCases.Computed(name));

    [Theory, MemberData(nameof(Cases))]
    public void The_emitted_code_computes_what_the_slow_walk_of_the_program_computes(string name) => ProgramChecks.Emission(InversionCases.Computed(name));

    [Theory, MemberData(nameof(Cases))]
    public void The_density_is_that_of_the_graph(string name) => ProgramChecks.Density(InversionCases.Computed(name));
}
