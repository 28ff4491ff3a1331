using System.Globalization;
using System.Text;
using ProbLang.Datasets;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Programs;

/// <summary>
/// A small model with continuous and discrete unknowns, by chance: one to three parts out of what models of this kind are made of, that share unknowns
/// of both kinds. It has few enough settings of its discrete unknowns to list them all.
/// </summary>
internal sealed class RandomFiniteModel
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<DataArray> _data = [];
    private readonly List<string> _bools = [];
    private readonly List<string> _labels = [];
    private double _settings = 1;
    private int _parts;

    private RandomFiniteModel(int seed, double maxSettings)
    {
        _random = new Random(seed);
        Line("p ~ Beta(2, 3)");
        Line("m ~ Normal(0, 1) ^ 3");
        Line("tau ~ HalfNormal(1)");
        Line("w ~ Dirichlet([2, 3, 1.5])");
        Line("for k in 1..3 { P[k] ~ Dirichlet([1.5, 2, 1]) }");
        if (Chance(0.4)) Shared();
        Action[] parts = [Mixture, Arrays, Chain, Sequences, Network, IndexOfIndex, Running, Counts, Gates, Weights, Ragged, Events, Tree, Blocks, Matrix, Function];
        for (var n = 1 + _random.Next(3); n > 0; n--)
        {
            var (length, data, settings, bools, labels) = (_text.Length, _data.Count, _settings, _bools.Count, _labels.Count);
            Choose(parts)();
            _parts++;
            if (_settings <= maxSettings) continue;
            // Too many together: without this part.
            _text.Length = length;
            _data.RemoveRange(data, _data.Count - data);
            _bools.RemoveRange(bools, _bools.Count - bools);
            _labels.RemoveRange(labels, _labels.Count - labels);
            _settings = settings;
        }
    }

    public static (string Text, DataArray[] Data) Of(int seed, double maxSettings = 1500)
    {
        var model = new RandomFiniteModel(seed, maxSettings);
        return (model._text.ToString(), [.. model._data]);
    }

    // --- parts ---

    private void Shared()
    {
        if (Chance(0.5))
        {
            Line($"b ~ Bernoulli({Probability()})");
            _bools.Add("b");
            _settings *= 2;
        }
        else
        {
            Line($"g ~ Categorical({Simplex()})");
            _labels.Add("g");
            _settings *= 3;
        }
    }

    private void Mixture()
    {
        var (z, y, n) = (Name("z"), Name("y"), 2 + _random.Next(3));
        Line($"for i in 1..{n} {{");
        Line($"  {z}[i] ~ Categorical({Simplex()})");
        if (Chance(0.3))
        {
            var x = Name("x");
            Line($"  {x}[i] ~ Normal({Mean($"{z}[i]")}, {Scale()})");
            Line($"  {y}[i] ~ Normal({x}[i] + {Mean($"{z}[i]")}, 0.7)");
        }
        else Line($"  {y}[i] ~ {Observation($"{z}[i]")}");
        Line("}");
        if (Chance(0.5)) Give(z, [n], 0.4, () => 1 + _random.Next(3), 3);
        else _settings *= Math.Pow(3, n);
        Give(y, [n], Chance(0.3) ? 0.3 : 0, Real);
    }

    private void Arrays()
    {
        var (z, y, n) = (Name("z"), Name("y"), 2 + _random.Next(3));
        Line($"{z} ~ Categorical({Simplex()}) ^ {n}");
        Line(Choose($"{y} ~ Normal(m[{z}], {Scale()})", $"{y} ~ Normal(m[{z}] * {z}, 1)", $"{y} ~ Normal([for i in 1..{n}: m[{z}[i]] + 0.1 * i], {Scale()})", $"{y} ~ StudentT(4, m[{z}] + p, exp(m[{z}]))"));
        if (Chance(0.3)) Line($"{Name("t")} = {z} + 1");
        if (Chance(0.4)) Give(z, [n], 0.5, () => 1 + _random.Next(3), 3);
        else _settings *= Math.Pow(3, n);
        Give(y, [n], Chance(0.3) ? 0.3 : 0, Real);
    }

    private void Chain()
    {
        var (z, y, lag) = (Name("z"), Name("y"), 1 + _random.Next(3));
        var n = lag + 2 + _random.Next(2);
        var isBoolean = lag > 1 || Chance(0.5);
        if (isBoolean)
        {
            for (var t = 1; t <= lag; t++) Line($"{z}[{t}] ~ Bernoulli({Probability()})");
            var terms = string.Join(" + ", Enumerable.Range(1, lag).Select(k => $"m[{k}] * {z}[t-{k}]"));
            Line($"for t in {lag + 1}..{n} {{ {z}[t] ~ Bernoulli(logit: {terms} - 0.3) }}");
            Line($"for t in 1..{n} {{ {y}[t] ~ Normal(if {z}[t] then m[1] else -1, {Scale()}) }}");
            if (Chance(0.4)) Give(z, [n], 0.6, () => _random.Next(2), 2);
            else _settings *= Math.Pow(2, n);
        }
        else
        {
            Line($"{z}[1] ~ Categorical({Simplex()})");
            Line($"for t in 2..{n} {{ {z}[t] ~ Categorical({Choose($"P[{z}[t-1]]", $"logits: [for k in 1..3: m[k] * abs(k - {z}[t-1])]")}) }}");
            Line($"for t in 1..{n} {{ {y}[t] ~ {Observation($"{z}[t]")} }}");
            if (Chance(0.4)) Give(z, [n], 0.6, () => 1 + _random.Next(3), 3);
            else _settings *= Math.Pow(3, n);
        }
        Give(y, [n], Chance(0.3) ? 0.4 : 0, Real);
    }

    private void Sequences()
    {
        var (z, y, len) = (Name("z"), Name("y"), Name("len"));
        int[] lengths = [.. Enumerable.Range(0, 2 + _random.Next(2)).Select(_ => 1 + _random.Next(4))];
        Line($"input {len}[{lengths.Length}]: count");
        _data.Add(Given(len, [lengths.Length], [.. lengths.Select(l => (double?)l)]));
        Line($"for s in 1..{lengths.Length} {{");
        Line($"  {z}[s, 1] ~ Bernoulli({Probability()})");
        Line($"  for t in 2..{len}[s] {{ {z}[s, t] ~ Bernoulli(if {z}[s, t-1] then p else {Choose("0.25", "1 - p", "logistic(m[s])")}) }}");
        Line($"  for t in 1..{len}[s] {{ {y}[s, t] ~ Normal({Choose($"m[1] * {z}[s, t]", $"if {z}[s, t] then m[s] else 0.5")}, {Scale()}) }}");
        Line("}");
        _settings *= Math.Pow(2, lengths.Sum());
        _data.Add(Rows(y, [.. lengths.Select(l => Enumerable.Range(0, l).Select(_ => (double?)Real()).ToArray())]));
    }

    private void Ragged()
    {
        var (z, y, n) = (Name("z"), Name("y"), Name("n"));
        int[] lengths = [.. Enumerable.Range(0, 3).Select(_ => _random.Next(4))];
        Line($"input {n}[3]: count");
        _data.Add(Given(n, [3], [.. lengths.Select(l => (double?)l)]));
        Line($"for i in 1..3 {{");
        Line($"  {z}[i] ~ Categorical({Simplex()})");
        Line($"  for j in 1..{n}[i] {{ {y}[i, j] ~ Normal({Mean($"{z}[i]")}, {Scale()}) }}");
        Line("}");
        _settings *= 27;
        _data.Add(Rows(y, [.. lengths.Select(l => Enumerable.Range(0, l).Select(_ => (double?)Real()).ToArray())]));
    }

    private void Network()
    {
        var n = 2 + _random.Next(3);
        for (var i = 0; i < n; i++)
        {
            var name = Name($"a{i}_");
            Line($"{name} ~ Bernoulli({Probability()})");
            _bools.Add(name);
            _settings *= 2;
            if (!Chance(0.4)) continue;
            var c = Name($"c{i}_");
            Line($"{c} = {Condition()}");
            _bools.Add(c);
        }
        var (y, s) = (Name("y"), Name("s"));
        Line($"{s} = {Choose($"{Bool()} + 2 * {Bool()}", $"if {Bool()} then m[1] else 0.5", $"sum([{Bool()}, {Bool()}, {Bool()}])", $"if {Condition()} then m[2] * {Bool()} else {Bool()} - tau")}");
        Line($"{y} ~ Normal({s}, {Scale()})");
        Give(y, [], 0, Real);
    }

    private void Events()
    {
        var a = Name("a");
        Line($"{a} ~ Bernoulli({Probability()})");
        _bools.Add(a);
        var k = Name("k");
        Line($"{k} ~ DiscreteUniform(1, 3)");
        _labels.Add(k);
        _settings *= 6;
        Line(Choose($"given {a} or {k} > 1", $"given not ({a} and {k} == 2)", $"given {Bool()} or {k} <= 2", $"given {k} + {a} != 2"));
        if (Chance(0.6)) Line(Choose($"factor if {Bool()} then -m[1] ^ 2 else -0.2", $"factor -0.5 * ({k} - m[2]) ^ 2", $"factor -tau * {k} * {Bool()}"));
    }

    private void IndexOfIndex()
    {
        var (z, v, y) = (Name("z"), Name("v"), Name("y"));
        var n = 2 + _random.Next(2);
        Line($"for j in 1..{n} {{ {z}[j] ~ Categorical({Simplex()}) }}");
        if (Chance(0.5))
        {
            Line($"{v} ~ Categorical({(n == 2 ? "[0.3, 0.7]" : Simplex())})");
            Line($"{y} ~ Normal(m[{z}[{v}]]{Choose("", $" + {z}[1]", $" * {v}")}, {Scale()})");
            Give(y, [], 0, Real);
            _settings *= n;
        }
        else
        {
            var rows = 1 + _random.Next(2);
            Line($"for i in 1..{rows} {{ {v}[i] ~ Categorical({(n == 2 ? "[p, 1 - p]" : Simplex())}); {y}[i] ~ Normal(m[{z}[{v}[i]]]{Choose("", $" + {z}[i]")}, 1) }}");
            Give(y, [rows], 0, Real);
            _settings *= Math.Pow(n, rows);
        }
        if (Chance(0.4)) Give(z, [n], 0.5, () => 1 + _random.Next(3), 3);
        else _settings *= Math.Pow(3, n);
    }

    private void Running()
    {
        var (z, s, y, n) = (Name("z"), Name("s"), Name("y"), 2 + _random.Next(3));
        Line($"{z} ~ Bernoulli({Probability()}) ^ {n}");
        Line($"{s}[1] = {z}[1]{Choose("", " * 1")}");
        Line($"for t in 2..{n} {{ {s}[t] = {Choose($"{s}[t-1] + {z}[t]", $"{s}[t-1] * 0.5 + {z}[t] * m[1]", $"if {z}[t] then 0 else {s}[t-1] + 1", $"min({s}[t-1] + {z}[t], 2)")} }}");
        Line($"for t in 1..{n} {{ {y}[t] ~ Normal({s}[t]{Choose("", " * m[2]")}, {Scale()}) }}");
        if (Chance(0.4)) Give(z, [n], 0.6, () => _random.Next(2), 2);
        else _settings *= Math.Pow(2, n);
        Give(y, [n], Chance(0.3) ? 0.4 : 0, Real);
    }

    private void Counts()
    {
        var (n, k, y) = (Name("n"), Name("k"), Name("y"));
        Line($"{n} ~ {Choose("Poisson(exp(m[1]))", "Geometric(0.2 + 0.5 * p)", "NegativeBinomial(2, 0.5)", $"Poisson({Rate()})")} truncated (0, {4 + _random.Next(3)})");
        _settings *= 7;
        Line($"{k} ~ {Choose($"Binomial({n}, p)", $"Binomial({n}, 0.4)", $"DiscreteUniform(0, {n})")}");
        _settings *= 7;
        Line($"{y} ~ {Choose($"Normal({n} - {k}, {Scale()})", $"Normal({k} * m[1], {n} + 1)", $"Poisson({k} + tau)", $"Binomial(8, ({k} + 1) / ({n} + 2))")}");
        Give(y, [], 0, () => _random.Next(4));
        if (Chance(0.3)) Give(k, [], 0, () => _random.Next(3));
    }

    private void Gates()
    {
        var (a, y, n) = (Name("a"), Name("y"), 2 + _random.Next(2));
        switch (_random.Next(8))
        {
            case 0:
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] {{ {y}[i] ~ Cauchy(m[1], 2) }} else {{ {y}[i] ~ Normal(m[2], {Scale()}) }} }}");
                break;
            case 1:
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] and m[1] > 0 {{ {y}[i] ~ Normal(1, 2) }} else {{ {y}[i] ~ Normal(m[2], {Scale()}) }} }}");
                break;
            case 2:
                var x = Name("x");
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] {{ {x}[i] ~ Normal(m[1], {Scale()}); {y}[i] ~ Normal({x}[i], 1) }} else {{ {y}[i] ~ Normal(m[2], 1) }} }}");
                break;
            case 4:
                var v = Name("v");
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] {{ {v}[i] ~ MvNormal([m[1], {Choose("m[2]", "0")}], covariance: [[1, 0.3], [0.3, {Choose("1", "1 + tau")}]]); {y}[i] ~ Normal({v}[i, 1], 1) }} else {{ {y}[i] ~ Normal(m[3], 1) }} }}");
                break;
            case 5:
                var k = Name("k");
                Line($"for i in 1..{n} {{ {a}[i] ~ DiscreteUniform(0, 2); if {a}[i] > 0 {{ {k}[i] ~ {Choose($"DiscreteUniform(1, {a}[i])", $"Binomial({a}[i], p)", $"Binomial(2, 0.5 * {a}[i])")}; {y}[i] ~ Normal({k}[i] * m[1], 1) }} else {{ {y}[i] ~ Normal(m[3], 1) }} }}");
                _settings *= Math.Pow(4.5, n);
                break;
            case 6:
                var h = Name("h");
                Line($"for i in 1..{n} {{ {a}[i] ~ DiscreteUniform(0, 1); if {a}[i] > 0 {{ {h}[i] ~ Normal({Choose("m[1]", "0", $"m[{a}[i] + 1]")}, {Choose($"{a}[i] + 1", "tau")}); {y}[i] ~ Normal({h}[i], 1) }} else {{ {y}[i] ~ Normal(m[3], 1) }} }}");
                break;
            case 3:
                var u = Name("u");
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] {{ {u}[i] = m[1] }} else {{ {u}[i] = tau }}");
                Line($"  {y}[i] ~ Normal({u}[i], {Scale()}) }}");
                break;
            default:
                var b = Name("b");
                Line($"for i in 1..{n} {{ {a}[i] ~ Bernoulli({Probability()}); if {a}[i] {{ {b}[i] ~ Bernoulli(0.3) ; {y}[i] ~ Normal({b}[i] * m[1], 1) }} else {{ {y}[i] ~ Normal(m[3], 1) }} }}");
                _settings *= Math.Pow(2, n);
                break;
        }
        _settings *= Math.Pow(2, n);
        Give(y, [n], 0, Real);
    }

    private void Weights()
    {
        var (z, y, n) = (Name("z"), Name("y"), 2 + _random.Next(2));
        Line($"for i in 1..{n} {{");
        Line($"  {z}[i] ~ Categorical({Simplex()})");
        Line($"  {y}[i] ~ {Choose($"Mixture(P[{z}[i]], [Normal(m[1], 1), Normal(m[2], {Scale()}), Cauchy(0, 1)])",
            $"Mixture([p, 1 - p], [Normal(m[{z}[i]], 1), Normal({z}[i], {Scale()})])",
            $"Mixture([1 / (1 + {z}[i]), {z}[i] / (1 + {z}[i])], [Normal(0, 1), Normal(m[1], 2)])",
            $"Mixture(P[{z}[i]], for k in 1..3: Normal(m[k], {Scale()}))")}");
        Line("}");
        _settings *= Math.Pow(3, n);
        Give(y, [n], Chance(0.3) ? 0.3 : 0, Real);
    }

    private void Tree()
    {
        var (z, y) = (Name("z"), Name("y"));
        int[] parents = [0, 1, 1, 2, 2];
        var n = 3 + _random.Next(3);
        Line($"input {z}up[{n}]: int(0, {n})");
        _data.Add(Given($"{z}up", [n], [.. parents.Take(n).Select(p => (double?)p)]));
        Line($"{z}[1] ~ Categorical({Simplex()})");
        Line($"for j in 2..{n} {{ {z}[j] ~ Categorical(P[{z}[{z}up[j]]]) }}");
        Line($"for j in 1..{n} {{ {y}[j] ~ {Observation($"{z}[j]")} }}");
        if (Chance(0.4)) Give(z, [n], 0.6, () => 1 + _random.Next(3), 3);
        else _settings *= Math.Pow(3, n);
        Give(y, [n], Chance(0.4) ? 0.5 : 0, Real);
    }

    private void Blocks()
    {
        var (z, c, y) = (Name("z"), Name("c"), Name("y"));
        Line($"for i in 1..4 {{ {z}[i] ~ Bernoulli({Probability()}) }}");
        Line($"for i in 1..2 {{ {c}[2 * i - 1] = {z}[2 * i] + 1; {c}[2 * i] = {Choose($"2 - {z}[2 * i - 1]", $"{z}[2 * i - 1] * {z}[2 * i] + 1", $"3 - {c}[2 * i - 1]")} }}");
        Line($"for i in 1..4 {{ {y}[i] ~ Normal({Choose($"m[{c}[i]]", $"{c}[i]", $"{c}[i] * m[1] + {z}[i]", $"m[{c}[5 - i]]")}, {Scale()}) }}");
        if (Chance(0.4)) Give(z, [4], 0.6, () => _random.Next(2), 2);
        else _settings *= 16;
        Give(y, [4], Chance(0.3) ? 0.4 : 0, Real);
    }

    private void Matrix()
    {
        var (z, y) = (Name("z"), Name("y"));
        Line($"for i in 1..2 {{ for j in 1..2 {{ {z}[i, j] ~ Bernoulli({Probability()}) }} }}");
        Line(Choose($"for i in 1..2 {{ for j in 1..2 {{ {y}[i, j] ~ Normal({z}[i, j] + {z}[j, i] * m[1], {Scale()}) }} }}",
            $"for i in 1..2 {{ for j in 1..2 {{ {y}[i, j] ~ Normal(sum({z}[i]) - m[2] * {z}[1, j], {Scale()}) }} }}",
            $"for i in 1..2 {{ {y}[i] ~ Normal([m[1] * {z}[i, 1], {z}[i, 2] * tau], {Scale()}) }}",
            $"{y} ~ Normal({z} * m[1], {Scale()})"));
        _settings *= 16;
        Give(y, [2, 2], Chance(0.3) ? 0.3 : 0, Real);
    }

    private void Function()
    {
        var (f, y, n) = (Name("F"), Name("y"), 1 + _random.Next(3));
        Line($"def {f}(a, s) {{ u ~ Bernoulli(a); v = if u then s else -s; r ~ Normal(v, {Scale()}); return r }}");
        Line($"for i in 1..{n} {{ {y}[i] ~ {f}({Choose("p", "0.3")}, {Choose("m[1]", "1", $"m[i] + 1")}) }}");
        _settings *= Math.Pow(2, n);
        Give(y, [n], 0, Real);
    }

    // --- what parts are made of ---

    private string Observation(string z) => Choose($"Normal({Mean(z)}, {Scale()})", $"Normal(m[{z}], exp(0.3 * m[{z}]))", $"StudentT(3, {Mean(z)}, 1)", $"Normal({z} * p, tau + {z})", $"Laplace({Mean(z)}, 0.8)");

    private string Mean(string z) => Choose($"m[{z}]", $"m[1] + {z}", $"(if {z} == 2 then m[1] else m[3])", $"m[{z}] * {Choose([.. _labels, .. _bools, "p"])}", $"2 * {z} - {Choose([.. _bools, "m[2]"])}");

    private string Scale() => Choose(["1", "0.8", "tau", "exp(0.5 * m[3])", .. _labels.Select(l => $"0.5 + 0.5 * {l}"), .. _bools.Select(b => $"if {b} then tau else 1.5")]);

    private string Rate() => Choose(["1.5", "exp(m[2])", .. _labels.Select(l => $"exp(m[{l}])"), .. _bools.Select(b => $"0.5 + {b}")]);

    private string Probability() => Choose(["p", "0.3", "logistic(m[1])", .. _bools.Select(b => $"if {b} then p else 0.2"), .. _labels.Select(l => $"logistic(m[{l}])"), .. _labels.Select(l => $"{l} / 4")]);

    private string Simplex() => Choose(["w", "[0.2, 0.3, 0.5]", "[p, 0.5 * (1 - p), 0.5 * (1 - p)]", .. _labels.Select(l => $"P[{l}]"), .. _bools.Select(b => $"if {b} then w else [0.5, 0.25, 0.25]")]);

    private string Bool() => Choose([.. _bools, .. _labels.Select(l => $"({l} == 2)"), "true"]);

    private string Condition() => Choose($"{Bool()} and {Bool()}", $"{Bool()} or not {Bool()}", $"not {Bool()}", $"{Bool()} != {Bool()}");

    private string Name(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}{_parts}");

    private double Real() => Math.Round(3 * _random.NextDouble() - 1.2, 3);

    private void Give(string name, int[] shape, double missing, Func<double> value, int states = 0)
    {
        double?[] cells = [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => Chance(missing) ? (double?)null : value())];
        if (states > 0) _settings *= Math.Pow(states, cells.Count(c => c is null));
        _data.Add(Given(name, shape, cells));
    }

    private bool Chance(double p) => _random.NextDouble() < p;

    private T Choose<T>(params T[] of) => of[_random.Next(of.Length)];

    private void Line(string line) => _text.Append(line).Append('\n');
}
