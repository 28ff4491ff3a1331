using System.Globalization;

namespace ProbLang.Limits;

/// <summary>The memory that draws need, which is counted before any of it is there.</summary>
internal static class DrawMemory
{
    private const double Small = 1 << 24;

    /// <summary>Counts it. Where memory is promised before it is there, asking for too much would end the process; and an array has a greatest length.</summary>
    /// <param name="longest">The length of the longest array.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="what">What is drawn: <c>draws</c>.</param>
    /// <exception cref="ResourceLimitException">It is more than the limits allow.</exception>
    /// <exception cref="InsufficientMemoryException">It is more than there is.</exception>
    public static void Take(double longest, double bytes, string what)
    {
        Budget.Current.Take(bytes, $"the memory for these {what}");
        if (longest > Array.MaxLength)
            throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture,
                $"these {what} need {longest:0} numbers in one piece of memory, which holds at most {Array.MaxLength}: ask for fewer {what}"));
        // What is small fits, and need not wait for an answer.
        if (bytes > Small && bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
            throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture, $"these {what} need {bytes / (1L << 30):0} GiB of memory, more than there is"));
    }
}
