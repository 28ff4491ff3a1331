namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>Small pieces of models, each with observations; a model is made of one or two of them, which share unknowns.</summary>
internal static class Themes
{
    public static IReadOnlyList<Action<ModelWriter>> All { get; } =
    [
        Sample, Groups, Regression, Binary, Counts, Successes, Categories, Mixture, Branches, Alternatives, States, Games, Walk, Differences, Waiting,
        LogPrecision, Products, Extremes, Change, Outliers, Vectors, Causes,
    ];

    private static string Observe(ModelWriter w, int count, Func<string, string> distribution)
    {
        var name = w.Name('y');
        w.Add($"for i in 1..{count} {{ {name}[i] ~ {distribution("i")} }}");
        w.Observed.Add(name);
        return name;
    }

    private static void Sample(ModelWriter w)
    {
        w.Use(Construct.Conjugate);
        var mean = w.Chance(0.2) ? w.Bounded() : w.Scaled(w.Real());
        var spread = w.Spread(0.8, 1.5);
        if (w.Chance(0.5))
        {
            w.Use(Construct.MeanAndPrecision);
            spread = $"precision: {w.Rate()}";
        }
        Observe(w, 3 + w.Pick(4), _ => $"Normal({mean}, {spread})");
    }

    private static void Groups(ModelWriter w)
    {
        w.Use(Construct.Chain);
        var (mean, group, theta) = (w.Real(), w.Codes(6, 3), w.Name('t'));
        w.Add($"for k in 1..3 {{ {theta}[k] ~ Normal({w.Scaled(mean)}, {w.Spread(0.5, 1)}) }}");
        var spread = w.Spread(0.8, 1.5);
        Observe(w, 6, i => $"Normal({theta}[{group}[{i}]], {spread})");
    }

    private static void Regression(ModelWriter w)
    {
        w.Use(Construct.Sum);
        var x = w.Input(6, w.Chance(0.5) ? -1.5 : 0.5, 2);
        var intercept = w.Real();
        var slope = w.RealBeside(intercept);
        var spread = w.Spread(0.8, 1.5);
        if (w.Chance(0.4))
        {
            w.Use(Construct.MeanAndPrecision);
            spread = $"precision: {w.Rate()}";
        }
        Observe(w, 6, i => $"Normal({intercept} + {slope} * {x}[{i}], {spread})");
    }

    private static void Binary(ModelWriter w)
    {
        var x = w.Input(5, -1.5, 1.5);
        var intercept = w.Real();
        var line = w.Chance(0.6) ? $"{intercept} + {w.RealBeside(intercept)} * {x}" : $"{intercept} + {x}";
        if (line.Contains('*', StringComparison.Ordinal)) w.Use(Construct.Sum);
        var kind = w.Pick(3);
        w.Use(kind == 2 ? Construct.Probit : Construct.Logit);
        Observe(w, 5, i => kind switch
        {
            0 => $"Bernoulli(logit: {line}[{i}])",
            1 => $"Binomial(3, logit: {line}[{i}])",
            _ => $"Bernoulli(Phi({line}[{i}]))",
        });
    }

    private static void Counts(ModelWriter w)
    {
        if (w.Chance(0.4))
        {
            w.Use(Construct.LogRate);
            var log = w.Scaled(w.Real());
            Observe(w, 4, _ => $"Poisson(log_rate: {log})");
            return;
        }
        w.Use(Construct.Conjugate);
        var (rate, exposure) = (w.Rate(), w.Input(4, 0.5, 2));
        Observe(w, 4, i => $"Poisson({exposure}[{i}] * {rate})");
    }

    private static void Successes(ModelWriter w)
    {
        w.Use(Construct.Conjugate);
        var p = w.Probability();
        if (w.Chance(0.5)) Observe(w, 3, _ => $"Binomial(4, {p})");
        else Observe(w, 5, _ => $"Bernoulli({p})");
    }

    private static void Categories(ModelWriter w)
    {
        w.Use(Construct.Conjugate);
        var p = w.Name('q');
        w.Add($"{p} ~ Dirichlet([{w.Number(0.8, 3)}, {w.Number(0.8, 3)}, {w.Number(0.8, 3)}])");
        if (w.Chance(0.7)) Observe(w, 6, _ => $"Categorical({p})");
        else Observe(w, 2, _ => $"Multinomial(4, {p})");
    }

