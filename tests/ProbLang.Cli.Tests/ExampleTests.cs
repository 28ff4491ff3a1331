using System.Text.Json;
using Xunit;

namespace ProbLang.Cli.Tests;

/// <summary>Every example is inferred from its data, and its answer is the one that other ways of computing give.</summary>
public class ExampleTests
{
    /// <summary>What each posterior is known to be: mean, and how far from it the mean may be.</summary>
    public static TheoryData<string, string, double, double> Answers => new()
    {
        // The published reference posterior: mu 4.36, tau 3.6.
        { "eight_schools.json", "mu", 4.36, 0.25 },
        { "eight_schools.json", "tau", 3.60, 0.35 },
        // The Kalman filter, written out apart from this: the last filtered level is 798.3703, and so is every forecast.
        { "nile.csv", "level[100]", 798.37, 0.01 },
        { "nile.csv", "flow[105]", 798.37, 0.01 },
        // By hand: B(5, 2)² against B(6, 6).
        { "clinical_trial.json", "effective", 0.754902, 1e-6 },
        { "clinical_trial.json", "rate_treated", 5.0 / 7, 1e-12 },
        // Least squares: 42.98 at the mean speed, slope 3.932, standard error 0.416.
        { "stopping_distances.csv", "slope", 3.93, 0.1 },
        { "stopping_distances.csv", "typical", 42.98, 0.4 },
        // The data were simulated with these values; the allowance is two posterior standard deviations.
        { "ar1.csv", "phi", 0.8, 0.13 },
        { "varying_intercepts.csv", "slope", 0.8, 0.2 },
        { "varying_intercepts.csv", "sigma", 1, 0.15 },
        { "gaussian_process.csv", "sigma", 0.3, 0.1 },
        // Without the race that is wrong by an hour least squares gives 6.29 minutes a mile.
        { "hill_races.csv", "per_mile", 6.4, 0.5 },
        // By a sum over the years, each with two gamma integrals. Raftery and Akman (Biometrika 73, 1986): from 3.1 to 0.9, between 1887 and 1895.
        { "coal_mining.csv", "early", 3.106364, 1e-6 },
        { "coal_mining.csv", "late", 0.930185, 1e-6 },
        { "coal_mining.csv", "change", 1890.942872, 1e-6 },
        // By a random walk on the density with the states summed out by hand. Zucchini and others give the largest likelihood: rates of 15.5 and 26.1.
        { "earthquakes.csv", "rate[1]", 15.145, 0.07 },
        { "earthquakes.csv", "rate[2]", 25.696, 0.12 },
        { "earthquakes.csv", "next[1,1]", 0.903, 0.004 },
        { "earthquakes.csv", "next[2,2]", 0.858, 0.006 },
        // The posterior on a grid. MacKenzie and others give the largest likelihood: 0.595 and 0.259.
        { "salamanders.csv", "occupied", 0.6128, 0.016 },
        { "salamanders.csv", "found", 0.2591, 0.007 },
        { "salamanders.csv", "streams", 24.125, 0.6 },
        // By a Gibbs sampler of its own. Dawid and Skene give the largest likelihood: 0.40, 0.42, 0.11 and 0.07.
        { "anaesthetists.json", "prevalence[1]", 0.3956, 0.004 },
        { "anaesthetists.json", "prevalence[4]", 0.0451, 0.002 },
        { "anaesthetists.json", "says[1,1,1]", 0.8496, 0.003 },
        { "anaesthetists.json", "says[2,2,3]", 0.3180, 0.005 },
        { "anaesthetists.json", "fitness[3]", 1.575, 0.04 },
        // By a random walk on the density with the labels summed out by hand.
        { "irises.csv", "share[1]", 0.545, 0.011 },
        { "irises.csv", "length_of[versicolor]", 4.442, 0.015 },
        { "irises.csv", "length_of[virginica]", 5.482, 0.022 },
        { "irises.csv", "spread[versicolor]", 0.609, 0.01 },
        // The posterior on a grid: -0.753 and 0.647. Van Houwelingen and others (Statistics in Medicine 21, 2002), by the largest
        // likelihood: an odds ratio of 0.476, whose logarithm is -0.742, and a variance of 0.302.
        { "bcg_vaccine.json", "effect", -0.753, 0.03 },
        { "bcg_vaccine.json", "spread", 0.647, 0.03 },
        // The posterior on a grid: a slope of 2.219 for 0.1, one half killed at 1.7788. The largest likelihood is at 2.204 (A. J.
        // Dobson, An Introduction to Generalized Linear Models).
        { "beetles.csv", "slope", 2.219, 0.03 },
        { "beetles.csv", "half", 1.7788, 0.0006 },
        // The posterior on a grid: mu 0.155, alpha 0.319; mu was 0.1 and alpha 0.3 when the data were simulated.
        { "garch.csv", "mu", 0.155, 0.01 },
        { "garch.csv", "alpha", 0.319, 0.015 },
        { "garch.csv", "omega", 0.3, 0.17 },
        { "garch.csv", "beta", 0.5, 0.24 },
        // The posterior on a grid: 2.003, 0.691, 0.396 and 0.441; simulated with 2, 0.7, 0.4 and 0.5.
        { "arma.csv", "level", 2.003, 0.03 },
        { "arma.csv", "phi", 0.691, 0.012 },
        { "arma.csv", "theta", 0.396, 0.015 },
        { "arma.csv", "sigma", 0.441, 0.005 },
        // Simulated with these values; the allowance is two posterior standard deviations.
        { "stochastic_volatility.csv", "level", 0.2, 0.6 },
        { "stochastic_volatility.csv", "phi", 0.9, 0.15 },
        { "stochastic_volatility.csv", "spread", 0.8, 0.4 },
        { "gp_poisson.csv", "level", 1, 1 },
        { "gp_poisson.csv", "amplitude", 0.8, 0.6 },
        { "gp_poisson.csv", "length_scale", 8, 4.7 },
        { "visits.json", "level_mean", 3, 0.2 },
        { "visits.json", "level_sd", 0.5, 0.15 },
        { "visits.json", "slope_mean", -0.1, 0.022 },
        { "visits.json", "slope_sd", 0.06, 0.019 },
        { "visits.json", "sigma", 0.1, 0.019 },
        // The largest likelihood is at -0.232; the prior and the skewness move the mean outward.
        { "challenger.csv", "beta", -0.26, 0.06 },
        // All children are measured at the same ages, so the estimates are the means and the least-squares slopes of each sex.
        { "growth_curves.json", "typical[boy]", 24.97, 0.1 },
        { "growth_curves.json", "growth[boy]", 0.784, 0.02 },
        { "growth_curves.json", "growth[girl]", 0.480, 0.02 },
        // The largest marginal likelihood of the Rasch model, as D. Rizopoulos's ltm gives it (Journal of Statistical Software 17, 2006).
        { "item_response.csv", "easiness[1]", 2.730, 0.03 },
        { "item_response.csv", "easiness[3]", 0.240, 0.02 },
        { "item_response.csv", "discrimination", 0.755, 0.03 },
        // The largest likelihood has 1/shape = 0.732, as R's survreg gives it. Half the untreated relapse in 8 weeks, by the data alone.
        { "remission.csv", "shape", 1.366, 0.1 },
        { "remission.csv", "effect", 1.267, 0.06 },
        { "remission.csv", "median_untreated", 8, 1 },
        // The estimates of Lebreton and others (1992) for survival that differs in years of flood.
        { "capture_recapture.json", "survival", 0.607, 0.01 },
        { "capture_recapture.json", "survival_flood", 0.469, 0.01 },
        { "capture_recapture.json", "caught", 0.900, 0.015 },
        // The 55 households with cases have 86, and 86 / 55 is rate / (1 - exp(-rate)); of those exposed they are the part 1 - exp(-rate).
        { "zero_inflated.csv", "rate", 0.972, 0.03 },
        { "zero_inflated.csv", "unexposed", 0.603, 0.03 },
        // Agresti's estimates, where status has the other sign of the cumulative logits.
        { "ordered_outcome.csv", "per_event", 0.319, 0.03 },
        { "ordered_outcome.csv", "status", -1.111, 0.1 },
        // Fuller's estimate; least squares that trusts the measurements gives 0.344.
        { "measurement_error.csv", "slope", 0.423, 0.03 },
        // A random walk on the density with the missing indices integrated out by hand.
        { "missing_covariate.csv", "chl_bmi", 6.3, 0.2 },
        { "missing_covariate.csv", "chl_age", 43.6, 1.2 },
        // By a Gibbs sampler of its own, of skills and margins.
        { "skill_league.csv", "skill[Dan]", 13.23, 0.5 },
        { "skill_league.csv", "skill[Ada]", 35.79, 0.7 },
        // The posterior on a grid.
        { "bayes_point_machine.csv", "weight[1]", -1.559, 0.05 },
        { "bayes_point_machine.csv", "weight[2]", 3.017, 0.08 },
        { "bayes_point_machine.csv", "weight[3]", 2.625, 0.08 },
        { "bayes_point_machine.csv", "narrowed[40]", 0.088, 0.02 },
        { "bayes_point_machine.csv", "narrowed[41]", 0.976, 0.012 },
        // By a Gibbs sampler of its own, of tastes, characters and qualities.
        { "recommender.json", "quality[Kim]", 3.415, 0.06 },
        { "recommender.json", "character[Walden,2]", 1.190, 0.015 },
        // By a random walk on the density with what each student knows summed out by hand.
        { "answer_key.json", "difficulty[1]", 0.931, 0.06 },
        { "answer_key.json", "ability[2]", -1.405, 0.07 },
        { "answer_key.json", "right[10]", 2.289, 0.06 },
        // By a Gibbs sampler of its own, of skills and guesses.
        { "student_skills.json", "guess[1]", 0.2569, 0.006 },
        { "student_skills.json", "guess[9]", 0.3635, 0.006 },
        { "student_skills.json", "c_sharp[8]", 0.071, 0.02 },
        { "student_skills.json", "sql[9]", 0.642, 0.035 },
        // Simulated with these values; the allowance is two posterior standard deviations.
        { "churn.csv", "by_months", -0.7, 0.29 },
        { "churn.csv", "by_calls", 0.45, 0.22 },
        // A Kalman filter for each axis, written out apart from this.
        { "tracking.csv", "east[24]", 5.080187, 1e-6 },
        { "tracking.csv", "north[24]", 0.254833, 1e-6 },
        { "tracking.csv", "state[24,3]", 0.394954, 1e-6 },
    };

