namespace ProbLang.InferNet;

/// <summary>After which iterations beliefs are looked at, which ends a run of the compiled algorithm and so costs something.</summary>
internal static class Schedule
{
    /// <summary>Fewer iterations than these tell nothing of convergence: messages may not have come far.</summary>
    public const int Least = 3;

    /// <summary>
    /// The iteration after which beliefs are looked at next: at first often, then each quarter more, so that looking costs little of the time of many
    /// iterations, and few are done in vain. It does not depend on time, so that results can be repeated.
    /// </summary>
    public static int NextLook(int done, int most) => Math.Min(most, done + Math.Max(1, done / 4));

    /// <summary>As <see cref="NextLook"/>, of a sampler, which does not end early and has nothing to show before its burn-in is over.</summary>
    public static int NextLookOfSampler(int done, int burnIn, int most) => Math.Min(most, Math.Max(done, burnIn) + Math.Max(1, (most - burnIn) / 20));
}
