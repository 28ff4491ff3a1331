using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>What is reported of a draw beyond the latents.</summary>
public class OutputTests
{
    [Fact]
    public void What_has_no_gradient_is_reported_where_the_density_does_without_it()
    {
        var density = DensityProgram.Compile(Condition(
            """
            a ~ Normal(0, 1)
            A[1] = [[2 + a^2, 0.5], [0.5, 3]]
            for t in 2..3 { A[t] = inverse(A[t-1]) }
            d = A[3, 1, 1]
            e = d + a
            y ~ Normal(a, 1)
            """, Given("y", 1.0)));
        var outputs = new double[density.OutputCount];
        var random = new Philox(1, 0, 0);
        density.WriteOutputs([0.7], ref random, outputs);
        double Of(string name) => outputs[density.Reported.Single(r => r.Variable.Name == name).Offset];
        Assert.Equal(2 + 0.49, Of("d"), 1e-12);
        Assert.Equal(Of("d") + 0.7, Of("e"), 1e-12);
    }

    [Fact]
    public void What_has_no_gradient_and_is_needed_for_the_density_is_an_objection()
    {
        var model = Condition("a ~ Normal(0, 1)\nA[1] = [[2 + a^2, 0.5], [0.5, 3]]\nfor t in 2..3 { A[t] = inverse(A[t-1]) }\ny ~ Normal(A[3, 1, 1], 1)", Given("y", 1.0));
        Assert.Equal("GM0403", Assert.Throws<ObjectionException>(() => DensityProgram.Compile(model)).Diagnostic.Id);
    }
}
