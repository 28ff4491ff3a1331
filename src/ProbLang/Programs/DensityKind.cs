namespace ProbLang.Programs;

/// <summary>Which density of a model a program computes. Parameters have none of their own in any.</summary>
internal enum DensityKind
{
    /// <summary>Of what is observed and of the latents, with the Jacobians of all coordinates: what is sampled.</summary>
    Posterior,

    /// <summary>Of what is observed and of the latents, with the Jacobians of the latents' coordinates alone: integrated over those, it is the likelihood of the parameters.</summary>
    Likelihood,

    /// <summary>Of what is observed and of the latents, on the model's own scale: the mode does not depend on which coordinates it is looked for in.</summary>
    Mode,
}
