using System.Collections.Immutable;
using static ProbLang.FactorGraphs.FactorOperation;
using static ProbLang.FactorGraphs.FactorOutcome;
using static ProbLang.FactorGraphs.FactorPattern;
using static ProbLang.FactorGraphs.FactorTarget;
using Rows = System.Collections.Immutable.ImmutableArray<ProbLang.FactorGraphs.FactorRow>;

namespace ProbLang.FactorGraphs;

internal static partial class FactorTable
{
    private const string AddNoise = "observe it with noise: `y ~ Normal(…, 0.01)` in place of `y = …`";
    private const string NormalPriors = "give the unknowns `Normal` priors";
    private const string Factorise = "write products and ratios as sums of logarithms, and use these as a rate, `exp(a - b)`, or as the mean of the logarithm that is observed";
    private const string NegateEvent = "negate the event, not the probability: `not b` with `b ~ Bernoulli(p)`";
    private const string GiveOutcome = "compare one unknown with a value, and give the outcome";
    private const string ChooseCategory = "let one unknown decide both, such as `z ~ Categorical(w)`";
    private const string TableOfMeans = "use the integer as an index of an array of numbers: `means[z]`";
    private const string BranchDraw = "draw in each branch: `if a { y ~ Bernoulli(0.3) } else { y ~ Bernoulli(0.8) }`";
    private const string Bounds = "put the bound into the prior: `x ~ Normal(m, s) truncated (0, )`";