    private static void Mixture(ModelWriter w)
    {
        w.Use(Construct.Mixture);
        var (p, centre, label) = (w.Name('q'), w.Name('c'), w.Name('z'));
        w.Add($"{p} ~ Dirichlet([{w.Number(1, 3)}, {w.Number(1, 3)}])");
        w.Add($"for k in 1..2 {{ {centre}[k] ~ Normal(4 * k - 6, {w.Number(0.6, 1.2)}) }}");
        w.Add($"for i in 1..4 {{ {label}[i] ~ Categorical({p}) }}");
        var spread = w.Spread(0.8, 1.3);
        Observe(w, 4, i => $"Normal({centre}[{label}[{i}]], {spread})");
    }

    private static void Branches(ModelWriter w)
    {
        w.Use(Construct.Gate);
        var gate = w.Truth();
        switch (w.Pick(3))
        {
            case 0:
                var mean = w.Real();
                var (other, spread) = (w.Chance(0.5) ? w.RealBeside(mean) : w.Number(-2, 2), w.Spread(0.8, 1.3));
                Observe(w, 4, _ => $"Normal(if {gate} then {mean} else {other}, {spread})");
                break;
            case 1:
                var (rate, fixedRate) = (w.Rate(), w.Number(1, 4));
                Observe(w, 4, _ => $"Poisson(if {gate} then {rate} else {fixedRate})");
                break;
            default:
                var p = w.Probability();
                Observe(w, 5, _ => $"Bernoulli(if {gate} then {p} else 0.5)");
                break;
        }
    }

    private static void Alternatives(ModelWriter w)
    {
        w.Use(Construct.Gate);
        var (gate, rate, p, y) = (w.Truth(), w.Name('e'), w.Name('e'), w.Name('y'));
        w.Add($$"""
            if {{gate}} {
              {{rate}} ~ Beta({{w.Number(1, 4)}}, 2)
              for i in 1..4 { {{y}}[i] ~ Bernoulli({{rate}}) }
            } else {
              {{p}} ~ Beta({{w.Number(1, 4)}}, 1)
              for i in 1..4 { {{y}}[i] ~ Bernoulli({{p}}) }
            }
            """);
        w.Observed.Add(y);
    }

    private static void States(ModelWriter w)
    {
        w.Use(Construct.Discrete);
        w.Use(Construct.Gate);
        var state = w.Name('s');
        w.Add($"{state}[1] ~ Categorical([0.4, 0.6])");
        w.Add($"for t in 2..4 {{ {state}[t] ~ Categorical([[0.8, 0.2], [0.3, 0.7]][{state}[t-1]]) }}");
        var (y, spread) = (w.Name('y'), w.Spread(0.7, 1.2));
        w.Add(w.Chance(0.5)
            ? $"for t in 1..4 {{ {y}[t] ~ Normal([-1.0, 1.5][{state}[t]], {spread}) }}"
            : $"for t in 1..4 {{ {y}[t] ~ Poisson([1.0, 4.0][{state}[t]]) }}");
        w.Observed.Add(y);
    }

    private static void Games(ModelWriter w)
    {
        w.Use(Construct.Comparison);
        var (skill, form) = (w.Name('k'), w.Name('f'));
        w.Add($"for j in 1..3 {{ {skill}[j] ~ Normal({w.Number(-0.5, 0.5)}, {w.Number(0.8, 1.5)}) }}");
        w.Add($"for j in 1..3 {{ {form}[j] ~ Normal({skill}[j], {w.Number(0.5, 1)}) }}");
        w.Add($"given {form}[1] > {form}[2]");
        if (w.Chance(0.5)) w.Add($"given {form}[2] > {form}[3]");
        else Observe(w, 2, _ => $"Normal({skill}[3], 1)");
    }

