using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Tests.FrontDoor.Running;
using Xunit;
using Routines = ProbLang.Numerics.Kernels;

namespace ProbLang.Tests.Programs;

/// <summary>What computes long looks at the budget on the way, and gives the same as what does not.</summary>
public class LookTests
{
    private const string Regression = "input n: count\ninput x[n, 3]: real\nfor k in 1..3 { b[k] ~ Normal(0, 1) }\nfor i in 1..n { y[i] ~ Bernoulli(logit: dot(x[i], b)) }";

    [Theory]
    [InlineData(8, false)]
    [InlineData(30_003, true)]
    [InlineData(100_001, true)]
    public void A_gradient_over_many_rows_looks_and_is_the_same_in_blocks(int rows, bool looks)
    {
        var random = new Philox(5, 0, 0);
        var x = new double[rows, 3];
        for (var i = 0; i < rows; i++)
            for (var k = 0; k < 3; k++) x[i, k] = random.NextNormal();
        var density = DensityProgram.Compile(Model.Compile(Regression).Model.Condition(Data.Of(new { x, y = Enumerable.Range(0, rows).Select(i => i % 3 == 0).ToArray() })).Conditioned);
        double[] position = [0.3, -0.7, 1.1];
        double[] fast = new double[3], slow = new double[3];
        var (value, expected) = (0.0, density.EvaluateSlowly(position, slow));
        var found = Looks.Of(() => value = density.Evaluate(position, fast));
        // Hundreds of thousands of statements run between two looks, not millions.
        Assert.InRange(found, looks ? rows / 50_000 : 0, looks ? rows : 0);
        HandProgram.AssertNear((expected, slow), (value, fast), 1e-10, $"{rows} rows");
    }

    [Fact]
    public unsafe void Large_matrices_are_factored_and_multiplied_with_looks()
    {
        const int n = 200;
        double[] a = new double[n * n], l = new double[n * n + 8], product = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++) a[i * n + j] = Math.Exp(-Math.Abs(i - j) / 3.0) + (i == j ? 0.1 : 0);
        fixed (double* from = a, to = l, back = product)
        {
            var (f, t, b) = ((nint)from, (nint)to, (nint)back);
            Assert.InRange(Looks.Of(() => Assert.True(Routines.Cholesky((double*)f, n, (double*)t))), n / 8, n);
            Assert.InRange(Looks.Of(() => Routines.MatMulAdd((double*)t, n, 1, (double*)t, 1, n, n, n, n, (double*)b)), n / 16, 4 * n);
        }
        for (var i = 0; i < n * n; i++) Assert.Equal(a[i], product[i], 1e-12);
    }

    [Fact]
    public unsafe void A_long_matrix_times_a_vector_is_the_same_in_blocks()
    {
        const int rows = 50_003, columns = 5;
        double[] a = new double[rows * columns], x = [1, -2, 3, -4, 5], y = new double[rows];
        var random = new Philox(6, 0, 0);
        for (var i = 0; i < a.Length; i++) a[i] = random.NextNormal();
        fixed (double* matrix = a, vector = x, result = y)
        {
            var (m, v, r) = ((nint)matrix, (nint)vector, (nint)result);
            Assert.InRange(Looks.Of(() => Routines.MatVec((double*)m, rows, columns, (double*)v, (double*)r)), 3, 10);
        }
        for (var i = 0; i < rows; i++) Assert.Equal(Enumerable.Range(0, columns).Sum(k => a[i * columns + k] * x[k]), y[i], 1e-12);
    }
}
