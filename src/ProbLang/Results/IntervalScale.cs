namespace ProbLang.Results;

/// <summary>The scale on which an estimate is taken to be normal, so that its interval stays within what its type allows.</summary>
internal enum IntervalScaleKind
{
    Identity,

    /// <summary>log(x - lower).</summary>
    Above,

    /// <summary>log(upper - x).</summary>
    Below,

    /// <summary>log((x - lower) / (upper - x)).</summary>
    Between,
}

/// <param name="Kind">Which scale.</param>
/// <param name="Lower">The least value.</param>
/// <param name="Upper">The greatest value.</param>
internal readonly record struct IntervalScale(IntervalScaleKind Kind, double Lower, double Upper)
{
    public static IntervalScale Identity => new(IntervalScaleKind.Identity, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The scale between two bounds, either of which may be infinite.</summary>
    public static IntervalScale Of(double lower, double upper) => (double.IsFinite(lower), double.IsFinite(upper)) switch
    {
        (true, true) => new(IntervalScaleKind.Between, lower, upper),
        (true, false) => new(IntervalScaleKind.Above, lower, upper),
        (false, true) => new(IntervalScaleKind.Below, lower, upper),
        _ => Identity,
    };

    /// <summary>The interval of so many standard errors to each side on the scale, in values.</summary>
    public (double Lower, double Upper) Interval(double value, double error, double errors)
    {
        var (low, high) = (value - Lower, Upper - value);
        switch (Kind)
        {
            case IntervalScaleKind.Above:
                var up = Math.Exp(errors * error / low);
                return (Lower + low / up, Lower + low * up);
            case IntervalScaleKind.Below:
                var down = Math.Exp(errors * error / high);
                return (Upper - high * down, Upper - high / down);
            case IntervalScaleKind.Between:
                var (odds, factor) = (low / high, Math.Exp(errors * error * (1 / low + 1 / high)));
                return (At(odds / factor), At(odds * factor));
            default:
                return (value - errors * error, value + errors * error);
        }
    }

    private double At(double odds) => double.IsPositiveInfinity(odds) ? Upper : Lower + (Upper - Lower) * odds / (1 + odds);
}
