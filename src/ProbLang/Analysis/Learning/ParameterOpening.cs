using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Analysis;

/// <summary>
/// Opens what is to be learned: a parameter that nothing gives becomes a random variable with a flat prior over what its type allows, and so an unknown with
/// coordinates, like any other. One whose value is given stays known.
/// </summary>
internal static class ParameterOpening
{
    public static ModelGraph Of(ModelGraph graph, DataSet data)
    {
        if (!graph.Variables.Any(IsOpen)) return graph;
        var given = data.Arrays.Where(a => a.Value.Values.Length > 0 && !IsPartial(a.Value)).Select(a => Nfkc.Normalize(a.Key)).ToHashSet();
        var wholes = graph.GivenValues.Where(g => g.Indices.IsEmpty && g.Gates.IsEmpty && !data.Arrays.ContainsKey(g.Variable.Name)).Select(g => g.Variable).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        var opened = GraphRewriting.Of(graph, v => IsOpen(v) && !given.Contains(v.Name) && !wholes.Contains(v) ? Opened(v) : null);
        return ReferenceEquals(opened, graph) ? graph : opened with { Definitions = [.. opened.Definitions, .. opened.Variables.Where(v => v is { IsParameter: true, IsInput: false, IsAuxiliary: false }).Select(DefinitionOf)] };
    }

    /// <summary>The opened parameters of which every element has a value all the same.</summary>
    public static DataSet Given(ConditionedModel model) => new(model.Variables.Where(v => v.Variable is { IsParameter: true, IsInput: false } && v.Count > 0 && !v.Any(Role.Latent) && !v.Any(Role.Predicted))
        .ToDictionary(v => v.Variable.Name, v => new DataArray(v.Variable.Name, v.Shape, v.Values, v.Rows is null ? null : [.. Enumerable.Range(0, v.Count).Select(c => !v.Exists(c))], _ => null) { Rows = v.Rows }));

    /// <summary>Likelihoods are maximised over real numbers.</summary>
    private static bool IsOpen(Variable variable) => variable is { IsParameter: true, IsInput: true, Type: ElementType.Real };

    private static bool IsPartial(DataArray array) => Enumerable.Range(0, array.Values.Length).Any(cell => array.IsMissing(cell) && array.Rows?.Contains(cell) != false);

    private static Variable Opened(Variable parameter)
    {
        var opened = GraphRewriting.Copy(parameter, isInput: false);
        opened.DimensionNames = [.. Enumerable.Repeat<string?>(null, parameter.Rank)];
        return opened;
    }

    private static Definition DefinitionOf(Variable parameter)
    {
        var size = parameter.StructureSize;
        var ownRank = size is null ? 0 : Binding.DeclaredTypes.RankOf(parameter.Structure);
        var outer = parameter.Dims[..^ownRank];
        var each = size is null ? Element(parameter) : Event(parameter, size);
        // Independent elements are one draw of many; only vectors of sizes of their own, and sorted ones, need a statement for each.
        if (parameter.Structure != Structure.Ordered && outer.All(d => d.Rank == 0))
            return new Definition(parameter, [], [], outer.IsEmpty ? each : new RepeatedDistribution(each, outer, parameter.Span), null, parameter.Span) { Target = parameter.Span };
        var plates = PlatesOver(parameter, outer);
        return new Definition(parameter, plates, [.. plates.Select(p => (Bound)new LoopValue(p.Loop, parameter.Span))], each, null, parameter.Span) { Target = parameter.Span };
    }

    private static CatalogDistribution Element(Variable parameter) => new(s_flat, 0, [parameter.Lower, parameter.Upper], 0, ElementType.Real, parameter.Span);

    private static BoundDistribution Event(Variable parameter, Bound size)
    {
        return parameter.Structure switch
        {
            Structure.Ordered => new OrderedDistribution(new RepeatedDistribution(Element(parameter), [size], parameter.Span), parameter.Span),
            Structure.Simplex => Of(EventConstraint.Simplex, 1),
            Structure.Unit => Of(EventConstraint.Direction, 1),
            Structure.Covariance => Of(EventConstraint.Covariance, 2),
            Structure.Correlation => Of(EventConstraint.Correlation, 2),
            _ => Of(EventConstraint.Factor, 2),
        };

        CatalogDistribution Of(EventConstraint constraint, int rank) => new(new FlatEvent(constraint), 0, [size], rank, ElementType.Real, parameter.Span);
    }

    /// <summary>A loop for each dimension; the sizes of a ragged one are those of the row that the loops outside of it are at.</summary>
    private static ImmutableArray<Plate> PlatesOver(Variable parameter, ImmutableArray<Bound> dims)
    {
        var plates = ImmutableArray.CreateBuilder<Plate>(dims.Length);
        for (var d = 0; d < dims.Length; d++)
        {
            var category = d < parameter.DimensionCategories.Length ? parameter.DimensionCategories[d] : null;
            var upper = dims[d].Rank == 0 ? dims[d]
                : new IndexedValue(dims[d], [.. plates.Take(dims[d].Rank).Select(p => new AtIndex(new LoopValue(p.Loop, parameter.Span)))], 0, ElementType.Integer, parameter.Span);
            plates.Add(new Plate(new Loop($"i{d + 1}", parameter.Span) { Category = category }, new ConstantValue(1, ElementType.Integer, parameter.Span), upper));
        }
        return plates.ToImmutable();
    }

    private static readonly Distribution s_flat = DistributionCatalog.Find("Flat")!;
}
