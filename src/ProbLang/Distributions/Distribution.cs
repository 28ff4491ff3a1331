using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>What a parameter may be; checked against constants when a model is bound and against data when it is conditioned.</summary>
internal enum Domain
{
#pragma warning disable CS1591 // each is the set of its name
    Real, Positive, NonNegative, Probability, Count, Integer, Simplex, PositiveVector, PositiveDefinite, CholeskyFactor, RealVector, IncreasingVector,
#pragma warning restore CS1591

    /// <summary>The size of what is drawn: a whole number that the data determine. It stands among shapes as that of a vector so long.</summary>
    Size,
}

/// <summary>What the domains hold.</summary>
internal static class Domains
{
    /// <summary>How far data may be from what they must be, such as a sum of 1, and relative to their size: they are written with finitely many digits.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Whether a number, or an element of an array, is in a domain; what binds elements to each other is not looked at.</summary>
    public static bool Holds(this Domain domain, double x) => domain switch
    {
        Domain.Positive or Domain.PositiveVector => x > 0,
        Domain.NonNegative or Domain.Simplex => x >= 0,
        Domain.Probability => x is >= 0 and <= 1,
        Domain.Count or Domain.Size => x >= 0 && x == Math.Floor(x),
        Domain.Integer => x == Math.Floor(x),
        _ => true,
    };
}

/// <summary>A parameter of a distribution.</summary>
/// <param name="Name">As it is written in a model: <c>sd</c>.</param>
/// <param name="Domain">What it may be.</param>
/// <param name="Rank">0 for a scalar, 1 for a vector, 2 for a matrix.</param>
/// <param name="Optional">Whether it may be left out (a bound of <c>Flat</c>).</param>
internal sealed record Parameter(string Name, Domain Domain, int Rank = 0, bool Optional = false);

/// <summary>One way to write a distribution's parameters, in positional order.</summary>
internal sealed record Form(params ImmutableArray<Parameter> Parameters);

/// <summary>The interval that holds a distribution's mass; a bound that is absent is infinite.</summary>
/// <param name="Lower">The least value, inclusive for discrete distributions.</param>
/// <param name="Upper">The greatest value.</param>
/// <param name="HasLower">Whether there is a least value.</param>
/// <param name="HasUpper">Whether there is a greatest value.</param>
internal readonly record struct Bounds<T>(T Lower, bool HasLower, T Upper, bool HasUpper) where T : IReal<T>
{
    /// <summary>The whole line.</summary>
    public static Bounds<T> None => new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    /// <summary>Everything above a value.</summary>
    public static Bounds<T> Above(T lower) => new(lower, true, double.PositiveInfinity, false);

    /// <summary>Everything between two values.</summary>
    public static Bounds<T> Between(T lower, T upper) => new(lower, true, upper, true);
}

/// <summary>
/// A distribution as the language knows it: everything about it stands in its one file. The binder reads names, forms and
/// domains; the program compiler and the evaluator instantiate the density; the samplers and the reference page read the rest.
/// </summary>
internal abstract class Distribution
{
    /// <summary>As it is written in a model.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the reference page.</summary>
    public abstract string Summary { get; }

    /// <summary>The ways to write its parameters; the first is positional, the others must be named.</summary>
    public abstract ImmutableArray<Form> Forms { get; }

    /// <summary>Whether its values are integers.</summary>
    public virtual bool IsDiscrete => false;

    /// <summary>Whether its values are true and false, 1 and 0 in arithmetic.</summary>
    public virtual bool IsBoolean => false;

    /// <summary>0 where it draws a scalar, 1 a vector, 2 a matrix.</summary>
    public virtual int EventRank => 0;

    /// <summary>Whether it can be drawn from; an improper distribution cannot.</summary>
    public virtual bool CanSample => true;

    /// <summary>How it is called, with its alternatives: <c>Gamma(shape, rate | scale | mean and sd)</c>.</summary>
    public string Signature
    {
        get
        {
            var positional = Forms[0].Parameters.Select(p => p.Name).ToArray();
            var alternatives = Forms.Skip(1).Select(f => " | " + string.Join(" and ", f.Parameters.Select(p => p.Name).Except(positional)));
            return $"{Name}({string.Join(", ", positional)}{string.Concat(alternatives)})";
        }
    }
}

