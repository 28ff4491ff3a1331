using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>What may be put at a place, in groups of which the likeliest comes first.</summary>
internal sealed class Offers(EditedPlace place, ModelNames model, OpenCall? call)
{
    private static readonly ImmutableArray<CompletionItem> s_values = [.. Words(TokenKind.If, TokenKind.Not, TokenKind.True, TokenKind.False)];

    private readonly ImmutableArray<CompletionItem> _local = [.. LocalNames.Of(place)];

    public IEnumerable<IEnumerable<CompletionItem>> Groups() => place.Kind switch
    {
        PlaceKind.Free => [],
        PlaceKind.Type => [Catalogs.Types],
        PlaceKind.Label => [model.Labels(Compared()), model.Labels(null)],
        PlaceKind.After => [Continuations()],
        PlaceKind.Statement => [Statements(), Names(), Functions(), Catalogs.Functions, Catalogs.Distributions, s_values, Catalogs.Constants],
        PlaceKind.Draw => [Catalogs.Distributions, Functions(), Words(TokenKind.If), Names(), Catalogs.Functions],
        PlaceKind.Argument when TakesTypes() => [model.Categories, Names()],
        PlaceKind.Argument when TakesDistribution() => [Catalogs.Distributions, Functions(), Arguments(), Names(), Catalogs.Functions, Words(TokenKind.For)],
        PlaceKind.Argument => [Names(), Arguments(), .. Values(), Words(TokenKind.For)],
        PlaceKind.Expression when TakesDistribution() => [Catalogs.Distributions, Functions(), Names(), Catalogs.Functions],
        PlaceKind.Expression => [Labels(), Names(), .. Values(), place.Open.TakesStatements ? [] : Words(TokenKind.For)],
        _ => [],
    };

    private IEnumerable<IEnumerable<CompletionItem>> Values() => [Functions(), IsNet() ? Catalogs.Nets : [], Catalogs.Functions, Catalogs.Constants, s_values, Catalogs.Distributions];

    private IEnumerable<CompletionItem> Names() => _local.Where(i => i.Kind == CompletionKind.Variable).Reverse().Concat(model.Variables);

    private IEnumerable<CompletionItem> Functions() => _local.Where(i => i.Kind != CompletionKind.Variable).Concat(model.Functions);

    /// <summary>Inside of a block there is no definition of what the whole model has.</summary>
    private IEnumerable<CompletionItem> Statements()
    {
        var inside = place.Open.All.Select(b => place.KindAt(StatementOf(b.Index))).ToArray();
        var words = Catalogs.Statements.Where(s => inside.Length == 0 || s.Text is "for" or "if" or "given" or "factor" || inside.Contains(TokenKind.Guide) && s.Text is "param" or "net");
        if (inside.Contains(TokenKind.Def)) words = words.Concat(Words(TokenKind.Return));
        return place.Previous == TokenKind.RightBrace ? words.Concat(Words(TokenKind.Else)) : words;
    }

    private int StatementOf(int index)
    {
        while (index > 0 && !place.StartsStatement(index)) index--;
        return index;
    }

    /// <summary>What goes on after a value, as the statement so far allows it.</summary>
    private IEnumerable<CompletionItem> Continuations()
    {
        var kinds = Enumerable.Range(place.Statement, place.Next - place.Statement).Select(place.KindAt).ToArray();
        if (kinds is [.., TokenKind.For, TokenKind.Name]) return Words(TokenKind.In);
        var hasRight = kinds.Contains(TokenKind.Assign) || kinds.Contains(TokenKind.Tilde);
        if (kinds is [TokenKind.Input or TokenKind.Param or TokenKind.Def or TokenKind.Net, ..] && !hasRight) return [];
        var then = kinds.Count(k => k == TokenKind.If) > kinds.Count(k => k == TokenKind.Then) && hasRight ? Words(TokenKind.Then) : kinds.Count(k => k == TokenKind.Then) > kinds.Count(k => k == TokenKind.Else) ? Words(TokenKind.Else) : [];
        var modifiers = kinds.Contains(TokenKind.Tilde) || place.Previous == TokenKind.RightParenthesis ? Words(TokenKind.Truncated, TokenKind.Censored, TokenKind.Rounded, TokenKind.Ordered) : [];
        return [.. then, .. modifiers, .. Words(TokenKind.And, TokenKind.Or)];
    }

    /// <summary>The arguments of the call that are not given yet.</summary>
    private IEnumerable<CompletionItem> Arguments() =>
        call is not null && Form() is { } form ? form.Names.Where(n => !call.Given.Contains(n)).Select(n => new CompletionItem($"{n}: ", CompletionKind.Argument, form.Text)) : [];

    private IEnumerable<CompletionItem> Labels() =>
        place.Previous is TokenKind.Equal or TokenKind.NotEqual or TokenKind.Assign && Compared() is { } variable ? model.Labels(variable) : [];

    /// <summary>The variable to the left of the sign before the place; null where there is none.</summary>
    private string? Compared()
    {
        var index = place.Next - 2;
        if (place.KindAt(index) == TokenKind.RightBracket)
        {
            var close = index--;
            while (index > 0 && place.Tokens.PartnerOf(index) != close) index--;
            index--;
        }
        return place.Previous is TokenKind.Equal or TokenKind.NotEqual or TokenKind.Assign && place.KindAt(index) == TokenKind.Name ? Editing.Words.NameAt(place.Tokens, index) : null;
    }

    /// <summary>How the call is written; of the text, the model or the language, in this order.</summary>
    public CallForm? Form() =>
        call is null ? null
        : IsType(call.Index) ? Catalogs.Type(call.Name)
        : LocalNames.Call(place, call.Name) ?? model.Call(call.Name) ?? Catalogs.Call(call.Name, call.Argument + 1, call.Named);

    private bool IsType(int name) => place.KindAt(name - 1) == TokenKind.Colon && place.Open.All.TakeWhile(b => b.Index < name).All(b => b.Kind == TokenKind.LeftBrace);

    private bool TakesTypes() => call is { Name: "category" } && IsType(call.Index) || call is { Name: "levels" };

    private bool TakesDistribution() => call is not null && Catalogs.TakesDistributions(call.Name) && (Form()?.Place(call.Argument, call.Named) is { Length: > 0 } at && Form()!.Text.AsSpan(at.Start, at.Length).Contains('D'));

    private bool IsNet() => place.KindAt(place.Statement) == TokenKind.Net;

    private static IEnumerable<CompletionItem> Words(params ImmutableArray<TokenKind> kinds) => kinds.Select(k => new CompletionItem(k.Text(), CompletionKind.Keyword, ""));
}
