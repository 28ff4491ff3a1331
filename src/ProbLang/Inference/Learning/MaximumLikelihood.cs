namespace ProbLang.Inference;

/// <summary>
/// The values of parameters under which the data are most likely, by L-BFGS and Newton's method on the log likelihood. Discrete unknowns are summed out of it; continuous ones
/// are integrated, exactly where they are conjugate, else by Laplace's method. The weights of nets are trained by mini-batches.
/// </summary>
public sealed record MaximumLikelihood : Engine
{
    /// <inheritdoc/>
    public override string Name => "ml";

    /// <summary>From how many places the maximum is looked for: the first is where the model says, the others are random.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>The seed of the random starts.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>At most so many iterations from each start.</summary>
    public int MaxIterations { get; init; } = 10_000;

    /// <summary>
    /// What is maximised, by the name of one of <see cref="Problem.Objectives"/>; null for the first that applies. Where continuous unknowns are integrated exactly, the Laplace
    /// approximation may be taken instead.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such objective; the message names those that there are.</exception>
    public string? Objective
    {
        get;
        init
        {
            if (value is not null && !Analysis.Objective.Names.Contains(value)) throw new ArgumentException($"There is no objective `{value}`; there are {string.Join(", ", Analysis.Objective.Names)}.", nameof(Objective));
            field = value;
        }
    }

    /// <summary>
    /// How to train by mini-batches of rows instead. Null: models with nets whose rows are independent are trained as <see cref="Inference.Training"/> does where nothing else
    /// is said, and all others by all data at once. Its seed, where it has none, is <see cref="Seed"/>.
    /// </summary>
    public Training? Training { get; init; }
}
