using System.Collections.Immutable;
using static ProbLang.FactorGraphs.FactorOperation;
using static ProbLang.FactorGraphs.FactorOutcome;
using static ProbLang.FactorGraphs.FactorPattern;
using static ProbLang.FactorGraphs.FactorTarget;
using Rows = System.Collections.Immutable.ImmutableArray<ProbLang.FactorGraphs.FactorRow>;

namespace ProbLang.FactorGraphs;

internal static partial class FactorTable
{
    private const string GiveMean = "give the unknown mean a `Normal` prior";
    private const string GivePrecision = "give the unknown a `Gamma` prior and use it as `precision`, or as `rate`";
    private const string GiveProbability = "give the unknown probability a `Beta` prior; `Uniform(0, 1)` is `Beta(1, 1)`";
    private const string PrecisionInstead = "write it with a `Gamma` prior on the precision: `Normal(m, precision: t)`";
    private const string ShapeKnown = "give the shape a number; the rate may stay unknown";
    private const string GibbsProbability = "give the probability a `Beta` prior, if it needs no predictors";
    private const string GibbsRate = "give the rate a `Gamma` prior, if it needs no predictors";
    private const string GiveSuccesses = "give the number of successes, or write each trial as a `Bernoulli`";
    private const string BoundTrials = "give the number of trials a distribution with an upper bound, such as `DiscreteUniform(0, 100)`";
    private const string GiveDirichlet = "give the probabilities a `Dirichlet` prior, if they need no predictors";

    private static string PredictsPoisson(string ratio) => $"it is predicted as a Poisson distribution with the right mean, whose variance is only about {ratio} of the true one";

    /// <summary>Observations with a common unknown mean, each with an unknown precision of its own: a Student t distribution as a scale mixture.</summary>
    public static FactorRow OwnPrecision { get; } = Row([Normal, Positive], Always, "normal distributions with an unknown mean, each with an unknown precision of its own", Variances("0.65 to 0.85"), Variances("0.45 to 0.6"), Matches);

