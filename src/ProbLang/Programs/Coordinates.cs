using System.Globalization;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// How the latents of a model lie in the position: every definition's latent events one after the other, a coordinate a
/// cell, fewer where an event has a transform (a simplex of K has K - 1).
/// </summary>
internal sealed class Coordinates
{
    private readonly Dictionary<DefinitionState, LatentBlock> _blocks = [];
    private readonly List<LatentBlock> _ordered = [];

    private Coordinates() { }

    /// <summary>No coordinates: of programs that read values as they are.</summary>
    public static Coordinates None { get; } = new();

    public Coordinates(ConditionedModel model, FinitePlan? plan)
    {
        var recursive = Dependencies.Recursive(model);
        foreach (var definition in model.Definitions)
        {
            // What is discrete is summed out, and has no coordinate.
            if (definition.Definition.Distribution is null or { Type: not ElementType.Real }) continue;
            var block = LatentBlock.Of(model, plan, definition, Dimension, CenteringCount, recursive);
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

    /// <summary>The block that a coordinate is in.</summary>
    public LatentBlock BlockOf(int coordinate) => _ordered.First(b => coordinate >= b.Offset && coordinate < b.Offset + b.Dimension);

    /// <summary>Which coordinates stand for which variable, a line for each definition, as comments of a program's text.</summary>
    public string Print(ReadOnlySpan<bool> centred)
    {
        var text = new StringBuilder();
        foreach (var block in _ordered)
        {
            text.Append("# q[").Append(CultureInfo.InvariantCulture, $"{block.Offset}");
            if (block.Dimension > 1) text.Append(CultureInfo.InvariantCulture, $"..{block.Offset + block.Dimension - 1}");
            text.Append("]: ").Append(block.Definition.Definition.Variable);
            if (block.Transform is { } transform) text.Append(", ").Append(transform.Description);
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
/// <param name="Transform">How each event is made of fewer coordinates, where its elements bind each other; else null.</param>
/// <param name="VectorSize">How many elements a vector has whose elements can stand centred or not, given those before them; 0 where there is none.</param>
internal sealed record LatentBlock(DefinitionState Definition, int[] Cells, int Offset, int ChoiceOffset, bool HasChoice, EventTransform? Transform, int VectorSize)
{
    /// <summary>A longer vector is not written out element by element.</summary>
    private const int LongestVector = 8;

    /// <summary>Whether they are of a parameter that is to be learned.</summary>
    public bool IsParameter => Definition.Definition.Variable.IsParameter;

    /// <summary>Whether events are computed as wholes, into memory.</summary>
    public bool IsWhole => Transform is not null || VectorSize > 0;

    public int Dimension => Transform is null ? Cells.Length : Events * Transform.Dimension;

    /// <summary>How many events have a transform.</summary>
    public int Events => Transform is null || Transform.EventSize == 0 ? 0 : Cells.Length / Transform.EventSize;

    /// <summary>The cell that a coordinate is named after.</summary>
    public int CellOf(int coordinate) => Cells[Transform is null ? coordinate
        : coordinate / Transform.Dimension * Transform.EventSize + Transform.ElementOf(coordinate % Transform.Dimension)];

    public static LatentBlock Of(ConditionedModel model, FinitePlan? plan, DefinitionState definition, int offset, int choiceOffset, IReadOnlySet<DefinitionState> recursive)
    {
        var state = model[definition.Definition.Variable];
        var distribution = definition.Definition.Distribution!;
        var events = Constrained(distribution);
        CheckEvents(model, distribution, state);
        var cells = new List<int>();
        var sizes = new List<int>();
        for (var i = 0; i < definition.Count; i++)
        {
            var before = cells.Count;
            for (var cell = definition.Targets[i]; cell < definition.Targets[i] + definition.SizeOf(i); cell++)
                if (state.Roles[cell] == Role.Latent) cells.Add(cell);
            if (events is not null && RoleAssignment.EventSize(definition, i) is > 0 and var size) sizes.AddRange(Enumerable.Repeat(size, (cells.Count - before) / size));
        }
        var transform = sizes.Count > 0 ? TransformOf(model, definition, events!, sizes) : null;
        var bounded = model.OrderBounds.Any(b => b.Variable == definition.Definition.Variable);
        var mayChoose = !bounded && !recursive.Contains(definition) && definition.Definition.Variable.Lower is null && definition.Definition.Variable.Upper is null
            && !(plan?.Reaches(Parts.Of(distribution)) ?? false);
        var hasChoice = mayChoose && LocationScale(distribution) is { } family && family.Arguments.Any(a => a is not null && Dependencies.OnLatent(model, a));
        if (mayChoose && cells.Count > 0 && IsVector(model, definition, state.Roles)) return new LatentBlock(definition, [.. cells], offset, choiceOffset, true, null, definition.BlockShape[^1]);
        return new LatentBlock(definition, [.. cells], offset, choiceOffset, hasChoice, transform, 0);
    }

    /// <summary>Whether the latent events are short normal vectors, each latent as a whole, with latent parameters of which a factor can be found.</summary>
    private static bool IsVector(ConditionedModel model, DefinitionState definition, Role[] roles)
    {
        if (Catalog(definition.Definition.Distribution!) is not { Distribution: MvNormal } catalog || (MatrixForm)catalog.Form == MatrixForm.Precision) return false;
        if (definition.BlockShape[^1] is var n && n > LongestVector || !catalog.Arguments.Any(a => Dependencies.OnLatent(model, a!))) return false;
        for (var i = 0; i < definition.Count; i++)
        {
            if (RoleAssignment.EventSize(definition, i) != n) return false;
            for (var e = 0; e < definition.SizeOf(i); e += n)
                if (roles.AsSpan(definition.Targets[i] + e, n).Count(Role.Latent) is not 0 and var latent && latent != n) return false;
        }
        return true;
    }

    /// <summary>The transform of the events, of which each has so many elements.</summary>
    private static EventTransform? TransformOf(ConditionedModel model, DefinitionState definition, ArrayDistribution distribution, List<int> sizes)
    {
        if (distribution.EventRank == 1) return EventTransform.Of(distribution, [.. sizes]);
        if (sizes.Distinct().Count() > 1) throw Objection.VaryingLength(model.Graph.Source, definition.Definition.Span);
        return EventTransform.Of(distribution, [definition.BlockShape[^1]]);
    }

    /// <summary>Coordinates are those of one kind of event: of mixtures of what is bound, and of branches that differ in it, there are none.</summary>
    private static void CheckEvents(ConditionedModel model, BoundDistribution distribution, VariableState state)
    {
        if (!state.Any(Role.Latent)) return;
        if (distribution is ChoiceDistribution choice && ConstraintOf(choice.Then) != ConstraintOf(choice.Else)) throw Objection.BranchSupports(model.Graph.Source, choice);
        if (ConstraintOf(distribution) == EventConstraint.None && DistributionTraits.Constrained(distribution) is not null) throw Objection.MixtureOfBound(model.Graph.Source, distribution);
    }

    /// <summary>The distribution itself where it is a location-scale family, drawn once or repeatedly; else null.</summary>
    public static CatalogDistribution? LocationScale(BoundDistribution distribution) =>
        Catalog(distribution) is { Distribution: ScalarDistribution { IsLocationScale: true } } catalog ? catalog : null;

    /// <summary>What binds the elements of a draw; branches agree in that.</summary>
    public static EventConstraint ConstraintOf(BoundDistribution distribution) => Constrained(distribution)?.Constraint ?? EventConstraint.None;

    private static ArrayDistribution? Constrained(BoundDistribution distribution) =>
        distribution is ChoiceDistribution choice ? Constrained(choice.Then) : Catalog(distribution)?.Distribution as ArrayDistribution;

    private static CatalogDistribution? Catalog(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => catalog,
        RepeatedDistribution repeated => Catalog(repeated.Base),
        _ => null,
    };
}
