namespace ProbLang;

/// <summary>How a model is compiled.</summary>
public sealed record CompileOptions
{
    /// <summary>What messages call the text: the path of its file, where there is one.</summary>
    public string Path { get; init; } = "model.gm";
}
