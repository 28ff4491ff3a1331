namespace ProbLang.InferNet;

/// <summary>After which iterations beliefs are looked at, which ends a run of the compiled algorithm and costs about as much as an iteration, with the evidence that is computed then.</summary>
internal static class Schedule
{
    /// <summary>Fewer iterations than these tell nothing of convergence: messages may not have come far.</summary>
    public const int First = 4;

    /// <summary>
    /// The iteration after which beliefs are looked at next: twice as many as now, or fewer where the changes fall at a rate at which they are small enough before. It does not
    /// depend on time, so that results can be repeated.
    /// </summary>
    /// <param name="looks">The iterations after which it was looked at, with the changes since the look before.</param>
    /// <param name="most">The most iterations that are done.</param>
    /// <param name="tolerance">The change that ends it.</param>
    public static int NextLook(IReadOnlyList<(int Iteration, double Change)> looks, int most, double tolerance)
    {
        var done = looks.Count == 0 ? 0 : looks[^1].Iteration;
        // What nothing ends early is looked at once on the way, for whoever cancels it, and for its last change.
        if (tolerance == 0) return new[] { most / 4, most - 1 }.FirstOrDefault(i => i > done, most);
        if (done == 0) return Math.Min(most, 1);
        if (done < First) return Math.Min(most, First);
        return Math.Min(most, done + Math.Clamp(Wait(looks, tolerance), 1, done));
    }

    // Where the distance from the end falls by a factor r in each iteration, a change is nearly the distance at the look before it: so the last two changes differ by r to the power
    // of the iterations between the second and the third look from the end, and it is r to the power of the wait and of the iterations since the second that is wanted.
    private static int Wait(IReadOnlyList<(int Iteration, double Change)> looks, double tolerance)
    {
        if (looks.Count < 3 || !(looks[^1].Change < looks[^2].Change)) return int.MaxValue;
        var logRate = Math.Log(looks[^1].Change / looks[^2].Change) / (looks[^2].Iteration - looks[^3].Iteration);
        var wait = Math.Log(tolerance / looks[^1].Change) / logRate - (looks[^1].Iteration - looks[^2].Iteration);
        return (int)Math.Clamp(Math.Ceiling(wait), 1, int.MaxValue);
    }

    /// <summary>The same of a sampler, which does not end early and has nothing to show before its burn-in is over.</summary>
    public static int NextLookOfSampler(int done, int burnIn, int most) => Math.Min(most, Math.Max(done, burnIn) + Math.Max(1, (most - burnIn) / 20));
}
