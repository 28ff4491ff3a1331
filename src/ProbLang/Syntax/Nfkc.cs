using System.Globalization;
using System.Text;

namespace ProbLang.Syntax;

/// <summary>
/// The normal form NFKC (Unicode Standard Annex 15) of names. .NET's own leaves text as it is where globalization is invariant, and a
/// name must mean the same on every machine. The table covers the characters that names may have, and is read when one is met.
/// </summary>
internal static class Nfkc
{
    private const int HangulBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, HangulCount = LeadCount * VowelCount * TrailCount;

    private static readonly Lazy<Table> s_table = new(Table.Read);

    public static string Normalize(string name) => IsNormal(name) ? name : Compose(Decompose(name));

    /// <summary>ASCII, the accented letters of Latin-1 and the Greek letters are as they should be; of the rest the table knows.</summary>
    private static bool IsNormal(string name)
    {
        foreach (var c in name)
            if (c is not (<= '\x7F' or (>= '\u00C0' and <= '\u00FF') or (>= '\u0388' and <= '\u03CE')))
                return false;
        return true;
    }

    /// <summary>Every character in parts, and marks in the order of their classes.</summary>
    private static List<int> Decompose(string name)
    {
        var parts = new List<int>();
        foreach (var rune in name.EnumerateRunes())
        {
            var c = rune.Value;
            if (c - HangulBase is >= 0 and < HangulCount and var syllable)
            {
                parts.Add(LeadBase + syllable / (VowelCount * TrailCount));
                parts.Add(VowelBase + syllable % (VowelCount * TrailCount) / TrailCount);
                if (syllable % TrailCount != 0) parts.Add(TrailBase + syllable % TrailCount);
            }
            else if (s_table.Value.Decompositions.TryGetValue(c, out var decomposition)) parts.AddRange(decomposition);
            else parts.Add(c);
        }
        OrderMarks(parts);
        return parts;
    }

    private static void OrderMarks(List<int> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var start = i;
            while (i < parts.Count && ClassOf(parts[i]) > 0) i++;
            var marks = parts.GetRange(start, i - start).OrderBy(ClassOf).ToList();
            for (var j = 0; j < marks.Count; j++) parts[start + j] = marks[j];
        }
    }

    /// <summary>Joins a mark to the last starter unless another mark of its class or above stands between.</summary>
    private static string Compose(List<int> parts)
    {
        var composed = new List<int>();
        var starter = -1;
        foreach (var part in parts)
        {
            var last = composed.Count - 1;
            var blocked = starter < last && ClassOf(composed[last]) >= ClassOf(part);
            if (starter >= 0 && !blocked && Join(composed[starter], part) is { } joined)
            {
                composed[starter] = joined;
                continue;
            }
            composed.Add(part);
            if (ClassOf(part) == 0) starter = composed.Count - 1;
        }
        return string.Concat(composed.Select(char.ConvertFromUtf32));
    }

    private static int ClassOf(int c) => s_table.Value.Classes.GetValueOrDefault(c);

    private static int? Join(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
            return HangulBase + (lead * VowelCount + vowel) * TrailCount;
        if (first - HangulBase is >= 0 and < HangulCount and var syllable && syllable % TrailCount == 0 && second - TrailBase is > 0 and < TrailCount and var trail)
            return HangulBase + syllable + trail;
        return s_table.Value.Compositions.TryGetValue((first, second), out var joined) ? joined : null;
    }

    /// <summary>Nfkc.txt: <c>D</c> a character and its parts, <c>C</c> a run of marks and their class, <c>P</c> a pair and what it makes.</summary>
    private sealed class Table
    {
        public Dictionary<int, int[]> Decompositions { get; } = [];

        public Dictionary<int, int> Classes { get; } = [];

        public Dictionary<(int First, int Second), int> Compositions { get; } = [];

        public static Table Read()
        {
            var table = new Table();
            using var lines = new StreamReader(typeof(Nfkc).Assembly.GetManifestResourceStream("ProbLang.Syntax.Nfkc.txt")!);
            while (lines.ReadLine() is { } line)
            {
                if (line[0] == '#') continue;
                var fields = line[2..].Split(' ');
                switch (line[0])
                {
                    case 'D':
                        table.Decompositions.Add(Code(fields[0]), [.. fields.Skip(1).Select(Code)]);
                        break;
                    case 'C':
                        for (var c = Code(fields[0]); c <= Code(fields[1]); c++) table.Classes.Add(c, int.Parse(fields[2], CultureInfo.InvariantCulture));
                        break;
                    case 'P':
                        table.Compositions.Add((Code(fields[0]), Code(fields[1])), Code(fields[2]));
                        break;
                }
            }
            return table;
        }

        private static int Code(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
