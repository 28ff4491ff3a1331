using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Draws new data from a model whose parameters are known.</summary>
internal sealed class Generation
{
    /// <summary>The streams of generation, apart from those of a simulation with the same seed.</summary>
    private const uint Purpose = 0x6E7;

    private readonly ConditionedModel _model;
    private readonly Variable[] _generated;
    private readonly bool _hasRows;

    private Generation(ConditionedModel model, IReadOnlyCollection<string> names)
    {
        _model = model;
        _generated = [.. names.Count > 0 ? names.Select(n => model.Graph.Find(n)!) : Last(model)];
        _hasRows = _generated.Length > 0 && SameRows(model, _generated);
    }

    /// <summary>Draws.</summary>
    /// <param name="model">The model with what is given, as it is drawn forward.</param>
    /// <param name="names">What is reported; where none is named, what the model makes last: what nothing else is made of.</param>
    /// <param name="count">How many draws of the whole model.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellation">Ends it with what there is.</param>
    public static Generated Run(ConditionedModel model, IReadOnlyCollection<string> names, int count, ulong seed, CancellationToken cancellation)
    {
        var generation = new Generation(model, names);
        var (line, lines) = (generation.Line(), new List<ArraySegment<double>>());
        var random = new Philox(seed, 0, Purpose);
        var draw = generation.Sampler();
        // A line is a part of the array of its draw.
        DrawMemory.Take((double)count * generation.Rows, (double)count * (generation.Rows * (line.Count * sizeof(double) + 2.0 * nint.Size) + 3 * nint.Size), "draws");
        try
        {
            for (var i = 0; i < count && !cancellation.IsCancellationRequested; i++) generation.AddLines(line, draw(ref random), lines);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The draw that was being made is not counted.
        }
        return new Generated(line, lines, cancellation.IsCancellationRequested);
    }

    private delegate Evaluator Draw(ref Philox random);

    /// <summary>What is given stays; where nothing is, conditions of the model are met by rejection.</summary>
    private Draw Sampler()
    {
        var sampler = new AncestralSampler(_model);
        var isGiven = _model.Variables.Any(v => v.Any(Role.Observed));
        if (sampler.Objection(onlyPredicted: isGiven) is { } objection) throw new DataException([objection]);
        return isGiven ? (ref Philox random) =>
        {
            sampler.Evaluator.Predict(ref random);
            return sampler.Evaluator;
        }
        : (ref Philox random) => sampler.Draw(ref random) is { } failure ? throw new DataException([failure]) : sampler.Evaluator;
    }

    /// <summary>What is random, or made of what is, and nothing else is made of.</summary>
    private static IEnumerable<Variable> Last(ConditionedModel model)
    {
        var graph = model.Written;
        var (used, random) = (ModelClass.UsedVariables(graph), new RandomVariables(graph.Definitions));
        return graph.Variables.Where(v => v is { IsInput: false, IsAuxiliary: false } && random.Contains(v) && !used.Contains(v)).Select(v => model.Graph.Find(v.Name)!);
    }

    /// <summary>Whether the first dimension of all that is generated is one plate.</summary>
    private static bool SameRows(ConditionedModel model, Variable[] variables)
    {
        Plate? first = null;
        foreach (var definition in model.Definitions.Select(d => d.Definition).Where(d => variables.Contains(d.Variable)))
        {
            if (definition.Plates is not [var outermost, ..] || definition.Indices is not [LoopValue at, ..] || at.Loop != outermost.Loop) return false;
            first ??= outermost;
            if (!first.HasRangeOf(outermost)) return false;
        }
        return first is not null && variables.Select(v => model[v].Shape[0]).Distinct().Count() == 1;
    }

    private OutputLayout Line()
    {
        var variables = ImmutableArray.CreateBuilder<OutputVariable>();
        var offset = 0;
        foreach (var state in _generated.Select(v => _model[v]))
        {
            var (labels, skipped) = (_model.LabelsOf(state.Variable), _hasRows ? 1 : 0);
            var variable = new OutputVariable(state.Variable.Name, [.. state.Shape.AsSpan(skipped)], offset)
            {
                Labels = labels.IsDefault ? default : labels[skipped..],
                Levels = _model.LevelsOf(state.Variable),
                IsDiscrete = state.Variable.Type != ElementType.Real,
                IsBoolean = state.Variable.Type == ElementType.Boolean,
            };
            variables.Add(variable);
            offset += variable.Count;
        }
        return new OutputLayout(variables.ToImmutable());
    }

    /// <summary>How many lines a draw makes.</summary>
    private int Rows => _hasRows ? _model[_generated[0]].Shape[0] : 1;

    private void AddLines(OutputLayout layout, Evaluator cells, List<ArraySegment<double>> lines)
    {
        var (rows, looks) = (Rows, new Ticker());
        // One array for all rows of a draw, which are added together: a draw counts whole or not at all.
        var drawn = new double[rows * layout.Count];
        for (var r = 0; r < rows; r++)
        {
            looks.Tick();
            for (var v = 0; v < _generated.Length; v++)
            {
                var variable = layout.Variables[v];
                cells[_generated[v]].AsSpan(r * variable.Count, variable.Count).CopyTo(drawn.AsSpan(r * layout.Count + variable.Offset));
            }
        }
        for (var r = 0; r < rows; r++) lines.Add(new ArraySegment<double>(drawn, r * layout.Count, layout.Count));
    }
}
