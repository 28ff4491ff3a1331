using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ProbLang.Cli.Repl;

/// <summary>A value for a variable or an element, as <c>:given</c> takes it.</summary>
/// <param name="Target">What gets it, without blanks: <c>y</c>, <c>y[3]</c>.</param>
/// <param name="Value">The value as JSON, or a label; empty where it is taken back.</param>
internal sealed partial record Assignment(string Target, string Value)
{
    public string Text => $"{Target}={Value}";

    /// <summary>The variable.</summary>
    public string Name => Target.Split('[', 2)[0];

    /// <summary>The assignments of a line, separated by blanks or commas; null where it holds something else.</summary>
    public static ImmutableArray<Assignment>? Read(string text)
    {
        var starts = TargetPattern().Matches(text).Where(m => IsOutside(text, m.Groups["target"].Index)).ToArray();
        if (starts is [] || text.AsSpan(0, starts[0].Groups["target"].Index).Trim() is not []) return null;
        var assignments = ImmutableArray.CreateBuilder<Assignment>(starts.Length);
        for (var i = 0; i < starts.Length; i++)
        {
            var from = starts[i].Index + starts[i].Length;
            var to = i + 1 < starts.Length ? starts[i + 1].Groups["target"].Index : text.Length;
            assignments.Add(new Assignment(string.Concat(starts[i].Groups["target"].Value.Where(c => !char.IsWhiteSpace(c))), text[from..to].Trim().TrimEnd(',').TrimEnd()));
        }
        return assignments.MoveToImmutable();
    }

    /// <summary>Whether a place is in no bracket and no text.</summary>
    private static bool IsOutside(string text, int place)
    {
        var (depth, isQuoted) = (0, false);
        for (var i = 0; i < place; i++)
        {
            if (isQuoted && text[i] == '\\') i++;
            else if (text[i] == '"') isQuoted = !isQuoted;
            else if (!isQuoted) depth += text[i] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
        }
        return depth == 0 && !isQuoted;
    }

    [GeneratedRegex(@"(?<=^|[\s,])(?<target>[\p{L}_][\p{L}\p{M}\p{N}_]*(\s*\[[^\]]*\])?)\s*=(?!=)")]
    private static partial Regex TargetPattern();
}
