using ProbLang.Graph;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Binding;

public class GraphTests
{
    private static string Printed(string text) => GraphPrinter.Print(Models.Graph(text)).TrimEnd();

    [Fact]
    public void Eight_schools_is_bound_with_its_plate_kept() => Assert.Equal("""
        variables
          input J: integer, from 0
          input sigma[J]: real, above 0
          random mu: real
          random tau: real
          random theta[school]: real
          random y[school]: real

        definitions
          mu ~ Normal(mean: 0, sd: 5)
          tau ~ HalfCauchy(scale: 5)
          for school in 1..J: theta[school] ~ Normal(mean: mu, sd: tau)
          for school in 1..J: y[school] ~ Normal(mean: theta[school], sd: sigma[school])
        """, Printed("""
        input J: count
        input sigma[J]: positive

        mu  ~ Normal(0, 5)
        tau ~ HalfCauchy(5)
        for school in 1..J {
          theta[school] ~ Normal(mu, tau)
          y[school]     ~ Normal(theta[school], sigma[school])
        }
        """));

    [Fact]
    public void A_garch_model_is_bound_with_its_condition() => Assert.Equal("""
        variables
          input T: integer, from 0
          input sigma1: real, above 0
          random mu: real
          random alpha0: real
          random alpha1: real
          random beta1: real
          deterministic s[t]: real
          random y[t]: real

        definitions
          mu ~ Flat()
          alpha0 ~ Flat(lower: 0)
          alpha1 ~ Flat(lower: 0, upper: 1)
          beta1 ~ Flat(lower: 0, upper: 1)
          s[1] = sigma1
          for t in 2..T: s[t] = sqrt(alpha0 + alpha1 * square(y[t - 1] - mu) + beta1 * square(s[t - 1]))
          for t in 1..T: y[t] ~ Normal(mean: mu, sd: s[t])

        given
          alpha1 + beta1 < 1
        """, Printed("""
        input T: count
        input sigma1: positive
        mu ~ Flat()
        alpha0 ~ Flat(0, )
        alpha1 ~ Flat(0, 1)
        beta1 ~ Flat(0, 1)
        given 1 > alpha1 + beta1
        s[1] = sigma1
        for t in 2..T { s[t] = sqrt(alpha0 + alpha1 * (y[t-1] - mu)^2 + beta1 * s[t-1]^2) }
        for t in 1..T { y[t] ~ Normal(mu, s[t]) }
        """));

    [Fact]
    public void Repetition_truncation_mixtures_and_linear_algebra_are_bound() => Assert.Equal("""
        variables
          input N: integer, from 0
          input D: integer, from 0
          input X[N, D]: real
          random beta[_]: real
          random sigma: real
          random w[_]: real
          random mu[_]: real
          random y[_]: real
          random z[i]: real
          random v[i]: real
          random f[_]: real
          random B[_, _]: real

        definitions
          beta ~ Normal(mean: 0, sd: 10) ^ D
          sigma ~ Normal(mean: 0, sd: 10) truncated (0, )
          w ~ Dirichlet(alpha: ones(2))
          mu ~ Normal(mean: 0, variance: 4) ^ 2
          y ~ Normal(mean: X @ beta, sd: sigma)
          for i in 1..N: z[i] ~ Mixture(w, [Normal(mean: mu[1], sd: 1), StudentT(df: 4, location: mu[2], scale: 1)])
          for i in 1..N: v[i] ~ Mixture(w, for k in 1..2: Normal(mean: mu[k], sd: sigma))
          f ~ MvNormal(mean: zeros(N), covariance: gp_exp_quad(X, 1, 2) + sigma * identity(N))
          B ~ Normal(mean: 0, sd: 1) ^ (D, 3)
        """, Printed("""
        input N: count
        input D: count
        input X[N, D]
        beta ~ Normal(0, 10) ^ D
        sigma ~ Normal(0, 10) truncated (0, )
        w ~ Dirichlet(ones(2))
        mu ~ Normal(mean: 0, variance: 4) ^ 2
        y ~ Normal(X @ beta, sigma)
        for i in 1..N {
          z[i] ~ Mixture(w, [Normal(mu[1], 1), StudentT(4, mu[2], 1)])
          v[i] ~ Mixture(w, for k in 1..2: Normal(mu[k], sigma))
        }
        f ~ MvNormal(zeros(N), gp_exp_quad(X, 1, 2) + sigma * identity(N))
        B ~ Normal(0, 1) ^ (D, 3)
        """));

    [Fact]
    public void Operators_are_printed_with_the_parentheses_that_they_need() => Assert.Equal("""
        variables
          input a: real
          input b: real
          deterministic x1: real
          deterministic x2: real
          deterministic x3: boolean
          deterministic x4: real
          deterministic x5: real
          deterministic x6[_]: real

        definitions
          x1 = a - (b - a) * (a + b) / -b
          x2 = (a ^ b) ^ a ^ 3
          x3 = not (a < b or b <= a and a == b)
          x4 = 2 * (if a < b then a else b)
          x5 = lchoose(a, b) + min(a, b)
          x6 = [for k in 1..3: a * k]
        """, Printed("""
        input a
        input b
        x1 = a - (b - a) * (a + b) / -b
        x2 = (a ^ b) ^ (a ^ 3)
        x3 = not (b > a or a >= b and a == b)
        x4 = 2 * (if a < b then a else b)
        x5 = lchoose(a, b) + min(a, b)
        x6 = [for k in 1..3: a * k]
        """));

