using System.Text.Json;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Results;

public class WriterTests
{
    private static readonly Summary s_summary = new(
    [
        new SummaryRow("mu", 4.4321, 0.0321, 3.21, -0.95, 4.4, 9.7, 4012.3, 2876.9, 1.00049),
        new SummaryRow("theta[10]", -0.0004, 0.00021, 0.0123, -0.02, 0.0001, 0.02, 3500, 2500, 1.002),
        new SummaryRow("huge", 1.234e9, 1e6, 2e8, 1e9, 1.2e9, 1.5e9, 400, 400, 1.02),
        new SummaryRow("constant", 3, double.NaN, 0, 3, 3, 3, double.NaN, double.NaN, double.NaN),
    ]);

    [Fact]
    public void The_table_has_aligned_columns_and_as_many_digits_as_the_spread_deserves()
    {
        var writer = new StringWriter();
        SummaryTable.Write(writer, s_summary);
        var lines = writer.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.Equal(["mean", "mcse", "sd", "5%", "50%", "95%", "ess_bulk", "ess_tail", "rhat"], Cells(lines[0]));
        Assert.Equal(["mu", "4.43", "0.032", "3.21", "-0.95", "4.40", "9.70", "4012", "2877", "1.000"], Cells(lines[1]));
        Assert.Equal(["theta[10]", "-0.0004", "0.00021", "0.0123", "-0.0200", "0.0001", "0.0200", "3500", "2500", "1.002"], Cells(lines[2]));
        Assert.Equal(["huge", "1.234e+9", "1000000", "2e+8", "1e+9", "1.2e+9", "1.5e+9", "400", "400", "1.020"], Cells(lines[3]));
        Assert.Equal(["constant", "3.00", "–", "0.00", "3.00", "3.00", "3.00", "–", "–", "–"], Cells(lines[4]));
    }

    [Fact]
    public void A_long_table_says_how_much_it_leaves_out()
    {
        var writer = new StringWriter();
        SummaryTable.Write(writer, s_summary, maxRows: 1);
        Assert.EndsWith("1.000\n… and 3 more\n", writer.ToString());
    }

    [Fact]
    public void The_json_has_the_documented_shape()
    {
        using var stream = new MemoryStream();
        SummaryJson.Write(stream, new RunReport
        {
            Model = "a \"model\".gm",
            Engine = "nuts",
            Seed = ulong.MaxValue,
            Class = "explicit, approximate",
            Summary = s_summary,
            Diagnostics = new Diagnostics(3, 2, [0.9, double.NaN], new Verdict([new Reason(Concern.Divergence, "mu", "because")])),
            Seconds = new Seconds(0.1, 0.2, 0.3, 0.6),
            Gradients = 12345,
        });
        using var json = JsonDocument.Parse(stream.ToArray());
        var root = json.RootElement;
        Assert.Equal(["model", "engine", "seed", "class", "variables", "log_evidence", "diagnostics", "seconds", "gradients"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal("a \"model\".gm", root.GetProperty("model").GetString());
        Assert.Equal(ulong.MaxValue, root.GetProperty("seed").GetUInt64());
        var mu = root.GetProperty("variables").GetProperty("mu");
        Assert.Equal(["mean", "mcse", "sd", "q5", "q50", "q95", "ess_bulk", "ess_tail", "rhat"], mu.EnumerateObject().Select(p => p.Name));
        Assert.Equal(4.4321, mu.GetProperty("mean").GetDouble());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("variables").GetProperty("constant").GetProperty("rhat").ValueKind);
        Assert.Equal(JsonValueKind.Null, root.GetProperty("log_evidence").ValueKind);
        var diagnostics = root.GetProperty("diagnostics");
        Assert.Equal("""{"divergences":3,"max_depth_hits":2,"ebfmi":[0.9,null],"verdict":"do not trust","reasons":["because"]}""", JsonSerializer.Serialize(diagnostics));
        Assert.Equal("""{"compile":0.1,"warmup":0.2,"sampling":0.3,"total":0.6}""", JsonSerializer.Serialize(root.GetProperty("seconds")));
        Assert.Equal(12345, root.GetProperty("gradients").GetInt64());
    }

    [Fact]
    public void An_exact_result_has_no_Monte_Carlo_columns()
    {
        using var stream = new MemoryStream();
        var summary = s_summary with { IsMonteCarlo = false };
        SummaryJson.Write(stream, new RunReport { Model = "m", Engine = "exact", Class = "explicit, tractable", Summary = summary, LogEvidence = -3.5 });
        using var json = JsonDocument.Parse(stream.ToArray());
        Assert.Equal(["mean", "sd", "q5", "q50", "q95"], json.RootElement.GetProperty("variables").GetProperty("mu").EnumerateObject().Select(p => p.Name));
        Assert.Equal(-3.5, json.RootElement.GetProperty("log_evidence").GetDouble());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("seed").ValueKind);
        var writer = new StringWriter();
        SummaryTable.Write(writer, summary);
        Assert.Equal(["mean", "sd", "5%", "50%", "95%"], Cells(writer.ToString().Split('\n')[0]));
    }

    [Fact]
    public void A_chain_is_written_in_CmdStans_layout()
    {
        var layout = new OutputLayout([new OutputVariable("mu", [], 0), new OutputVariable("m", [2, 3], 1), new OutputVariable("y", [4], 7) { Cells = [1, 3] }]);
        double[] values = [0.5, 11, 12, 13, 21, 22, 23, 2, 4, 0.1, 11, 12, 13, 21, 22, 23, double.NaN, double.NegativeInfinity];
        double[] statistics = [-1.5, 0.75, 0.5, 2, 3, 0, 2.25, -1.5, 1, 0.5, 2, 3, 1, 2.25];
        var writer = new StringWriter();
        CmdStanCsv.Write(writer, layout, new ChainDraws(9, 2, values, statistics), 2, "schools.gm", 7, 1000);
        Assert.Equal(
            """
            # model = schools.gm
            # method = sample
            #   sample
            #     num_samples = 2
            #     num_warmup = 1000
            #     save_warmup = 0
            #     thin = 1
            # id = 2
            # random
            #   seed = 7
            lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,m.1.1,m.2.1,m.1.2,m.2.2,m.1.3,m.2.3,y.2,y.4
            -1.5,0.75,0.5,2,3,0,2.25,0.5,11,21,12,22,13,23,2,4
            -1.5,1,0.5,2,3,1,2.25,0.1,11,21,12,22,13,23,nan,-inf

            """, writer.ToString());
    }

    [Fact]
    public void Elements_are_named_by_index_or_label()
    {
        var layout = new OutputLayout([
            new OutputVariable("a", [2, 2], 0) { Labels = [["Ohio", "Utah"], []] },
            new OutputVariable("y", [3], 4) { Cells = [2] },
        ]);
        Assert.Equal(["a[Ohio,1]", "a[Ohio,2]", "a[Utah,1]", "a[Utah,2]", "y[3]"], layout.ElementNames);
        Assert.Equal(5, layout.Count);
        Assert.Equal("y", layout.Find("y")?.Name);
        Assert.Null(layout.Find("z"));
        Assert.Throws<ArgumentException>(() => new OutputLayout([new OutputVariable("a", [], 1)]));
    }

    private static string[] Cells(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
