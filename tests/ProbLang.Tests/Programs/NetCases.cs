using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>Every net with every option, each in a model whose arguments, contexts and weights are unknown, so that there is a gradient towards all of them.</summary>
internal static class NetCases
{
    private const int Rows = 5;

    /// <summary>What a net is, how many values it takes and gives, and how long its context is.</summary>
    private sealed record Case(string Net, int Inputs, int Outputs, int Context = 0);

    private static readonly Dictionary<string, Case> s_values = new()
    {
        ["mlp"] = new("mlp([4])", 3, 2),
        ["mlp without hidden layers"] = new("mlp(hidden: [])", 3, 2),
        ["mlp of relu"] = new("mlp([4, 3], relu)", 3, 2),
        ["mlp of gelu"] = new("mlp([4, 3], gelu)", 3, 2),
        ["mlp of tanh"] = new("mlp([4, 3], tanh)", 3, 2),
        ["mlp of silu"] = new("mlp([4, 3], silu)", 3, 2),
        ["mlp of softplus"] = new("mlp([4, 3], softplus)", 3, 2),
        ["mlp of identity"] = new("mlp([4, 3], identity)", 3, 2),
        ["mlp with residuals"] = new("mlp([3, 4, 4], tanh, residual: true)", 3, 2),
        ["mlp with norm"] = new("mlp([4, 3], tanh, norm: true)", 3, 2),
        ["mlp with all"] = new("mlp([4, 4], silu, residual: true, norm: true)", 3, 2, 2),
        ["mlp with context"] = new("mlp([4], tanh)", 3, 2, 2),
        ["wide mlp"] = new("mlp([20, 9], tanh)", 10, 11, 9),
        ["mlp of one value"] = new("mlp([3], tanh)", 1, 1),
        ["dense"] = new("dense(2)", 3, 2),
        ["masked"] = new("masked([6], activation: tanh)", 4, 4),
        ["masked with context"] = new("masked([6, 5], activation: tanh)", 4, 4, 2),
        ["narrow masked"] = new("masked([2], activation: softplus)", 5, 5),
        ["narrow masked with context"] = new("masked([2, 2], activation: gelu)", 5, 5, 1),
        ["masked without hidden layers"] = new("masked([])", 3, 3, 2),
        ["masked of one value"] = new("masked([3])", 1, 1),
    };

    private static readonly Dictionary<string, Case> s_invertible = new()
    {
        ["coupling"] = new("coupling(2, [4])", 3, 3),
        ["coupling of two"] = new("coupling(3, [4, 3], activation: tanh)", 2, 2),
        ["coupling with context"] = new("coupling(2, [3])", 5, 5, 2),
        ["spline coupling"] = new("coupling(2, [4], spline)", 3, 3),
        ["spline coupling of few bins"] = new("coupling(2, [3], spline, bins: 2)", 2, 2),
        ["spline coupling of many bins"] = new("coupling(1, [3], spline, bins: 11)", 2, 2),
        ["spline coupling with context"] = new("coupling(2, [3], spline, bins: 4)", 4, 4, 2),
        ["autoregressive flow"] = new("autoregressive_flow(2, [5])", 3, 3),
        ["autoregressive flow with context"] = new("autoregressive_flow(2, [5, 4], activation: tanh)", 3, 3, 2),
        ["autoregressive flow of one value"] = new("autoregressive_flow(2, [3])", 1, 1, 2),
        ["narrow autoregressive flow"] = new("autoregressive_flow(2, [2])", 4, 4),
        ["permutation"] = new("permutation()", 5, 5),
        ["linear"] = new("invertible_linear()", 4, 4),
        ["linear of one value"] = new("invertible_linear()", 1, 1),
    };

    public static IEnumerable<string> Values => s_values.Keys.Concat(s_invertible.Keys);

    /// <summary>Nets where they may stand.</summary>
    private static readonly Dictionary<string, (string Model, DataArray[] Data)> s_places = new()
    {
        ["labels"] = (
            """
            net e = embedding(levels: 3, n: 2)
            net f = mlp([4], tanh)
            input N: count
            input k[N]: int
            for i in 1..N {
              x[i] ~ Normal(0, 1)
              y[i] ~ Normal(f(concat(e(k[i]), x[i])), exp(f(concat(e(k[i]), 0))[1]))
            }
            """, [Given("k", 1, 3, 3, 1, 2), Given("y", [5, 2], [.. Numbers(10, 4)])]),
        ["a whole matrix and one context"] = (
            """
            net f = mlp([4], tanh)
            input X[N, 3]: real
            input N: count
            c ~ Normal(0, 1) ^ 2
            h = f(X, context: c)
            y ~ Normal(h[.., 1], exp(h[.., 2]))
            """, [Given("X", [5, 3], [.. Numbers(15, 5)]), Given("y", [.. Numbers(5, 4)])]),
        ["numbers"] = (
            """
            net f = mlp([3], tanh)
            input N: count
            input t[N]: real
            m ~ Normal(0, 1)
            for i in 1..N { y[i] ~ Normal(f(m * t[i], context: t[i]) + f(m, context: 1), 1) }
            """, [Given("t", [.. Numbers(6, 5)]), Given("y", [.. Numbers(6, 4)])]),
        ["rows that others read"] = (
            """
            net f = mlp([3], tanh, outputs: 3)
            input N: count
            input g[N]: int
            for i in 1..N {
              x[i] ~ Normal(0, 1) ^ 2
              h[i] = f(x[i])
              y[i] ~ Normal(h[g[i], 1] + h[i, g[i]], 1)
            }
            """, [Given("g", 2, 1, 3, 1), Given("y", [.. Numbers(4, 4)])]),
        ["a chain in two places"] = (
            """
            net g = dense(3)
            net f = chain(g, mlp([4], silu, outputs: 3))
            input N: count
            for i in 1..N {
              x[i] ~ Normal(0, 1) ^ 3
              y[i] ~ Normal(sum(f(x[i])) + sum(g(g(x[i]))), 1)
            }
            """, [Given("y", [.. Numbers(4, 4)])]),
        ["an observed flow"] = (
            """
            net flow = chain(invertible_linear(), coupling(2, [3], spline), permutation(), autoregressive_flow(2, [3]), coupling(2, [3]))
            input N: count
            for i in 1..N {
              u[i] ~ Normal(0, 1)
              z[i] ~ Normal(0, 1) ^ 3
              x[i] = flow(z[i], context: u[i])
            }
            """, [Given("x", [5, 3], [.. Numbers(15, 5)])]),
    };

