using Xunit;

namespace ProbLang.Tests.Syntax;

/// <summary>What Stan, BUGS, R, Python and WebPPL write, each answered once, with how it is written here.</summary>
public class ForeignNotationTests
{
    [Theory]
    // Assignment, updates, declaring words.
    [InlineData("x <- 3 + 4", "GM0121 1:3", "write `x = 3 + 4`")]
    [InlineData("for i in 1..2 { mu[i] <- 3 * i }", "GM0121 1:23", "write `mu[i] = 3 * i`")]
    [InlineData("x = 0\nx += 1", "GM0124 2:3", "give the new value a name of its own, or make it a chain: `x[t] = x[t-1] + 1`")]
    [InlineData("let x = 3", "GM0130 1:1", "write `x = 3`")]
    [InlineData("const x = 3;", "GM0130 1:1", "write `x = 3`")]
    [InlineData("var x = sample(Normal(0, 1))", "GM0130 1:1", "write `x = sample(Normal(0, 1))`")]
    [InlineData("x = sample(Normal(0, 1))", "GM0202 1:5", "to draw from it, write `x ~ Normal(0, 1)`")]
    // Densities.
    [InlineData("mu ~ Normal(0, 1)\ntarget += normal_lpdf(y | mu, 1)", "GM0123 2:1", "write `y ~ Normal(mu, 1)`")]
    [InlineData("target + = neg_binomial_2_lpmf(y | 3, f(2, 3));", "GM0123 1:1", "write `y ~ NegativeBinomial(3, f(2, 3))`")]
    [InlineData("target += -0.5 * x", "GM0123 1:1", "write `factor -0.5 * x`")]
    [InlineData("log(y) ~ Normal(0, 1)", "GM0122 1:1", "write `y ~ LogNormal(0, 1)`")]
    [InlineData("log(y) ~ Gamma(2, 1)", "GM0122 1:1", "write `log_y ~ Gamma(2, 1)` and `y = exp(log_y)`")]
    [InlineData("for i in 1..3 { logit(p[i]) <- 1 + 2 }", "GM0122 1:17", "write `p[i] = logistic(1 + 2)`")]
    [InlineData("cloglog(p) <- 3", "GM0122 1:1", "write `p = 1 - exp(-exp(3))`")]
    [InlineData("log(y) = 3", "GM0122 1:1", "write `y = exp(3)`")]
    [InlineData("x ~ Normal(0, 1) T[0, ]", "GM0132 1:18", "write `truncated (0, )`")]
    [InlineData("x ~ Normal(0, 1)I(,3)", "GM0132 1:17", "write `truncated (,3)`")]
    [InlineData("param x ~ Normal(0, 1)", "GM0135 1:9", "write `x ~ Normal(0, 1)`")]
    [InlineData("input x ~ Normal(0, 1)", "GM0135 1:9", "write `x ~ Normal(0, 1)`: the data may still give its value")]
    [InlineData("given x ~ Normal(0, 1)", "GM0135 1:9", "write `x ~ Normal(0, 1)`")]
    // Distributions by their names elsewhere.
    [InlineData("y ~ normal(0, 1)", "GM0203 1:5", "write `Normal(0, 1)`")]
    [InlineData("y ~ dnorm(0, 0.001)", "GM0203 1:5", "write `Normal(0, precision: 0.001)`: `dnorm` counts in precisions")]
    [InlineData("y ~ dbin(0.3, 10)", "GM0203 1:5", "write `Binomial(10, 0.3)`")]
    [InlineData("y ~ dgamma(2, 3)", "GM0203 1:5", "write `Gamma(2, 3)`")]
    [InlineData("y ~ dunif(0, 1)", "GM0203 1:5", "write `Uniform(0, 1)`")]
    [InlineData("y ~ dt(0, 1, 4)", "GM0203 1:5", "write `StudentT(4, 0, 1 / sqrt(1))`: `dt` counts in precisions")]
    [InlineData("y ~ bernoulli_logit(0.3)", "GM0203 1:5", "write `Bernoulli(logit: 0.3)`")]
    [InlineData("y ~ poisson_log(2)", "GM0203 1:5", "write `Poisson(log_rate: 2)`")]
    [InlineData("y ~ multi_normal([0, 1], [[1, 0], [0, 1]])", "GM0203 1:5", "write `MvNormal([0, 1], [[1, 0], [0, 1]])`")]
    [InlineData("y = normal(0, 1)", "GM0202 1:5", "to draw from it, write `y ~ Normal(0, 1)`")]
    [InlineData("y ~ Normal(mu = 0, sigma = 1)", "GM0111 1:15", "an argument is named with a colon: `mu: …`")]
    [InlineData("y ~ Normal(0, tau: 1)", "GM0221 1:15", "did you mean `precision`? It is written `Normal(mean, sd | variance | precision)`")]
    // Functions and constants.
    [InlineData("y = inv_logit(0.3)", "GM0202 1:5", "it is called `logistic` here")]
    [InlineData("x = ifelse(1 > 0, 2, 3)", "GM0202 1:5", "write `if 1 > 0 then 2 else 3`")]
    [InlineData("x = exp10(2)", "GM0202 1:5", "write `10 ^ 2`")]
    [InlineData("x = nrow([[1], [2]])", "GM0202 1:5", "it is called `rows` here")]
    [InlineData("x = sum(range(3))", "GM0202 1:9", "a range is written `1..N`, both ends included")]
    [InlineData("x = True", "GM0201 1:5", "write `true`")]
    [InlineData("x = NA", "GM0201 1:5", "what is missing is `null` or `NA` in the data; a model does not name it")]
    [InlineData("x = Inf", "GM0201 1:5", "write `infinity`")]
    [InlineData("x = lambda z: z + 1", "GM0133 1:5", "a function is written `def f(x) = …`")]
    [InlineData("function(x) { x }", "GM0133 1:1", "a function is written `def f(x) = …`")]
    [InlineData("def f(x): return x + 1", "GM0138 1:9", "write `def f(x) = x + 1`")]
    [InlineData("def f(x):\n  y = 2 * x\n  return y\nz = 1", "GM0138 1:9", "write `def f(x) { … return … }`")]
    // Declarations and blocks.
    [InlineData("real x;", "GM0125 1:1", "what is known is declared `input x`; any other quantity by what defines it: `x ~ …`")]
    [InlineData("vector<lower=0>[N] x;", "GM0125 1:1", "what is known is declared `input x[N]: positive`; any other quantity by what defines it: `x ~ …`")]
    [InlineData("array[N] int<lower=1, upper=K> g;", "GM0125 1:1", "what is known is declared `input g[N]: int(1, K)`; any other quantity by what defines it: `g ~ …`")]
    [InlineData("int<lower=0> N;", "GM0125 1:1", "what is known is declared `input N: count`; any other quantity by what defines it: `N ~ …`")]
    [InlineData("real y = 3;", "GM0125 1:1", "its definition declares it: `y = 3`")]
    [InlineData("model { x ~ Normal(0, 1) }", "GM0126 1:1", "drop the braces: statements stand in any order")]
    [InlineData("x: float ~ Normal(0, 1)", "GM0215 1:4", "did you mean `real`?")]
    // Loops and conditions.
    [InlineData("for i in 1:3 { x[i] ~ Normal(0, 1) }", "GM0127 1:1", "write `for i in 1..3 {`")]
    [InlineData("for (i in 1:3) { x[i] ~ Normal(0, 1) }", "GM0127 1:1", "write `for i in 1..3 {`")]
    [InlineData("for (i in 1..3) { x[i] ~ Normal(0, 1) }", "GM0127 1:1", "write `for i in 1..3 {`")]
    [InlineData("for i in range(3): x[i] ~ Normal(0, 1)", "GM0127 1:1", "write `for i in 1..3 { … }`")]
    [InlineData("for i in range(1, N + 1):\n  x[i] ~ Normal(0, 1)", "GM0127 1:1", "write `for i in 1..N { … }`")]
    [InlineData("for i in 0..4 { x[i] ~ Normal(0, 1) }", "GM0136 1:10", "write `for i in 1..N`, both ends included")]
    [InlineData("input N: count\nfor i in 0..N-1 { x[i] ~ Normal(0, 1) }", "GM0136 2:10", "write `for i in 1..N`, both ends included")]
    [InlineData("a = [1, 2]\nx = a[0]", "GM0249 2:7", "the first element is `[1]`")]
    [InlineData("a = [1, 2]\nx = a[1:2]", "GM0111 2:8", "a range is written `1..2`")]
    [InlineData("elif true { x = 1 }", "GM0128 1:1", "write `else if`")]
    [InlineData("else { x = 1 }", "GM0128 1:1", "it follows the `}` of its `if`: `if c { … } else { … }`")]
    [InlineData("if true: x = 1", "GM0128 1:8", "write `if true { … }`")]
    [InlineData("if true then x = 1", "GM0128 1:9", "write `if true { … }`")]
    [InlineData("while (true) { x = 1 }", "GM0133 1:1", "a model states what holds and repeats with `for i in 1..N { … }`")]
    // Operators and signs.
    [InlineData("x = 2 ** 3", "GM0111 1:8", "a power is written `^`")]
    [InlineData("x = 5 %% 3", "GM0111 1:8", "the remainder is written with one `%`")]
    [InlineData("x = 5 %*% 3", "GM0111 1:8", "a matrix product is written `@`")]
    [InlineData("x = 5 .* 3", "GM0105 1:7", "operators act on each element as they are")]
    [InlineData("x = !true", "GM0105 1:5", "write `not`")]
    [InlineData("x = true && false", "GM0105 1:10", "write `and`")]
    [InlineData("x = true || false", "GM0105 1:10", "write `or`")]
    [InlineData("x = 3 > 2 ? 1 : 2", "GM0105 1:11", "a choice is written `if c then a else b`")]
    [InlineData("a = [[1, 2]]\nx = a'", "GM0105 2:6", "a transposed matrix is `transpose(a)`, and texts stand in double quotes")]
    [InlineData("x = 'text'", "GM0105 1:5", "texts stand in double quotes")]
    [InlineData("x = 3 ≤ 4", "GM0105 1:7", "write `<=`")]
    [InlineData("x == 3", "GM0111 1:3", "a definition has one `=`; a condition begins with `given`")]
    [InlineData("x = if 3 = 3 then 1 else 2", "GM0111 1:10", "two values are compared with `==`")]
    [InlineData("if (1 = 2) { x = 1 }", "GM0111 1:7", "two values are compared with `==`")]
    [InlineData("x = 1 # one\ny = 2 # two", "GM0105 1:7", "a comment begins with `//`")]
    [InlineData("/* a comment\n of two lines */ x = 1", "GM0105 1:1", "a comment begins with `//`")]
    [InlineData("x ~ Normal(0, 1) ^ (2, 3) ^ 4", "GM0111 1:27", "several sizes stand in one list: `^ (M, N)`")]
    // Packages and statements that do something.
    [InlineData("mu = pm.Normal(\"mu\", 0, 1)", "GM0134 1:8", "nothing stands in a package: write `Normal`")]
    [InlineData("mu ~ dist.Normal(0, 1)", "GM0134 1:10", "nothing stands in a package: write `Normal`")]
    [InlineData("a = [1, 2]\nn = a.shape", "GM0134 2:6", "write `rows(a)`, `cols(a)` or `size(a)`")]
    [InlineData("x = np.exp(3) + np.log(2)", "GM0134 1:7", "nothing stands in a package: write `exp`")]
    [InlineData("tau.beta ~ Gamma(1, 1)", "GM0134 1:4", "write `tau_beta`")]
    [InlineData("a = [1, 2]\nx = a.sum()", "GM0134 2:6", "a function stands before its argument: `sum(a)`")]
    [InlineData("import numpy as np", "GM0129 1:1", "drop it: what the language has needs no import; another file is imported as `import \"file.gm\"`")]
    [InlineData("from numpy import exp", "GM0129 1:1", "drop it: what the language has needs no import; another file is imported as `import \"file.gm\"`")]
    [InlineData("library(rjags)", "GM0129 1:1", "drop it: what the language has needs no import; another file is imported as `import \"file.gm\"`")]
    [InlineData("import parts.gm", "GM0129 1:1", "write `import \"parts.gm\"`")]
    [InlineData("print(3)", "GM0131 1:1", "drop it: results are shown by the command that runs the model")]
    [InlineData("observe(Normal(0, 1), 3)", "GM0131 1:1", "what is observed is in the data, or stands in the model as `given x = value`")]
    public void It_is_answered_once_with_how_it_is_written_here(string text, string place, string remedy)
    {
        var diagnostic = Assert.Single(Model.Compile(text).Diagnostics);
        Assert.Equal(place, $"{diagnostic.Id} {diagnostic.Location!.Line}:{diagnostic.Location.Column}");
        Assert.Equal(remedy, diagnostic.Remedy);
    }