    [Fact]
    public void A_value_given_in_the_file_is_bound_with_its_plates() => Assert.Equal("""
        variables
          random b[k]: boolean
          random x[i]: real

        definitions
          for k in 1..3: b[k] ~ Bernoulli(p: 0.5)
          for i in 1..4: x[i] ~ Normal(mean: 0, sd: 1)

        given
          for i in 1..2: x[i] = 0.5 * i
          b[2] = true
          b[3] = false
          x[3] < x[4]
          x[4] < 7
          b[2]
          not b[3]
        """, Printed("""
        for k in 1..3 { b[k] ~ Bernoulli(0.5) }
        for i in 1..4 { x[i] ~ Normal(0, 1) }
        for i in 1..2 { given x[i] = 0.5 * i }
        given b[2]
        given not b[3]
        given x[3] < x[4] and x[4] < 7
        """));

    [Fact]
    public void A_function_of_the_model_is_inlined_with_variables_of_the_model_and_loops_of_its_own() => Assert.Equal("""
        variables
          input c: real
          random k[i]: real
          deterministic x[i]: real
          random y: real

        definitions
          for i in 1..3: k[i] ~ Normal(mean: 0, sd: 1)
          for i in 1..3: x[i] = c * square(k[i] + i) + sum([for i in 1..2: c * (k[i] + i)])
          y ~ Normal(mean: c, sd: 2)
        """, Printed("""
        input c
        def line(k) = c * k
        def curve(a) = line(a^2) + sum(for i in 1..2: line(a))
        def prior(m) = Normal(m, 2)
        for i in 1..3 { k[i] ~ Normal(0, 1) }
        for i in 1..3 { x[i] = curve(k[i] + i) }
        y ~ prior(c)
        """));

    [Fact]
    public void The_argument_of_a_function_keeps_the_loop_of_the_place_of_use()
    {
        var graph = Models.Graph("def f(a) = sum(for i in 1..2: a + i)\nfor i in 1..3 { x[i] = f(i) }");
        var plate = graph.Definitions[0].Plates[0].Loop;
        var each = (Comprehension)((ArrayFunctionValue)graph.Definitions[0].Value!).Arguments[0];
        var sum = (ElementwiseValue)each.Body;
        Assert.Same(plate, ((LoopValue)sum.Arguments[0]).Loop);
        Assert.Same(each.Loop, ((LoopValue)sum.Arguments[1]).Loop);
        Assert.NotSame(plate, each.Loop);
    }

    [Fact]
    public void A_sum_of_many_terms_is_a_balanced_tree()
    {
        const int Terms = 100_000;
        var text = "input a\nx = " + string.Join(" + ", Enumerable.Repeat("a", Terms / 2)) + string.Concat(Enumerable.Repeat(" - a", Terms / 2));
        var value = Models.Graph(text).Definitions[0].Value!;
        Assert.InRange(Models.Height(value), 1, 40);
    }

    [Theory]
    [InlineData('+', '-', 70)]
    [InlineData('*', '/', 70)]
    [InlineData('+', '-', 5)]
    public void A_long_chain_has_the_value_of_the_chain_read_from_left_to_right(char direct, char inverse, int count)
    {
        var random = new Random(7);
        var text = "x = 1.5";
        var expected = 1.5;
        for (var i = 0; i < count; i++)
        {
            var (symbol, operand) = (random.Next(2) == 0 ? direct : inverse, 1 + random.Next(1, 9) / 8.0);
            text += $" {symbol} {operand.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
            expected = symbol switch { '+' => expected + operand, '-' => expected - operand, '*' => expected * operand, _ => expected / operand };
        }
        var constant = Assert.IsType<ConstantValue>(Models.Graph(text).Definitions[0].Value);
        Assert.Equal(expected, constant.Value, 1e-12 * Math.Abs(expected) + 1e-12);
    }

    [Theory]
    [InlineData("2^10", 1024, ElementType.Integer)]
    [InlineData("7 / 2", 3.5, ElementType.Real)]
    [InlineData("-7 % 3", 2, ElementType.Integer)]
    [InlineData("true + true", 2, ElementType.Integer)]
    [InlineData("floor(2.7)", 2, ElementType.Integer)]
    [InlineData("3 > 2 and not false", 1, ElementType.Boolean)]
    [InlineData("max(2, 3.5)", 3.5, ElementType.Real)]
    [InlineData("pi", Math.PI, ElementType.Real)]
    [InlineData("lbeta(2, 3)", -2.4849066497880004, ElementType.Real)]
    [InlineData("lchoose(5, 2)", 2.302585092994046, ElementType.Real)]
    public void Constants_are_folded(string text, double value, object type)
    {
        var constant = Assert.IsType<ConstantValue>(Models.Graph("x = " + text).Definitions[0].Value);
        Assert.Equal(value, constant.Value, 1e-12);
        Assert.Equal(type, constant.Type);
    }

    [Fact]
    public void A_variable_may_be_called_pi_or_sd_or_mean() => Assert.Equal("""
        variables
          input pi: real
          deterministic mean[_]: real
          deterministic sd: real

        definitions
          mean = [pi, pi + 1]
          sd = sd(mean) + mean(mean)
        """, Printed("input pi\nmean = [pi, pi + 1]\nsd = sd(mean) + mean(mean)"));

    [Fact]
    public void Names_that_look_the_same_are_one()
    {
        var graph = Models.Graph("input ﬁt\nx = fit + ﬁt");
        Assert.Equal(2, graph.Variables.Length);
        Assert.Equal(Op.Add, ((OpFunction)((ElementwiseValue)graph.Definitions[0].Value!).Function).Op);
    }
}
