using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>
/// Importance sampling from the prior: unknowns are drawn forward by the slow evaluator, and a draw weighs what the data are probable under it. It is
/// right for any model whose data are few, knows nothing of any engine, and tells how far off it may be.
/// </summary>
internal sealed class LikelihoodWeighting
{
    private const int Pilot = 2000;
    private const int Batches = 50;

    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly List<(double[] Cells, int Cell)> _slots = [];
    private Philox _random;

    private LikelihoodWeighting(ConditionedModel model, ulong seed)
    {
        (_model, _evaluator, _random) = (model, new Evaluator(model), new Philox(seed, 0, 0));
        foreach (var state in model.Variables)
            for (var cell = 0; cell < state.Count; cell++)
                if (state.Exists(cell) && state.Roles[cell] is Role.Latent or Role.Predicted or Role.Computed or Role.ComputedForward)
                {
                    Cells.Add((state.Variable.Name, cell));
                    _slots.Add((_evaluator[state.Variable], cell));
                }
    }

    /// <summary>The unknown cells, in the order of <see cref="Reference.Cells"/>.</summary>
    private List<(string Variable, int Cell)> Cells { get; } = [];

    /// <summary>Draws until the weights are worth so many independent draws of the posterior, at most a number of them.</summary>
    public static Reference Of(ConditionedModel model, ulong seed, double effective, int most, CancellationToken cancellation)
    {
        var sampler = new LikelihoodWeighting(model, seed);
        var centre = sampler.Centre(cancellation);
        var sums = new WeightedSums(Batches, centre);
        for (var draw = 0; draw < most && (draw < 20 * Pilot || sums.Effective < effective); draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            sums.Add(draw % Batches, sampler.Draw(), sampler._slots);
        }
        return new Reference(sums.Effective, sampler.Cells.Zip(sums.Moments()).ToDictionary());
    }

    /// <summary>Moments are summed about the means of a first few draws, so that no digits are lost.</summary>
    private double[] Centre(CancellationToken cancellation)
    {
        var sums = new WeightedSums(1, new double[_slots.Count]);
        for (var draw = 0; draw < Pilot; draw++)
        {
            cancellation.ThrowIfCancellationRequested();
            sums.Add(0, Draw(), _slots);
        }
        return [.. sums.Means().Select(m => double.IsFinite(m) ? m : 0)];
    }

    /// <summary>Draws all unknowns, and returns the log of what the draw weighs.</summary>
    private double Draw()
    {
        var logWeight = 0.0;
        foreach (var run in _model.Order)
            for (var i = run.First; i < run.First + run.Count; i++) logWeight += Draw(run.Definition, i);
        return _evaluator.Violated() is null ? logWeight : double.NegativeInfinity;
    }

    private double Draw(int definition, int iteration)
    {
        var state = _model.Definitions[definition];
        var cells = _evaluator[state.Definition.Variable];
        var roles = _model[state.Definition.Variable].Roles;
        var (from, size, logWeight) = (state.Targets[iteration], RoleAssignment.EventSize(state, iteration), 0.0);
        if (!state.Definition.IsRandom)
        {
            _evaluator.Compute(definition, iteration);
            return 0;
        }
        if (!_evaluator.Exists(definition, iteration))
        {
            // What only a branch defines is not there where the branch does not hold, and an observation then says nothing.
            for (var cell = from; cell < from + state.SizeOf(iteration); cell++)
                if (roles[cell] != Role.Observed) cells[cell] = double.NaN;
            return 0;
        }
        var distribution = _evaluator.DistributionOf(definition, iteration);
        for (var e = 0; e * size < state.SizeOf(iteration); e++)
        {
            var draw = cells.AsSpan(from + e * size, size);
            if (roles[from + e * size] == Role.Observed) logWeight += distribution.LogDensity(e, draw);
            else distribution.Sample(e, ref _random, draw);
        }
        return logWeight;
    }
}
