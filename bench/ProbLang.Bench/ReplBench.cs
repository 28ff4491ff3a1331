using System.Diagnostics;
using System.Globalization;

namespace ProbLang.Bench;

/// <summary>How long an interactive session takes to answer: two hundred different questions to a network of ten, each asked once in a warm session; and to complete.</summary>
internal static class ReplBench
{
    private const string Network = """
        season ~ Bernoulli(0.4)
        cloudy ~ Bernoulli(if season then 0.7 else 0.4)
        sprinkler ~ Bernoulli(if cloudy then 0.1 else 0.5)
        rain ~ Bernoulli(if cloudy then 0.8 else 0.2)
        wet ~ Bernoulli(if sprinkler and rain then 0.99 else if sprinkler or rain then 0.9 else 0.01)
        slippery ~ Bernoulli(if wet then 0.7 else 0.05)
        traffic ~ Poisson(if rain then 4 else 2)
        accident ~ Bernoulli(if slippery then 0.2 else 0.02)
        late ~ Bernoulli(if accident then 0.9 else if traffic > 4 then 0.5 else 0.1)
        mood: category("bad", "fair", "good") ~ Categorical(if late then [0.6, 0.3, 0.1] else [0.1, 0.4, 0.5])
        """;

    private static readonly string[] s_events = ["season", "cloudy", "sprinkler", "rain", "wet", "slippery", "accident", "late", "traffic > 3", "mood == \"good\""];

    public static int Measure()
    {
        var session = Session.New().Add(Network).Session!;
        var questions = Questions().Take(220).ToArray();
        Report("questions", Times(questions, q => session.Ask(q) is { Success: true } or { Diagnostics: [{ Id: "GM0378" }] }));
        Report("completions", Times([.. Places().Take(220)], p => EditedText.Complete(p.Text, p.Offset, session.Model) is not null));
        Report("mistakes while typing", Times([.. Places().Take(220)], p => session.Add(p.Text[..p.Offset], "entry") is not null));
        Report("statements", Times([.. Enumerable.Range(0, 220).Select(i => $"q{i} ~ Bernoulli(if rain then 0.{i + 1:000} else 0.2)")], s => session.Add(s).Session is not null));
        return 0;
    }

    /// <summary>P, E and distributions of all pairs, given none, one and two others.</summary>
    private static IEnumerable<string> Questions()
    {
        for (var i = 0; ; i++)
        {
            var (a, b, c) = (s_events[i % 10], s_events[(i / 10 + i + 1) % 10], s_events[(3 * i + i / 7 + 2) % 10]);
            yield return (i % 5) switch
            {
                0 => $"P({a} | {b})",
                1 => $"P(({a}) and not ({b}) | {c})",
                2 => $"E(traffic + {i} | {a}, {b})",
                3 => $"if {a} then traffic else {i}",
                _ => $"P(({a}) or ({b}) | ({c}) or {s_events[(i + 4) % 10]}, traffic = {i % 6})",
            };
        }
    }

    private static IEnumerable<(string Text, int Offset)> Places()
    {
        string[] entries = ["x ~ Normal(traffic, 2)", "P(rain | wet, late = true)", "for i in 1..10 { z[i] ~ Bernoulli(if rain then 0.1 else 0.5) }", "y = exp(traffic) + traffic ^ 2 - log1p(traffic)", "mean: real ~ StudentT(df: 4, location: traffic, scale: 1)"];
        foreach (var entry in entries)
            for (var offset = 1; offset <= entry.Length; offset++) yield return (entry, offset);
    }

    /// <summary>Milliseconds for each, after the first twenty.</summary>
    private static (double[] Times, TimeSpan Worked) Times<T>(T[] items, Func<T, bool> measured)
    {
        var times = new List<double>();
        var worked = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < items.Length; i++)
        {
            if (i == 20) worked = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            if (!measured(items[i])) throw new UnreachableException($"{items[i]}");
            if (i >= 20) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return ([.. times.Order()], (Environment.CpuUsage.TotalTime - worked) / times.Count);
    }

    private static void Report(string what, (double[] Times, TimeSpan Worked) measured)
    {
        var times = measured.Times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{times.Length} {what}: median {times[times.Length / 2]:F2} ms, 95% {times[times.Length * 95 / 100]:F2} ms, most {times[^1]:F2} ms; {measured.Worked.TotalMilliseconds:F2} ms of processor time each, the compiler's included"));
    }
}