    public static IEnumerable<string> Places => s_places.Keys;

    /// <summary>A model with a net in some place.</summary>
    public static ConditionedModel Place(string name) => Analysis.ModelText.Condition(s_places[name].Model, s_places[name].Data);

    public static IEnumerable<string> Masked => s_values.Keys.Where(IsMasked);

    public static IEnumerable<string> Invertible => s_invertible.Keys;

    /// <summary>A model of a net's values.</summary>
    public static ConditionedModel Value(string name, int rows = Rows) =>
        Condition(name, rows, IsMasked(name) ? "sum(for d in 1..K: w[d] * f(x[i, ..d-1]CONTEXT))" : "dot(w, f(x[i]CONTEXT))", graph => graph);

    /// <summary>A model of the elements of rows that the data give, each from those before it.</summary>
    public static ConditionedModel Autoregression(string name)
    {
        var net = s_values[name];
        var text = $$"""
            net f = {{net.Net}}
            input K: count
            input N: count
            for i in 1..N {
              {{(net.Context > 0 ? $"u[i] ~ Normal(0, 1) ^ {net.Context}" : "")}}
              for d in 1..K { x[i, d] ~ Normal(f(x[i, ..d-1]{{(net.Context > 0 ? ", context: u[i]" : "")}}), 1) }
            }
            """;
        return Analysis.ModelText.Condition(text, Given("x", [Rows, net.Inputs], [.. Numbers(Rows * net.Inputs, 3)]), Given("N", Rows), Given("K", net.Inputs));
    }

    /// <summary>A model of a net's inverse and of its log Jacobian.</summary>
    public static ConditionedModel Inverse(string name, int rows = Rows) => Condition(name, rows, "dot(w, f(x[i]CONTEXT)) + sum(f(x[i]CONTEXT))", graph =>
    {
        var rewriting = new Rewriting(part => part switch
        {
            ArrayFunctionValue { Function: ArrayFunction.Sum, Arguments: [NetValue net] } => NetValue.Of(net.Net, NetAspect.InverseLogJacobian, net.Argument, net.Context, net.Span),
            NetValue net => net with { Aspect = NetAspect.Inverse },
            _ => null,
        });
        return rewriting.In(graph);
    });

    /// <summary>The plan of the net that a model has.</summary>
    public static NetPlan Plan(string name) => Assert.Single(Value(name).Nets.Values);

    private static bool IsMasked(string name) => s_values.TryGetValue(name, out var value) && value.Net.StartsWith("masked", StringComparison.Ordinal);

    private static ConditionedModel Condition(string name, int rows, string mean, Func<ModelGraph, ModelGraph> rewrite)
    {
        var net = s_values.TryGetValue(name, out var value) ? value : s_invertible[name];
        var text = $$"""
            net f = {{net.Net}}
            input w[K]: real
            input K: count
            input N: count
            for i in 1..N {
              {{(net.Context > 0 ? $"u[i] ~ Normal(0, 1) ^ {net.Context}" : "")}}
              x[i] ~ Normal(0, 1) ^ {{net.Inputs}}
              y[i] ~ Normal({{mean.Replace("CONTEXT", net.Context > 0 ? ", context: u[i]" : "", StringComparison.Ordinal)}}, 1)
            }
            """;
        DataArray[] data = [Given("y", [.. Numbers(rows, 1)]), Given("w", [.. Numbers(net.Outputs, 2)]), Given("N", rows), Given("K", net.Outputs)];
        var result = Conditioner.Condition(rewrite(Bind(text)), new DataSet(data.ToDictionary(a => a.Name)));
        Assert.True(result.Model is not null, string.Join('\n', result.Diagnostics));
        return result.Model!;
    }

    private static double?[] Numbers(int count, uint stream)
    {
        var random = new Philox(7, stream, 0);
        var numbers = new double?[count];
        for (var i = 0; i < count; i++) numbers[i] = random.NextNormal();
        return numbers;
    }
}
