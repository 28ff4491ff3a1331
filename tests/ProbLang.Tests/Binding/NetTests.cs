using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Binding;

/// <summary>Nets, what is made of them, and guides.</summary>
public class NetTests
{
    private const string AutoEncoder = """
        input N: count
        net decode = mlp(hidden: [128], activation: tanh)
        for i in 1..N {
          z[i] ~ Normal(0, 1) ^ 2
          x[i] ~ Bernoulli(logit: decode(z[i]))
        }
        guide {
          net encode = mlp(hidden: [128])
          param s: positive = 1
          for i in 1..N {
            h[i] = encode(x[i])
            z[i] ~ Normal(h[i, 1..2], s * exp(h[i, 3..4]))
          }
        }
        """;

    [Fact]
    public void A_model_with_nets_and_a_guide_is_a_graph() =>
        Assert.Equal("""
            variables
              input N: integer, from 0
              random z[i, _]: real
              random x[i, _]: boolean

            nets
              decode = mlp(hidden: [128], activation: tanh)

            definitions
              for i in 1..N: z[i] ~ Normal(mean: 0, sd: 1) ^ 2
              for i in 1..N: x[i] ~ Bernoulli(logit: decode(z[i]))

            guide
              param s: real, above 0 = 1
              net encode = mlp(hidden: [128])
              for i in 1..N: h[i] = encode(x[i])
              for i in 1..N: z[i] ~ Normal(mean: h[i, 1..2], sd: s * exp(h[i, 3..4]))

            """, GraphPrinter.Print(Models.Graph(AutoEncoder)));

    [Theory]
    // A net acts on the last dimension; a causal one gives a number for a prefix, an embedding a vector for a label.
    [InlineData("net f = mlp(hidden: [8])\ninput a[3, 4]\ny = f(a[1])", 1)]
    [InlineData("net f = mlp(hidden: [8])\ninput a\ny = f(a)", 0)]
    [InlineData("net f = mlp([8])\ninput a[3, 4]\ny = f(a, context: [1, 2])", 2)]
    [InlineData("net f = masked(hidden: [8])\ninput a[4]\ny = f(a[..2])", 0)]
    [InlineData("net f = embedding(levels: 3, n: 4)\ninput a: int\ny = f(a)", 1)]
    [InlineData("net f = coupling(layers: 2, hidden: [8], kind: spline)\ninput a[4]\ny = f(a)", 1)]
    [InlineData("net e = embedding(levels: 3, n: 4)\nnet f = chain(e, mlp([8]), dense(2))\ninput a: int\ny = f(a)", 1)]
    [InlineData("net f = mlp([8])\ninput N: count\nfor i in 1..N { y[i] ~ Energy(f) }", 2)]
    [InlineData("net f = mlp([8])\nfor i in 1..3 { y[i] ~ Diffusion(f, steps: 100, schedule: cosine, context: [1]) }", 2)]
    public void A_net_gives_values_of_a_rank(string text, int rank) => Assert.Equal(rank, Models.Variable(text, "y").Rank);

    [Theory]
    [InlineData("coupling(layers: 2, hidden: [8])", true)]
    [InlineData("autoregressive_flow(layers: 2, hidden: [8])", true)]
    [InlineData("chain(permutation(), invertible_linear())", true)]
    [InlineData("chain(permutation(), dense(3))", false)]
    [InlineData("mlp([8])", false)]
    public void Some_nets_have_an_inverse(string net, bool isInvertible) => Assert.Equal(isInvertible, Models.Graph($"net f = {net}").Nets[0].IsInvertible);

