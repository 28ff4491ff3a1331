namespace ProbLang.FactorGraphs;

/// <summary>What an algorithm makes of a construct, as it was measured against importance sampling.</summary>
internal abstract record FactorOutcome
{
    private FactorOutcome()
    {
    }

    /// <summary>The beliefs are the exact posterior, as distributions, where the graph has no loop.</summary>
    public static FactorOutcome Exact { get; } = new Right(true);

    /// <summary>Means and variances match.</summary>
    public static FactorOutcome Matches { get; } = new Right(false);

    /// <summary>It runs with a known bias.</summary>
    public static FactorOutcome About(string bias) => new Biased(bias);

    /// <summary>It cannot run.</summary>
    public static FactorOutcome Fails(string? remedy = null) => new Impossible(remedy);

    /// <summary>It runs and the answer is wrong.</summary>
    public static FactorOutcome Misleads(string answer, string? remedy = null) => new Wrong(answer, remedy);

    /// <summary>It runs and is right.</summary>
    /// <param name="IsExact">Whether beliefs are exact as distributions, and not in their moments alone.</param>
    internal sealed record Right(bool IsExact) : FactorOutcome;

    /// <summary>It runs with a known bias.</summary>
    /// <param name="Bias">A clause with a figure: "variances are about 0.55 of the true ones".</param>
    internal sealed record Biased(string Bias) : FactorOutcome;

    /// <summary>It cannot run.</summary>
    /// <param name="Remedy">The smallest change that would suit the algorithm.</param>
    internal sealed record Impossible(string? Remedy) : FactorOutcome;

    /// <summary>It runs, and what it finds is wrong.</summary>
    /// <param name="Answer">What it finds, a clause.</param>
    /// <param name="Remedy">The smallest change that would suit the algorithm.</param>
    internal sealed record Wrong(string Answer, string? Remedy) : FactorOutcome;
}
