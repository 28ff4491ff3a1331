using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Binding;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Bench;

/// <summary>How long models of thousands of lines take to be read and bound, and how that grows with their length.</summary>
internal static class Reading
{
    private const int Repetitions = 7;

    public static int Measure()
    {
        Console.WriteLine("lines   parse ms   bind ms   together ms   print ms");
        var sizes = new[] { 1250, 2500, 5000, 10000 };
        var times = new double[sizes.Length];
        // The first pass over the largest is for the just-in-time compiler.
        for (var i = 0; i < 3; i++) Time(sizes[^1]);
        for (var i = 0; i < sizes.Length; i++)
        {
            var (parse, bind, print) = Enumerable.Range(0, Repetitions).Select(_ => Time(sizes[i])).MinBy(t => t.Parse + t.Bind);
            times[i] = parse + bind;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sizes[i],5}   {parse,8:F1}   {bind,7:F1}   {times[i],11:F1}   {print,8:F1}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time grows as lines ^ {Slope(sizes, times):F2}"));
        return 0;
    }

    private static (double Parse, double Bind, double Print) Time(int lines)
    {
        var source = new SourceText("generated.gm", Text(lines));
        var clock = Stopwatch.StartNew();
        var parsed = Parser.Parse(source);
        var parse = clock.Elapsed;
        var bound = Binder.Bind(parsed.File, source, parsed.Unread);
        var both = clock.Elapsed;
        if (!parsed.Success || bound.Graph is not { } graph) throw new InvalidOperationException(string.Join('\n', parsed.Diagnostics.Concat(bound.Diagnostics)));
        _ = Graph.GraphPrinter.Print(graph);
        return (parse.TotalMilliseconds, (both - parse).TotalMilliseconds, (clock.Elapsed - both).TotalMilliseconds);
    }

    /// <summary>A model of many parts that lean on each other: hierarchies, regressions, chains, mixtures, functions.</summary>
    public static string Text(int lines)
    {
        const int LinesOfAPart = 25;
        var text = new StringBuilder();
        for (var k = 1; k <= lines / LinesOfAPart; k++)
        {
            var before = k == 1 ? "0" : $"mu_{k - 1}";
            text.Append(CultureInfo.InvariantCulture, $$"""
                /// Part {{k}}.
                input N_{{k}}: count
                input J_{{k}}: count
                input x_{{k}}[N_{{k}}]
                input g_{{k}}[N_{{k}}]: int(1, J_{{k}})
                input X_{{k}}[N_{{k}}, 3]
                def link_{{k}}(a, b) = a + b * exp(-a ^ 2)
                mu_{{k}} ~ Normal({{before}}, 5)
                tau_{{k}} ~ HalfCauchy(scale: 5)
                beta_{{k}} ~ Normal(0, 1) ^ 3
                sigma_{{k}}: positive ~ Gamma(shape: 2, rate: 1)
                for j in 1..J_{{k}} {
                  theta_{{k}}[j] ~ Normal(mu_{{k}}, tau_{{k}})
                  w_{{k}}[j] = if theta_{{k}}[j] > 0 and j < 3 then link_{{k}}(theta_{{k}}[j], mu_{{k}}) else log1p(abs(theta_{{k}}[j]))
                }
                eta_{{k}} = X_{{k}} @ beta_{{k}}
                for n in 1..N_{{k}} {
                  y_{{k}}[n] ~ Normal(eta_{{k}}[n] + w_{{k}}[g_{{k}}[n]] * x_{{k}}[n], sigma_{{k}})
                }
                h_{{k}}[1] ~ Normal(mu_{{k}}, 1)
                for t in 2..N_{{k}} { h_{{k}}[t] ~ Normal(0.9 * h_{{k}}[t-1] + 0.1 * x_{{k}}[t], sigma_{{k}}) }
                p_{{k}} ~ Beta(2, 2)
                z_{{k}} ~ Mixture([p_{{k}}, 1 - p_{{k}}], for c in 1..2: Normal(beta_{{k}}[c], 1)) ^ N_{{k}}
                u_{{k}} ~ Normal(sum(for j in 1..J_{{k}}: theta_{{k}}[j] * j), 1) truncated (0, )
                given mu_{{k}} < tau_{{k}}

                """);
        }
        return text.ToString();
    }

    /// <summary>The slope of the line through the logarithms.</summary>
    private static double Slope(int[] sizes, double[] times)
    {
        var (x, y) = (sizes.Select(s => Math.Log(s)).ToArray(), times.Select(t => Math.Log(t)).ToArray());
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
