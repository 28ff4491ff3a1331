using System.Globalization;
using ProbLang.FactorGraphs;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>A small factor graph for a row of the table of constructs, with what each algorithm makes of it.</summary>
internal sealed record RowCase(string Name, string Graph, IReadOnlyList<RowExpectation> Expected)
{
    /// <summary>Means and standard deviations of what is asked for, where importance sampling cannot tell.</summary>
    public (double Mean, double Deviation)[]? Truth { get; init; }

    /// <summary>How many sweeps a sampler needs for errors well within the range: more where it seldom moves between modes.</summary>
    public int Sweeps { get; init; } = 20_000;

    public RowExpectation this[FactorAlgorithm algorithm] => Expected[(int)algorithm];

    public FactorGraph Read() => GraphText.Read(Graph);

    /// <summary>Names stay short in the list of tests.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// Reads cases: a line `--- name | ep | vmp | gibbs`, and a graph. An algorithm's part is `exact 0.9..1.1`, `= 0.9..1.1` or `~ 0.5..0.6`, with the range in which the
    /// ratios of its variances to the true ones lie, or the ids of objections with what would happen: `GM0475 throws`, `GM0476 wrong`, `GM0478 untold`.
    /// </summary>
    public static IEnumerable<RowCase> All(string text)
    {
        foreach (var part in text.ReplaceLineEndings("\n").Split("--- ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var header = part[..end].Split('|', StringSplitOptions.TrimEntries);
            var lines = part[(end + 1)..].Split('\n');
            var truth = lines.FirstOrDefault(l => l.StartsWith("truth ", StringComparison.Ordinal));
            var sweeps = lines.FirstOrDefault(l => l.StartsWith("sweeps ", StringComparison.Ordinal));
            var @case = new RowCase(header[0], string.Join('\n', lines.Where(l => l != truth && l != sweeps)), [.. header.Skip(1).Select(RowExpectation.Read)]) { Truth = truth is null ? null : Numbers(truth[6..]) };
            yield return sweeps is null ? @case : @case with { Sweeps = int.Parse(sweeps[7..], CultureInfo.InvariantCulture) };
        }
    }

    private static (double, double)[] Numbers(string text) => [.. text.Split(' ').Select(p => p.Split('±')).Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))];
}

/// <summary>What an algorithm makes of a case.</summary>
/// <param name="Mark">`exact`, `=` or `~`, or ids of objections.</param>
/// <param name="Refused">What would happen: `throws`, `wrong`, or `untold` where the objection is on the safe side; null where it runs.</param>
/// <param name="Least">The least ratio of variances.</param>
/// <param name="Greatest">The greatest ratio of variances.</param>
internal sealed record RowExpectation(string Mark, string? Refused, double Least, double Greatest)
{
    public bool IsAllowed => Refused is null;

    public static RowExpectation Read(string text)
    {
        var words = text.Split(' ');
        if (words[^1] is "throws" or "wrong" or "untold") return new(string.Join(' ', words[..^1].Order()), words[^1], 0, 0);
        var range = words[1].Split("..");
        return new(words[0], null, double.Parse(range[0], CultureInfo.InvariantCulture), double.Parse(range[1], CultureInfo.InvariantCulture));
    }
}
