namespace ProbLang.Results;

/// <summary>What a sampler notes of each draw, in the order of CmdStan's files.</summary>
public enum Statistic
{
    /// <summary>lp__: the log density of the unconstrained position, up to a constant.</summary>
    LogDensity,

    /// <summary>accept_stat__: the mean acceptance probability along the trajectory.</summary>
    AcceptStat,

    /// <summary>stepsize__: the integrator's step.</summary>
    StepSize,

    /// <summary>treedepth__: how often the trajectory doubled.</summary>
    TreeDepth,

    /// <summary>n_leapfrog__: how many steps it took.</summary>
    Leapfrogs,

    /// <summary>divergent__: 1 when the trajectory diverged.</summary>
    Divergent,

    /// <summary>energy__: the Hamiltonian of the draw.</summary>
    Energy,
}
