using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0219, GM0290–GM0293: functions with blocks, and random ones.</summary>
internal sealed partial class BindingDiagnostics
{
    public void DrawnAsValue(Span span, string function, string? variable, string call) =>
        Error("GM0219", span, $"`{function}` is random, and a value stands here", variable is null ? $"draw from it, `name ~ {call}`, and use `name`" : $"draw from it: `{variable} ~ {call}`");

    public void NotInAFunction(string keyword, Span span) =>
        Error("GM0290", span, $"`{keyword}` stands inside a function", "a function holds `=`, `~` and `for`, and ends with `return`");

    public void UnusedLocal(Identifier name, string function) =>
        Warning("GM0291", name.Span, $"`{name.Text}` is not used in `{function}`", "remove it, or use it");

    public void PatchedLocal(LocalSite local, string function)
    {
        var related = local.Pieces.Skip(1).Select(p => ("and here", p.Statement.Name.Span));
        Error("GM0292", local.First.Span, $"`{local.Name}` is put together in a way that a function that is computed cannot have", $"inside `{function}`, define it whole, in one `for` from 1, or in pieces that follow each other from 1 on: `{local.Name}[1] = …`, `for i in 2..n {{ {local.Name}[i] = … }}`", [.. related]);
    }

    public void RecursiveLocal(LocalSite local, string function) =>
        Error("GM0292", local.First.Span, $"`{local.Name}` needs itself, which a function that is computed cannot have", $"define `{local.Name}` in the model instead of in `{function}`");

    public void DrawnInPart(Span span, string function, string call) =>
        Error("GM0293", span, $"`{function}` draws variables of its own, and cannot be part of another distribution", $"draw from it alone: `name ~ {call}`, or `name ~ {call} ^ N`");

    public void TooManyDraws(Span span) =>
        Error("GM0255", span, "the random functions of this model stand for more than ten thousand statements", "draw in a `for`, which counts once", once: "draws");
}
