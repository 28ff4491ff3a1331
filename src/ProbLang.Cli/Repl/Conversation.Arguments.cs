using ProbLang.Cli.Commands;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <content>The ways to go on in what a command takes.</content>
internal sealed partial class Conversation
{
    /// <summary>An expression stands by itself only behind something that it is the value of.</summary>
    private const string BeforeExpression = "plotted__ = ";

    private CompletionList Expression(string entry, int end, int offset)
    {
        var list = Shifted(EditedText.Complete(BeforeExpression + entry[end..], offset - end + BeforeExpression.Length, Model), end - BeforeExpression.Length);
        return list with { Items = list.Items.RemoveAll(i => BeforeExpression.StartsWith(i.Text + " ", StringComparison.Ordinal)) };
    }

    /// <summary>Of `:given` a variable with its sign, and behind the sign what it may be, where that is one of a few values.</summary>
    private CompletionList Assigned(string entry, int end, int offset)
    {
        var before = entry[end..WordStart(entry, offset)];
        if (Brackets.Depth(before) > 0) return new CompletionList(offset, 0, [], null);
        var isValue = Assignment.Read(before) is [.., { Value: "" }];
        return Word(entry, offset, isValue ? ValuesOf(Assignment.Read(before)!.Value[^1].Name) : Named((Model?.Variables ?? []).Select(v => v.Name), "="));
    }

    private IEnumerable<CompletionItem> ValuesOf(string name) => Model?.Variables.FirstOrDefault(v => v.Name == name) switch
    {
        { Value: Results.ValueKind.Boolean } => Texts("false", "true"),
        { Value: Results.ValueKind.Label, Labels: var labels } => Texts([.. labels]),
        _ => [],
    };

    /// <summary>Of `:infer` variables, options, and engines behind theirs.</summary>
    private CompletionList Inference(string entry, int end, int offset)
    {
        var start = entry.LastIndexOfAny([' ', '\t'], offset - 1, offset - end) + 1;
        if (entry.AsSpan(start..offset).StartsWith("-")) return new CompletionList(start, offset - start, [.. Begun(Texts(InferArguments.Options), entry[start..offset])], null);
        var option = Words(entry[end..start]).LastOrDefault();
        return option == InferArguments.Engine ? Word(entry, offset, Texts(["auto", .. EngineOptions.Names]))
            : option is not null && InferArguments.Options.Contains(option) ? new CompletionList(offset, 0, [], null)
            : Word(entry, offset, Named((Model?.Variables ?? []).Where(v => v.Kind is VariableKind.Random or VariableKind.Computed or VariableKind.Parameter).Select(v => v.Name)));
    }

    private static IEnumerable<CompletionItem> Named(IEnumerable<string> names, string sign = "") => names.Distinct().Select(n => new CompletionItem(n + sign, CompletionKind.Variable, ""));

    private static IEnumerable<CompletionItem> Texts(params IEnumerable<string> texts) => texts.Select(t => new CompletionItem(t, CompletionKind.Keyword, ""));

    private static IEnumerable<CompletionItem> Begun(IEnumerable<CompletionItem> items, string typed) =>
        items.Where(i => i.Text.StartsWith(typed, StringComparison.Ordinal)).OrderBy(i => i.Text, StringComparer.Ordinal);
}
