using System.Collections.Immutable;
using static ProbLang.FactorGraphs.FactorOutcome;

namespace ProbLang.FactorGraphs;

/// <summary>
/// What the algorithms of Infer.NET 0.4 make of each operation and constraint, measured against importance sampling. The first row that fits decides; where none fits, the
/// combination is refused, since the library's own checks are not enough: some combinations give wrong posteriors without a word.
/// </summary>
internal static partial class FactorTable
{
    /// <summary>The row that speaks of an operation with such arguments; null where nobody has measured it.</summary>
    public static FactorRow? RowOf(FactorOperation operation, ImmutableArray<FactorReference> arguments, FactorTarget target) =>
        Distributions.TryGetValue(operation, out var rows) || Functions.TryGetValue(operation, out rows) ? rows.FirstOrDefault(r => r.Fits(arguments, target)) : null;

    /// <summary>The row that speaks of a copy; null where the domains do not go together.</summary>
    public static FactorRow? RowOfCopy(FactorVariable from, FactorVariable to, bool isGated) => (from.Data is null, from.Domain, to.Domain) switch
    {
        (true, FactorDomain.Boolean, FactorDomain.Gaussian) => NumberOfFlag,
        (true, FactorDomain.Integer, FactorDomain.Gaussian) => NumberOfInteger,
        (true, var first, var second) => first == second ? PlainCopy : null,
        (false, _, FactorDomain.Beta) when isGated => GatedConstant,
        (false, _, FactorDomain.Vector or FactorDomain.Simplex or FactorDomain.Matrix) when isGated => GatedVector,
        _ => PlainCopy,
    };

    /// <summary>The row that speaks of a constraint on such arguments; null where nobody has measured it.</summary>
    public static FactorRow? RowOf(FactorConstraint constraint, ImmutableArray<FactorReference> arguments) =>
        Constraints[constraint].FirstOrDefault(r => r.Fits(arguments, FactorTarget.Always));

    /// <summary>All rows of an operation.</summary>
    public static IEnumerable<FactorRow> RowsOf(FactorOperation operation) =>
        operation == FactorOperation.Copy ? [PlainCopy, NumberOfFlag, NumberOfInteger, GatedConstant, GatedVector]
        : Distributions.TryGetValue(operation, out var rows) ? rows : Functions[operation];

    /// <summary>All rows of a constraint.</summary>
    public static IEnumerable<FactorRow> RowsOf(FactorConstraint constraint) => Constraints[constraint];

    private static FactorRow Row(ImmutableArray<FactorPattern> arguments, FactorTarget target, string what, FactorOutcome propagation, FactorOutcome variational, FactorOutcome gibbs) =>
        new(arguments, target, what, propagation, variational, gibbs);

    private static FactorRow Refused(ImmutableArray<FactorPattern> arguments, string what, string? remedy = null) =>
        new(arguments, FactorTarget.Always, what, Fails(remedy), Fails(remedy), Fails(remedy));

    private static FactorOutcome Variances(string ratio) => About($"variances are about {ratio} of the true ones");
}