    /// <summary>What an example needs beside its data: a product of unknowns mixes slowly.</summary>
    private static readonly Dictionary<string, string[]> Options = new() { ["recommender.json"] = ["--draws", "4000"] };

    /// <summary>Topics can change places, which no sampler that follows gradients gets across: this one is for message passing, whose tests have it.</summary>
    private static readonly string[] ForMessagePassing = ["topics.json"];

    /// <summary>Folders of models that are fitted, not inferred; they have tests of their own.</summary>
    private static readonly string[] Learned = ["flows", "glm", "glyphs", "nets", "text"];

    private static readonly Dictionary<string, Lazy<JsonElement>> Summaries =
        Directory.GetDirectories(Repository.Examples).Where(d => !Learned.Contains(Path.GetFileName(d))).SelectMany(Directory.GetFiles)
            .Where(f => Path.GetExtension(f) is ".json" or ".csv" or ".tsv" && !ForMessagePassing.Contains(Path.GetFileName(f)))
            .ToDictionary(f => Path.GetFileName(f), f => new Lazy<JsonElement>(() => Infer(f)));

    public static TheoryData<string> Examples => [.. Summaries.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Described => [.. Summaries.Keys.Concat(ForMessagePassing).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_has_a_posterior_to_trust(string data)
    {
        var diagnostics = Summaries[data].Value.GetProperty("diagnostics");
        Assert.Equal("trust", diagnostics.GetProperty("verdict").GetString());
        Assert.Equal(0, diagnostics.GetProperty("divergences").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_example_gives_the_known_answer(string data, string variable, double mean, double tolerance) =>
        Assert.InRange(Summaries[data].Value.GetProperty("variables").GetProperty(variable).GetProperty("mean").GetDouble(), mean - tolerance, mean + tolerance);

    [Theory]
    [MemberData(nameof(Described))]
    public void An_example_says_what_it_is_and_where_its_data_are_from(string data)
    {
        // Farther down lies what is built.
        var run = CliRun.Of("explain", Model(Directory.GetDirectories(Repository.Examples).Single(d => File.Exists(Path.Combine(d, data)))));
        Assert.Equal(ExitCode.Done, run.Code);
        Assert.Matches("^[^\n]*\n  \\p{Lu}", run.Out);
    }

    private static JsonElement Infer(string data)
    {
        var run = CliRun.Of(["infer", Model(Path.GetDirectoryName(data)!), "--data", data, "--seed", "7", "--as", "json", "--quiet", .. Options.GetValueOrDefault(Path.GetFileName(data), [])]);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Done, run.Code);
        return JsonDocument.Parse(run.Out).RootElement.Clone();
    }

    private static string Model(string folder) => Directory.GetFiles(folder, "*.gm").Single();
}
