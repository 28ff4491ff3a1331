using Xunit;

namespace ProbLang.Tests.Binding;

public class DiagnosticsTests
{
    [Fact]
    public void An_unknown_name_is_reported_once_with_the_nearest() => Assert.Equal("""
        m.gm:2:15: error GM0201: nothing in this model is called `sigm`
          2 | x ~ Normal(0, sigm)
            |               ^^^^
          = did you mean `sigma`?
        """, Models.Messages("sigma ~ HalfNormal(1)\nx ~ Normal(0, sigm)\ny ~ Normal(0, sigm)\nz = x[1] + y"));

    [Fact]
    public void A_cycle_shows_every_statement() => Assert.Equal("""
        m.gm:1:1: error GM0264: `a`, `b` and `c` are defined by each other
          1 | a = b + 1
            | ^
          m.gm:2:1: `b`, which the one before needs
          2 | b ~ Normal(c, 1)
            | ^
          m.gm:3:1: `c`, which the one before needs
          3 | c = exp(a)
            | ^
        """, Models.Messages("a = b + 1\nb ~ Normal(c, 1)\nc = exp(a)"));

    [Fact]
    public void Sizes_that_constants_decide_are_shown_with_what_has_them() => Assert.Equal("""
        m.gm:3:5: error GM0241: the sizes of the operands of `@` do not agree: `A` is 3×4, `b` has 3
          3 | x = A @ b
            |     ^^^^^
        m.gm:4:5: error GM0241: the sizes of the operands of `+` do not agree: `b` has 3, `[1, 2]` has 2
          4 | y = b + [1, 2]
            |     ^^^^^^^^^^
        """, Models.Messages("input A[3, 4]\nb ~ Normal(0, 1) ^ 3\nx = A @ b\ny = b + [1, 2]"));

    [Fact]
    public void A_second_definition_shows_the_first() => Assert.Equal("""
        m.gm:3:1: error GM0260: `mu` is defined a second time
          3 | mu ~ Normal(0, 2)
            | ^^
          m.gm:1:1: first defined here
          1 | mu ~ Normal(0, 1)
            | ^^
          = every element is defined once; to give it a value, write `given`
        """, Models.Messages("mu ~ Normal(0, 1)\nx ~ Normal(mu, 1)\nmu ~ Normal(0, 2)"));

    [Fact]
    public void A_name_defined_in_a_plate_must_carry_its_loop_variables() => Assert.Equal("""
        m.gm:2:3: error GM0262: `m` would be defined again for every `i`
          2 |   m = 2 * i
            |   ^
          m.gm:1:5: repeated here
          1 | for i in 1..3 {
            |     ^
          = write `m[i] = …`, or move it out of the `for`
        """, Models.Messages("for i in 1..3 {\n  m = 2 * i\n}"));

    [Fact]
    public void A_negative_sd_is_reported_where_it_is() => Assert.Equal("""
        m.gm:1:15: error GM0229: `sd` of `Normal` is above 0 and finite, and this is -1
          1 | x ~ Normal(0, -1)
            |               ^^
        """, Models.Messages("x ~ Normal(0, -1)"));

    [Fact]
    public void A_wrong_argument_shows_how_the_distribution_is_written() => Assert.Equal("""
        m.gm:1:12: error GM0221: `Normal` has no argument `meen`
          1 | x ~ Normal(meen: 0, sd: 1)
            |            ^^^^
          = did you mean `mean`? It is written `Normal(mean, sd | variance | precision)`
        """, Models.Messages("x ~ Normal(meen: 0, sd: 1)"));

    [Fact]
    public void A_mistake_in_a_function_shows_its_use() => Assert.Equal("""
        m.gm:1:12: error GM0247: this is a single number and has no elements
          1 | def f(a) = a[1]
            |            ^^^^
          m.gm:2:5: in this use of `f`
          2 | x = f(3)
            |     ^^^^
        """, Models.Messages("def f(a) = a[1]\nx = f(3)"));

