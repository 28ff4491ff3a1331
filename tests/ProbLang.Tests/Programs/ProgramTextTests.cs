using System.Text.RegularExpressions;
using ProbLang.Datasets;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>What `problang dump --stage program` prints, and what that says about the program.</summary>
public partial class ProgramTextTests
{
    [Fact]
    public void A_regression_is_one_fused_loop_with_data_hoisted_and_sums_split()
    {
        var program = DensityProgram.Compile(Condition(
            """
            input N: count
            input x[N]
            a ~ Normal(0, 1)
            s ~ Exponential(1)
            for i in 1..N { y[i] ~ Normal(a * x[i], s) }
            """,
            ProgramCases.Ramp("x", 20), ProgramCases.Ramp("y", 20)));

        Assert.StartsWith(
            """
            # q[0]: a
            # q[1]: s

            t1 = q[0]
            for i < 20
              t2 = x[i]
              t3 = t1 * t2
              t4 = y[i]
              t5 = t4 - t3
              t6 = t5^2
              t7 = t2 * t5
              s8 += t6
              s9 += t7
            t10 =
            """.ReplaceLineEndings("\n"), program.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hierarchy_says_how_its_coordinates_stand()
    {
        var program = DensityProgram.Compile(ProgramCases.Model("eight schools"));
        Assert.StartsWith("# q[0]: mu\n# q[1]: tau\n# q[2..9]: theta, non-centred: in scales from its location\n\n", program.Print(), StringComparison.Ordinal);
        program.Recenter([.. Enumerable.Repeat(true, 8)], new double[10]);
        Assert.Contains("# q[2..9]: theta, centred where `centred` says so\n", program.Print(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_does_not_grow_with_the_data()
    {
        foreach (var name in new[] { "hierarchy", "garch", "process", "logit" })
            Assert.Equal(Shape(Program(name, 40)), Shape(Program(name, 400)));
    }

    [Fact]
    public void An_evaluation_allocates_nothing()
    {
        foreach (var name in ProgramCases.Names)
        {
            var density = DensityProgram.Compile(ProgramCases.Model(name));
            var (position, gradient) = (new double[density.Dimension], new double[density.Dimension]);
            density.Evaluate(position, gradient);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++) density.Evaluate(position, gradient);
            Assert.True(GC.GetAllocatedBytesForCurrentThread() == before, name);
        }
    }

    private static string Program(string name, int n)
    {
        DataArray[] data = [ProgramCases.Ramp("x", n), ProgramCases.Ramp("y", n)];
        var model = name switch
        {
            "hierarchy" => "m ~ Normal(0, 1)\n t ~ HalfNormal(1)\n for i in 1..N { b[i] ~ Normal(m, t); y[i] ~ Normal(b[i] * x[i], 1) }",
            "garch" => "a ~ Uniform(0, 1)\n s[1] = 1\n for i in 2..N { s[i] = a * y[i-1]^2 + x[i]^2 + 0.5 * s[i-1] }\n for i in 1..N { y[i] ~ Normal(0, sqrt(s[i])) }",
            "process" => "r ~ Gamma(5, 4)\n y ~ MvNormal(zeros(N), gp_exp_quad(x, 1, r) + identity(N))",
            _ => "b ~ Normal(0, 1)\n y ~ Normal(b * x, 1)",
        };
        return DensityProgram.Compile(Condition($"input N: count\ninput x[N]\n{model}", data)).Print();
    }

    /// <summary>A program's text without its numbers.</summary>
    private static string Shape(string program) => Number().Replace(program, "0");

    [GeneratedRegex(@"\d+(\.\d+)?(E-?\d+)?")]
    private static partial Regex Number();
}
