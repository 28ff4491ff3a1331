namespace ProbLang.Bench;

/// <summary>A model twice: its text with data, and as an expert writes it for Infer.NET.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">The model.</param>
/// <param name="Data">Its data.</param>
/// <param name="Queries">What is asked for by hand, and so compared.</param>
/// <param name="ByHand">The other one, with evidence.</param>
internal sealed record ComparedModel(string Name, string Text, Data Data, string[] Queries, Func<HandWritten> ByHand)
{
    /// <summary>Whether by variational message passing; else by expectation propagation.</summary>
    public bool IsVariational { get; init; }
}
