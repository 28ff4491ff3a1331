namespace ProbLang.Inference;

/// <summary>What a chain is doing.</summary>
public enum ChainPhase
{
    /// <summary>It has not begun, or has warmed up and waits for the others to.</summary>
    Waiting,

    /// <summary>It adapts; nothing is kept.</summary>
    Warmup,

    /// <summary>It draws.</summary>
    Sampling,

    /// <summary>It has ended, with all its draws or without.</summary>
    Finished,
}

/// <summary>How far a chain is. Reported about twenty times a second, from the chain's thread.</summary>
/// <param name="Chain">The chain, from 1.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Iteration">How many iterations are done, warm-up included.</param>
/// <param name="Total">How many there will be, warm-up included.</param>
/// <param name="Divergences">How many divergent transitions there were after warm-up.</param>
/// <param name="Worked">How long these iterations took the chain; the time it waited is left out, and so is an earlier attempt.</param>
public readonly record struct ChainProgress(int Chain, ChainPhase Phase, int Iteration, int Total, int Divergences, TimeSpan Worked);
