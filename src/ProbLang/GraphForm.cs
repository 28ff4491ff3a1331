namespace ProbLang;

/// <summary>A form of the picture of a model.</summary>
public enum GraphForm
{
    /// <summary>An indented list, for a terminal.</summary>
    Text,

    /// <summary>The language of Graphviz.</summary>
    Dot,

    /// <summary>The language of Mermaid.</summary>
    Mermaid,

    /// <summary>A picture that needs nothing else.</summary>
    Svg,
}
