namespace ProbLang.Hosts.Worker;

/// <summary>What is fitted, when, and where the posterior goes: the section <c>Refit</c> of the configuration, or <c>--Refit:At 03:30</c> and the like.</summary>
internal sealed class RefitOptions
{
    /// <summary>The model.</summary>
    public string Model { get; set; } = Path.Combine(AppContext.BaseDirectory, "churn.gm");

    /// <summary>The data, read anew each time.</summary>
    public string Data { get; set; } = Path.Combine(AppContext.BaseDirectory, "churn.csv");

    /// <summary>The folder that is replaced by each posterior that can be trusted.</summary>
    public string Posterior { get; set; } = "posterior";

    /// <summary>The time of day, in local time.</summary>
    public TimeOnly At { get; set; } = new(2, 30);

    /// <summary>How many draws each of four chains makes.</summary>
    public int Draws { get; set; } = 500;

    /// <summary>How many iterations come before them.</summary>
    public int Warmup { get; set; } = 1000;

    /// <summary>The seed; without one, each fit has its own.</summary>
    public ulong? Seed { get; set; }

    /// <summary>Whether to fit now, and then to end: with exit code 1 where the posterior cannot be trusted.</summary>
    public bool IsOnce { get; set; }
}
