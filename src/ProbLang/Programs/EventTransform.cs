using ProbLang.Distributions;

namespace ProbLang.Programs;

/// <summary>How a latent event whose elements bind each other is made of fewer coordinates, each any real number.</summary>
/// <param name="Size">K: of the simplex, or of the K by K matrix.</param>
internal abstract record EventTransform(int Size)
{
    /// <summary>How many elements an event has.</summary>
    public virtual int EventSize => Size * Size;

    /// <summary>How many coordinates an event has.</summary>
    public abstract int Dimension { get; }

    /// <summary>What the coordinates are, for a program's text.</summary>
    public abstract string Description { get; }

    /// <summary>The element that a coordinate is named after.</summary>
    public abstract int ElementOf(int coordinate);

    /// <summary>From the coordinates of a number of events to their elements, and the log-Jacobian of all of them; with a work area.</summary>
    public abstract Kernel Kernel(int events);

    /// <summary>How many numbers the work area holds.</summary>
    public int Work => 2 * Size * Size + 3 * Size;

    /// <summary>The transform of a distribution's events; null where each element is bound by itself.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="sizes">K for each event: only simplexes may differ in it.</param>
    public static EventTransform? Of(ArrayDistribution distribution, int[] sizes) => distribution.Constraint switch
    {
        EventConstraint.Simplex when sizes.Distinct().Count() > 1 => new SimplexesTransform(sizes),
        EventConstraint.Simplex => new SimplexTransform(sizes[0]),
        EventConstraint.Correlation => new CorrelationTransform(sizes[0], true),
        EventConstraint.CorrelationFactor => new CorrelationTransform(sizes[0], false),
        EventConstraint.Covariance => new CovarianceTransform(sizes[0], true),
        EventConstraint.Factor => new CovarianceTransform(sizes[0], false),
        EventConstraint.Direction => new DirectionTransform(sizes[0]),
        _ => null,
    };
}

/// <summary>Shares of what is left of 1.</summary>
internal sealed record SimplexTransform(int Size) : EventTransform(Size)
{
    public override int EventSize => Size;

    public override int Dimension => Size - 1;

    public override string Description => "shares of what is left of 1";

    public override int ElementOf(int coordinate) => coordinate;

    public override Kernel Kernel(int events) => new SimplexKernel(events, Size);
}

/// <summary>Simplexes of different sizes, one after the other, as one event.</summary>
internal sealed record SimplexesTransform(int[] Sizes) : EventTransform(Sizes.Max())
{
    public override int EventSize => Sizes.Sum();

    public override int Dimension => EventSize - Sizes.Length;

    public override string Description => "shares of what is left of 1";

    /// <summary>Of each simplex, the last part has no coordinate.</summary>
    public override int ElementOf(int coordinate)
    {
        var row = 0;
        for (var left = coordinate; left >= Sizes[row] - 1; row++) left -= Sizes[row] - 1;
        return coordinate + row;
    }

    public override Kernel Kernel(int events) => new SimplexesKernel(Sizes);
}

/// <summary>A correlation matrix, or its factor, of partial correlations.</summary>
internal sealed record CorrelationTransform(int Size, bool IsProduct) : EventTransform(Size)
{
    public override int Dimension => Size * (Size - 1) / 2;

    public override string Description => "partial correlations, below the diagonal";

    public override int ElementOf(int coordinate)
    {
        var row = 1;
        for (; coordinate >= row; row++) coordinate -= row;
        return row * Size + coordinate;
    }

    public override Kernel Kernel(int events) => new CorrelationKernel(events, Size, IsProduct);
}

/// <summary>A covariance matrix, or its factor, of the factor with the logarithm of its diagonal.</summary>
internal sealed record CovarianceTransform(int Size, bool IsProduct) : EventTransform(Size)
{
    public override int Dimension => Size * (Size + 1) / 2;

    public override string Description => "the factor, with the logarithm of its diagonal";

    public override int ElementOf(int coordinate)
    {
        var row = 0;
        for (; coordinate > row; row++) coordinate -= row + 1;
        return row * Size + coordinate;
    }

    public override Kernel Kernel(int events) => new CovarianceKernel(events, Size, IsProduct);
}

/// <summary>A vector of length 1 as a point of a plane, seen from the pole that has the last element 1.</summary>
internal sealed record DirectionTransform(int Size) : EventTransform(Size)
{
    public override int EventSize => Size;

    public override int Dimension => Size - 1;

    public override string Description => "seen from a pole of the sphere";

    public override int ElementOf(int coordinate) => coordinate;

    public override Kernel Kernel(int events) => new DirectionKernel(events, Size);
}
