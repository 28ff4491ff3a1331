using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Binding;

/// <summary>Plates that count from below 1 and whose number is an index all the same: <c>for i in 0..N-1 { x[i] ~ … }</c>.</summary>
internal static class IndexOrigins
{
    public static void Check(ImmutableArray<Definition> definitions, BindingDiagnostics report)
    {
        foreach (var definition in definitions.Watched())
            foreach (var plate in definition.Plates)
                if (plate is { Lower: ConstantValue { Value: < 1 } lower } && !(plate.Upper is ConstantValue upper && upper.Value < lower.Value) && IsIndexedBy(definition, plate.Loop))
                    report.IndexOrigin(plate.Loop, lower.Value, plate.Lower.Span, IsFixed(definition, plate));
    }

    /// <summary>Whether the first round is there whatever the data are.</summary>
    private static bool IsFixed(Definition definition, Plate plate) => plate.Upper is ConstantValue && definition.Plates is [_];

    private static bool IsIndexedBy(Definition definition, Loop loop) => definition.Indices.Any(i => i is LoopValue value && value.Loop == loop);
}
