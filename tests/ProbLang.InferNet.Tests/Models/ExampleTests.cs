using ProbLang.Inference;

namespace ProbLang.InferNet.Tests.Models;

/// <summary>The examples that are for message passing, by each engine that takes them.</summary>
public sealed class ExampleTests
{
    /// <summary>
    /// The example, the engine, an element, its mean and deviation as other ways of computing give them, how far the mean may be off in standard deviations, and how
    /// far the deviation's ratio may be from 1: each algorithm has its own errors, which are told with the example.
    /// </summary>
    public static TheoryData<string, string, string, double, double, double, double> Answers => new()
    {
        // By a Gibbs sampler of its own, of skills and margins. Games within a league leave the common level open, of which EP is too sure.
        { "skill_league.csv", "ep", "skill[Dan]", 13.23, 4.02, 0.1, 0.35 },
        { "skill_league.csv", "ep", "skill[Ada]", 35.79, 5.41, 0.1, 0.35 },
        { "skill_league.csv", "ep", "skill[Gus]", 22.72, 3.47, 0.1, 0.35 },
        // The posterior on a grid.
        { "bayes_point_machine.csv", "ep", "weight[1]", -1.5594, 0.5858, 0.05, 0.08 },
        { "bayes_point_machine.csv", "ep", "weight[2]", 3.0173, 0.8667, 0.05, 0.08 },
        { "bayes_point_machine.csv", "ep", "weight[3]", 2.6246, 0.8699, 0.05, 0.08 },
        { "bayes_point_machine.csv", "ep", "narrowed[40]", 0.0883, 0.2837, 0.02, 0.05 },
        // By hand.
        { "clinical_trial.json", "ep", "effective", 0.75490196, 0.430129, 1e-4, 1e-4 },
        { "clinical_trial.json", "vmp", "effective", 0.75490196, 0.430129, 1e-4, 1e-4 },
        { "clinical_trial.json", "gibbs", "effective", 0.75490196, 0.430129, 0.05, 0.05 },
        { "clinical_trial.json", "ep", "rate_treated", 5.0 / 7, 0.159719, 1e-4, 1e-4 },
        // By a sum over the years, each with two gamma integrals.
        { "coal_mining.csv", "ep", "early", 3.106364, 0.285, 0.05, 0.1 },
        { "coal_mining.csv", "ep", "late", 0.930185, 0.116, 0.05, 0.1 },
        { "coal_mining.csv", "ep", "change", 1890.942872, 2.45, 0.1, 0.15 },
        // By a Gibbs sampler of its own, of tastes, characters and qualities.
        { "recommender.json", "gibbs", "quality[Kim]", 3.415, 0.3152, 0.15, 0.1 },
        { "recommender.json", "gibbs", "character[Walden,2]", 1.1904, 0.1862, 0.1, 0.1 },
        { "recommender.json", "vmp", "character[Walden,2]", 1.1904, 0.1862, 0.3, 0.3 },
        // By a random walk on the density with what each student knows summed out by hand.
        { "answer_key.json", "ep", "difficulty[1]", 0.931, 0.553, 0.1, 0.25 },
        { "answer_key.json", "ep", "ability[2]", -1.405, 0.648, 0.1, 0.25 },
        // By a Gibbs sampler of its own, of skills and guesses.
        { "student_skills.json", "ep", "guess[1]", 0.2569, 0.0812, 0.1, 0.1 },
        { "student_skills.json", "ep", "guess[9]", 0.3635, 0.0773, 0.1, 0.1 },
        { "student_skills.json", "ep", "c_sharp[8]", 0.071, 0.257, 0.1, 0.2 },
        { "student_skills.json", "ep", "sql[9]", 0.642, 0.479, 0.1, 0.1 },
        // A Kalman filter for each axis, written out apart from this: messages on a chain are exact.
        { "tracking.csv", "ep", "state[24,1]", 5.080187, 0.33078282, 1e-4, 1e-4 },
        { "tracking.csv", "ep", "state[24,3]", 0.394954, 0.06186232, 1e-4, 1e-4 },
        { "tracking.csv", "ep", "north[24]", 0.254833, 0.44656160, 1e-4, 1e-4 },
    };

    [InferNetTheory, MemberData(nameof(Answers))]
    public void An_example_gives_the_known_answer(string data, string engine, string element, double mean, double sd, double shift, double ratio)
    {
        var posterior = Posterior(data, engine);
        Assert.True(posterior.Diagnostics.Verdict.Trusted, posterior.Diagnostics.Verdict.ToString());
        var marginal = posterior.Marginal(element);
        Assert.InRange((marginal.Mean - mean) / sd, -shift, shift);
        Assert.InRange(marginal.Sd / sd, 1 - ratio, 1 + ratio);
    }

    /// <summary>The texts were made of three lists of words, the topics of the sea, the kitchen and the garden.</summary>
    [InferNetTheory]
    [InlineData("vmp")]
    [InlineData("gibbs")]
    public void The_topics_of_texts_are_those_that_they_were_made_of(string engine)
    {
        var posterior = Posterior("topics.json", engine);
        foreach (var word in (string[][])[["tide", "boat", "sail", "harbour"], ["bread", "oven", "flour", "butter"], ["seed", "soil", "bean", "hedge"]])
        {
            double Share(int topic) => word.Sum(w => posterior.Marginal($"words[{topic},{w}]").Mean);
            var shares = Enumerable.Range(1, 3).Select(Share).Order().ToArray();
            // Four of the seven words of one topic, and of no other.
            Assert.InRange(shares[2], 0.45, 0.7);
            Assert.InRange(shares[1], 0, 0.05);
        }
    }

    private static MarginalPosterior Posterior(string data, string engine) => Models.Answers.Example(data, engine);
}
