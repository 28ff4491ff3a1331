using Xunit;

namespace ProbLang.Tests.Programs;

/// <summary>What must hold for the program of every model.</summary>
public class ProgramLaws
{
    public static TheoryData<string> Cases => [.. ProgramCases.Names];

    [Theory, MemberData(nameof(Cases))]
    public void The_gradient_is_that_of_finite_differences(string name) => ProgramChecks.Gradient(ProgramCases.Model(name));

    [Theory, MemberData(nameof(Cases))]
    public void The_emitted_code_computes_what_the_slow_walk_of_the_program_computes(string name) => ProgramChecks.Emission(ProgramCases.Model(name));

    [Theory, MemberData(nameof(Cases))]
    public void The_density_is_that_of_the_graph_with_the_jacobian_of_the_outputs(string name) => ProgramChecks.Density(ProgramCases.Model(name));

    [Theory, MemberData(nameof(Cases))]
    public void Recentring_keeps_what_a_position_stands_for(string name) => ProgramChecks.Recentring(ProgramCases.Model(name));

    [Theory, MemberData(nameof(Cases))]
    public void A_fork_computes_the_same_bits(string name) => ProgramChecks.Fork(ProgramCases.Model(name));
}
