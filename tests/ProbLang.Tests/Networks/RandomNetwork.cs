using System.Buffers;
using System.Globalization;
using System.Text;

namespace ProbLang.Tests.Networks;

/// <summary>A network of a few variables with names of every kind, and ways to write it as BIF.</summary>
internal sealed class RandomNetwork
{
    /// <summary>Names that no model may have, that it may not have as they are, that clash when they are changed, and those of other things.</summary>
    private static readonly string[] s_names =
    [
        "a", "b", "family-out", "family out", "family_out", "family_out_2", "2nd", "_", "__", "-", "--", "α", "ü.2", "Ａ", "A", "ﬁ", "fi", "é", "e\u0301", "變數", "x[1]", "x(1)", "p(x|y)",
        "for", "if", "given", "input", "guide", "ordered", "not", "true", "net", "def", "return", "import", "pi", "infinity", "real", "int", "bool", "category", "simplex", "Normal", "Categorical",
        "mean", "sum", "levels", "variable", "network", "probability", "table", "default", "type", "discrete", "property", "a/b", "a'b", "a\\b", "a`b", "#1", "$x", "@", "1", "1e-3", "-1", "NA", "null", "a;b", "a,b", "{", "}", "//", "/*", "data", "model", "parameters", "x\ty", "<5", ">=5",
    ];

    private static readonly string[] s_labels = ["yes", "no", "maybe", "true", "false", "0", "1", "2.5", "1e-3", "-1", "<5", ">=5", "5-10", "a b", "a,b", "a|b", "(a)", "[a]", "{a}", "a;b", "//", "ü", "high", "'", "\\", "\\n", "table", "default", "null", "NA", "variable", "a\tb", "//x", "/// y"];

    private static readonly SearchValues<char> s_separators = SearchValues.Create(" \t,|;(){}[]");

    public required string[] Names { get; init; }

    public required string[][] Labels { get; init; }

    /// <summary>Of each variable; they come before it.</summary>
    public required int[][] Parents { get; init; }

    /// <summary>Of each variable, for each combination of its parents' labels, the last fastest, a row.</summary>
    public required double[][][] Tables { get; init; }

    public static RandomNetwork Draw(Random random, int most = 8)
    {
        var count = random.Next(1, most + 1);
        var names = random.GetItems(s_names, 4 * count).Distinct().Take(count).ToArray();
        count = names.Length;
        var labels = names.Select(_ => random.GetItems(s_labels, 10).Distinct().Take(random.Next(1, 5)).ToArray()).ToArray();
        var parents = Enumerable.Range(0, count).Select(i => Shuffled(random, Enumerable.Range(0, i)).Take(random.Next(0, 4)).ToArray()).ToArray();
        var tables = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, parents[i].Aggregate(1, (rows, p) => rows * labels[p].Length))
            .Select(_ => Row(random, labels[i].Length)).ToArray()).ToArray();
        return new RandomNetwork { Names = names, Labels = labels, Parents = parents, Tables = tables };
    }

    /// <summary>What the tables say of a label for each variable.</summary>
    public double LogProbability(int[] states) => Enumerable.Range(0, Names.Length).Sum(i => Math.Log(Tables[i][RowOf(i, states)][states[i]]));

    /// <summary>The network in one of the manners that programs write it in: with or without commas and bars, rows, tables or defaults, blocks in any order.</summary>
    public string Write(Random random)
    {
        var blocks = new List<string>();
        for (var i = 0; i < Names.Length; i++)
        {
            var labels = string.Join(random.Next(2) == 0 ? ", " : " ", Labels[i].Select(l => Quoted(random, l)));
            blocks.Add($"variable {Quoted(random, Names[i])} {{{Property(random)} type discrete [ {Labels[i].Length} ] {{ {labels} }}{(random.Next(4) == 0 ? "" : ";")}{Property(random)} }}");
            blocks.Add(Probability(random, i));
        }
        if (random.Next(2) == 0) blocks.Add($"network {Quoted(random, "a net")} {{{Property(random)}}}");
        return string.Join(random.Next(3) == 0 ? "\r\n" : "\n// a remark { ( \"\n", Shuffled(random, blocks));
    }

    private string Probability(Random random, int i)
    {
        var text = new StringBuilder($"probability ( {Quoted(random, Names[i])}");
        for (var p = 0; p < Parents[i].Length; p++)
            text.Append(p > 0 && random.Next(3) > 0 ? ", " : p == 0 && random.Next(3) > 0 ? " | " : " ").Append(Quoted(random, Names[Parents[i][p]]));
        text.Append(CultureInfo.InvariantCulture, $" ) {{ /* rows; */{Property(random)}\n");
        return text.Append(random.Next(3) == 0 || Parents[i].Length == 0 ? Table(random, i) : Rows(random, i)).Append('}').ToString();
    }

    private string Table(Random random, int i)
    {
        if (Parents[i].Length == 0 && random.Next(3) == 0) return $"  default {Numbers(random, Tables[i][0])};\n";
        var slowest = Enumerable.Range(0, Labels[i].Length).SelectMany(label => Tables[i].Select(row => row[label]));
        return $"  table {Numbers(random, slowest)};\n";
    }

    private string Rows(Random random, int i)
    {
        var rows = new List<string>();
        var otherwise = random.Next(3) == 0 ? Tables[i][random.Next(Tables[i].Length)] : null;
        if (otherwise is not null) rows.Add($"  default {Numbers(random, otherwise)};\n");
        for (var r = 0; r < Tables[i].Length; r++)
        {
            if (otherwise is not null && Tables[i][r].SequenceEqual(otherwise)) continue;
            rows.Add($"  ({string.Join(", ", LabelsAt(i, r).Select(l => Quoted(random, l)))}) {Numbers(random, Tables[i][r])};\n");
        }
        return string.Concat(Shuffled(random, rows));
    }

    private IEnumerable<string> LabelsAt(int i, int row)
    {
        var labels = new List<string>();
        foreach (var parent in Parents[i].Reverse())
        {
            labels.Insert(0, Labels[parent][row % Labels[parent].Length]);
            row /= Labels[parent].Length;
        }
        return labels;
    }

    private int RowOf(int i, int[] states) => Parents[i].Aggregate(0, (row, parent) => row * Labels[parent].Length + states[parent]);

    private static double[] Row(Random random, int width)
    {
        var weights = Enumerable.Range(0, width).Select(_ => random.Next(4) == 0 ? 0 : random.NextDouble()).ToArray();
        weights[random.Next(width)] += random.Next(3) == 0 ? 1e-9 : 1;
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static string Numbers(Random random, IEnumerable<double> values)
    {
        var format = random.Next(2) == 0 ? "R" : "E16";
        return string.Join(random.Next(2) == 0 ? ", " : "  ", values.Select(v => v.ToString(format, CultureInfo.InvariantCulture)));
    }

    /// <summary>Quotes where they must be, and sometimes where they need not.</summary>
    private static string Quoted(Random random, string name) =>
        random.Next(4) == 0 || name.AsSpan().ContainsAny(s_separators) || name.Contains("//", StringComparison.Ordinal) || name.Contains("/*", StringComparison.Ordinal) ? $"\"{name}\"" : name;

    private static string Property(Random random) => random.Next(3) switch
    {
        0 => " property position = (12, 34) ;",
        1 => " property \"semicolon; } in quotes\" /* kept */ ;\n",
        _ => random.Next(5) == 0 ? " property ;" : "",
    };

    private static List<T> Shuffled<T>(Random random, IEnumerable<T> items)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
