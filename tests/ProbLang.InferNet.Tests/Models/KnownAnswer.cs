namespace ProbLang.InferNet.Tests.Models;

/// <summary>What is known of an element of a model.</summary>
/// <param name="Model">The name of the model and its data, perhaps with further data after a space.</param>
/// <param name="Engine">The engine whose answer it is.</param>
/// <param name="Element">The element.</param>
/// <param name="Mean">Its mean; of a truth value how probable it is.</param>
/// <param name="Variance">Its variance; NaN where that follows from the mean.</param>
public sealed record KnownAnswer(string Model, string Engine, string Element, double Mean, double Variance = double.NaN)
{
    /// <summary>The posterior of each element, as the algorithm should find it: where it is an approximation, not the posterior itself.</summary>
    public static IReadOnlyList<KnownAnswer> All { get; } =
    [
        new("two_coins", "exact", "both", 0.25),
        new("two_coins", "ep", "both", 0.25),
        new("two_coins", "gibbs", "both", 0.25),
        new("two_coins_not_both", "exact", "first", 1.0 / 3),
        new("two_coins_not_both", "ep", "first", 1.0 / 3),

        // Moments of a truncated normal distribution.
        new("truncated c=0", "ep", "x", 0.79788456, 0.36338023),
        new("truncated c=0.5", "ep", "x", 1.1410778, 0.26848041),
        new("truncated c=1", "ep", "x", 1.5251353, 0.19909767),

        .. Normal("mean_and_precision", "ep", "m", 1.4391987, 0.074171215),
        .. Gamma("mean_and_precision", "ep", "tau", 4.9411986, 3.0606611),
        .. Normal("mean_and_precision", "vmp", "m", 1.4390942, 0.062902338),
        .. Gamma("mean_and_precision", "vmp", "tau", 6, 3.7765158),
        // By quadrature, as these are the true posterior.
        .. Normal("mean_and_precision", "gibbs", "m", 1.4388934, 0.0768494),
        .. Normal("mean_and_precision", "gibbs", "tau", 1.5887858, 0.4588900),

        .. Normal("one_game", "ep", "winner", 29.205221, 51.760562),
        .. Normal("one_game", "ep", "loser", 20.794779, 51.760562),

        .. Line("regression", "exact", 0.69238442, 0.0003000291, 1.5111975, 0.0025006875),
        .. Line("regression", "ep", 0.69238442, 0.0003000291, 1.5111975, 0.0025006875),
        .. Line("regression", "vmp", 0.69238442, 0.0003000291, 1.5111975, 0.0025006875),
        .. Line("regression", "gibbs", 0.69238442, 0.0003000291, 1.5111975, 0.0025006875),
        .. Gamma("regression_precision", "ep", "tau", 49.20114, 7.1173407),
        .. Gamma("regression_precision", "vmp", "tau", 51, 7.3801716),
        // By quadrature.
        .. Line("regression_precision", "gibbs", 0.69238536, 0.00017721240, 1.5112130, 0.0014770457),
        .. Normal("regression_precision", "gibbs", "tau", 6.9104084, 0.9550746),

        .. Truths("hidden_markov", ["exact", "ep", "gibbs"], "first", 0.5632623, 0.24845906, 0.22571844, 0.73931306, 0.82282668, 0.25678715),
        .. Truths("skills", ["exact", "ep", "gibbs"], "c_sharp", 0.94561187, 0.80246914, 0.3256705, 0.56109726),
        .. Truths("skills", ["exact", "ep", "gibbs"], "sql", 0.94561187, 0.034293553, 0.86206897, 0.56109726),

        new("sprinkler", "exact", "rain", 0.70761056),
        new("sprinkler", "exact", "sprinkler", 0.42957105),
        new("sprinkler", "exact", "cloudy", 0.57568081),

        .. from engine in (string[])["exact", "ep", "vmp", "gibbs"] select new KnownAnswer("coin", engine, "biased", 0.43686007),
        .. from engine in (string[])["exact", "ep", "vmp", "gibbs"] from answer in Trial(engine) select answer,
    ];

    /// <summary>The log of the probability (density) of the data, where the algorithm gives it exactly.</summary>
    public static IReadOnlyList<(string Model, string Engine, double LogEvidence)> Evidence { get; } =
    [
        ("hidden_markov", "exact", -11.038044), ("hidden_markov", "ep", -11.038044),
        ("two_coins_not_both", "ep", Math.Log(0.75)),
        // B(8, 4) and 1/1024 by halves.
        ("coin", "exact", Math.Log(0.5 / 1320 + 0.5 / 1024)), ("coin", "ep", Math.Log(0.5 / 1320 + 0.5 / 1024)),
        ("regression", "exact", -59.191536), ("regression", "ep", -59.191536),
    ];

    private static KnownAnswer[] Normal(string model, string engine, string element, double mean, double variance) => [new(model, engine, element, mean, variance)];

    private static KnownAnswer[] Gamma(string model, string engine, string element, double shape, double rate) => [new(model, engine, element, shape / rate, shape / rate / rate)];

    private static KnownAnswer Beta(string model, string engine, string element, double a, double b) => new(model, engine, element, a / (a + b), a * b / (a + b) / (a + b) / (a + b + 1));

    private static KnownAnswer[] Line(string model, string engine, double slope, double slopeVariance, double intercept, double interceptVariance) =>
        [new(model, engine, "slope", slope, slopeVariance), new(model, engine, "intercept", intercept, interceptVariance)];

    private static IEnumerable<KnownAnswer> Truths(string model, string[] engines, string variable, params double[] probabilities) =>
        from engine in engines
        from i in Enumerable.Range(0, probabilities.Length)
        select new KnownAnswer(model, engine, $"{variable}[{i + 1}]", probabilities[i]);

    private static KnownAnswer[] Trial(string engine) =>
        [new("trial", engine, "effective", 0.75490196), Beta("trial", engine, "rate_treated", 5, 2), Beta("trial", engine, "rate_control", 2, 5)];
}
