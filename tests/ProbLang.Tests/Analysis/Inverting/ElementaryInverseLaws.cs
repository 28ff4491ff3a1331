using ProbLang.Analysis;
using ProbLang.Programs;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis.Inverting;

/// <summary>Each elementary map: what is solved for is what the map was applied to, and the Jacobian is that of differences.</summary>
public class ElementaryInverseLaws
{
    private static readonly Dictionary<string, (Func<double, double> Of, double[] At)> s_maps = new()
    {
        ["-z"] = (z => -z, [-2.1, 0.4, 3]),
        ["3 - 2 * z"] = (z => 3 - 2 * z, [-2.1, 0.4, 3]),
        ["(z - 1) / 4"] = (z => (z - 1) / 4, [-2.1, 0.4, 3]),
        ["5 / z"] = (z => 5 / z, [-2.1, 0.4, 3]),
        ["exp(z)"] = (Math.Exp, [-8, 0.4, 3]),
        ["expm1(z)"] = (z => Math.Exp(z) - 1, [-2.1, 1e-3, 3]),
        ["log(exp(z) + 1)"] = (z => Math.Log(Math.Exp(z) + 1), [-2.1, 0.4, 3]),
        ["softplus(z)"] = (z => Math.Log(1 + Math.Exp(z)), [-2.1, 0.4, 3]),
        ["log1p(exp(z))"] = (z => Math.Log(1 + Math.Exp(z)), [-2.1, 0.4, 3]),
        ["logistic(z)"] = (z => 1 / (1 + Math.Exp(-z)), [-4, 0.4, 3]),
        ["logit(logistic(z) / 2)"] = (z => 1 / (1 + Math.Exp(-z)) / 2 is var p ? Math.Log(p / (1 - p)) : 0, [-2.1, 0.4, 3]),
        ["tanh(z)"] = (Math.Tanh, [-2.1, 1e-3, 2]),
        ["sinh(z)"] = (Math.Sinh, [-12, -0.2, 1e-3, 3]),
        ["Phi(z)"] = (z => ProbLang.Numerics.SpecialFunctions.Phi(z), [-3.1, 0.4, 2]),
        ["inv_Phi(logistic(z))"] = (z => ProbLang.Numerics.SpecialFunctions.InversePhi(1 / (1 + Math.Exp(-z))), [-2.1, 0.4, 3]),
        ["z ^ 3"] = (z => z * z * z, [-2.1, 0.4, 3]),
        ["z ^ (-1)"] = (z => 1 / z, [-2.1, 0.4, 3]),
        ["z ^ 1"] = (z => z, [-2.1, 0.4]),
        ["exp(z) ^ 2"] = (z => Math.Exp(2 * z), [-2.1, 0.4, 3]),
        ["exp(z) ^ (-0.5)"] = (z => Math.Exp(-0.5 * z), [-2.1, 0.4, 3]),
        ["abs(exp(z))"] = (Math.Exp, [-2.1, 0.4]),
        ["sqrt(exp(z))"] = (z => Math.Exp(z / 2), [-2.1, 0.4, 3]),
        ["0.5 ^ z"] = (z => Math.Pow(0.5, z), [-2.1, 0.4, 3]),
        ["if 1 < 2 then z ^ 3 else exp(z)"] = (z => z * z * z, [-2.1, 0.4]),
        ["exp(tanh(2 * z - 1) + 3) / 7"] = (z => Math.Exp(Math.Tanh(2 * z - 1) + 3) / 7, [-0.4, 0.4, 1.3]),
    };

    public static TheoryData<string> Maps => [.. s_maps.Keys];

    [Theory, MemberData(nameof(Maps))]
    public void A_map_is_undone_and_its_jacobian_is_that_of_differences(string map)
    {
        var (f, points) = s_maps[map];
        foreach (var z in points)
        {
            var model = Condition($"m ~ Normal(0, 1)\nz ~ StudentT(4, m, 1)\nx = {map}", Given("x", f(z)));
            var solved = model.State("z").Values[0];
            var slope = Slope(f, z);
            Assert.Equal(z, solved, 1e-9 * (1 + Math.Abs(z)) * Math.Max(1, Math.Abs(f(z) / slope)));
            var density = DensityProgram.Compile(model).Evaluate([0], [0]);
            var direct = DensityProgram.Compile(Condition("m ~ Normal(0, 1)\nz ~ StudentT(4, m, 1)", Given("z", solved))).Evaluate([0], [0]);
            Assert.Equal(direct - Math.Log(Math.Abs(slope)), density, 1e-7);
        }
    }

    /// <summary>By central differences, with Richardson's extrapolation.</summary>
    private static double Slope(Func<double, double> f, double z)
    {
        var h = 1e-3 * Math.Max(1e-1, Math.Abs(z));
        return (4 * Central(h / 2) - Central(h)) / 3;

        double Central(double step) => (f(z + step) - f(z - step)) / (2 * step);
    }

    [Theory]
    [InlineData("tanh", 1e-300, 1e-300)]
    [InlineData("sinh", 1e-200, 1e-200)]
    [InlineData("sinh", -1e100, -230.95165647996453)]
    [InlineData("softplus", 800, 800)]
    [InlineData("softplus", 1e-30, -69.07755278982137)]
    [InlineData("expm1", 1e-20, 1e-20)]
    public void Inverses_are_exact_at_the_ends(string map, double x, double z)
    {
        var solved = Condition($"m ~ Normal(0, 1)\nz ~ Normal(m, 1)\nx = {map}(z)", Given("x", x)).State("z").Values[0];
        Assert.Equal(z, solved, 4e-16 * Math.Abs(z));
    }
}
