using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>An argument with the name of its parameter; the value is null where it is left out.</summary>
internal sealed record NamedArgument(string Name, Expr? Value, Span Span);

/// <summary>Gives each argument of a call the name of its parameter.</summary>
internal static class NamedArguments
{
    /// <summary>
    /// The arguments as written; null, after a report, where one has no place. Arguments without a name
    /// take the names of <paramref name="positional"/> in turn, or none where that is empty.
    /// </summary>
    public static NamedArgument[]? Of(
        ImmutableArray<Argument> arguments, string function, ImmutableArray<string> positional, ImmutableArray<string> names, string signature,
        BindingDiagnostics report, ImmutableArray<string> optional = default)
    {
        var named = new List<NamedArgument>();
        var sound = true;
        var sawName = false;
        for (var i = 0; i < arguments.Length; i++)
        {
            var argument = arguments[i];
            sawName |= argument.Name is not null;
            var name = argument.Name?.Text ?? (i < positional.Length ? positional[i] : "");
            if (argument.Name is { } given && !names.Contains(given.Text)) Wrong(() => report.UnknownArgument(given, function, signature, OtherLanguages.Parameter(given.Text, names) ?? Spelling.Nearest(given.Text, names)));
            else if (argument.Name is null && sawName) Wrong(() => report.PositionalAfterNamed(argument.Span, function, signature));
            else if (name.Length > 0 && named.Exists(n => n.Name == name)) Wrong(() => report.ArgumentTwice(name, argument.Span, signature));
            else if (argument.Value is null && (optional.IsDefault || !optional.Contains(name))) Wrong(() => report.ArgumentLeftOut(argument.Span, function, signature));
            else named.Add(new(name, argument.Value, argument.Span));
        }
        return sound ? [.. named] : null;

        void Wrong(Action tell)
        {
            tell();
            sound = false;
        }
    }
}
