namespace ProbLang.Inference;

/// <summary>Where a chain writes its draws, one after the other.</summary>
internal abstract class DrawSink
{
    /// <summary>Room for the outputs of a draw.</summary>
    public abstract Span<double> Outputs(int draw);

    /// <summary>Room for its statistics.</summary>
    public abstract Span<double> Statistics(int draw);

    /// <summary>Told when both are written. False ends the chain.</summary>
    public virtual bool Finish(int draw) => true;

    /// <summary>The draws that are kept, of which so many are finished.</summary>
    public abstract Results.ChainDraws Kept(int count);
}
