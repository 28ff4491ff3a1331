namespace ProbLang.Syntax;

/// <summary>Arguments that distributions have in PyMC and Pyro and not here, and what is written instead.</summary>
internal static class ForeignArguments
{
    public static string? Remedy(string name) => name switch
    {
        "shape" or "size" or "dims" or "plate" or "sample_shape" => "draws are repeated with `^`: `Normal(0, 1) ^ N`",
        "observed" or "obs" => "what is observed is in the data, or stands in the model as `given x = value`",
        "initval" or "testval" or "init" => "drop it: the engine finds where to start",
        _ => null,
    };
}