    private static readonly ImmutableDictionary<FactorOperation, Rows> Distributions = new Dictionary<FactorOperation, Rows>
    {
        [GaussianFromMeanAndPrecision] =
        [
            Row([Known, Known], Always, "a normal distribution", Exact, Exact, Exact),
            Row([Normal, Known], Observed, "a normal distribution with an unknown mean", Exact, Exact, Exact),
            Row([Normal, Known], Latent, "an unknown with an unknown mean", Exact, Variances("0.56"), Matches),
            Row([Known, Positive], Observed, "a normal distribution with an unknown precision", Exact, Exact, Exact),
            Row([Known, Positive], Latent, "an unknown with an unknown precision", Matches, Variances("0.9"), Matches),
            Row([Normal, Positive], Observed, "a normal distribution whose mean and precision are both unknown", Matches, Variances("0.77"), Matches),
            Row([Normal, Positive], Latent, "an unknown whose mean and precision are both unknown", Matches, Variances("0.4 to 0.75"), Matches),
            Row([Bounded, Known], Observed, "a normal distribution whose mean is an unknown within bounds", Exact, Fails(GiveMean), Matches),
            Row([Bounded, Known], Latent, "an unknown whose mean is an unknown within bounds", Fails(GiveMean), Fails(GiveMean), Matches),
            Row([Bounded, Positive], Always, "a normal distribution whose mean is an unknown within bounds and whose precision is unknown", Fails(GiveMean), Fails(GiveMean), Matches),
            Refused([NotNormal, Anything], "a normal distribution whose mean is an unknown without a normal prior", GiveMean),
            Refused([Anything, NotPositive], "a normal distribution whose precision is an unknown without a gamma prior", GivePrecision),
        ],
        [GaussianFromMeanAndVariance] =
        [
            Row([Known, Known], Always, "a normal distribution", Exact, Exact, Exact),
            Row([Normal, Known], Observed, "a normal distribution with an unknown mean", Exact, Exact, Exact),
            Row([Normal, Known], Latent, "an unknown with an unknown mean", Exact, Variances("0.56"), Matches),
            Row([Normal.OrKnown, Positive], Observed, "a normal distribution whose variance is unknown", Matches, Fails(PrecisionInstead), Fails(PrecisionInstead)),
            Refused([Normal.OrKnown, Positive], "an unknown with an unknown variance", PrecisionInstead),
            Refused([NotNormal, Anything], "a normal distribution whose mean is an unknown without a normal prior", GiveMean),
        ],
        [TruncatedGaussian] = [Row([Known, Known, Known, Known], Always, "an unknown within bounds", Exact, Exact, Exact), Refused([Anything, Anything, Anything, Anything], "a distribution within bounds whose parameters or bounds are unknown", "give them numbers")],
        [GammaFromShapeAndRate] =
        [
            Row([Known, Known], Always, "a gamma distribution", Exact, Exact, Exact),
            Row([Known, Positive], Observed, "a gamma distribution with an unknown rate", Exact, Exact, Exact),
            Row([Known, Positive], Latent, "an unknown with a gamma distribution of unknown rate", Matches, Variances("0.5 to 0.8"), Matches),
            Row([Positive, Known], Observed, "a gamma distribution with an unknown shape", Fails(ShapeKnown), Matches, Fails(ShapeKnown)),
            Row([Positive, Positive], Observed, "a gamma distribution whose shape and rate are unknown", Fails(ShapeKnown), Variances("0.9"), Fails(ShapeKnown)),
            Row([Positive, Positive.OrKnown], Latent, "an unknown with a gamma distribution of unknown shape", Fails(ShapeKnown), Variances("0.7 to 0.85"), Fails(ShapeKnown)),
            Refused([Anything, NotPositive], "a gamma distribution whose rate is an unknown without a gamma prior", GivePrecision),
        ],
        [FactorOperation.Beta] = [Row([Known, Known], Always, "a beta distribution", Exact, Exact, Exact), Refused([Anything, Anything], "a beta distribution whose parameters are unknown", "give its parameters numbers")],
        [Bernoulli] =
        [
            Row([Known], Always, "a chance", Exact, Exact, Exact),
            Row([Probability], Observed, "an event of unknown probability", Exact, Exact, Exact),
            Row([Probability], Predicted, "the prediction of an event of unknown probability", Exact, Variances("0.9"), Matches),
            Row([Probability], Latent, "an unknown event of unknown probability", Matches, Variances("0.9"), Matches),
            Refused([NotProbability], "a probability that is an unknown without a beta prior", GiveProbability),
        ],
        [BernoulliFromLogOdds] =
        [
            Row([Known], Always, "a chance", Exact, Exact, Exact),
            Row([Normal], Observed, "an event with unknown log odds", Matches, Variances("0.85 to 0.95"), Fails(GibbsProbability)),
            Row([Normal], Latent, "an unknown event with unknown log odds", Matches, Variances("0.75"), Fails(GibbsProbability)),
        ],
        [Binomial] =
        [
            Row([Known, Known], Always, "a number of successes", Exact, Fails("give the number of successes, or leave the prediction out"), Exact),
            Row([Known, Probability], Observed, "a number of successes of unknown probability", Exact, Exact, Exact),
            Row([Known, Probability], Latent, "an unknown number of successes of unknown probability", Fails(GiveSuccesses), Fails(GiveSuccesses), Matches),
            Row([Whole, Known], Observed, "a number of successes in an unknown number of trials", Exact, Exact, Exact),
            Row([Whole, Probability], Observed, "a number of successes of unknown probability in an unknown number of trials", Matches, Variances("0.87"), Matches),
            Row([Whole, Probability.OrKnown], Latent, "an unknown number of successes in an unknown number of trials", Fails(GiveSuccesses), Fails(GiveSuccesses), Matches),
            Row([Counted, Known], Observed, "a number of successes in a number of trials without an upper bound", About("the number of trials is believed to be Poisson with the right mean, whose variance can be 2.3 times the true one"), Fails(BoundTrials), Fails(BoundTrials)),
            Refused([Counted, Anything], "a number of successes in a number of trials without an upper bound", BoundTrials),
            Refused([Anything, NotProbability], "a probability that is an unknown without a beta prior", GiveProbability),
        ],
        [BinomialFromLogOdds] =
        [
            Row([Known, Normal], Observed, "a number of successes with unknown log odds", Matches, Variances("0.93"), Fails(GibbsProbability)),
            Refused([Anything, Anything], "an unknown number of successes with unknown log odds", GiveSuccesses),
        ],
        [Poisson] =
        [
            Row([Known], Always, "a count", Exact, Exact, Exact),
            Row([Positive], Observed, "a count of unknown rate", Exact, Exact, Exact),
            Row([Positive], Predicted, "the prediction of a count of unknown rate", About(PredictsPoisson("0.67")), About(PredictsPoisson("0.6")), About(PredictsPoisson("0.67"))),
            Refused([Positive], "an unknown count of unknown rate on which something depends", "give the count, or the rate"),
            Refused([NotPositive], "a count whose rate is an unknown without a gamma prior", GivePrecision),
        ],
        [PoissonFromLogRate] =
        [
            Row([Known], Always, "a count", Exact, Exact, Exact),
            Row([Normal], Observed, "a count of unknown log rate", Matches, Variances("0.93"), Fails(GibbsRate)),
            Row([Normal], Predicted, "the prediction of a count of unknown log rate", About(PredictsPoisson("0.27")), About(PredictsPoisson("0.13") + " and whose mean is 0.3 standard deviations too low"), Fails(GibbsRate)),
            Refused([Normal], "an unknown count of unknown log rate on which something depends", "give the count"),
        ],
        [Discrete] =
        [
            Row([Known], Always, "a choice", Exact, Exact, Exact),
            Row([Simplex], Observed, "a choice with unknown probabilities", Exact, Exact, Exact),
            Row([Simplex], Predicted, "the prediction of a choice with unknown probabilities", Exact, Variances("0.9"), Matches),
            Row([Simplex], Latent, "an unknown choice with unknown probabilities", Matches, Variances("0.9"), Matches),
        ],
        [DiscreteFromLogits] =
        [
            Row([Normal], Observed, "a choice with unknown log odds", Fails(GiveDirichlet), Variances("0.95"), Fails(GiveDirichlet)),
            Row([Normal], Latent, "an unknown choice with unknown log odds", Fails(GiveDirichlet), Variances("0.8"), Fails(GiveDirichlet)),
        ],
        [Dirichlet] = [Row([Known], Always, "a Dirichlet distribution", Exact, Exact, Exact), Refused([Uncertain], "a Dirichlet distribution whose parameters are unknown", "give its parameters numbers")],
        [DirichletSymmetric] =
        [
            Row([Known], Always, "a Dirichlet distribution", Exact, Exact, Exact),
            Row([Positive], Always, "a Dirichlet distribution with an unknown concentration", Fails("give its concentration a number"), Variances("0.6 to 0.95"), Fails("give its concentration a number")),
        ],
        [Multinomial] =
        [
            Row([Known, Simplex], Observed, "counts of choices with unknown probabilities", Exact, Exact, Exact),
            Refused([Anything, Anything], "unknown counts of choices", "give the counts, or model each choice by itself with `Categorical`"),
        ],
        [VectorGaussianFromMeanAndPrecision] =
        [
            Row([Known, Known], Always, "a multivariate normal distribution", Exact, Exact, Exact),
            Row([Vector, Known], Observed, "a multivariate normal distribution with an unknown mean", Exact, Exact, Exact),
            Row([Vector, Known], Latent, "an unknown vector with an unknown mean", Exact, Variances("0.65 to 0.8"), Matches),
            Row([Known, Matrix], Observed, "a multivariate normal distribution with an unknown precision", Exact, Exact, Exact),
            Row([Known, Matrix], Latent, "an unknown vector with an unknown precision", Variances("0.85"), Variances("0.85"), Matches),
            Row([Vector, Matrix], Observed, "a multivariate normal distribution whose mean and precision are both unknown", Variances("0.8"), Variances("0.8"), Matches),
            Row([Vector, Matrix], Latent, "an unknown vector whose mean and precision are both unknown", Variances("0.94"), Variances("0.7"), Matches),
        ],
        [VectorGaussianFromMeanAndVariance] =
        [
            Row([Known, Known], Always, "a multivariate normal distribution", Exact, Exact, Exact),
            Row([Vector, Known], Observed, "a multivariate normal distribution with an unknown mean", Exact, Exact, Exact),
            Row([Vector, Known], Latent, "an unknown vector with an unknown mean and a known covariance", Exact, Fails("write it by its precision, the inverse of the covariance: `MvNormal(m, precision: P)`"), Matches),
            Refused([Anything, Matrix], "a multivariate normal distribution with an unknown covariance", "write it with a `Wishart` prior on the precision: `MvNormal(m, precision: P)`"),
        ],
        [WishartFromShapeAndRate] = [Row([Known, Known], Always, "a Wishart distribution", Exact, Exact, Exact), Refused([Anything, Anything], "a Wishart distribution whose parameters are unknown", "give its parameters numbers")],
    }.ToImmutableDictionary();
}
