using System.Collections.Immutable;
using System.Globalization;
using ProbLang.FactorGraphs;
using ProbLang.Text;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>
/// Reads a factor graph from lines of text, as tests write it:
/// <code>
/// range N = 3                        a range; its size may be an element of known sizes, as `sizes[G]`
/// Gaussian y[N] = 1.2 0.7 2.3        a variable with data; without `=` it is unknown; `Integer z of K`; `Vector x(2) = 1 2`
/// for N                              a plate; also `if b`, `ifnot b`, `case z 1`, `switch z`; indented by two
///   y[N] = GaussianFromMeanAndPrecision(m, 1)
/// True(b)                            a constraint
/// ask m                              what is asked for
/// </code>
/// A number in an argument is a known real, one after <c>#</c> a known count.
/// </summary>
internal sealed class GraphText
{
    private readonly Dictionary<string, FactorRange> _ranges = [];
    private readonly Dictionary<string, FactorVariable> _variables = [];
    private readonly Dictionary<string, FactorVariable> _numbers = [];
    private readonly List<FactorVariable> _queries = [];
    private readonly string[] _lines;
    private int _at;

    private GraphText(string text) => _lines = text.ReplaceLineEndings("\n").Split('\n');

    public static FactorGraph Read(string text, string name = "graph")
    {
        var reader = new GraphText(text);
        var statements = reader.Block(0);
        return new(name, [.. reader._variables.Values.Concat(reader._numbers.Values)], [.. reader._ranges.Values], statements, [.. reader._queries]);
    }

    private ImmutableArray<FactorStatement> Block(int depth)
    {
        var statements = ImmutableArray.CreateBuilder<FactorStatement>();
        for (; _at < _lines.Length; _at++)
        {
            var line = _lines[_at];
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (line.Length - line.TrimStart().Length < depth) break;
            if (Statement(line.Trim(), depth) is { } statement) statements.Add(statement);
        }
        _at--;
        return statements.ToImmutable();
    }

    private FactorStatement? Statement(string line, int depth)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "range": return Range(words);
            case "ask": _queries.AddRange(words.Skip(1).Select(w => _variables[w])); return null;
            case "for": return new RepeatStatement(_ranges[words[1]], Inner(depth));
            case "if": return new GateStatement(GateKind.If, Reference(words[1]), 0, Inner(depth));
            case "ifnot": return new GateStatement(GateKind.IfNot, Reference(words[1]), 0, Inner(depth));
            case "case": return new GateStatement(GateKind.Case, Reference(words[1]), int.Parse(words[2], CultureInfo.InvariantCulture), Inner(depth));
            case "switch": return new GateStatement(GateKind.Switch, Reference(words[1]), 0, Inner(depth));
            default: return Enum.TryParse<FactorDomain>(words[0], out var domain) ? Variable(line, domain) : Factor(line);
        }
    }

    private ImmutableArray<FactorStatement> Inner(int depth)
    {
        _at++;
        return Block(depth + 2);
    }

    private FactorStatement? Range(string[] words)
    {
        var size = char.IsDigit(words[3][0]) ? new FactorReference(Known($"size_{words[1]}", FactorDomain.Count, words[3])) : Reference(words[3]);
        _ranges.Add(words[1], new(words[1], size));
        return null;
    }

    /// <summary>`Domain name[R][S](2,2) of K random = 1 2 3`.</summary>
    private FactorStatement? Variable(string line, FactorDomain domain)
    {
        var parts = line.Split(" = ", 2);
        var words = parts[0].Split(' ');
        var (name, shape) = words[1].IndexOf('(', StringComparison.Ordinal) is > 0 and var open
            ? (words[1][..open], words[1][(open + 1)..^1].Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToImmutableArray())
            : (words[1], ImmutableArray<int>.Empty);
        var dimensions = name.Split('[', ']').Where(p => p != "").ToArray();
        var of = Array.IndexOf(words, "of");
        if (domain == FactorDomain.Simplex && shape.IsEmpty) shape = [_ranges[words[of + 1]].Count];
        _variables.Add(dimensions[0], new()
        {
            Name = dimensions[0],
            Domain = domain,
            Ranges = [.. dimensions.Skip(1).Select(r => _ranges[r])],
            Values = of < 0 ? null : _ranges[words[of + 1]],
            StartsRandomly = words.Contains("random"),
            Data = parts.Length < 2 ? null : new(Numbers(parts[1]), shape),
            Place = Place(),
        });
        return null;
    }

    private static double[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string word) => word switch
    {
        "true" => 1,
        "false" => 0,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(word, CultureInfo.InvariantCulture),
    };

    private FactorStatement Factor(string line)
    {
        var parts = line.Split(" = ", 2);
        var call = parts[^1];
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var arguments = Split(call[(open + 1)..^1]).Select(Reference).ToImmutableArray();
        return parts.Length == 1
            ? new ConstrainStatement(Enum.Parse<FactorConstraint>(call[..open]), arguments, Place())
            : new DefineStatement(Reference(parts[0]), Enum.Parse<FactorOperation>(call[..open]), arguments, Place());
    }

    private static IEnumerable<string> Split(string arguments) => arguments.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private FactorReference Reference(string text)
    {
        if (text[0] is '#') return new(Known(text, FactorDomain.Count, text[1..]));
        if (char.IsDigit(text[0]) || text[0] is '-' || text is "inf") return new(Known(text, FactorDomain.Real, text));
        if (text is "true" or "false") return new(Known(text, FactorDomain.Boolean, text));
        var open = text.IndexOf('[', StringComparison.Ordinal);
        if (open < 0) return new(_variables[text]);
        return new(_variables[text[..open]], [.. Indices(text[open..]).Select(Index)]);
    }

    /// <summary>The texts between outermost brackets.</summary>
    private static IEnumerable<string> Indices(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '[' && depth++ == 0) start = i + 1;
            if (text[i] == ']' && --depth == 0) yield return text[start..i];
        }
    }

    private FactorIndex Index(string text) =>
        char.IsDigit(text[0]) ? new FixedIndex(int.Parse(text, CultureInfo.InvariantCulture))
        : _ranges.TryGetValue(text, out var range) ? new RangeIndex(range)
        : new ValueIndex(Reference(text));

    private FactorVariable Known(string text, FactorDomain domain, string number)
    {
        if (_numbers.TryGetValue(text, out var known)) return known;
        return _numbers[text] = new() { Name = $"number{_numbers.Count}", Domain = domain, Data = FactorData.Of(Number(number)) };
    }

    private Location Place()
    {
        var line = _lines[_at];
        var column = line.Length - line.TrimStart().Length + 1;
        return new("graph", _at + 1, column, line.Trim().Length, line);
    }
}
