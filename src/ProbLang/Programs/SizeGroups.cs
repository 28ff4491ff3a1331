using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>
/// The iterations of a statement in groups within which every array that must have a fixed size (of a kernel, of a vector-valued
/// distribution) has one. A group is lowered by itself.
/// </summary>
internal sealed class SizeGroups
{
    private readonly ConditionedModel _model;
    private readonly DefinitionState _state;
    private readonly Evaluator _evaluator;
    private readonly List<int> _signature = [];

    private SizeGroups(ConditionedModel model, DefinitionState state) => (_model, _state, _evaluator) = (model, state, new Evaluator(model));

    /// <summary>Null where one group holds all.</summary>
    public static int[][]? Of(ConditionedModel model, DefinitionState state)
    {
        var definition = state.Definition;
        var hasRows = state.BlockLengths is not null && definition.IsRandom && state.EventRank == state.BlockShape.Length;
        var varies = new SizeDependence(loop => definition.Plates.Any(p => p.Loop == loop), v => model[v].Rows is not null).Of(definition);
        if (!hasRows && !varies || state.Count < 2 || !NeedsFixed(definition)) return null;
        return new SizeGroups(model, state).Find();
    }

    private static bool NeedsFixed(Definition definition) =>
        definition.Distribution is { } distribution && NeedsFixed(distribution) || Parts.OfRight(definition).Any(NeedsFixed);

    private static bool NeedsFixed(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => catalog.Distribution is ArrayDistribution,
        MixtureComprehension or OrderedDistribution or LearnedDistribution => true,
        _ => Parts.Inside(distribution).Any(NeedsFixed),
    };

    private static bool NeedsFixed(Bound e) => e is ArrayFunctionValue { Function: var function } && !IsElastic(function) || Parts.Of(e).Any(NeedsFixed);

    /// <summary>Whether a function is lowered to loops that are as long as the data say.</summary>
    private static bool IsElastic(ArrayFunction function) => function is ArrayFunction.Sum or ArrayFunction.Mean or ArrayFunction.Variance or ArrayFunction.Sd
        or ArrayFunction.Prod or ArrayFunction.Min or ArrayFunction.Max or ArrayFunction.LogSumExp or ArrayFunction.Size or ArrayFunction.Length or ArrayFunction.Rows or ArrayFunction.Cols
        or ArrayFunction.Dot or ArrayFunction.Ones or ArrayFunction.Zeros or ArrayFunction.Cumsum or ArrayFunction.Softmax or ArrayFunction.LogSoftmax;

    private int[][]? Find()
    {
        var groups = new Dictionary<string, List<int>>();
        for (var i = 0; i < _state.Count; i++)
        {
            _evaluator.SetIteration(_state, i);
            _signature.Clear();
            if (_state.BlockLengths is { } lengths) _signature.Add(lengths[i]);
            if (_state.Definition.Distribution is { } distribution) Note(distribution);
            else Note(_state.Definition.Value!);
            var key = string.Join(',', _signature);
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = []);
            group.Add(i);
        }
        return groups.Count == 1 ? null : [.. groups.Values.Select(g => g.ToArray())];
    }

    private void Note(BoundDistribution distribution)
    {
        if (distribution is MixtureComprehension mixture)
        {
            _signature.Add((int)(Number(mixture.Upper) - Number(mixture.Lower)));
            _evaluator.SetLoop(mixture.Loop, (int)Number(mixture.Lower));
        }
        foreach (var inside in Parts.Inside(distribution)) Note(inside);
        foreach (var argument in Parts.Of(distribution))
        {
            if (NeedsFixed(distribution)) NoteShape(argument);
            Note(argument);
        }
    }

    private void Note(Bound e)
    {
        if (e is Comprehension comprehension)
        {
            Note(comprehension.Lower);
            Note(comprehension.Upper);
            // The body is looked at once, for the first value: sizes that differ within one iteration make no groups.
            var first = Number(comprehension.Lower);
            if (first > Number(comprehension.Upper)) return;
            _evaluator.SetLoop(comprehension.Loop, (int)first);
            Note(comprehension.Body);
            return;
        }
        foreach (var part in Parts.Of(e))
        {
            if (e is ArrayFunctionValue { Function: var function } && !IsElastic(function)) NoteShape(part);
            Note(part);
        }
    }

    private void NoteShape(Bound e)
    {
        // The value of a size, as in `identity(n[i])`, decides the shape of what is made of it.
        if (e is { Rank: 0, Type: ElementType.Integer } && Uses.Of([e]).All(v => _model[v].Values.All(x => !double.IsNaN(x)))) _signature.Add((int)Number(e));
        else if (e.Rank > 0) _signature.AddRange(_evaluator.ShapeOf(e));
    }

    private double Number(Bound e) => _evaluator.Evaluate(e).Values[0];
}
