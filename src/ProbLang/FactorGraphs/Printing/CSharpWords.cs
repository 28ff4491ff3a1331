using System.Collections.Frozen;

namespace ProbLang.FactorGraphs;

/// <summary>Words that a variable of a printed program cannot be called by.</summary>
internal static class CSharpWords
{
    /// <summary>The keywords of C#, and those of its contextual ones that would mislead a reader.</summary>
    public static FrozenSet<string> Keywords { get; } = Words("""
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern
        false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null object operator out override params
        private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong
        unchecked unsafe ushort using virtual void volatile while
        async await dynamic file global nameof nint notnull nuint partial record required scoped unmanaged var yield
        """);

    /// <summary>What the program itself needs: types, namespaces and locals.</summary>
    public static FrozenSet<string> Reserved { get; } = Words("""
        _ args engine Print PrintEach Program System Microsoft Console CultureInfo Array Variable VariableArray IVariable Range Vector Matrix PositiveDefiniteMatrix
        InferenceEngine ExpectationPropagation VariationalMessagePassing GibbsSampling Distribution Rand Util MarginalPrototype
        Bernoulli Beta Binomial Dirichlet Discrete Gamma Gaussian PointMass Poisson TruncatedGaussian VectorGaussian Wishart
        """);

    private static FrozenSet<string> Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
