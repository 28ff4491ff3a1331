using System.Globalization;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>
/// How the latents of a model lie in the position: every definition's latent events one after the other, a coordinate a
/// cell (a simplex of K has K - 1).
/// </summary>
internal sealed class Coordinates
{
    private readonly Dictionary<DefinitionState, LatentBlock> _blocks = [];
    private readonly List<LatentBlock> _ordered = [];

    public Coordinates(ConditionedModel model)
    {
        var recursive = Dependencies.Recursive(model);
        foreach (var definition in model.Definitions)
        {
            if (!definition.Definition.IsRandom) continue;
            var block = LatentBlock.Of(model, definition, Dimension, CenteringCount, recursive);
            if (block.Cells.Length == 0) continue;
            _blocks.Add(definition, block);
            _ordered.Add(block);
            Dimension += block.Dimension;
            if (block.HasChoice) CenteringCount += block.Cells.Length;
        }
        Centering = CenteringCount > 0 ? new Buffer("centred", CenteringCount, BufferKind.Setting) { Initial = new double[CenteringCount] } : null;
    }

    /// <summary>How many coordinates.</summary>
    public int Dimension { get; }

    /// <summary>How many of them can stand centred or not.</summary>
    public int CenteringCount { get; }

    /// <summary>1 where a coordinate with a choice stands centred, else 0; null where none has a choice.</summary>
    public Buffer? Centering { get; }

    public IReadOnlyList<LatentBlock> Blocks => _ordered;

    /// <summary>Which coordinates stand for which variable, a line for each definition, as comments of a program's text.</summary>
    public string Print(ReadOnlySpan<bool> centred)
    {
        var text = new StringBuilder();
        foreach (var block in _ordered)
        {
            text.Append("# q[").Append(CultureInfo.InvariantCulture, $"{block.Offset}");
            if (block.Dimension > 1) text.Append(CultureInfo.InvariantCulture, $"..{block.Offset + block.Dimension - 1}");
            text.Append("]: ").Append(block.Definition.Definition.Variable);
            if (block.SimplexSize > 0) text.Append(", shares of what is left of 1");
            if (block.HasChoice) text.Append(centred.Slice(block.ChoiceOffset, block.Cells.Length).Contains(true) ? ", centred where `centred` says so" : ", non-centred: in scales from its location");
            text.Append('\n');
        }
        return text.Append('\n').ToString();
    }

    public LatentBlock? this[DefinitionState definition] => _blocks.GetValueOrDefault(definition);
}

/// <summary>The latent cells of one definition.</summary>
/// <param name="Definition">The definition.</param>
/// <param name="Cells">Its latent cells, in the order of its iterations.</param>
/// <param name="Offset">The first coordinate.</param>
/// <param name="ChoiceOffset">The first place among the coordinates that can stand centred or not.</param>
/// <param name="HasChoice">Whether its cells can stand centred or not.</param>
/// <param name="SimplexSize">K where each event is a point of the simplex of K, else 0.</param>
internal sealed record LatentBlock(DefinitionState Definition, int[] Cells, int Offset, int ChoiceOffset, bool HasChoice, int SimplexSize)
{
    public int Dimension => SimplexSize > 0 ? Cells.Length / SimplexSize * (SimplexSize - 1) : Cells.Length;

    public static LatentBlock Of(ConditionedModel model, DefinitionState definition, int offset, int choiceOffset, IReadOnlySet<DefinitionState> recursive)
    {
        var state = model[definition.Definition.Variable];
        var cells = new List<int>();
        foreach (var target in definition.Targets)
            for (var c = 0; c < definition.BlockSize; c++)
                if (state.Roles[target + c] == Role.Latent) cells.Add(target + c);
        var distribution = definition.Definition.Distribution!;
        var simplex = cells.Count > 0 && IsSimplex(distribution) ? definition.BlockShape[^1] : 0;
        var bounded = model.OrderBounds.Any(b => b.Variable == definition.Definition.Variable);
        var hasChoice = !bounded && !recursive.Contains(definition)
            && LocationScale(distribution) is { } family && family.Arguments.Any(a => a is not null && Dependencies.OnLatent(model, a))
            && definition.Definition.Variable.Lower is null && definition.Definition.Variable.Upper is null;
        return new LatentBlock(definition, [.. cells], offset, choiceOffset, hasChoice, simplex);
    }

    /// <summary>The distribution itself where it is a location-scale family, drawn once or repeatedly; else null.</summary>
    public static CatalogDistribution? LocationScale(BoundDistribution distribution) =>
        Catalog(distribution) is { Distribution: ScalarDistribution { IsLocationScale: true } } catalog ? catalog : null;

    /// <summary>Whether its draws are points of a simplex.</summary>
    public static bool IsSimplex(BoundDistribution distribution) => distribution is ChoiceDistribution choice
        ? IsSimplex(choice.Then)
        : Catalog(distribution)?.Distribution is ArrayDistribution { Constraint: EventConstraint.Simplex };

    private static CatalogDistribution? Catalog(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => catalog,
        RepeatedDistribution repeated => Catalog(repeated.Base),
        _ => null,
    };
}
