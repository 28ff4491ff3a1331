namespace ProbLang.Inference;

/// <summary>A way to infer, with its options; it is passed to a problem.</summary>
public abstract record Engine
{
    private protected Engine()
    {
    }

    /// <summary>What the command line and the results call it.</summary>
    public abstract string Name { get; }
}
