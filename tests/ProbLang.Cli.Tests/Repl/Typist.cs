using System.Collections.Immutable;
using ProbLang.Cli.Repl;
using ProbLang.Editing;
using ProbLang.Text;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>Keys for the editor without a terminal, and a language that needs no model.</summary>
internal static class Typist
{
    public static readonly string[] Names = ["Normal", "NormalTruncated", "alpha", "beta", "日本"];

    /// <summary>Open brackets go on; names are completed; <c>!</c> is a mistake.</summary>
    public static EntryLanguage Language { get; } = new(text => Brackets.Depth(text) > 0, Complete, EntryLanguage.ColoursOf,
        text => text.IndexOf('!', StringComparison.Ordinal) is var place and >= 0 ? (new Span(place, 1), "no shouting") : null);

    public static ImmutableArray<string> Earlier { get; } = ["alpha ~ Normal(0, 1)", "f(\n  1,\n  2)", "beta = alpha", "alpha"];

    /// <summary>Keys of all kinds, by number.</summary>
    public static readonly Key[] Keys =
    [
        Key.Of("a"), Key.Of("N"), Key.Of("("), Key.Of(")"), Key.Of("{"), Key.Of("}"), Key.Of("\""), Key.Of(" "), Key.Of(" "), Key.Of("日"), Key.Of("\u0301"), Key.Of("😀"), Key.Of("!"), Key.Of("#"), new(KeyCode.Enter, Held.Alt), new(KeyCode.Enter, Held.Alt),
        new(KeyCode.Left), new(KeyCode.Left), new(KeyCode.Right), new(KeyCode.Home), new(KeyCode.End), new(KeyCode.Up), new(KeyCode.Down), new(KeyCode.Backspace), new(KeyCode.Delete), new(KeyCode.Tab), new(KeyCode.Tab, Held.Shift), new(KeyCode.Escape),
        new(KeyCode.Left, Held.Control), new(KeyCode.Right, Held.Control), new(KeyCode.Backspace, Held.Alt), Key.Control('a'), Key.Control('e'), Key.Control('k'), Key.Control('u'), Key.Control('w'), Key.Control('y'), Key.Control('t'),
        Key.Control('r'), Key.Control('s'), Key.Control('g'), Key.Control('_'), Key.Alt("d"), Key.Alt("b"), Key.Alt("f"), Key.Alt("<"), Key.Paste("x ~ Normal(\n\t0, 1)\n"), Key.Paste("日本語 is wide, and so long that it has to be wrapped somewhere"),
    ];

    public static IEnumerable<Key> Any(IEnumerable<int> choices) => choices.Select(c => Keys[Math.Abs(c % Keys.Length)]);

    public static Editor Editor(params Key[] keys)
    {
        var editor = new Editor(Language, Earlier);
        foreach (var key in keys) editor.Press(key);
        return editor;
    }

    public static Key[] Typed(string text) => [.. text.EnumerateRunes().Select(r => Key.Of(r.ToString()))];

    private static CompletionList Complete(string text, int offset)
    {
        var start = offset;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        var typed = text[start..offset];
        var call = text.IndexOf("Normal(", StringComparison.Ordinal) is var at and >= 0 && at < offset ? new CallSignature("Normal(mean, sd)", new Span(7, 4)) : null;
        return new(start, offset - start, [.. Names.Where(n => n.StartsWith(typed, StringComparison.Ordinal)).Select(n => new CompletionItem(n, CompletionKind.Variable, $"about {n}"))], call);
    }
}
