using ProbLang.Analysis;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>A factor of the joint density as a function of a few finite cells: a draw, what is computed, a condition, a <c>factor</c>.</summary>
internal sealed class FiniteTerm
{
    /// <summary>The cells of the table, in its order, the last fastest.</summary>
    public required int[] Cells { get; init; }

    /// <summary>What is run through to fill it.</summary>
    public required FiniteScope Scope { get; init; }

    /// <summary>Equal for tables that are the same.</summary>
    public required TableKey Key { get; init; }

    /// <summary>Under the present setting, the logarithm; of a computed cell, its value.</summary>
    public required Func<double> Evaluate { get; init; }

    /// <summary>The statement, for messages.</summary>
    public required Location Place { get; init; }

    /// <summary>Whether it says what <see cref="Cells"/>[0] is, as a function of the others.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether it is the distribution of <see cref="Cells"/>[0], given the others.</summary>
    public bool IsDraw { get; init; }

    /// <summary>Whether nothing observed depends on it: the sum over it is 1.</summary>
    public bool IsForward { get; init; }

    /// <summary>What it is that has happened; null where it is not a fact.</summary>
    public Fact? Fact { get; init; }

    /// <summary>Checks, under the present setting, what a distribution is given, and says whether some of it is off by rounding; null where there is nothing to check.</summary>
    public Func<bool>? Check { get; init; }
}
