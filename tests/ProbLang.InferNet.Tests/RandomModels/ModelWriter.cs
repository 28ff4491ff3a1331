using System.Globalization;
using System.Text;
using ProbLang.Numerics;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>Writes a model statement by statement, with inputs for it, and keeps in mind which unknowns there are to build on.</summary>
internal sealed class ModelWriter(ulong seed)
{
    private readonly StringBuilder _inputs = new();
    private readonly StringBuilder _statements = new();
    private readonly List<string> _data = [];
    private readonly List<string> _reals = [];
    private readonly List<string> _rates = [];
    private readonly List<string> _probabilities = [];
    private readonly List<string> _truths = [];
    private readonly Dictionary<char, int> _names = [];
    private Philox _random = new(seed, 0, 0);

    /// <summary>The model.</summary>
    public string Text => $"{_inputs}{_statements}";

    /// <summary>Its inputs, each as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Inputs => _data;

    /// <summary>The variables that data are to be drawn for.</summary>
    public List<string> Observed { get; } = [];

    /// <summary>Those of them of which no cell is left open.</summary>
    public HashSet<string> Whole { get; } = [];

    /// <summary>What the model is made of.</summary>
    public HashSet<Construct> Constructs { get; } = [];

    /// <summary>One of 0, 1 … count - 1.</summary>
    public int Pick(int count) => (int)(_random.NextDouble() * count);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>A number with two decimals.</summary>
    public string Number(double from, double to) => Decimals(from + (to - from) * _random.NextDouble());

    public void Add(string statement) => _statements.AppendLine(statement);

    public void Use(Construct construct) => Constructs.Add(construct);

    /// <summary>A name that is not in use.</summary>
    public string Name(char first)
    {
        _names[first] = _names.GetValueOrDefault(first) + 1;
        return $"{first}{_names[first].ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>An array of known numbers, of which some rows may be equal.</summary>
    public string Input(int count, double from, double to)
    {
        var name = Name('x');
        _inputs.AppendLine(CultureInfo.InvariantCulture, $"input {name}[{count}]: real");
        _data.Add($"{name}=[{string.Join(", ", Enumerable.Range(0, count).Select(_ => Number(from, to)))}]");
        return name;
    }

    /// <summary>An array of known integers from 1.</summary>
    public string Codes(int count, int highest)
    {
        var name = Name('g');
        _inputs.AppendLine(CultureInfo.InvariantCulture, $"input {name}[{count}]: int(1, {highest})");
        _data.Add($"{name}=[{string.Join(", ", Enumerable.Range(0, count).Select(_ => (1 + Pick(highest)).ToString(CultureInfo.InvariantCulture)))}]");
        return name;
    }

    /// <summary>An unknown number, new or one that is there.</summary>
    public string Real()
    {
        if (_reals.Count > 0 && Chance(0.3)) return _reals[Pick(_reals.Count)];
        var name = Name('m');
        if (_reals.Count > 0 && Chance(0.4))
        {
            Use(Construct.Chain);
            Add($"{name} ~ Normal({Scaled(_reals[Pick(_reals.Count)])}, {Spread(0.6, 1.2)})");
        }
        else Add($"{name} ~ Normal({Number(-1, 1)}, {Spread(0.8, 1.6)})");
        _reals.Add(name);
        return name;
    }

    /// <summary>Another unknown number than this.</summary>
    public string RealBeside(string other)
    {
        var name = Real();
        while (name == other) name = Real();
        return name;
    }

    /// <summary>An unknown number within bounds, for use as a mean alone.</summary>
    public string Bounded()
    {
        Use(Construct.BoundedMean);
        var name = Name('u');
        Add(Chance(0.5) ? $"{name} ~ Uniform({Number(-2, -1)}, {Number(1, 2)})" : $"{name} ~ Normal({Number(-1, 1)}, 1) truncated ({Number(-0.5, 0)}, )");
        return name;
    }

    /// <summary>An unknown positive number, for use as a rate or precision.</summary>
    public string Rate()
    {
        if (_rates.Count > 0 && Chance(0.2)) return _rates[Pick(_rates.Count)];
        var name = Name('r');
        if (_rates.Count > 0 && Chance(0.3))
        {
            Use(Construct.RateOfRate);
            Add($"{name} ~ Gamma({Number(2, 4)}, {_rates[Pick(_rates.Count)]})");
        }
        else Add($"{name} ~ Gamma({Number(2, 4)}, {Number(1, 3)})");
        _rates.Add(name);
        return name;
    }

    /// <summary>An unknown probability.</summary>
    public string Probability()
    {
        if (_probabilities.Count > 0 && Chance(0.2)) return _probabilities[Pick(_probabilities.Count)];
        var name = Name('p');
        Add(Chance(0.3) ? $"{name} ~ Uniform(0, 1)" : $"{name} ~ Beta({Number(1, 4)}, {Number(1, 4)})");
        _probabilities.Add(name);
        return name;
    }

    /// <summary>An unknown truth value, for one use as a gate.</summary>
    public string Truth()
    {
        var name = Name('b');
        if (_truths.Count > 0 && Chance(0.5))
        {
            Use(Construct.Discrete);
            Add($"{name} ~ Bernoulli(if {_truths[^1]} then {Number(0.6, 0.9)} else {Number(0.1, 0.4)})");
        }
        else Add($"{name} ~ Bernoulli({(Chance(0.4) ? Probability() : Number(0.3, 0.7))})");
        _truths.Add(name);
        return name;
    }

    /// <summary>A known spread, in one of its forms.</summary>
    public string Spread(double from, double to) => Pick(3) switch
    {
        0 => Number(from, to),
        1 => $"variance: {Number(from * from, to * to)}",
        _ => $"precision: {Number(1 / to / to, 1 / from / from)}",
    };

    /// <summary>A number, perhaps a multiple of it, perhaps shifted.</summary>
    public string Scaled(string name) => Pick(4) switch
    {
        0 => $"{Number(0.5, 1.5)} * {name}",
        1 => $"{name} {(Chance(0.5) ? "+" : "-")} {Number(0.1, 1)}",
        2 => $"{Number(-0.5, 0.5)} - {name}",
        _ => name,
    };

    private static string Decimals(double number) => Math.Round(number, 2).ToString("0.0#", CultureInfo.InvariantCulture);
}
