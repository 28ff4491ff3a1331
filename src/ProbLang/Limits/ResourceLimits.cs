namespace ProbLang;

/// <summary>
/// What a host lets a model use. Limits given when a model is compiled hold for its problems and all that is asked of them, unless others are given there. Over a limit is a
/// <see cref="ResourceLimitException"/>. Null is no limit of the host; the language has bounds of its own, which are reported as mistakes of the text: 4 MiB of text, nested 256 deep,
/// 50 000 000 elements of a variable.
/// </summary>
public sealed record ResourceLimits
{
    /// <summary>No limits.</summary>
    public static ResourceLimits None { get; } = new();

    /// <summary>For texts and data of people who are not trusted: 1 000 000 elements, 512 MiB, 30 seconds, 64 deep.</summary>
    public static ResourceLimits Untrusted { get; } = new() { Elements = 1_000_000, Bytes = 512L << 20, Time = TimeSpan.FromSeconds(30), Depth = 64 };

    /// <summary>
    /// How many elements the variables of a model may have together once its data are there, how many iterations a statement may have, and how many statements the uses of functions may expand to.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long? Elements { get; init => field = Positive(value, nameof(Elements)); }

    /// <summary>
    /// How much memory may be asked for: elements, tables, work arrays of every chain, draws, each counted before it is there. It bounds what grows with the model and its data;
    /// what the process holds beside it is some tens of megabytes.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long? Bytes { get; init => field = Positive(value, nameof(Bytes)); }

    /// <summary>How long the way from the text to one answer may take: compiling, conditioning, and inference, or whatever is asked of the problem.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public TimeSpan? Time
    {
        get;
        init
        {
            if (value is { } time) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(Time));
            field = value;
        }
    }

    /// <summary>How deep parentheses, operators and blocks may stand in each other; more than 256 is as 256.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? Depth { get; init => field = (int?)Positive(value, nameof(Depth)); }

    private static long? Positive(long? value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, name);
        return value;
    }
}
