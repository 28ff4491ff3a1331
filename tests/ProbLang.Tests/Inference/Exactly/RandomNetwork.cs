using System.Globalization;
using System.Text;

namespace ProbLang.Tests.Inference.Exactly;

/// <summary>The text of a random discrete model of up to twelve unknowns: tables, counts, computed quantities, branches, events, factors, and observations.</summary>
internal sealed class RandomNetwork
{
    private const double MostAssignments = 2500;

    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _booleans = [];
    private readonly List<(string Name, int Low, int High)> _integers = [];
    private readonly List<(string Name, int Low, int High)> _drawn = [];
    private readonly HashSet<string> _given = [];
    private double _assignments = 1;
    private int _names;

    private RandomNetwork(int seed) => _random = new Random(seed);

    public static string Text(int seed) => new RandomNetwork(seed).Write();

    private string Write()
    {
        var count = _random.Next(2, 13);
        for (var v = 0; v < count && _assignments < MostAssignments; v++) AddVariable();
        foreach (var (name, low, high) in _drawn)
            if (_random.NextDouble() < 0.2 && _given.Add(name)) Line($"given {name} = {(low == 0 && high == 1 && _booleans.Contains(name) ? _random.Next(2) == 1 ? "true" : "false" : _random.Next(low, high + 1))}");
        for (var c = _random.Next(3); c > 0; c--) AddFact();
        return _text.ToString();
    }

    private void AddVariable()
    {
        switch (_random.Next(13))
        {
            case 0 or 1 or 2: Boolean($"Bernoulli({Probability()})"); break;
            case 3: Categorical(); break;
            case 4: Integer($"DiscreteUniform(1, {High(Count(), out var most)} + 1)", 1, most + 1); break;
            case 5: Integer($"Binomial({High(Count(), out var n)}, {Probability()})", 0, n); break;
            case 6: Integer($"Poisson({Probability()} + 0.5) truncated (0, 3)", 0, 3); break;
            case 7: Computed(); break;
            case 8: Branches(); break;
            case 9: OneBranch(); break;
            case 10: Plate(); break;
            case 11: Line($"{Name("y")} ~ Normal({Count().Text}, 1.5)\ngiven {Last("y")} = {Number(_random.NextDouble() * 3)}"); break;
            default: Chain(); break;
        }
    }

    private void AddFact()
    {
        switch (_random.Next(3))
        {
            case 0: Line($"given {Truth()}"); break;
            case 1: Line($"factor {Number(_random.NextDouble() - 0.5)} * {Count().Text} - (if {Truth()} then 0.3 else 0)"); break;
            default: Line($"if {Truth()} {{ given {Truth()} }}"); break;
        }
    }

    private void Boolean(string distribution)
    {
        Line($"{Name("b")} ~ {distribution}");
        Drawn(Last("b"), 0, 1);
        _booleans.Add(Last("b"));
    }

    private void Integer(string distribution, int low, int high)
    {
        Line($"{Name("n")} ~ {distribution}");
        Drawn(Last("n"), low, high);
        _integers.Add((Last("n"), low, high));
    }

    private void Categorical()
    {
        var k = _random.Next(2, 5);
        if (_integers.Count > 0 && _random.Next(2) == 0 && Pick(_integers) is var (parent, low, high))
            Integer($"Categorical([{string.Join(", ", Enumerable.Range(low, high - low + 1).Select(_ => Row(k)))}][{parent} + {1 - low}])", 1, k);
        else Integer($"Categorical(if {Truth()} then {Row(k)} else {Row(k)})", 1, k);
    }

    private void Computed()
    {
        if (_random.Next(2) == 0)
        {
            var truth = Truth();
            Line($"{Name("c")} = {truth}");
            _booleans.Add(Last("c"));
        }
        else
        {
            var (text, high) = Count();
            Line($"{Name("m")} = {text}");
            _integers.Add((Last("m"), 0, high));
        }
    }

    private void Branches()
    {
        var (condition, then, otherwise) = (Truth(), Probability(), Probability());
        Line($"if {condition} {{ {Name("b")} ~ Bernoulli({then}) }} else {{ {Last("b")} ~ Bernoulli({otherwise}) }}");
        Drawn(Last("b"), 0, 1);
        _booleans.Add(Last("b"));
    }

