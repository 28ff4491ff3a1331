namespace ProbLang.Editing;

/// <summary>How well a name goes with what is typed of it.</summary>
internal static class Matching
{
    /// <summary>0 for the best; null where it does not go with it: a prefix, a prefix in other case, the beginnings of its words (<c>hn</c> of <c>HalfNormal</c>, <c>ls</c> of <c>log_sum_exp</c>), letters in their order.</summary>
    public static int? Rank(string name, string typed) =>
        name.StartsWith(typed, StringComparison.Ordinal) ? 0
        : name.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 1
        : StartsWords(name, typed) ? 2
        : typed.Length > 1 && HasInOrder(name, typed) ? 3
        : null;

    /// <summary>Whether each letter goes on in a word or begins a later one. Of every letter all places are kept at once, so that the time is bounded by the product of the lengths.</summary>
    private static bool StartsWords(string name, string typed)
    {
        var places = new bool[name.Length + 1];
        places[0] = true;
        foreach (var letter in typed)
        {
            var next = new bool[name.Length + 1];
            var isReached = false;
            for (var at = 0; at < name.Length; at++)
            {
                isReached |= places[at];
                next[at + 1] = AreAlike(name[at], letter) && (places[at] && at > 0 || isReached && BeginsWord(name, at));
            }
            places = next;
        }
        return Array.IndexOf(places, true) >= 0;
    }

    private static bool BeginsWord(string name, int at) =>
        at == 0 || name[at - 1] == '_' || char.IsUpper(name[at]) && !char.IsUpper(name[at - 1]) || char.IsDigit(name[at]) && !char.IsDigit(name[at - 1]);

    private static bool HasInOrder(string name, string typed)
    {
        var letter = 0;
        foreach (var c in name)
            if (letter < typed.Length && AreAlike(c, typed[letter])) letter++;
        return letter == typed.Length;
    }

    private static bool AreAlike(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
