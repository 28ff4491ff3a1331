using System.Collections.Immutable;
using ProbLang.Binding;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Binding;

/// <summary>Models as text, for the tests of the binder.</summary>
internal static class Models
{
    public static BindResult Bind(string text)
    {
        var source = new SourceText("m.gm", text);
        var parsed = Parser.Parse(source);
        Assert.Empty(parsed.Diagnostics);
        return Binder.Bind(parsed.File, source);
    }

    /// <summary>The graph of a model without mistakes; priors may be flat.</summary>
    public static ModelGraph Graph(string text)
    {
        var result = Bind(text);
        Assert.DoesNotContain(result.Diagnostics, d => d.Id != "GM0503");
        return result.Graph!;
    }

    public static Variable Variable(string text, string name) => Graph(text).Find(name)!;

    /// <summary>Each message as <c>id line:column+length</c>.</summary>
    public static ImmutableArray<string> Places(string text) =>
        [.. Bind(text).Diagnostics.Select(d => $"{d.Id} {d.Location!.Line}:{d.Location.Column}+{d.Location.Length}")];

    public static string Messages(string text) => string.Join('\n', Bind(text).Diagnostics);

    /// <summary>The length of the longest way down an expression.</summary>
    public static int Height(Bound value) => 1 + Parts.Of(value).Select(Height).DefaultIfEmpty(0).Max();
}
