using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Walks the statements of a factor graph.</summary>
internal static class FactorStatements
{
    /// <summary>All statements, those inside of others after these.</summary>
    public static IEnumerable<FactorStatement> Of(FactorGraph graph) => Within(graph.Statements);

    /// <summary>The statements and all inside of them.</summary>
    public static IEnumerable<FactorStatement> Within(ImmutableArray<FactorStatement> statements) =>
        statements.SelectMany(s => BodyOf(s) is { IsEmpty: false } body ? Within(body).Prepend(s) : [s]);

    /// <summary>What a statement reads, selectors and what is defined aside.</summary>
    public static ImmutableArray<FactorReference> ArgumentsOf(FactorStatement statement) => statement switch
    {
        DefineStatement define => define.Arguments,
        ConstrainStatement constrain => constrain.Arguments,
        _ => [],
    };

    /// <summary>Where the model says a statement; of a gate or a plate, where it says the first in it.</summary>
    public static Location? PlaceOf(FactorStatement statement) => statement switch
    {
        DefineStatement define => define.Place,
        ConstrainStatement constrain => constrain.Place,
        _ => BodyOf(statement).Select(PlaceOf).FirstOrDefault(p => p is not null),
    };

    private static ImmutableArray<FactorStatement> BodyOf(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => repeat.Body,
        GateStatement gate => gate.Body,
        _ => [],
    };
}