    private static void Walk(ModelWriter w)
    {
        w.Use(Construct.Chain);
        var (level, step, y, spread) = (w.Name('l'), w.Spread(0.5, 1), w.Name('y'), w.Spread(0.7, 1.2));
        w.Add($"{level}[1] ~ Normal({w.Real()}, {w.Spread(0.5, 1)})");
        w.Add($"for t in 2..4 {{ {level}[t] ~ Normal({w.Number(0.6, 1)} * {level}[t-1], {step}) }}");
        w.Add($"for t in 1..4 {{ {y}[t] ~ Normal({level}[t], {spread}) }}");
        w.Observed.Add(y);
    }

    private static void Differences(ModelWriter w)
    {
        w.Use(Construct.Sum);
        var (d, first) = (w.Name('d'), w.Real());
        w.Add($"{d} = {first} {(w.Chance(0.5) ? "-" : "+")} {w.RealBeside(first)}");
        var spread = w.Spread(0.7, 1.2);
        Observe(w, 3, _ => $"Normal({d}, {spread})");
    }

    private static void Waiting(ModelWriter w)
    {
        w.Use(Construct.Conjugate);
        var (rate, kind) = (w.Rate(), w.Pick(2));
        // A prediction has heavier tails than the gamma distribution by which messages tell of it.
        w.Whole.Add(Observe(w, 4, _ => kind == 0 ? $"Exponential({rate})" : $"Gamma(2, {rate})"));
    }

    private static void LogPrecision(ModelWriter w)
    {
        w.Use(Construct.ExpPrecision);
        var h = w.Name('h');
        w.Add($"{h} ~ Normal({w.Number(-0.5, 0.5)}, {w.Number(0.4, 0.8)})");
        Observe(w, 4, _ => $"Normal(0.5, precision: exp({h}))");
    }

    private static void Products(ModelWriter w)
    {
        w.Use(Construct.Product);
        var (a, b) = (w.Name('m'), w.Name('m'));
        w.Add($"{a} ~ Normal({w.Number(1, 2)}, 0.5)");
        w.Add($"{b} ~ Normal({w.Number(1, 2)}, 0.5)");
        Observe(w, 2, _ => $"Normal({a} * {b}, 1.5)");
    }

    private static void Extremes(ModelWriter w)
    {
        w.Use(Construct.Largest);
        var first = w.Real();
        var (second, function) = (w.RealBeside(first), w.Chance(0.5) ? "max" : "min");
        Observe(w, 1, _ => $"Normal({function}({first}, {second}), 1)");
    }

    private static void Change(ModelWriter w)
    {
        w.Use(Construct.Change);
        var (change, early, late, y) = (w.Name('n'), w.Rate(), w.Name('r'), w.Name('y'));
        w.Add($"{change} ~ DiscreteUniform(1, 5)");
        w.Add($"{late} ~ Gamma({w.Number(6, 9)}, 1)");
        w.Add($"for t in 1..5 {{ {y}[t] ~ Poisson(if t < {change} then {early} else {late}) }}");
        w.Observed.Add(y);
    }

    private static void Outliers(ModelWriter w)
    {
        w.Use(Construct.Heavy);
        var mean = w.Real();
        Observe(w, 4, _ => $"StudentT(4, {mean}, {w.Number(0.8, 1.2)})");
    }

    private static void Vectors(ModelWriter w)
    {
        w.Use(Construct.Conjugate);
        var (mean, y) = (w.Name('v'), w.Name('y'));
        w.Add($"{mean} ~ MvNormal([{w.Number(-1, 1)}, {w.Number(-1, 1)}], covariance: [[1.5, 0.6], [0.6, 1]])");
        w.Add($"for i in 1..3 {{ {y}[i] ~ MvNormal({mean}, covariance: [[1, -0.3], [-0.3, 1.4]]) }}");
        w.Observed.Add(y);
    }

    private static void Causes(ModelWriter w)
    {
        w.Use(Construct.Logic);
        w.Use(Construct.Gate);
        var (a, b, c) = (w.Truth(), w.Name('b'), w.Name('b'));
        w.Add($"{b} ~ Bernoulli({w.Number(0.2, 0.5)})");
        w.Add($"{c} = {a} {(w.Chance(0.5) ? "and" : "or")} {(w.Chance(0.3) ? "not " : "")}{b}");
        Observe(w, 2, _ => $"Bernoulli(if {c} then 0.85 else 0.2)");
    }
}
