using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang;

/// <content>Which engine takes a problem, and what the engines say to it.</content>
public sealed partial class Problem
{
    /// <summary>
    /// The first engine that has no objection to the problem: exact inference, a further engine that is exact for it and leaves nothing out, the sampler, a further
    /// engine whose answer is approximate.
    /// </summary>
    /// <exception cref="EngineException">Every engine objects: the objections are those of the one that is for models of this kind.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EngineChoice Choose(Auto engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(_ => Chosen(engine), cancellation);
    }

    private EngineChoice Chosen(Auto engine)
    {
        var exact = Objections(engine.Exact);
        if (exact.IsEmpty) return new EngineChoice(engine.Exact, HasLatents ? "every unknown can be summed or integrated out" : "nothing is latent");
        var further = engine.Engines.Where(e => e.Unavailable is null && FactorGraph.Objections(e).IsEmpty).ToArray();
        if (Array.Find(further, IsExact) is { } same) return new EngineChoice(same, $"exact objects: {exact[0].Message}; the messages of {same.Name} are exact too");
        var nuts = Objections(engine.Nuts);
        if (nuts.IsEmpty) return new EngineChoice(engine.Nuts, $"exact objects: {exact[0].Message}");
        if (further is [var approximate, ..]) return new EngineChoice(approximate, $"exact objects: {exact[0].Message}; nuts objects: {nuts[0].Message}");
        throw new EngineException(Conditioned.Variables.Any(v => v.Variable.Type == Graph.ElementType.Real && v.Any(Analysis.Role.Latent)) ? nuts : exact);
    }

    /// <summary>Why an engine cannot take the problem; empty where it can, as for <see cref="Auto"/> where one of its engines can.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(Engine engine, CancellationToken cancellation = default) => Run(_ => engine switch
    {
        null => throw new ArgumentNullException(nameof(engine)),
        Auto auto => ObjectionsOfAll(auto),
        Exact exact => Objections(exact),
        Nuts nuts => Objections(nuts),
        MessagePassing passing => Objections(passing),
        MaximumLikelihood likelihood => Objections(likelihood),
        MaximumAPosteriori mode => Objections(mode),
        Laplace laplace => Objections(laplace),
        _ => throw NoEngine(engine),
    }, cancellation);

    /// <summary>Computes the posterior with any engine.</summary>
    /// <exception cref="EngineException">The engine objects to the model, or the data contradict it.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public Posterior Infer(Engine engine, CancellationToken cancellation = default) => Infer(engine, null, null, cancellation);

    /// <summary>As <see cref="Infer(Engine, CancellationToken)"/>, with progress of whichever kind the engine reports.</summary>
    /// <exception cref="EngineException">The engine objects to the model, or the data contradict it.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public Posterior Infer(Engine engine, IProgress<ChainProgress>? chains, IProgress<FactorGraphs.IterationProgress>? iterations, CancellationToken cancellation = default) => Run<Posterior>(_ => engine switch
    {
        null => throw new ArgumentNullException(nameof(engine)),
        Auto auto => Infer(Choose(auto).Engine, chains, iterations, cancellation),
        Exact exact => Infer(exact, cancellation),
        Nuts nuts => Infer(nuts, chains, cancellation),
        MessagePassing passing => Infer(passing, iterations, cancellation),
        Laplace laplace => Infer(laplace, cancellation),
        MaximumLikelihood or MaximumAPosteriori => throw new ArgumentException($"`{engine.Name}` gives no posterior: call Fit", nameof(engine)),
        _ => throw NoEngine(engine),
    }, cancellation);

    /// <summary>Computes the posterior with the engine that <see cref="Choose"/> finds.</summary>
    /// <exception cref="EngineException">Every engine objects to the model.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show; exact inference has nothing before it is done.</exception>
    public Posterior Infer(Auto engine, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default) => Infer(engine, progress, null, cancellation);

    /// <summary>As <see cref="Infer(Auto, IProgress{ChainProgress}?, CancellationToken)"/>, on other threads.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<Posterior> InferAsync(Auto engine, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, progress, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(Engine, IProgress{ChainProgress}?, IProgress{FactorGraphs.IterationProgress}?, CancellationToken)"/>, on other threads.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<Posterior> InferAsync(Engine engine, IProgress<ChainProgress>? chains, IProgress<FactorGraphs.IterationProgress>? iterations, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, chains, iterations, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(Engine, CancellationToken)"/>, on other threads.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<Posterior> InferAsync(Engine engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(Exact, CancellationToken)"/>, on another thread.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<ExactPosterior> InferAsync(Exact engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(Nuts, IProgress{ChainProgress}?, CancellationToken)"/>, on other threads.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<SampledPosterior> InferAsync(Nuts engine, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        engine.CheckOptions();
        return Task.Run(() => Infer(engine, progress, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(MessagePassing, IProgress{FactorGraphs.IterationProgress}?, CancellationToken)"/>, on another thread.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<MessagePassingPosterior> InferAsync(MessagePassing engine, IProgress<FactorGraphs.IterationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, progress, cancellation), cancellation);
    }

    /// <summary>As <see cref="Infer(Laplace, CancellationToken)"/>, on another thread.</summary>
    /// <exception cref="EngineException">The engine objects to the model, by the task.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow, by the task.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show, by the task.</exception>
    public Task<LaplacePosterior> InferAsync(Laplace engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Task.Run(() => Infer(engine, cancellation), cancellation);
    }

    /// <summary>The model with these data as a picture, in which what they give is shown as observed.</summary>
    /// <param name="form">How the picture is written.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public string DrawGraph(GraphForm form) => GraphDrawing.Of(Conditioned, form);

    /// <summary>What the model is with these data, as text: the role of every variable, the class, the engine that would run.</summary>
    public string Explain() => Explain([]);

    /// <summary>As <see cref="Explain()"/>, ended soon by a cancellation.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Explain(CancellationToken cancellation) => Explain([], cancellation);

    /// <summary>As <see cref="Explain()"/>, with what further engines say, which the host hands over as to <see cref="Auto.Engines"/>.</summary>
    public string Explain(params IEnumerable<MessagePassing> engines) => Explain(engines, default(CancellationToken));

    /// <summary>As <see cref="Explain(IEnumerable{MessagePassing})"/>, ended soon by a cancellation.</summary>
    /// <exception cref="ArgumentException">An engine is null.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Explain(IEnumerable<MessagePassing> engines, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(engines);
        ImmutableArray<MessagePassing> all = [.. engines];
        if (all.Any(e => e is null)) throw new ArgumentException("an engine is null", nameof(engines));
        return Run(_ => Explained(new Auto { Engines = all }), cancellation);
    }

    private string Explained(Auto auto)
    {
        // Of an engine that needs their values there is nothing to say before they are learned.
        if (!Unlearned.IsEmpty) return Explanation.Of(Conditioned, Class, [], new("none", LearningFirst()));
        ImmutableArray<EngineOpinion> opinions = [new("exact", Objections(auto.Exact)), new("nuts", Objections(auto.Nuts)), .. auto.Engines.Select(OpinionOf)];
        return Explanation.Of(Conditioned, Class, opinions, Reason(auto));
    }

    /// <summary>What is to be done before there is an engine to choose, or what stands against it.</summary>
    private ImmutableArray<string> LearningFirst()
    {
        var learned = string.Join(", ", Conditioned.OpenParameters.Select(p => $"`{(p.Variable.IsAuxiliary ? p.Variable.Name[..p.Variable.Name.LastIndexOf('.')] : p.Variable.Name)}`"));
        string[] objections = [.. Objections(new MaximumLikelihood()).SelectMany(o => $"fit objects: {o}".ReplaceLineEndings("\n").Split('\n'))];
        return [objections.Length > 0 ? $"{learned} is not known" : $"`fit` learns {learned} by maximum likelihood; then other engines take the model, by --fit", .. objections];
    }

    private EngineReason? Reason(Auto auto)
    {
        try
        {
            return Choose(auto).Engine switch
            {
                Exact exact => new(exact.Name, [HasLatents ? "every unknown can be summed or integrated out" : "nothing is latent", .. _exact.Describe()]),
                Nuts nuts => new(nuts.Name, [HasLatents ? "the density of the latents has a gradient" : "nothing is latent; what is not observed is drawn forward", .. _program.Value.Density.SummedOut]),
                MessagePassing passing => new(passing.Name, [IsExact(passing) ? "its messages are exact for this model" : "no other engine takes the model; its answer is approximate", .. FactorGraph.Plan(passing.Algorithm).Notes]),
                var other => throw NoEngine(other),
            };
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private ImmutableArray<Diagnostic> ObjectionsOfAll(Auto auto)
    {
        try
        {
            _ = Choose(auto);
            return [];
        }
        catch (EngineException objection)
        {
            return [.. objection.Diagnostics];
        }
    }

    private static UnreachableException NoEngine(Engine engine) => new($"no way to infer with {engine.GetType().Name}");
}
