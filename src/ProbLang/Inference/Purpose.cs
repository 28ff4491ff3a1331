using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>What a random stream of a chain, or of an epoch of training, is for; each purpose has its own, so that one never shifts another.</summary>
internal enum Purpose : uint
{
    Start = 1,
    Tree = 2,
    StepSize = 3,
    Outputs = 4,
    HeldOut = 5,
    RowOrder = 6,
}

internal static class Streams
{
    private const uint Purposes = 16;

    /// <summary>A chain that starts again gets fresh streams: <paramref name="attempt"/> counts from 0.</summary>
    public static RandomStream Of(ulong seed, int chain, Purpose purpose, int attempt = 0) =>
        new(Raw(seed, chain, purpose, attempt));

    /// <summary>The stream itself, for those who draw from it one by one.</summary>
    public static Philox Raw(ulong seed, int chain, Purpose purpose, int attempt = 0) =>
        new(seed, (uint)chain, (uint)purpose + Purposes * (uint)attempt);
}