    [Theory]
    [InlineData("net f = mpl([3])", "GM0297 1:9+3")]
    [InlineData("net f = 3", "GM0297 1:9+1")]
    [InlineData("net f = mlp(hiden: [3])", "GM0221 1:13+5")]
    [InlineData("net f = mlp(activation: tanh)", "GM0223 1:9+3")]
    [InlineData("net f = mlp([3], activation: tan)", "GM0298 1:30+3")]
    [InlineData("net f = mlp(3)", "GM0227 1:13+1")]
    [InlineData("net f = mlp([0])", "GM0229 1:13+3")]
    [InlineData("net f = mlp([2.5])", "GM0244 1:13+5")]
    [InlineData("net f = mlp([3], residual: 0.5)", "GM0246 1:28+3")]
    [InlineData("net f = permutation(1, 2)", "GM0220 1:9+11")]
    [InlineData("net f = chain(g)", "GM0298 1:15+1")]
    [InlineData("net f = chain(g, mlp([3]))\nnet g = chain(f)\nx = f([1, 2])", "GM0211 1:5+1")]
    [InlineData("net f = mlp([3])\ndef f(a) = a", "GM0260 1:5+1")]
    [InlineData("net f = mlp([3])\nnet f = mlp([3])", "GM0260 2:5+1")]
    [InlineData("net exp = mlp([3])", "GM0213 1:5+3")]
    [InlineData("net f = mlp([3])\nx = f", "GM0205 2:5+1")]
    [InlineData("net f = mlp([3])\nx = f(1, 2, 3)", "GM0220 2:5+1")]
    [InlineData("net f = mlp([3])\nx = f(1, contxt: 2)", "GM0221 2:10+6")]
    [InlineData("net f = mlp([3])\nx = f(context: 2)", "GM0223 2:5+1")]
    [InlineData("x ~ Energy(f)", "GM0298 1:12+1")]
    [InlineData("net f = mlp([3])\nx ~ Diffusion(f, steps: 2.5)", "GM0244 2:25+3")]
    [InlineData("net f = mlp([3])\nx ~ Diffusion(f, schedule: cosin)", "GM0298 2:28+5")]
    [InlineData("net f = mlp([3])\nx ~ Energy(f) truncated (0, )", "GM0232 2:5+9")]
    [InlineData("for i in 1..2 { net f = mlp([3]) guide { } }", "GM0210 1:17+16", "GM0210 1:34+9")]
    // Guides.
    [InlineData("guide { zz ~ Normal(0, 1) }\nmu ~ Normal(0, 1)", "GM0299 1:9+2")]
    [InlineData("guide { mu = 3 }\nmu ~ Normal(0, 1)", "GM0299 1:9+2")]
    [InlineData("guide { m ~ Normal(0, 1) }\nm = 3", "GM0299 1:9+1")]
    [InlineData("guide { mu ~ Normal(0, 1) ^ 2 }\nmu ~ Normal(0, 1)", "GM0299 1:9+2")]
    [InlineData("guide { factor 2 }", "GM0299 1:9+8")]
    [InlineData("guide { for i in 1..2 { given mu } }\nmu ~ Normal(0, 1)", "GM0299 1:25+8")]
    [InlineData("guide { mu ~ Normal(0, 1) } guide { }\nmu ~ Normal(0, 1)", "GM0299 1:29+9")]
    [InlineData("guide { param mu }\nmu ~ Normal(0, 1)", "GM0299 1:15+2")]
    [InlineData("guide { mu ~ Normal(qq, 1) }\nmu ~ Normal(0, 1)", "GM0201 1:21+2")]
    [InlineData("guide { for i in 1..2 { mu ~ Normal(0, 1) } }\nmu ~ Normal(0, 1)", "GM0262 1:25+2")]
    [InlineData("guide { mu ~ Normal(h, 1) h = mu }\nmu ~ Normal(0, 1)", "GM0264 1:9+2")]
    public void A_mistake_is_reported_where_it_is(string text, params string[] places) => Assert.Equal(places, Models.Places(text));

    [Fact]
    public void A_net_that_there_is_not_is_told_from_those_that_there_are() =>
        Assert.Equal("""
            m.gm:1:9: error GM0297: there is no net `mpl`
              1 | net f = mpl([3])
                |         ^^^
              = did you mean `mlp`?
            m.gm:2:13: error GM0221: `mlp` has no argument `hiden`
              2 | net g = mlp(hiden: [3])
                |             ^^^^^
              = did you mean `hidden`? It is written `mlp(hidden, activation, residual, norm, inputs, outputs)`
            m.gm:3:32: error GM0298: `kind` of `coupling` is one of affine, spline
              3 | net h = coupling(2, [8], kind: splin)
                |                                ^^^^^
              = did you mean `spline`?
            """, Models.Messages("net f = mpl([3])\nnet g = mlp(hiden: [3])\nnet h = coupling(2, [8], kind: splin)"));

    [Fact]
    public void A_guide_that_misspells_a_latent_is_told_so() =>
        Assert.Equal("""
            m.gm:1:9: error GM0299: `theat` is not a random variable of the model, and a guide draws those alone
              1 | guide { theat ~ Normal(0, 1) }
                |         ^^^^^
              = did you mean `theta`?
            """, Models.Messages("guide { theat ~ Normal(0, 1) }\ntheta ~ Normal(0, 1)"));

    [Fact]
    public void Inputs_that_only_nets_or_the_guide_use_are_used() =>
        Assert.Empty(Models.Bind("input D: count\ninput s: positive\nnet f = mlp([3], outputs: D)\nx ~ Normal(0, 1)\nguide { x ~ Normal(0, s) }").Diagnostics);
}