    [Theory]
    // Names.
    [InlineData("x = y", "GM0201 1:5+1")]
    [InlineData("x = expp(1)", "GM0202 1:5+4")]
    [InlineData("x ~ normal(0, 1)", "GM0203 1:5+6")]
    [InlineData("x = \"a\"", "GM0279 1:5+3")]
    [InlineData("input g[3]: category(\"a\", \"b\")\nx = g == \"c\"", "GM0278 2:10+3")]
    [InlineData("input g[3]: category(\"a\", \"b\", \"a\")\nx = g", "GM0278 1:32+3")]
    [InlineData("input g: category(1)\nx = g", "GM0216 1:10+11")]
    [InlineData("input g: category(\"a\")\ninput h: category(g)\ninput k: category(\"a\") = \"b\"\nx = g + h + k", "GM0278 3:26+3")]
    [InlineData("input g: category(\"a\")\ng2: category(g) = g\ninput h: category = 3\nx = h + g2", "GM0279 3:21+1")]
    [InlineData("input n: int\nx = n == \"a\"\ny = \"a\" == \"b\"", "GM0269 2:5+1", "GM0279 3:5+3", "GM0279 3:12+3")]
    [InlineData("input n: int\nx = onehot(n)\ny = onehot(n > 2, 2)\nz = onehot(n / 2, 2)", "GM0269 2:5+9", "GM0245 3:12+5", "GM0244 4:12+5")]
    [InlineData("input g: category\nx = size(levels(h)) + size(levels(1)) + size(levels(g, 2))", "GM0201 2:17+1", "GM0269 2:35+1", "GM0220 2:46+6")]
    [InlineData("for r in levels(q) { a[r] ~ Normal(0, 1) }", "GM0201 1:17+1")]
    [InlineData("g: category ~ Poisson(3)\nh: category ~ Normal(0, 1)\nk: category ~ Bernoulli(0.5)", "GM0276 1:15+10", "GM0266 2:15+12", "GM0276 3:15+14")]
    [InlineData("g: category(\"a\", \"b\") ~ Categorical([0.5, 0.5])\ngiven g = 1", "GM0279 2:11+1")]
    [InlineData("input s: simplex\nx = s", "GM0216 1:10+7")]
    [InlineData("input a: category\ninput b: category\nx = a == b", "GM0269 3:5+6")]
    [InlineData("input n[3]: count\nfor i in 1..3 { y[i]: int(0, n[i]) ~ Binomial(n[i], 0.5) }", "GM0218 2:32+1")]
    [InlineData("input s: simplex(2, 3)\nx = s", "GM0216 1:10+13")]
    [InlineData("input s: simplex(-1)\nx = s", "GM0229 1:18+2")]
    [InlineData("w: simplex(3) ~ Normal(0, 1) ^ 3\nc: ordered(2) ~ Normal(0, 1) ^ 2\nu: unit(2) ~ Normal(0, 1) ^ 2", "GM0276 1:17+16", "GM0276 2:17+16", "GM0276 3:14+16")]
    [InlineData("w: simplex(3) = 0.5\nS: covariance(2) = [1, 2]", "GM0277 1:17+3", "GM0277 2:20+6")]
    [InlineData("w: simplex(3) ~ Dirichlet([1, 1])\nS: covariance(2) = identity(3)", "GM0241 1:1+33", "GM0241 2:1+30")]
    [InlineData("x = exp", "GM0205 1:5+3")]
    [InlineData("x = Normal", "GM0205 1:5+6")]
    [InlineData("input y[3]\nx = y(1)", "GM0206 2:5+1")]
    [InlineData("x = Normal(0, 1)", "GM0207 1:5+12")]
    [InlineData("x = 1 + Normal(0, 1) ^ 2", "GM0207 1:9+16")]
    [InlineData("x ~ 3", "GM0208 1:5+1")]
    [InlineData("x ~ exp(3)", "GM0208 1:5+6")]
    [InlineData("x ~ if true then Normal(0, 1) else Cauchy(0, 1)", "GM0209 1:5+43")]
    [InlineData("for i in 1..2 { input a }", "GM0210 1:17+7")]
    [InlineData("for i in 1..2 { def f(a) = a }", "GM0210 1:17+12")]
    [InlineData("def f(a) = g(a)\ndef g(a) = f(a)\nx = f(1)", "GM0211 1:5+1")]
    [InlineData("def f(a, a) = a", "GM0212 1:10+1")]
    [InlineData("def exp(a) = a\nx = exp(1)", "GM0213 1:5+3")]
    [InlineData("input a\nx = 1", "GM0214 1:7+1")]
    [InlineData("input a: rael\nx = a", "GM0215 1:10+4")]
    [InlineData("input a: positive(3, 4)\nx = a", "GM0216 1:10+14")]
    [InlineData("input a: real(3)\nx = a", "GM0216 1:10+7")]
    [InlineData("input a: real(3, 2)\nx = a", "GM0217 1:10+10")]
    [InlineData("def f(a) = zz + a", "GM0201 1:12+2")]
    [InlineData("def f(a) = zz(a)", "GM0202 1:12+2")]
    // Arguments.
    [InlineData("x = exp(1, 2)", "GM0220 1:5+3")]
    [InlineData("x = min(1, 2, 3)", "GM0220 1:5+3")]
    [InlineData("def f(a) = a\nx = f(1, 2)", "GM0220 2:5+1")]
    [InlineData("x ~ Normal(0, 1, 2)", "GM0220 1:5+6")]
    [InlineData("x ~ Normal(mean: 0, mean: 1)", "GM0222 1:21+7")]
    [InlineData("x ~ Normal(0, mean: 1)", "GM0222 1:15+7")]
    [InlineData("x ~ Normal(0)", "GM0223 1:5+6")]
    [InlineData("x ~ Normal(0, sd: 1, variance: 1)", "GM0224 1:5+6")]
    [InlineData("x ~ Normal(0, )", "GM0225 1:15+1")]
    [InlineData("x ~ Normal(sd: 1, 0)", "GM0226 1:19+1")]
    [InlineData("x ~ Normal(0, sd: 1, 2)", "GM0226 1:22+1")]
    [InlineData("x = det([1, 2])", "GM0227 1:9+6")]
    [InlineData("x ~ Dirichlet(1)", "GM0227 1:15+1")]
    [InlineData("x ~ Normal([1, 2], [[1, 2], [3, 4]])", "GM0228 1:5+6")]
    [InlineData("x ~ Bernoulli(1.5)", "GM0229 1:15+3")]
    [InlineData("x ~ Binomial(-3, 0.5)", "GM0229 1:14+2")]
    [InlineData("x ~ Dirichlet([1, 0])", "GM0229 1:15+6")]
    [InlineData("x ~ Normal(infinity, 1)", "GM0229 1:12+8")]
    [InlineData("x ~ Normal(0, 1) ^ (-2)", "GM0229 1:20+4")]
    [InlineData("x ~ Categorical([0.5, 0.6])", "GM0230 1:17+10")]
    [InlineData("x ~ Uniform(2, 1)", "GM0231 1:13+4")]
    [InlineData("x ~ Normal(0, 1) truncated (2, 1)", "GM0231 1:29+4")]
    [InlineData("x ~ Dirichlet([1, 1]) truncated (0, )", "GM0232 1:5+17")]
    [InlineData("x ~ Flat() censored (0, )", "GM0232 1:5+6")]
    [InlineData("x ~ Normal(0, 1) ^ 3 ordered truncated (0, )", "GM0232 1:5+24")]
    [InlineData("x ~ Normal(0, 1) censored (right: true) rounded (1)", "GM0232 1:5+35")]
    [InlineData("x ~ Normal(0, 1) censored (2, 1)", "GM0231 1:28+4")]
    [InlineData("x ~ Normal(0, 1) censored (0)", "GM0220 1:18+8")]
    [InlineData("x ~ Normal(0, 1) censored (0, right: true)", "GM0224 1:18+8")]
    [InlineData("x ~ Normal(0, 1) censored (right: 0.5)", "GM0246 1:35+3")]
    [InlineData("x ~ Normal(0, 1) censored (right: [true, false])", "GM0240 1:35+13")]
    [InlineData("x ~ Normal(0, 1) rounded (0)", "GM0229 1:27+1")]
    [InlineData("x ~ Normal(0, 1) rounded (1, 2)", "GM0220 1:18+7")]
    [InlineData("x ~ Normal(0, 1) ordered", "GM0238 1:5+12")]
    [InlineData("x ~ Poisson(3) ^ 4 ordered", "GM0238 1:5+14")]
    [InlineData("x ~ Normal([1, 2], 1) ordered", "GM0238 1:5+17")]
    [InlineData("x ~ ZeroInflated(1.5, Poisson(2))", "GM0229 1:18+3")]
    [InlineData("x ~ ZeroInflated(0.5, Dirichlet([1, 1]))", "GM0227 1:23+17")]
    [InlineData("x ~ Hurdle(0.5, Flat(0, ))", "GM0232 1:17+9")]
    [InlineData("x ~ Hurdle(0.5)", "GM0220 1:5+6")]
    [InlineData("x ~ Delta()", "GM0220 1:5+5")]
    [InlineData("x ~ Mixture([0.5, 0.5], [Delta(0.5), Poisson(2)])", "GM0233 1:26+10")]
    [InlineData("x = cdf(1, 2)", "GM0239 1:9+1")]
    [InlineData("x = cdf(Dirichlet([1, 1]), 2)", "GM0232 1:9+17")]
    [InlineData("x = quantile(Normal(0, 1), 2)", "GM0229 1:28+1")]
    [InlineData("x = log_density(Dirichlet([1, 1]), 2)", "GM0240 1:5+33")]
    [InlineData("x = log_density(Normal(0, 1))", "GM0220 1:5+11")]
    [InlineData("x ~ Mixture([0.5, 0.5], [Normal(0, 1), Poisson(2)])", "GM0233 1:40+10")]
    [InlineData("x ~ Mixture([0.2, 0.3, 0.5], [Normal(0, 1), Normal(1, 1)])", "GM0234 1:5+54")]
    [InlineData("input w[3]\nx ~ Mixture(w, [Normal(0, 1), Normal(1, 1)])", "GM0234 2:5+40")]
    [InlineData("input w[3]\nx ~ Mixture(w, for k in 1..2: Normal(k, 1))", "GM0234 2:5+39")]
    [InlineData("x ~ Mixture([0.5, 0.5], [1, 2])", "GM0235 1:26+1")]
    [InlineData("input w[4, 2]\nx ~ Mixture(w, for k in 1..2: Normal(k, 1))", "GM0237 2:5+39")]
    // Shapes, indices and kinds.
    [InlineData("input a[3]\ninput B[3, 3]\nx = a + B", "GM0240 3:5+5")]
    [InlineData("input a[3]\ninput b[4]\nx = a + b", "GM0241 3:5+5")]
    [InlineData("input A[3, 4]\nb ~ Normal(0, 1) ^ 3\nx = A @ b", "GM0241 3:5+5")]
    [InlineData("x = 2 @ [1, 2]", "GM0242 1:5+1")]
    [InlineData("x ~ Normal(0, 1) ^ [1, 2]", "GM0243 1:20+6")]
    [InlineData("input N\nfor i in 1..N { x[i] = 1 }", "GM0244 2:13+1")]
    [InlineData("input a[3]\nx = a[1.5]", "GM0244 2:7+3")]
    [InlineData("z ~ Bernoulli(0.5)\ninput a[2]\nx = a[z]", "GM0245 3:7+1")]
    [InlineData("input a\nx = if a then 1 else 2", "GM0246 2:8+1")]
    [InlineData("input a\nx = not a", "GM0246 2:9+1")]
    [InlineData("input a\nx = a[1]", "GM0247 2:5+4")]
    [InlineData("input a[3]\nx = a[1, 2]", "GM0248 2:5+7")]
    [InlineData("input a[3]\nx = a[0]", "GM0249 2:7+1")]
    [InlineData("x[0] = 1", "GM0249 1:3+1")]
    [InlineData("input a[3]\nx = a[4]", "GM0250 2:7+1")]
    [InlineData("input a[3]\nx = a[2..4]", "GM0250 2:10+1")]
    [InlineData("input a[3]\nx = a[[[1], [2]]]", "GM0251 2:7+10")]
    [InlineData("input N: count\nfor i in N { x[i] = 1 }", "GM0252 2:10+1")]
    [InlineData("x = [1, [2]]", "GM0258 1:9+3")]
    [InlineData("input A[2, 3]\nx = det(A)", "GM0257 2:5+6")]
    // Definitions and conditions.
    [InlineData("b ~ Bernoulli(0.5)\ngiven b = 0.5", "GM0266 2:11+3")]
    [InlineData("x[1] = 1\nx[1] = 2", "GM0260 2:1+3")]
    [InlineData("for i in 1..2 { x[i] = 1\nx[i] = 2 }", "GM0260 2:1+3")]
    [InlineData("x[1] = 1\nx = [1, 2]", "GM0260 2:1+1")]
    [InlineData("input a\ninput a\nx = a", "GM0260 2:7+1")]
    [InlineData("input a\na ~ Normal(0, 1)\nx = a", "GM0261 2:1+1")]
    [InlineData("for i in 1..2 { for j in 1..2 { x[j] = 1 } }", "GM0262 1:33+1")]
    [InlineData("x[1] = 1\nx[2] = [1, 2]", "GM0263 1:1+3")]
    [InlineData("x = x + 1", "GM0264 1:1+1")]
    [InlineData("for i in 1..2 { x[i] = y[i]\ny[i] = x[i] }", "GM0264 1:17+3")]
    [InlineData("x = sum(y)\nfor i in 1..3 { y[i] = x }", "GM0264 1:1+1")]
    [InlineData("x: int ~ Normal(0, 1)", "GM0266 1:10+12")]
    [InlineData("x[1]: real ~ Normal(0, 1)\nx[2]: positive ~ Normal(0, 1)", "GM0267 2:7+8")]
    [InlineData("input a[3] = 1\nx = a", "GM0268 1:14+1")]
    [InlineData("x: positive ~ Normal(0, 1)\ny: real(0, 5) ~ Exponential(1) ^ 2\nz: positive ~ Normal(0, 1) truncated (0, )\nu: probability ~ Beta(2, 2)", "GM0275 1:15+12", "GM0275 2:17+18")]
    [InlineData("x: probability ~ Mixture([0.5, 0.5], [Uniform(0, 1), HalfNormal(1)])", "GM0275 1:18+51")]
    [InlineData("input a: count = 1.5\nx = a", "GM0266 1:18+3")]
    [InlineData("x ~ Normal(0, 1) ^ 2\ngiven x = 3", "GM0271 2:11+1")]
    [InlineData("x ~ Normal(0, 1) ^ 2\ngiven x = [1, 2, 3]", "GM0241 2:11+9")]
    [InlineData("x ~ Normal(0, 1)\ngiven x == 3", "GM0272 2:7+6")]
    [InlineData("x ~ Normal(0, 1)\ny = 2 * x\nz ~ Poisson(1)\ngiven not (y != z)", "GM0272 4:11+8")]
    [InlineData("x ~ Normal(0, 1)\ngiven x + 1", "GM0273 2:7+5")]
    [InlineData("x ~ Normal(0, 1) ^ 2\nfactor x", "GM0280 2:8+1")]
    [InlineData("t ~ Normal(0, 1)\nif t > 0 { x ~ Normal(0, 1) }\ny ~ Normal(x, 1)", "GM0281 3:12+1")]
    [InlineData("t ~ Normal(0, 1)\nfor i in 1..3 { if t > i { x[i] = t } else { z[i] ~ Normal(x[i], 1) } }", "GM0281 2:60+4")]
    [InlineData("t ~ Normal(0, 1)\nif t > 0 { x ~ Normal(0, 1) }\nif t > 1 { x ~ Normal(2, 1) }", "GM0260 3:12+1")]
    [InlineData("t ~ Normal(0, 1)\nif t { x = 1 }", "GM0246 2:4+1")]
    [InlineData("t ~ Normal(0, 1) ^ 2\nif t > 0 { x = 1 }", "GM0243 2:4+5")]
    [InlineData("if true { input a }", "GM0210 1:11+7")]
    [InlineData("param w\nw ~ Normal(0, 1)\ny = w", "GM0261 2:1+1")]
    [InlineData("param w[2] = 1\nx = w", "GM0268 1:14+1")]
    [InlineData("param w: positive", "GM0214 1:7+1")]
    [InlineData("x ~ Normal(0, 1) ^ 4\ngiven x[1..2] = [1, 2]", "GM0274 2:7+7")]
    public void A_mistake_is_reported_where_it_is(string text, params string[] places) => Assert.Equal(places, Models.Places(text));

