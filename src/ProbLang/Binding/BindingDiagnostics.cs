using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>What binding has to say, a method a message. Places are looked up at the end, for the messages that are shown.</summary>
internal sealed partial class BindingDiagnostics(SourceText source)
{
    private const int MostShown = 50;
    private const int MostUsesShown = 4;

    private readonly List<Message> _messages = [];
    private readonly HashSet<string> _meant = [];
    private FunctionUse? _use;

    /// <summary>While muted, messages are dropped: the caller only wants to know whether something can be bound yet.</summary>
    public bool IsMuted { get; set; }

    public bool HasErrors => _messages.Exists(m => m.Severity == Severity.Error);

    /// <summary>What the modeller wrote at a place.</summary>
    public string TextOf(Span span) => source.TextOf(span);

    /// <summary>Messages until <see cref="LeaveUse"/> also show this use of a function of the model.</summary>
    public void EnterUse(string function, Span span) => _use = new(function, span, _use);

    /// <summary>Shows another use, and those around it, from now on; the answer is the one shown so far.</summary>
    public FunctionUse? SetUse(FunctionUse? use)
    {
        var before = _use;
        _use = use;
        return before;
    }

    public void LeaveUse() => _use = _use!.Outer;

    /// <summary>In the order of the text, each once. Where there are too many, no warning takes the place of a mistake.</summary>
    public ImmutableArray<Diagnostic> ToDiagnostics(ImmutableArray<string> silenced)
    {
        // Most models have nothing to say of, and start sooner without what follows.
        if (_messages.Count == 0) return [];
        (Message Message, Diagnostic Diagnostic)[] shown =
        [
            .. _messages.Where(m => WarningCatalog.IsShown(m.Severity, m.Id, silenced)).OrderBy(m => m.Span.Start).DistinctBy(m => m.Key)
                .OrderBy(m => m.Severity).Take(MostShown).OrderBy(m => m.Span.Start).Select(m => (m, Locate(m))),
        ];
        // That an input is not used follows from a name that was meant to be its.
        return [.. shown.Where(s => s.Message.Id != "GM0214" || !_meant.Contains(s.Message.Key.Item2)).Select(s => s.Diagnostic)];
    }

    private Diagnostic Locate(Message message) => new(message.Id, message.Severity, message.Text, source.Locate(message.Span), message.Remedy?.Invoke())
    {
        Related = [.. message.Related.Select(r => (r.Note, source.Locate(r.Span)))],
    };

    private void Error(string id, Span span, string text, string? remedy = null, ImmutableArray<(string, Span)> related = default, string? once = null) =>
        Add(Severity.Error, id, span, text, remedy is null ? null : () => remedy, related, once);

    /// <summary>An error whose remedy takes a search, made only when the message is shown.</summary>
    private void Error(string id, Span span, string text, Func<string?> remedy, string once) => Add(Severity.Error, id, span, text, remedy, default, once);

    private void Warning(string id, Span span, string text, string? remedy = null, ImmutableArray<(string, Span)> related = default, string? once = null) =>
        Add(Severity.Warning, id, span, text, remedy is null ? null : () => remedy, related, once);

    private void Add(Severity severity, string id, Span span, string text, Func<string?>? remedy, ImmutableArray<(string, Span)> related, string? once)
    {
        if (IsMuted) return;
        var places = new List<(string, Span)>();
        if (!related.IsDefault) places.AddRange(related);
        var all = places.Count + MostUsesShown;
        for (var use = _use; use is not null && places.Count < all; use = use.Outer) places.Add(($"in this use of `{use.Function}`", use.Span));
        _messages.Add(new(id, severity, span, text, remedy, [.. places], (id, once ?? $"{span.Start}+{span.Length}")));
    }

    private sealed record Message(
        string Id, Severity Severity, Span Span, string Text, Func<string?>? Remedy, ImmutableArray<(string Note, Span Span)> Related, (string, string) Key);
}

/// <summary>A use of a function of the model, and the one that it stands in.</summary>
internal sealed record FunctionUse(string Function, Span Span, FunctionUse? Outer);
