using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>Which brackets of a text belong together; those in comments and between quotes do not count.</summary>
internal static class Brackets
{
    /// <summary>How many are open at the end.</summary>
    public static int Depth(string text) => Open(text, EditedText.Colours(text)).Open;

    /// <summary>The bracket at the cursor, or before it, and its mate; null where there is none.</summary>
    public static (int First, int Second)? PairAt(string text, int cursor, ImmutableArray<ColouredSpan> colours)
    {
        var pairs = Open(text, colours).Pairs;
        foreach (var place in (ReadOnlySpan<int>)[cursor, cursor - 1])
            foreach (var pair in pairs)
                if (pair.First == place || pair.Second == place) return pair;
        return null;
    }

    private static (int Open, List<(int First, int Second)> Pairs) Open(string text, ImmutableArray<ColouredSpan> colours)
    {
        var open = new Stack<int>();
        var pairs = new List<(int, int)>();
        var next = 0;
        for (var i = 0; i < text.Length; i++)
        {
            while (next < colours.Length && colours[next].Start + colours[next].Length <= i) next++;
            if (next < colours.Length && colours[next].Start <= i && colours[next].Colour is TextColour.Comment or TextColour.Documentation or TextColour.Text) continue;
            if (text[i] is '(' or '[' or '{') open.Push(i);
            else if (text[i] is ')' or ']' or '}' && open.TryPeek(out var first) && IsPair(text[first], text[i])) pairs.Add((open.Pop(), i));
        }
        return (open.Count, pairs);
    }

    private static bool IsPair(char first, char second) => (first, second) is ('(', ')') or ('[', ']') or ('{', '}');
}
