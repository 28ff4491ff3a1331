using System.Globalization;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What was asked needs more than its <see cref="ResourceLimits"/> allow.</summary>
public sealed class ResourceLimitException : Exception
{
    internal ResourceLimitException(ResourceLimit limit, double allowed, double asked, string? what, Location? location) : base(Sentence(limit, allowed, asked, what, location)) =>
        (Limit, Allowed, Asked, Location) = (limit, allowed, asked, location);

    /// <summary>The limit.</summary>
    public ResourceLimit Limit { get; }

    /// <summary>Its value: elements, bytes, seconds, or levels.</summary>
    public double Allowed { get; }

    /// <summary>What was asked for, as far as it was looked at: it may be more. For <see cref="ResourceLimit.Time"/> the seconds that had passed.</summary>
    public double Asked { get; }

    /// <summary>The place in the text of the model; null where there is none.</summary>
    public Location? Location { get; }

    private static string Sentence(ResourceLimit limit, double allowed, double asked, string? what, Location? location)
    {
        var subject = what ?? "this";
        var sentence = limit switch
        {
            ResourceLimit.Elements => string.Create(CultureInfo.InvariantCulture, $"{subject} needs {asked:0} elements or more; the limit is {allowed:0}"),
            ResourceLimit.Bytes => string.Create(CultureInfo.InvariantCulture, $"{subject} needs {asked / (1 << 20):0.#} MiB or more; the limit is {allowed / (1 << 20):0.#} MiB"),
            ResourceLimit.Time => string.Create(CultureInfo.InvariantCulture, $"it has taken {asked:0.#} seconds; the limit is {allowed:0.###} seconds"),
            _ => string.Create(CultureInfo.InvariantCulture, $"this stands {asked:0} levels deep in parentheses, operators and blocks; the limit is {allowed:0} levels"),
        };
        return location is null ? sentence : $"{location.Path}:{location.Line}:{location.Column}: {sentence}";
    }
}
