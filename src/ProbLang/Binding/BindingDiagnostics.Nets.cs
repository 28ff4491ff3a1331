using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0297–GM0299: nets, what is made of them, and guides.</summary>
internal sealed partial class BindingDiagnostics
{
    private static readonly string s_nets = $"the nets are {string.Join(", ", NetCatalog.All.Select(k => k.Name))}";

    public void UnknownNet(Identifier name, string? nearest) => Error("GM0297", name.Span, $"there is no net `{name.Text}`", Meant(nearest) ?? s_nets);

    public void NotANet(Span span) => Error("GM0297", span, "a net is built by one of the nets of the language", s_nets);

    public void NeedsNet(Span span, string function, string? name, string? nearest) =>
        Error("GM0298", span, name is null ? $"`{function}` takes the name of a net here" : $"`{function}` takes a net, and no net is called `{name}`",
            Meant(nearest) ?? "define it: `net f = mlp(hidden: [64])`");

    public void NotAWord(Span span, string function, string parameter, ImmutableArray<string> words, string? nearest) =>
        Error("GM0298", span, $"`{parameter}` of `{function}` is one of {string.Join(", ", words)}", Meant(nearest));

    public void NotInAGuide(string keyword, Span span) =>
        Error("GM0299", span, $"`{keyword}` stands inside a guide", "a guide holds `~`, `=`, `for`, `param` and `net`");

    public void SecondGuide(Span span, Span first) => Error("GM0299", span, "a model has one guide, and this is a second", "write both in one", [("the first is here", first)]);

    public void NotALatent(string name, Span span, string? nearest) =>
        Error("GM0299", span, $"`{name}` is not a random variable of the model, and a guide draws those alone", Meant(nearest) ?? "a variable of the guide's own is defined by `=`");

    public void GuideHidesModel(string name, Span span, Span model) =>
        Error("GM0299", span, $"`{name}` is a variable of the model, and a guide cannot define it by `=`", "give the guide's own another name", [("defined in the model here", model)]);

    public void GuideShape(string name, Span span, int rank, Span model, int modelRank) =>
        Error("GM0299", span, $"the guide makes `{name}` {Shape(rank)}, and the model {Shape(modelRank)}", null, [("defined in the model here", model)]);
}