    /// <summary>What is in one branch alone may be used there, and observed.</summary>
    private void OneBranch()
    {
        var (condition, n, mean) = (Truth(), _random.Next(1, 4), Probability());
        var (g, h, y) = (Name("g"), Name("h"), Name("y"));
        var inside = $"{g} ~ Binomial({n}, {mean}); {h} = {g} * 2";
        if (_random.Next(2) == 0) inside += $"; {y} ~ Bernoulli(if {h} > 1 then 0.8 else 0.3)";
        Line($"if {condition} {{ {inside} }}");
        if (inside.Contains(y, StringComparison.Ordinal) && _random.Next(2) == 0) Line($"given {y} = {(_random.Next(2) == 1 ? "true" : "false")}");
        _assignments *= (n + 2) * 2;
    }

    private void Plate()
    {
        var (n, z, s) = (_random.Next(2, 4), Name("z"), Name("m"));
        Line($"for i in 1..{n} {{ {z}[i] ~ Bernoulli(0.1 * i + 0.5 * ({Truth()})) }}\n{s} = sum({z})");
        _assignments *= Math.Pow(2, n);
        _integers.Add((s, 0, n));
    }

    private void Chain()
    {
        var (n, x, p) = (_random.Next(2, 4), Name("x"), Probability());
        Line($"{x}[1] ~ Bernoulli({p})\nfor t in 2..{n} {{ {x}[t] ~ Bernoulli(if {x}[t-1] then {Number(0.2 + 0.6 * _random.NextDouble())} else 0.3) }}");
        if (_random.Next(2) == 0) Line($"given {x}[{n}] = true");
        _assignments *= Math.Pow(2, n);
        _booleans.Add($"{x}[{_random.Next(1, n + 1)}]");
    }

    private string Truth()
    {
        if (_booleans.Count == 0 && _integers.Count == 0) return "true";
        var simple = _integers.Count > 0 && (_booleans.Count == 0 || _random.Next(2) == 0)
            ? Pick(_integers) is var (name, low, high) ? $"{name} {Pick<string>(["==", ">", "<=", "!="])} {_random.Next(low, high + 1)}" : ""
            : Pick<string>(["", "not "]) + Pick(_booleans);
        return _random.Next(5) switch
        {
            0 => $"({simple} and {Truth()})",
            1 => $"({simple} or {Truth()})",
            2 when _integers.Count > 1 => $"({Pick(_integers).Name} + {Pick(_integers).Name}) % 2 == {_random.Next(2)}",
            _ => simple,
        };
    }

    private string Probability() => _random.Next(4) switch
    {
        0 => Number(0.05 + 0.9 * _random.NextDouble()),
        1 when _integers.Count > 0 && Pick(_integers) is var (name, low, high) => $"({name} - {low} + 0.5) / {high - low + 1}",
        2 when _booleans.Count > 1 => $"0.1 + 0.4 * {Pick(_booleans)} + 0.4 * {Pick(_booleans)}",
        _ => $"if {Truth()} then {Number(_random.NextDouble())} else {Number(_random.NextDouble())}",
    };

    /// <summary>A whole number from 0.</summary>
    private (string Text, int High) Count()
    {
        if (_integers.Count == 0) return _booleans.Count == 0 ? ("2", 2) : ($"({Pick(_booleans)} + {Pick(_booleans)})", 2);
        var (name, low, high) = Pick(_integers);
        return high > 6 ? ($"(if {name} > {low} then 2 else 0)", 2) : _booleans.Count > 0 && _random.Next(2) == 0 ? ($"({name} - {low} + {Pick(_booleans)})", high - low + 1) : ($"({name} - {low})", high - low);
    }

    private static string High((string Text, int High) count, out int high)
    {
        high = count.High;
        return count.Text;
    }

    private string Row(int k)
    {
        var weights = Enumerable.Range(0, k).Select(_ => _random.Next(0, 8)).ToArray();
        weights[_random.Next(k)]++;
        return $"[{string.Join(", ", weights.Select(w => $"{w}/{weights.Sum()}"))}]";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private void Drawn(string name, int low, int high)
    {
        _drawn.Add((name, low, high));
        _assignments *= high - low + 1;
    }

    private string Name(string kind) => kind + ++_names;

    private string Last(string kind) => kind + _names;

    private static string Number(double x) => x.ToString("0.####", CultureInfo.InvariantCulture);

    private void Line(string line) => _text.Append(line).Append('\n');
}