    [Theory]
    [InlineData("x[1] = 0\nfor t in 2..5 { x[t] = x[t-1] }")]
    [InlineData("for i in 1..5 { x[i] = y[i] }\nfor i in 6..9 { y[i] = x[i] }")]
    [InlineData("input c: bool\nx = if c then y else 1\ny = if c then 2 else x")]
    [InlineData("for i in 1..3 { for j in 1..2 { x[i, j] ~ Normal(0, 1) } }")]
    [InlineData("x[1] ~ Normal(0, 1)\nx[2] ~ Normal(x[1], 1)\nx[3] ~ Normal(x[1] + x[2], 1)")]
    [InlineData("input n: count\nx = [for k in 1..n: k][1..0]")]
    [InlineData("input alive[3]: int\nfor i in 1..3 { x[i, alive[i]] ~ Normal(0, 1) }")]
    [InlineData("input z[4]: int(1, 3)\nmu ~ Normal(0, 1) ^ 3\nx ~ Normal(mu[z], 1)")]
    [InlineData("x ~ Poisson(1)\ny ~ Normal(0, 1) ^ 2\ngiven x == 3\ngiven y[1] < 1 or y[2] > 3\ngiven y > [0, 1]")]
    [InlineData("t ~ Normal(0, 1)\nif t > 0 { x ~ Normal(0, 1) } else if t > -1 { x = 3 } else { x ~ Poisson(3) }\ny = x")]
    [InlineData("t ~ Normal(0, 1)\nif t > 0 { x ~ Normal(0, 1); y = if t > 0 then x else 0; z ~ Normal(x, 1) }\nu = if t > 0 then x else 1")]
    [InlineData("input c: bool\nif c { a = 2; b = a } else { b = 2; a = b }")]
    [InlineData("x ~ Flat(1, 2)\ny ~ Flat(0, 3)\nz ~ Gamma(mean: 1, sd: 2)\nw ~ Gamma(2, scale: 3)")]
    [InlineData("x ~ Bernoulli(0.5) truncated (1, 1)")]
    [InlineData("def f(x) = size(levels(colour)) + x\ninput c: category(colour)\ny = f(c)")]
    [InlineData("input c: category(\"a b\", \"\", \"x,y\")\ny = if c == \"a b\" then 1 else 2")]
    [InlineData("for g in levels(group) { for r in levels(region) { a[g, r] ~ Normal(0, 1) } }\ninput group[N]: category\ninput region[N]: category\ninput N: count\ny ~ Normal(a[group[1], region[1]], 1)")]
    [InlineData("input g: category(\"a\", \"b\")\nx ~ Categorical(onehot(g) * 0.5 + 0.25)\ny ~ Mixture(onehot(g), for k in levels(g): Normal(if k == \"a\" then 0 else 1, 1))")]
    [InlineData("input S: covariance(2)\ninput m[2]\nx ~ MvNormal(m, S)")]
    [InlineData("x ~ Categorical([0.333333, 0.333333, 0.333334])")]
    [InlineData("b ~ Bernoulli(0.5)\ngiven b = 1")]
    [InlineData("input K: count\ninput T: count\nbeta ~ Normal(0, 1) ^ K\nfor t in K + 1..T { y[t] ~ Normal(sum(for k in 1..K: beta[k] * y[t-k]), 1) }")]
    [InlineData("input K: count\ninput T: count\nbeta ~ Normal(0, 1) ^ K\nfor t in K + 1..T { y[t] ~ Normal(dot(beta, y[t-K..t-1]), 1) }")]
    [InlineData("input N: count\ninput age[N]: int\nb ~ Normal(0, 1) ^ 2\ny ~ Normal(b[1] + b[2] * (age == 2), 1)")]
    [InlineData("mu ~ Normal(0, 2) ^ 2\ngiven mu[1] < mu[2]\ntheta ~ Beta(5, 5)\ny ~ Mixture([theta, 1 - theta], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    public void A_model_that_may_be_right_is_not_reported(string text) => Assert.Empty(Models.Messages(text));

    [Fact]
    public void Several_mistakes_are_reported_in_one_run_without_their_consequences() =>
        Assert.Equal(["GM0201 1:5+2", "GM0229 3:15+1", "GM0202 4:5+4"], Models.Places("a = zz\nb = a[1] + a @ a\nc ~ Normal(b, 0)\nd = foo1(c)\ne = d + c"));

    [Fact]
    public void No_more_than_fifty_are_shown() =>
        Assert.Equal(50, Models.Bind(string.Concat(Enumerable.Range(1, 80).Select(i => $"x{i} = Normal(0, 1)\n"))).Diagnostics.Length);

    [Fact]
    public void A_warning_does_not_stop_a_model() => Assert.NotNull(Models.Bind("input a\nx ~ Normal(0, 1)").Graph);
}