/// <summary>A distribution of a scalar whose parameters are scalars. Arguments always come in the order of the form.</summary>
internal abstract class ScalarDistribution : Distribution
{
    /// <summary>Log density (or log probability) at a value inside the support. Outside, continuous densities give -infinity where the support depends on parameters.</summary>
    public abstract T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) where T : IReal<T>;

    /// <summary>The support.</summary>
    public abstract Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) where T : IReal<T>;

    /// <summary>One draw.</summary>
    /// <exception cref="NotSupportedException">It is improper: not <see cref="Distribution.CanSample"/>.</exception>
    public abstract double Sample(int form, ref Philox random, ReadOnlySpan<double> p);

    /// <summary>The mean; infinite where it diverges to one side, NaN where there is none.</summary>
    public virtual double Mean(int form, ReadOnlySpan<double> p) => double.NaN;

    /// <summary>The variance; infinite where it diverges, NaN where there is none.</summary>
    public virtual double Variance(int form, ReadOnlySpan<double> p) => double.NaN;

    /// <summary>Whether <see cref="LogCdf"/>, <see cref="LogSurvival"/> and <see cref="Quantile"/> are there, as <c>truncated</c> needs.</summary>
    public virtual bool HasDistributionFunction => true;

    /// <summary>log P(X ≤ x) for any x, -infinity below the support and 0 above it; for integers x is an integer.</summary>
    public virtual T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) where T : IReal<T> => throw new NotSupportedException($"{Name} has no distribution function");

    /// <summary>log P(X > x) for any x, as accurate in the upper tail as <see cref="LogCdf"/> is in the lower.</summary>
    public virtual T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) where T : IReal<T> => throw new NotSupportedException($"{Name} has no distribution function");

    /// <summary>The least x with P(X ≤ x) ≥ probability, which is from 0 to 1; found by a search where there is no formula.</summary>
    public virtual double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        IsDiscrete ? QuantileSearch.Integer(this, form, probability, p) : QuantileSearch.Continuous(this, form, probability, p);

    /// <summary>Whether X = location + scale · Z with Z free of both; such priors are re-centred automatically.</summary>
    public virtual bool IsLocationScale => false;

    /// <summary>Location and scale, where <see cref="IsLocationScale"/>.</summary>
    public virtual (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> => throw new NotSupportedException($"{Name} is not a location-scale family");

    /// <summary>Doubles in the scalar algebra, so that a parameter derived from others is written once.</summary>
    protected static ReadOnlySpan<Real> Reals(ReadOnlySpan<double> p) => MemoryMarshal.Cast<double, Real>(p);
}

/// <summary>A distribution with a vector or matrix among its parameters or as its value.</summary>
internal abstract class ArrayDistribution : Distribution
{
    /// <summary>The shape of one draw, from the shapes of the arguments; that of a <see cref="Domain.Size"/> is its value.</summary>
    public abstract int[] EventShape(int form, ReadOnlySpan<int[]> shapes);

    /// <summary>The first two vectors or matrices among the arguments that are not of one size, or the one matrix that is not square; null where all go together.</summary>
    public (int First, int Second)? Disagreement(int form, ReadOnlySpan<int[]> shapes)
    {
        var first = -1;
        for (var i = 0; i < shapes.Length; i++)
        {
            if (Forms[form].Parameters[i].Rank == 0) continue;
            if (shapes[i][0] != shapes[i][^1]) return (i, i);
            if (first < 0) first = i;
            else if (shapes[i][0] != shapes[first][0]) return (first, i);
        }
        return null;
    }

    /// <summary>What a parameter must be above, beyond its domain, for arguments of these shapes.</summary>
    public virtual double Infimum(int parameter, ReadOnlySpan<int[]> shapes) => double.NegativeInfinity;

    /// <summary>The interval of every element of a draw that is discrete.</summary>
    public virtual (double Lower, double Upper) ElementBounds(int form, ReadOnlySpan<Arr<Real>> p)
    {
        if (EventRank > 0 || !IsDiscrete) return (double.NegativeInfinity, double.PositiveInfinity);
        var shapes = new int[p.Length][];
        for (var i = 0; i < shapes.Length; i++) shapes[i] = p[i].Shape;
        return (1, Outcomes(form, shapes));
    }

    /// <summary>The greatest value of a discrete scalar, which is drawn from 1 on.</summary>
    public virtual int Outcomes(int form, ReadOnlySpan<int[]> shapes) => throw new NotSupportedException($"{Name} does not draw a number of 1..K");

    /// <summary>What the draws are bound to; decides the transform of a latent one.</summary>
    public virtual EventConstraint Constraint => EventConstraint.None;

    /// <summary>Log density at a value.</summary>
    public abstract T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p) where T : IReal<T>;

    /// <summary>One draw, row-major into <paramref name="x"/>.</summary>
    public abstract void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x);
}

/// <summary>What a vector or matrix is bound to.</summary>
internal enum EventConstraint
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Non-negative with sum 1.</summary>
    Simplex,

    /// <summary>Counts that add up to the greatest that one of them may be.</summary>
    Counts,

    /// <summary>A symmetric positive definite matrix.</summary>
    Covariance,

    /// <summary>A covariance with ones on the diagonal.</summary>
    Correlation,

    /// <summary>The lower Cholesky factor of a correlation: rows of length 1, a positive diagonal.</summary>
    CorrelationFactor,

    /// <summary>A lower-triangular matrix with a positive diagonal.</summary>
    Factor,

    /// <summary>A vector of length 1.</summary>
    Direction,
}
