using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Text;

namespace ProbLang;

/// <content>The model with what is given so far, shown. What is missing yet is no mistake here.</content>
public sealed partial class Session
{
    /// <summary>What the model is with what is given, as <see cref="Model.TryExplain"/> says it; where something is missing yet, what can be said without it. Nothing counts as observed that is not given.</summary>
    /// <param name="text">The explanation; null where there is no model, or what is given does not fit.</param>
    /// <param name="diagnostics">What is wrong, or worth a look, with its place in what was written.</param>
    /// <param name="engines">Further engines to ask.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryExplain(out string? text, out ImmutableArray<Diagnostic> diagnostics, IEnumerable<MessagePassing>? engines = null, CancellationToken cancellation = default)
    {
        (text, diagnostics) = (null, []);
        if (Model is not { } model) return false;
        var isShown = model.TryExplain(Learned.With(Data), out text, out var found, engines, cancellation);
        if (!isShown && Incomplete(found) is { } binding)
            text = Explanation.Of(model.Graph, v => IsGiven(binding, v), GraphTaxonomy.Of(model.Graph, v => IsGiven(binding, v), "what is given has a density"), InPlace(found.Where(IsError)));
        diagnostics = InPlace(isShown || text is null ? found : found.Where(d => !IsError(d)));
        return text is not null;
    }

    /// <summary>The model as a picture, in which what is given is shown as observed, and nothing else.</summary>
    /// <param name="form">How the picture is written.</param>
    /// <param name="text">The picture; null where there is no model, or what is given does not fit.</param>
    /// <param name="diagnostics">What is wrong, or worth a look, with its place in what was written.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryDrawGraph(GraphForm form, out string? text, out ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation = default)
    {
        (text, diagnostics) = (null, []);
        if (Model is not { } model) return false;
        var isShown = model.TryDrawGraph(Learned.With(Data), form, out text, out var found, cancellation);
        if (!isShown && Incomplete(found) is { } binding) text = GraphDrawing.Of(model.Graph, form, v => IsGiven(binding, v));
        diagnostics = InPlace(isShown || text is null ? found : found.Where(d => !IsError(d)));
        return text is not null;
    }

    /// <summary>What is given, where nothing is wrong with it but that something is missing yet; else null.</summary>
    private DataBinding? Incomplete(ImmutableArray<Diagnostic> found) =>
        found.Where(IsError).All(d => s_yetMissing.Contains(d.Id)) ? DataBinding.Of(Model!.Graph, Learned.With(Data), out _) : null;

    private static bool IsGiven(DataBinding binding, Variable variable) => GraphTaxonomy.IsGiven(binding.Graph, binding.Data, binding.Graph.Find(variable.Name)!);

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == Severity.Error;
}
