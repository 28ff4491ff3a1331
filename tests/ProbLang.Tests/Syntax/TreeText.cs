using System.Collections;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Tests.Syntax;

/// <summary>A tree as text with everything in it but places, so that two trees can be compared.</summary>
internal static class TreeText
{
    public static string Of(object? part) => part switch
    {
        null => "null",
        string text => $"\"{text}\"",
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        SyntaxNode node => Node(node),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ => part.ToString()!,
    };

    private static string Node(SyntaxNode node)
    {
        var fields = node.GetType().GetProperties()
            .Where(property => property.PropertyType != typeof(Span) && property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .Select(property => $"{property.Name}: {Of(property.GetValue(node))}");
        return $"{node.GetType().Name}({string.Join(", ", fields)})";
    }
}