    /// <summary>Its words and signs are right in many places.</summary>
    [Theory]
    [InlineData("lambda ~ Gamma(1, 1)\nx = lambda")]
    [InlineData("data ~ Normal(0, 1)\nmodel = data\nparameters = model")]
    [InlineData("real = 1\nvector[1] = real\nint: real = vector[1]")]
    [InlineData("T = 3\nI = T\nx = T * I")]
    [InlineData("target = 1\ny = target + 2")]
    [InlineData("elif = 1\nlet = elif; var = let\nprint = var")]
    [InlineData("x ~ Normal(0, 1);\ny = x < -1;")]
    [InlineData("a = 2\nb = a <-1\nc = (a)<(-1)")]
    [InlineData("if_else = 1\nfrom = 2\nrange = if_else + from")]
    [InlineData("input N: count\nfor i in 0..N { x[i + 1] ~ Normal(0, 1) }")]
    [InlineData("for i in 0..(-1) { x[i] ~ Normal(0, 1) }")]
    public void A_model_that_is_right_is_not_taken_for_another_language(string text) => Assert.Empty(Model.Compile(text).Diagnostics);

    [Fact]
    public void A_model_of_Stan_is_answered_line_by_line() => Assert.Equal(
        [
            "GM0126 1", "GM0125 2", "GM0125 3", "GM0126 5", "GM0125 6", "GM0125 7", "GM0126 9", "GM0203 10", "GM0203 11",
        ],
        Messages("""
            data {
              int<lower=0> N;
              vector[N] y;
            }
            parameters {
              real mu;
              real<lower=0> sigma;
            }
            model {
              mu ~ normal(0, 10);
              y ~ normal(mu, sigma);
            }
            """));

    [Fact]
    public void A_model_of_BUGS_is_answered_line_by_line() => Assert.Equal(
        ["GM0126 1", "GM0127 2", "GM0203 3", "GM0121 4", "GM0203 6", "GM0203 7", "GM0121 8", "GM0203 9"],
        Messages("""
            model {
              for (i in 1:3) {
                y[i] ~ dnorm(mu[i], tau)
                mu[i] <- alpha + beta * i
              }
              alpha ~ dnorm(0, 0.001)
              beta ~ dflat()
              sigma <- 1 / sqrt(tau)
              tau ~ dgamma(0.01, 0.01)
            }
            """));

    private static IEnumerable<string> Messages(string text) => Model.Compile(text).Diagnostics.Select(d => $"{d.Id} {d.Location!.Line}");
}
