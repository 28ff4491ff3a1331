using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Finds the arguments of the first call of a statement.</summary>
internal static class CallArguments
{
    /// <summary>Where each argument stands, with the comma after it; none where there is no call.</summary>
    public static ImmutableArray<(int Start, int End)> Of(string statement)
    {
        var found = ImmutableArray.CreateBuilder<(int, int)>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < statement.Length; i++)
            switch (statement[i])
            {
                case '(' or '[' or '{':
                    if (depth++ == 0 && statement[i] == '(') start = i + 1;
                    break;
                case ')' or ']' or '}':
                    if (--depth == 0 && statement[i] == ')')
                    {
                        found.Add((start, i));
                        return found.ToImmutable();
                    }
                    break;
                case ',' when depth == 1:
                    found.Add((start, i + 1));
                    start = i + 1;
                    break;
            }
        return [];
    }
}