    private static readonly ImmutableDictionary<FactorOperation, Rows> Functions = new Dictionary<FactorOperation, Rows>
    {
        [Plus] = [Row([Whole, Known], Observed, "a sum of an unknown integer that is given", Exact, Fails(ChooseCategory), Matches), .. Sums("a sum")],
        [Minus] =
        [
            Refused([Anything, Probability], "one less an unknown probability", NegateEvent),
            Row([Whole, Known], Observed, "an unknown integer less a number that is given", Fails(ChooseCategory), Fails(ChooseCategory), Fails(ChooseCategory)),
            .. Sums("a difference"),
        ],
        [Product] =
        [
            Row([Known, Normal], Always, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Normal, Known], Always, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Normal, Normal], Latent, "a product of two unknowns", Matches, Variances("0.2"), About("variances are between 1 and 2.2 times the true ones")),
            Row([Normal, Normal], Observed, "a product of two unknowns that is given exactly", Fails(AddNoise), Fails(AddNoise), Misleads("it stays where it starts, and reports certainty", AddNoise)),
            Row([Known, Positive], Latent, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Positive, Known], Latent, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Positive, Positive], Latent, "a product of two positive unknowns", Variances("0.75"), Variances("0.74"), Matches),
            Refused([Probability.OrKnown, Probability.OrKnown], "a product with an unknown probability", "draw an event for each probability, and use `and`"),
            Refused([Anything, Anything], "a product of these unknowns", NormalPriors),
        ],
        [Ratio] =
        [
            Row([Normal, Known], Always, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Positive, Known], Latent, "a multiple of an unknown", Exact, Exact, Exact),
            Row([Positive, Positive], Latent, "a ratio of two positive unknowns", Misleads("means are up to 1.2 standard deviations off", Factorise), Variances("0.75 to 0.9"), Fails(Factorise)),
            Row([Known, Positive], Latent, "a number divided by an unknown", Fails(Factorise), Variances("0.95"), Fails(Factorise)),
            Refused([Anything, Anything], "a ratio of two unknowns", Factorise),
        ],
        [FactorOperation.Exp] = [Row([Normal], Observed, "an exponential that is given", Exact, Exact, Exact), Row([Normal], Latent, "the exponential of an unknown", Variances("0.8 to 1.2"), Variances("0.8 to 0.95"), Fails("give the positive unknown a `Gamma` prior"))],
        [FactorOperation.Log] = [Row([Positive], Latent, "the logarithm of a positive unknown", About("its mean is 0.45 standard deviations off"), Variances("0.92"), Fails("give the logarithm a `Normal` prior and use `exp` of it"))],
        [Max] = Extremes("a maximum"),
        [Min] = Extremes("a minimum"),
        [Sum] =
        [
            Row([Normal], Latent, "the sum of an array of unknowns", Exact, About("variances of the unknowns are about 0.47 of the true ones, and that of the sum 2.3 times the true one"), Fails("add them one by one, or use `dot` with an unknown drawn from `MvNormal`")),
            Row([Normal], Observed, "the sum of an array of unknowns that is given exactly", Exact, Misleads("it stays where it starts, and reports certainty", AddNoise), Fails(AddNoise)),
        ],
        [InnerProduct] =
        [
            Row([Vector, Known], Latent, "a linear predictor", Exact, Exact, Exact),
            Row([Known, Vector], Latent, "a linear predictor", Exact, Exact, Exact),
            Row([Vector, Vector], Latent, "the inner product of two unknown vectors", Fails("give one of the two vectors"), Variances("0.3 to 0.7"), Matches),
            Refused([Anything, Anything], "an inner product that is given exactly", AddNoise),
        ],
        [MatrixTimesVector] =
        [
            Row([Known, Vector], Latent, "a matrix times an unknown vector", Exact, Exact, Exact),
            Refused([Known, Vector], "a matrix times an unknown vector that is given exactly", AddNoise),
        ],
        [VectorElement] = [Row([Vector, Known], Always, "an element of an unknown vector", Exact, Exact, Exact)],
        [And] = Connectives("`and`"),
        [Or] = Connectives("`or`"),
        [Not] = [Row([Flag], Always, "`not`", Exact, Exact, Exact)],
        [AreEqual] =
        [
            .. Comparisons("a comparison of an unknown with a value", Flag, Known),
            .. Comparisons("a comparison of an unknown with a value", Whole, Known),
            .. Equalities(Flag),
            .. Equalities(Whole),
            Refused([Counted.OrKnown, Counted.OrKnown], "a comparison of a count without an upper bound", BoundCount),
        ],
        [Greater] =
        [
            .. Comparisons("a comparison of an unknown with a value", Whole, Known),
            .. Orders,
            Row([Normal, Known], Observed, "an unknown above or below a value", Matches, Matches, Fails(Bounds)),
            Row([Known, Normal], Observed, "an unknown above or below a value", Matches, Matches, Fails(Bounds)),
            Row([Normal.OrKnown, Normal.OrKnown], Always, "a comparison of unknowns", Matches, Fails(GiveOutcome), Fails(Bounds)),
            Row([Counted, Known], Observed, "a count above a value", About("the count is believed to be Poisson with the right mean, whose variance can be 2.5 times the true one"), Fails(BoundCount), Fails(BoundCount)),
            Refused([Counted.OrKnown, Counted.OrKnown], "a comparison of a count without an upper bound", BoundCount),
            Row([Bounded, Known], Observed, "an unknown within bounds above a value", Matches, Fails(Bounds), Matches),
            Row([Probability, Known], Observed, "an unknown probability above a value", About("its variance is about twice the true one"), Fails(NormalPriors), Fails(NormalPriors)),
            Refused([Positive, Known], "a positive unknown compared with a value", "compare the logarithm: `a > log(c)` with `a ~ Normal(…)`"),
            Refused([Anything, Anything], "a comparison of these unknowns", NormalPriors),
        ],
        [AtLeast] = [.. Comparisons("a comparison of an unknown with a value", Whole, Known), .. Orders],
    }.ToImmutableDictionary();

    /// <summary>The exponential of an unknown as a mean.</summary>
    public static FactorRow NormalExponential { get; } = Refused([Normal], "the exponential of an unknown as a mean", "use it as a rate or a precision, or observe the logarithm, whose mean is `a`: `log_y ~ Normal(a, s)`");

    private static FactorRow PlainCopy { get; } = Row([Anything], Always, "a copy", Exact, Exact, Exact);

    private static FactorRow NumberOfFlag { get; } = Row([Flag], Always, "an unknown event as a number", Matches, Matches, Matches);

    private static FactorRow NumberOfInteger { get; } = Row([Whole], Always, "an unknown integer as a number", Matches, Fails(TableOfMeans), Matches);

    private static FactorRow GatedVector { get; } = Refused([Known], "a known vector or matrix that a random branch chooses", BranchDraw);

    private static FactorRow GatedConstant { get; } = Row([Known], Always, "a known probability that a random branch chooses", Fails(BranchDraw), Fails(BranchDraw), Matches);

    private static Rows Orders =>
    [
        Row([Whole, Whole], Latent, "a comparison of two unknown integers", Exact, About("probabilities are up to 0.1 off"), Matches),
        Row([Whole, Whole], Observed, "a comparison of two unknown integers that is given", Exact, Fails(ChooseCategory), Matches),
    ];

    private static Rows Sums(string what) =>
    [
        Row([Normal, Known], Always, what, Exact, Exact, Exact),
        Row([Known, Normal], Always, what, Exact, Exact, Exact),
        Row([Normal, Normal], Latent, $"{what} of two unknowns", Exact, About("variances of the unknowns are about 0.55 of the true ones, and that of the result 1.7 times the true one"), Matches),
        Row([Normal, Normal], Observed, $"{what} of two unknowns that is given exactly", Exact, Fails(AddNoise), Misleads("it stays where it starts, and reports certainty", AddNoise)),
        Row([Whole.OrKnown, Whole.OrKnown], Latent, $"{what} of unknown integers", Exact, Fails(ChooseCategory), Matches),
        Row([Whole.OrKnown, Whole.OrKnown], Observed, $"{what} of unknown integers that is given", Exact, Fails(ChooseCategory), Fails(ChooseCategory)),
        Refused([Anything, Anything], $"{what} of unknowns without normal priors", NormalPriors),
    ];

    private static Rows Extremes(string what) =>
    [
        Row([Normal.OrKnown, Normal.OrKnown], Always, $"{what} of unknowns", Variances("0.7 to 1"), Fails(Bounds), Fails(Bounds)),
        Refused([Anything, Anything], $"{what} of unknowns without normal priors", NormalPriors),
    ];

    private static Rows Connectives(string what) =>
    [
        Row([Flag, Known], Always, what, Exact, Exact, Exact),
        Row([Known, Flag], Always, what, Exact, Exact, Exact),
        Row([Flag, Flag], Latent, $"{what} of two unknowns", Exact, About("probabilities are up to 0.1 off"), Matches),
        Row([Flag, Flag], Observed, $"{what} of two unknowns that is given", Exact, Fails("give the event a little chance to be misrecorded: `y ~ Bernoulli(if both then 0.999 else 0.001)`"), Matches),
    ];

    private static Rows Comparisons(string what, FactorPattern first, FactorPattern second) =>
        [Row([first, second], Always, what, Exact, Exact, Exact), Row([second, first], Always, what, Exact, Exact, Exact)];

    private static Rows Equalities(FactorPattern pattern) =>
    [
        Row([pattern, pattern], Latent, "an equality of two unknowns", Exact, About("probabilities are up to 0.25 off"), Matches),
        Row([pattern, pattern], Observed, "an equality of two unknowns that is given", Exact, Fails(ChooseCategory), Misleads("it stays where it starts, and reports certainty", ChooseCategory)),
    ];

    private static readonly ImmutableDictionary<FactorConstraint, Rows> Constraints = new Dictionary<FactorConstraint, Rows>
    {
        [FactorConstraint.True] = [Row([Flag], Always, "an event that is known to hold", Exact, Exact, Exact)],
        [FactorConstraint.False] = [Row([Flag], Always, "an event that is known not to hold", Exact, Exact, Exact)],
        [FactorConstraint.Equal] =
        [
            Row([Uncertain, Known], Always, "an unknown that equals a value", Exact, Exact, Exact),
            Row([Known, Uncertain], Always, "an unknown that equals a value", Exact, Exact, Exact),
            Row([Flag, Flag], Always, "two unknowns that are equal", Exact, Fails(ChooseCategory), Matches),
            Row([Whole, Whole], Always, "two unknowns that are equal", Exact, Fails(ChooseCategory), Matches),
            Row([Normal, Normal], Always, "two unknowns that are equal", Exact, Fails(UseOne), Matches),
            Row([Positive, Positive], Always, "two unknowns that are equal", Exact, Fails(UseOne), Matches),
            Row([Vector, Vector], Always, "two unknowns that are equal", Exact, Fails(UseOne), Matches),
        ],
        [FactorConstraint.Positive] = [Row([Normal], Always, "an unknown that is known to be positive", Matches, Matches, Fails(Bounds))],
        [FactorConstraint.Between] =
        [
            Row([Normal, Known, Known], Always, "an unknown that is known to be within bounds", Matches, Matches, Fails(Bounds)),
            Row([Bounded, Known, Known], Always, "an unknown that is known to be within bounds", Matches, Fails(Bounds), Matches),
        ],
    }.ToImmutableDictionary();

    private const string BoundCount = "give the count a distribution with an upper bound, such as `DiscreteUniform(0, 100)`, or `truncated (, 100)`";
    private const string UseOne = "use one unknown for both, with what is known of it said once";
}
