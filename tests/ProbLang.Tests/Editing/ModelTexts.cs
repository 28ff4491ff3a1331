using System.Runtime.CompilerServices;
using Xunit;

namespace ProbLang.Tests.Editing;

/// <summary>Texts of models as people write them, and what becomes of them while they are edited.</summary>
internal static class ModelTexts
{
    /// <summary>The models of the examples.</summary>
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder(), "*.gm", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder(), f)).Order(StringComparer.Ordinal)];

    public static string Read(string example) => File.ReadAllText(Path.Combine(Folder(), example));

    /// <summary>Texts with pieces taken out, doubled and strewn in, the same for the same seed.</summary>
    public static IEnumerable<string> Edited(int count)
    {
        string[] pieces = ["(", ")", "[", "]", "{", "}", "\"", "//", "///", "/*", "#", "~", "=", ":", "1e", "..", "\n", "\ud83d", "\u200b", "é", "e\u0301", "not", "for", "if ", "|", "'"];
        var texts = Examples.Select(e => Read(e.Data)).ToArray();
        var random = new Random(7);
        for (var i = 0; i < count; i++)
        {
            var text = texts[random.Next(texts.Length)];
            var (from, length) = (random.Next(text.Length), random.Next(300));
            text = text.Substring(from, Math.Min(length, text.Length - from));
            for (var edit = random.Next(6); edit > 0; edit--)
            {
                var at = random.Next(text.Length + 1);
                text = random.Next(3) > 0 ? text.Insert(at, pieces[random.Next(pieces.Length)]) : text.Remove(at, Math.Min(random.Next(4), text.Length - at));
            }
            yield return text;
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "examples"));
}
