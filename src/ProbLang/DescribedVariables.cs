using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The variables of a model as a host sees them.</summary>
internal sealed class DescribedVariables
{
    private readonly ModelGraph _graph;
    private readonly RandomVariables _random;
    private readonly HashSet<Variable> _drawn;
    private readonly HashSet<Variable> _sizes;
    private readonly HashSet<Variable> _ragged;

    private DescribedVariables(ModelGraph graph)
    {
        _graph = graph;
        _random = new RandomVariables(graph.Definitions);
        _drawn = [.. graph.Definitions.Where(d => d.IsRandom).Select(d => d.Variable)];
        _sizes = [.. graph.Variables.SelectMany(v => v.Dims).Concat(graph.Definitions.SelectMany(d => d.Plates).Select(p => p.Upper)).OfType<VariableValue>().Select(v => v.Variable)];
        _ragged = [.. graph.Variables.Where(v => v.Dims.Any(d => d.Rank > 0))];
        // What is made of rows of a ragged array may be ragged too, in whichever order they are written.
        var grows = true;
        while (grows)
        {
            grows = false;
            foreach (var definition in graph.Definitions) grows |= HasRows(definition) && _ragged.Add(definition.Variable);
        }
    }

    /// <summary>In the order of the model; what the compiler made for itself is left out.</summary>
    public static ImmutableArray<VariableDescription> Of(ModelGraph graph)
    {
        var found = new DescribedVariables(graph);
        return [.. graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(found.Describe)];
    }

    private VariableDescription Describe(Variable variable) => new(variable.Name, KindOf(variable), ValueOf(variable), variable.Rank, _graph.Source.Locate(variable.Span))
    {
        IsRagged = _ragged.Contains(variable),
        IsOptional = variable.IsInput && (variable.Default is not null || variable is { Rank: 0, Type: ElementType.Integer, Category: null } && _sizes.Contains(variable) || IsGiven(variable)),
        Dimensions = variable.DimensionNames.IsDefaultOrEmpty ? [.. Enumerable.Repeat<string?>(null, variable.Rank)] : variable.DimensionNames,
        Category = variable.Category?.Name,
        Labels = variable.Category is { Listed: { IsDefault: false } labels } ? labels : [],
        Documentation = variable.Documentation,
    };

    private bool IsGiven(Variable variable) => _graph.GivenValues.Any(g => g.Variable == variable);

    private VariableKind KindOf(Variable variable) =>
        variable.IsParameter ? VariableKind.Parameter
        : variable.IsInput ? VariableKind.Input
        : _drawn.Contains(variable) ? VariableKind.Random
        : _random.Contains(variable) ? VariableKind.Computed : VariableKind.Known;

    private static ValueKind ValueOf(Variable variable) => variable switch
    {
        { Category: not null } => ValueKind.Label,
        { Type: ElementType.Boolean } => ValueKind.Boolean,
        { Type: ElementType.Integer } => ValueKind.Integer,
        _ => ValueKind.Real,
    };

    /// <summary>Whether the length of what a definition makes differs with an index on its left.</summary>
    private bool HasRows(Definition definition)
    {
        var own = definition.Indices.OfType<LoopValue>().Select(i => i.Loop).ToHashSet();
        return definition.Plates.Any(p => own.Contains(p.Loop) && (Reads(p.Lower, own) || Reads(p.Upper, own))) || new SizeDependence(own.Contains, _ragged.Contains).Of(definition);
    }

    private static bool Reads(Bound value, HashSet<Loop> loops) => value is LoopValue loop ? loops.Contains(loop.Loop) : Parts.Of(value).Any(p => Reads(p, loops));
}
