namespace ProbLang.Analysis;

/// <summary>What kind a model is, as far as it says what its parameters can be learned by: for each objective, why it does not apply, or null where it does.</summary>
internal abstract record ModelKind
{
    public virtual string? WhyNoLikelihood => null;

    public virtual string? WhyNoChangeOfVariables => "nothing that is observed is computed of a latent";

    public virtual string? WhyNoLaplace => "no latent is left to integrate";

    public virtual string? WhyNoBound => "no latent is left to integrate: the likelihood itself is there";

    public virtual string? WhyNoScoreMatching => "the density has no unknown normalizer";
}

/// <summary>Everything random is observed.</summary>
internal sealed record ObservedKind : ModelKind;

/// <summary>What is observed is an invertible map of what is random.</summary>
internal sealed record FlowKind(string Observed) : ModelKind
{
    public override string WhyNoLikelihood => $"`{Observed}` is computed: its density is that of what it is computed of, times a Jacobian";

    public override string? WhyNoChangeOfVariables => null;
}

/// <summary>What is latent is summed or integrated out exactly.</summary>
internal sealed record EliminatedKind(string Latent, bool IsContinuous) : ModelKind
{
    public override string? WhyNoLaplace => IsContinuous ? null : $"`{Latent}` is discrete";

    public override string WhyNoBound => $"`{Latent}` is eliminated exactly: the likelihood itself is there";
}

/// <summary>Something latent is left that only an approximation takes out.</summary>
internal sealed record LatentKind(string Latent, bool IsContinuous, string? Net) : ModelKind
{
    public override string WhyNoLikelihood => IsContinuous ? $"the likelihood is an integral over `{Latent}` that has no closed form" : $"the likelihood is a sum over `{Latent}` that is too large";

    public override string? WhyNoLaplace => !IsContinuous ? $"`{Latent}` is discrete" : Net is { } net ? $"it is for a few parameters, and the net `{net}` has many" : null;

    public override string? WhyNoBound => null;
}

/// <summary>The density of what is observed has a normalizer that depends on parameters.</summary>
internal sealed record EnergyKind : ModelKind
{
    public override string WhyNoLikelihood => "the likelihood needs the normalizer, which is not known";

    public override string WhyNoLaplace => "what is unknown is a normalizer, not a latent";

    public override string WhyNoBound => "what is unknown is a normalizer, not a latent";

    public override string? WhyNoScoreMatching => null;
}

/// <summary>What is observed is made by taking noise away.</summary>
internal sealed record DiffusionKind : ModelKind
{
    public override string WhyNoLikelihood => "the likelihood is an integral over all steps";

    public override string WhyNoLaplace => "there are as many latents as steps times data";

    public override string WhyNoBound => "over the steps of a diffusion it is denoising score matching, with other weights";
}

/// <summary>What is observed has no density.</summary>
internal sealed record ImplicitKind(string Observed) : ModelKind
{
    public override string WhyNoLikelihood => $"`{Observed}` has no density";

    public override string WhyNoChangeOfVariables => $"`{Observed}` cannot be solved for what it is computed of";

    public override string WhyNoLaplace => $"`{Observed}` has no density";

    public override string WhyNoBound => $"`{Observed}` has no density, given the latents either";

    public override string WhyNoScoreMatching => $"`{Observed}` has no density";
}
