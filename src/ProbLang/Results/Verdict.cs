using System.Collections.Immutable;
using System.Text;

namespace ProbLang.Results;

/// <summary>What can be wrong with a posterior.</summary>
public enum Concern
{
    /// <summary>A chain gave no draws.</summary>
    Failure,

    /// <summary>A value is infinite or not a number.</summary>
    NotFinite,

    /// <summary>Trajectories diverged.</summary>
    Divergence,

    /// <summary>Trajectories reached the maximum depth.</summary>
    Depth,

    /// <summary>The energy was explored slowly (E-BFMI).</summary>
    Energy,

    /// <summary>Chains disagree (R-hat).</summary>
    Disagreement,

    /// <summary>The effective sample size is small.</summary>
    FewDraws,

    /// <summary>There are no draws at all.</summary>
    NoDraws,

    /// <summary>Chains are too short to be summarised with the others.</summary>
    LeftOut,

    /// <summary>The run was stopped before all draws were made, or all iterations.</summary>
    Interrupted,

    /// <summary>Messages had not settled when the iterations were done.</summary>
    NotConverged,

    /// <summary>The posterior is not near the normal distribution that stands for it.</summary>
    NotNormal,

    /// <summary>The tail of the draws is so heavy that what is averaged may have no mean.</summary>
    HeavyTail,
}

/// <summary>A reason not to trust a posterior.</summary>
/// <param name="Concern">Its kind.</param>
/// <param name="Variable">The variable's element that shows it most; null when none stands out.</param>
/// <param name="Text">What it means, in one sentence, and what to do.</param>
public sealed record Reason(Concern Concern, string? Variable, string Text);

/// <summary>Whether to trust a posterior, and if not, why not.</summary>
public sealed record Verdict(ImmutableArray<Reason> Reasons)
{
    /// <summary>Whether nothing speaks against it.</summary>
    public bool Trusted => Reasons.IsEmpty;

    /// <summary>What speaks for it, in a few words; null where nothing was measured.</summary>
    public string? Grounds { get; init; }

    /// <summary><c>trust</c> and on which grounds, or the reasons not to, a line each.</summary>
    public override string ToString()
    {
        if (Trusted) return Grounds is null ? "trust" : $"trust: {Grounds}";
        var text = new StringBuilder("do not trust:");
        foreach (var reason in Reasons) text.Append("\n  ").Append(reason.Text);
        return text.ToString();
    }
}
