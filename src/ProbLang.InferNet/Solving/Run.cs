using System.Collections.Immutable;
using Microsoft.ML.Probabilistic;
using Microsoft.ML.Probabilistic.Distributions;
using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>Iterations of a compiled algorithm on the data of one graph.</summary>
internal sealed class Run
{
    private readonly FactorGraph _graph;
    private readonly CompiledAlgorithm _algorithm;
    private readonly SolverOptions _options;
    private readonly IProgress<IterationProgress>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly IGeneratedAlgorithm _instance;
    private readonly ImmutableArray<string> _queries;
    private ImmutableArray<Marginals> _marginals = [];
    private double? _logEvidence;
    private readonly List<(int Iteration, double Change)> _looks = [];
    private int _done, _next;
    private double _change = double.NaN;
    private bool _iterates;

    public Run(FactorGraph graph, CompiledAlgorithm algorithm, SolverOptions options, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        (_graph, _algorithm, _options, _progress, _cancellation) = (graph, algorithm, options, progress, cancellation);
        var names = new ModelNames(graph);
        _queries = [.. graph.Queries.Select(q => names[q])];
        _instance = algorithm.With(graph);
        _instance.ProgressChanged += AfterIteration;
    }

    private bool IsSampler => _options.Engine.Algorithm == FactorAlgorithm.GibbsSampling;

    private bool HasConverged => IsSampler ? _done == _options.Iterations : !_iterates || (_done >= Schedule.First && _change <= _options.Engine.Tolerance);

    /// <summary>Iterates until beliefs settle, or iterations are used up, or it is cancelled.</summary>
    public FactorGraphSolution ToEnd()
    {
        var interrupted = false;
        try
        {
            while (_done < _options.Iterations && !(HasConverged && _done > 0)) Advance();
        }
        catch (OperationCanceledException) when (_done > 0)
        {
            interrupted = true;
        }
        return new FactorGraphSolution
        {
            Beliefs = _graph.Queries.Zip(_marginals).ToDictionary(q => q.First, q => BeliefsOf(q.First, q.Second)),
            LogEvidence = _logEvidence,
            Iterations = _done,
            Draws = IsSampler ? _done - _options.BurnIn : null,
            Change = _change,
            HasConverged = HasConverged,
            Interrupted = interrupted,
        };
    }

    private void Advance()
    {
        _next = IsSampler
            ? Schedule.NextLookOfSampler(_done, _options.BurnIn, _options.Iterations)
            : Schedule.NextLook(_looks, _options.Iterations, _options.Engine.Tolerance);
        try
        {
            if (_done == 0) _instance.Execute(_next);
            else _instance.Update(_next - _done);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw Failures.OfIteration(e, _options.Engine);
        }
        _done = _next;
        Look();
        _looks.Add((_done, _change));
        if (_iterates) _progress?.Report(new IterationProgress(_done, _options.Iterations, _change));
    }

    private void Look()
    {
        var before = _marginals;
        _marginals = [.. _queries.Select(name => Marginals.Of(_instance.Marginal(name)))];
        if (_algorithm.HasEvidence) _logEvidence = Finite(_instance.Marginal<Bernoulli>(ModelNames.Evidence).LogOdds);
        _change = IsSampler ? double.NaN : !_iterates ? 0 : before.IsEmpty ? double.NaN : ChangeSince(before);
    }

    private double ChangeSince(ImmutableArray<Marginals> before)
    {
        var greatest = 0.0;
        for (var i = 0; i < before.Length; i++)
        {
            var change = _marginals[i].ChangeSince(before[i]);
            if (double.IsNaN(change)) return double.NaN;
            greatest = Math.Max(greatest, change);
        }
        return greatest;
    }

    private void AfterIteration(object? sender, ProgressChangedEventArgs e)
    {
        _iterates = true;
        _cancellation.ThrowIfCancellationRequested();
        // The last one of some is told when it is known how much they changed.
        if (e.Iteration + 1 < _next) _progress?.Report(new IterationProgress(e.Iteration + 1, _options.Iterations, double.NaN));
    }

    private ImmutableArray<Belief> BeliefsOf(FactorVariable variable, Marginals marginals) =>
        [.. marginals.ToBeliefs().Select(belief => belief ?? throw Failures.OfBelief(variable, _options.Engine))];

    private static double? Finite(double number) => double.IsFinite(number) ? number : null;
}
