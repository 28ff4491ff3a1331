using System.Text;
using ProbLang.Syntax;

namespace ProbLang.Networks;

/// <summary>Gives each variable of a network a name that a model may use. What is such a name already stays.</summary>
internal static class ModelNames
{
    /// <summary>Different names for different names, in their order.</summary>
    public static string[] Of(IReadOnlyList<string> names)
    {
        var chosen = new string[names.Count];
        var taken = new HashSet<string>();
        for (var i = 0; i < chosen.Length; i++)
            if (IsFree(names[i]) && taken.Add(names[i])) chosen[i] = names[i];
        var numbers = new Dictionary<string, int>();
        for (var i = 0; i < chosen.Length; i++) chosen[i] ??= Choose(Plain(names[i]), taken, numbers);
        return chosen;
    }

    /// <summary>A name, or the same with the next number that is free; a word of the language gets an underscore.</summary>
    private static string Choose(string name, HashSet<string> taken, Dictionary<string, int> numbers)
    {
        var choice = IsFree(name) ? name : $"{name}_";
        while (!taken.Add(choice)) choice = $"{name}_{numbers[name] = numbers.GetValueOrDefault(name, 1) + 1}";
        return choice;
    }

    /// <summary>Whether it is a name in its plain form, and no word of the language.</summary>
    private static bool IsFree(string name) =>
        Characters.IsName(name) && Nfkc.Normalize(name) == name && TokenKinds.OfWord(name) == TokenKind.Name && name is not ("pi" or "infinity");

    /// <summary>Runs of what no name may hold become underscores, but none at the end.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var rune in Nfkc.Normalize(name).EnumerateRunes())
            if (Characters.ContinuesName(rune)) plain.Append(rune);
            else if (plain.Length == 0 || plain[^1] != '_') plain.Append('_');
        var text = plain.ToString().TrimEnd('_');
        return text.Length == 0 ? "variable" : Characters.StartsName(Characters.At(text, 0)) ? text : $"_{text}";
    }
}
