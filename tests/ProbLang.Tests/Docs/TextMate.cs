using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProbLang.Tests.Docs;

/// <summary>Colours a text by a TextMate grammar as editors do: line by line, the leftmost match first, and of those the first in the list.</summary>
internal sealed class TextMate
{
    private readonly JsonElement _repository;
    private readonly Context _top;
    private readonly Dictionary<string, List<Rule>> _included = [];

    public TextMate(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        _repository = root.GetProperty("repository");
        _top = new Context(null, null, null, Rules(root));
    }

    private sealed record Rule(Regex Begin, Regex? End, string? Name, IReadOnlyDictionary<int, string> Captures, JsonElement Source);

    private sealed record Context(Regex? End, string? Name, IReadOnlyDictionary<int, string>? EndCaptures, List<Rule> Rules);

    /// <summary>The innermost scope of every character, or null where none covers it.</summary>
    public string?[] ScopesOf(string text)
    {
        var scopes = new string?[text.Length];
        var stack = new Stack<Context>([_top]);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            Line(text[start..end], scopes.AsSpan(start..end), stack);
            start = end;
        }
        return scopes;
    }

    private void Line(string line, Span<string?> scopes, Stack<Context> stack)
    {
        for (var at = 0; at <= line.Length;)
        {
            var context = stack.Peek();
            var (best, rule) = (context.End?.Match(line, at), (Rule?)null);
            if (best is { Success: false }) best = null;
            foreach (var candidate in context.Rules)
                if (candidate.Begin.Match(line, at) is { Success: true } match && (best is null || match.Index < best.Index))
                    (best, rule) = (match, candidate);
            var until = best?.Index ?? line.Length;
            scopes[at..until].Fill(context.Name);
            if (best is null) return;
            var span = scopes.Slice(best.Index, best.Length);
            span.Fill(rule?.Name ?? context.Name);
            foreach (var (group, name) in rule?.Captures ?? context.EndCaptures ?? new Dictionary<int, string>())
                scopes.Slice(best.Groups[group].Index, best.Groups[group].Length).Fill(name);
            if (rule is null) stack.Pop();
            else if (rule.End is not null) stack.Push(new Context(rule.End, rule.Name, CapturesOf(rule.Source, "endCaptures"), Rules(rule.Source)));
            // A match without characters that changes nothing would be found for ever.
            at = best.Length > 0 || rule is null || rule.End is not null ? best.Index + best.Length : best.Index + 1;
            if (best.Length == 0 && at == line.Length && rule is not null && rule.End is null) return;
            if (at == line.Length && best.Length == 0 && stack.Peek().End is null) return;
        }
    }

    private List<Rule> Rules(JsonElement owner)
    {
        var rules = new List<Rule>();
        if (!owner.TryGetProperty("patterns", out var patterns)) return rules;
        foreach (var pattern in patterns.EnumerateArray())
        {
            if (pattern.TryGetProperty("include", out var include)) rules.AddRange(Included(include.GetString()![1..]));
            else if (pattern.TryGetProperty("match", out var match)) rules.Add(new Rule(Compile(match), null, NameOf(pattern), CapturesOf(pattern, "captures"), pattern));
            else rules.Add(new Rule(Compile(pattern.GetProperty("begin")), Compile(pattern.GetProperty("end")), NameOf(pattern), CapturesOf(pattern, "beginCaptures"), pattern));
        }
        return rules;
    }

    private List<Rule> Included(string name) => _included.TryGetValue(name, out var known) ? known : _included[name] = Rules(_repository.GetProperty(name));

    private static Regex Compile(JsonElement pattern) => new(pattern.GetString()!, RegexOptions.CultureInvariant);

    private static string? NameOf(JsonElement pattern) => pattern.TryGetProperty("name", out var name) ? name.GetString() : null;

    private static Dictionary<int, string> CapturesOf(JsonElement pattern, string property) => pattern.TryGetProperty(property, out var captures)
        ? captures.EnumerateObject().ToDictionary(c => int.Parse(c.Name, System.Globalization.CultureInfo.InvariantCulture), c => c.Value.GetProperty("name").GetString()!)
        : [];
}
