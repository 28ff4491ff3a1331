using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Draws all that a model defines, forward.</summary>
internal static class AncestralSimulation
{
    /// <summary>The streams of simulation, apart from those of a sampler with the same seed.</summary>
    private const uint Purpose = 0x5A3;

    /// <summary>The model as it is drawn forward.</summary>
    /// <exception cref="DataException">It does not go together with the data once these decide no <c>if</c> any more.</exception>
    public static ConditionedModel Of(ConditionedModel model) =>
        model.Simulated is not { Value: var simulated } ? model : simulated.Model ?? throw new DataException(simulated.Diagnostics);

    public static Simulation Run(ConditionedModel model, int count, ulong seed, Interventions interventions, CancellationToken cancellation)
    {
        var draws = new List<double[]>();
        var layout = Layout(model);
        // Each draw is an array of its own.
        DrawMemory.Take(count, (double)count * (layout.Count * sizeof(double) + 4 * nint.Size), "draws");
        // No draw begins after the last one that is asked for.
        using var all = Draws(model, layout, seed, interventions).GetEnumerator();
        try
        {
            while (draws.Count < count && !cancellation.IsCancellationRequested && all.MoveNext()) draws.Add(all.Current);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The draw that was being made is not counted.
        }
        return new Simulation(layout, draws, cancellation.IsCancellationRequested);
    }

    /// <summary>Draws without an end, each made when it is asked for.</summary>
    /// <exception cref="DataException">The model has something that cannot be drawn.</exception>
    public static IEnumerable<double[]> Draws(ConditionedModel model, OutputLayout layout, ulong seed, Interventions interventions)
    {
        var sampler = new AncestralSampler(model, interventions);
        if (sampler.Objection() is { } objection) throw new DataException([objection]);
        var random = new Philox(seed, 0, Purpose);
        while (true)
        {
            if (sampler.Draw(ref random) is { } failure) throw new DataException([failure]);
            var draw = new double[layout.Count];
            foreach (var variable in layout.Variables)
            {
                var values = sampler.Evaluator[model.Graph.Find(variable.Name)!];
                var into = draw.AsSpan(variable.Offset, variable.Count);
                if (variable.Cells.IsDefault) Blockwise.Copy<double>(values.AsSpan(0, into.Length), into);
                else
                    for (var element = 0; element < into.Length; element++) into[element] = values[variable.Cells[element]];
            }
            yield return draw;
        }
    }

    /// <summary>What a draw has: all that the model defines.</summary>
    public static OutputLayout Layout(ConditionedModel model)
    {
        var variables = ImmutableArray.CreateBuilder<OutputVariable>();
        var offset = 0;
        foreach (var state in model.Variables.Where(v => v.Variable is { IsInput: false, IsAuxiliary: false }))
        {
            var variable = new OutputVariable(state.Variable.Name, [.. state.Shape], offset)
            {
                Cells = state.Rows is { } rows ? [.. rows.Cells()] : default,
                Rows = state.Rows,
                Labels = model.LabelsOf(state.Variable),
                Levels = model.LevelsOf(state.Variable),
                IsDiscrete = state.Variable.Type != ElementType.Real,
                IsBoolean = state.Variable.Type == ElementType.Boolean,
            };
            variables.Add(variable);
            offset += variable.Count;
        }
        return new OutputLayout(variables.ToImmutable());
    }
}
