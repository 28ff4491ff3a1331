using ProbLang.FactorGraphs;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>How well an algorithm is known to do on a construct.</summary>
/// <param name="Lower">The least ratio of its standard deviations to the true ones.</param>
/// <param name="Upper">The greatest.</param>
/// <param name="Shift">How far means may be off, in true standard deviations.</param>
internal readonly record struct Accuracy(double Lower, double Upper, double Shift)
{
    /// <summary>What the table of constructs marks as equal to a long sampling; moments of an approximation by one distribution are never closer than this with a handful of data.</summary>
    public static Accuracy Equal { get; } = new(0.9, 1.12, 0.1);

    /// <summary>What the table marks as approximate, with its ratio of variances.</summary>
    public static Accuracy Ratio(double variances) => variances < 1
        ? new(0.85 * Math.Sqrt(variances), 1.15, 0.3)
        : new(0.85, 1.15 * Math.Sqrt(variances), 0.3);

    /// <summary>The accuracy of a model with both constructs.</summary>
    public Accuracy With(Accuracy other) => new(Math.Min(Lower, other.Lower), Math.Max(Upper, other.Upper), Math.Max(Shift, other.Shift));
}

/// <summary>A construct that models are made of, with what the algorithms are known to make of it; null where they do not take it.</summary>
internal sealed record Construct(string Name, Accuracy? Ep, Accuracy? Vmp, Accuracy? Gibbs)
{
    public Accuracy? Of(FactorAlgorithm algorithm) => algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => Ep,
        FactorAlgorithm.VariationalMessagePassing => Vmp,
        _ => Gibbs,
    };

    private static readonly Accuracy Same = Accuracy.Equal;

    private static Accuracy Near(double variances) => Accuracy.Ratio(variances);

    public static readonly Construct Conjugate = new("conjugate", Same, Same, Same);

    // Of two unknowns that the data tie together, mean-field messages know no correlation.
    public static readonly Construct Chain = new("normals that depend on normals", Same, Near(0.3), Same);
    public static readonly Construct MeanAndPrecision = new("mean and precision unknown", Same, Near(0.77), Same);
    public static readonly Construct RateOfRate = new("gamma with an unknown rate", Same, Near(0.51), Same);
    public static readonly Construct Logit = new("logistic", Same, Near(0.7), null);
    public static readonly Construct Probit = new("probit", Same, Near(0.6), null);
    public static readonly Construct LogRate = new("log rate", Same, Near(0.9), null);
    public static readonly Construct BoundedMean = new("bounded unknown as a mean", Same, null, Same);
    public static readonly Construct Gate = new("gate", Same, Near(0.7), Same);
    public static readonly Construct Discrete = new("tables", Same, Near(0.7), Same);
    public static readonly Construct Comparison = new("comparison", Same, null, null);
    public static readonly Construct Sum = new("sum or difference", Same, Near(0.3), Same);
    public static readonly Construct Product = new("product", Near(0.8), Near(0.15), Near(2.4));
    public static readonly Construct ExpPrecision = new("log precision", Same, Near(0.85), null);
    public static readonly Construct Largest = new("max and min", Near(0.7), null, null);
    public static readonly Construct Heavy = new("student t", Near(0.8), Near(0.55), Same);
    public static readonly Construct Logic = new("logic", Same, Near(0.7), Same);

    // Labels that nothing observes make of each centre a mixture of posteriors, which is told by one normal distribution.
    public static readonly Construct Mixture = new("mixture", Near(0.85), Near(0.4), Same);

    // The posterior of when it was has several modes, of which variational messages settle on one.
    public static readonly Construct Change = new("change point", Near(0.8), new(0.5, 1.4, 1), Same);
}
