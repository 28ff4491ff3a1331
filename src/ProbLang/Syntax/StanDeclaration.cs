using System.Collections.Immutable;

namespace ProbLang.Syntax;

/// <summary>A declaration of Stan's in our words: <c>vector&lt;lower=0&gt;[J] sigma;</c> is <c>sigma[J]: positive</c>.</summary>
internal sealed record StanDeclaration(string Name, ImmutableArray<string> Dims, string? Type, int End)
{
    private static readonly string[] s_types =
    [
        "real", "int", "vector", "row_vector", "matrix", "array", "simplex", "ordered", "positive_ordered", "unit_vector",
        "cov_matrix", "corr_matrix", "cholesky_factor_corr", "cholesky_factor_cov", "complex",
    ];

    /// <summary>What it is defined as, in the declaration itself; null where it is not.</summary>
    public string? Value { get; private init; }

    /// <summary>Whether it is drawn in the declaration itself, as no declaration of Stan's is.</summary>
    public bool IsDrawn { get; private init; }

    /// <summary>How it is written here, without its keyword.</summary>
    public string Text => $"{Name}{(Dims.IsEmpty ? "" : $"[{string.Join(", ", Dims)}]")}{(Type is null ? "" : $": {Type}")}";

    public static StanDeclaration? Read(TokenInput start, string word)
    {
        if (!s_types.Contains(word)) return null;
        var tokens = start.Tokens;
        var at = start.Index + 1;
        var dims = new List<string>();
        if (word == "array")
        {
            if (!TakeDims(tokens, ref at, dims) || at >= tokens.Last) return null;
            word = tokens.TextOf(at++);
        }
        if (!TakeBounds(tokens, ref at, out var lower, out var upper)) return null;
        var inner = new List<string>();
        if (!TakeDims(tokens, ref at, inner)) return null;
        if (tokens[at].Kind != TokenKind.Name || at > start.Index && tokens.IsFirstOnLine(at)) return null;
        var name = tokens.TextOf(at++);
        // Of old it was `real y[N];`.
        if (!TakeDims(tokens, ref at, dims)) return null;
        var type = TypeOf(word, lower, upper, inner);
        if (word is "vector" or "row_vector" or "matrix") dims.AddRange(inner);
        var value = tokens[at].Kind == TokenKind.Assign && ExpressionGrammar.Expr(new TokenInput(tokens, at + 1)) is { WasSuccessful: true, Value: var written } ? Printer.Print(written) : null;
        return new(name, [.. dims], type, ForeignStatements.EndOfLine(tokens, at - 1)) { Value = value, IsDrawn = tokens[at].Kind == TokenKind.Tilde };
    }

    private static string? TypeOf(string word, string? lower, string? upper, List<string> size) => (word, lower, upper) switch
    {
        ("int", null, null) => "int",
        ("int", "0", null) => "count",
        ("int", "0", "1") => "bool",
        ("int", _, _) => $"int({lower}, {upper})",
        ("simplex", _, _) => $"simplex({string.Join(", ", size)})",
        ("ordered" or "positive_ordered", _, _) => $"ordered({string.Join(", ", size)})",
        ("unit_vector", _, _) => $"unit({string.Join(", ", size)})",
        ("cov_matrix", _, _) => $"covariance({string.Join(", ", size)})",
        ("corr_matrix", _, _) => $"correlation({string.Join(", ", size)})",
        ("cholesky_factor_corr" or "cholesky_factor_cov", _, _) => $"cholesky({string.Join(", ", size)})",
        (_, null, null) => null,
        (_, "0", null) => "positive",
        (_, "0", "1") => "probability",
        _ => $"real({lower}, {upper})",
    };

    /// <summary><c>&lt;lower=0, upper=1&gt;</c>, if it is there; false where it is something else.</summary>
    private static bool TakeBounds(TokenList tokens, ref int at, out string? lower, out string? upper)
    {
        (lower, upper) = (null, null);
        if (tokens[at].Kind != TokenKind.Less) return true;
        while (tokens[at].Kind is TokenKind.Less or TokenKind.Comma)
        {
            if (tokens[at + 1].Kind != TokenKind.Name || tokens[at + 2].Kind != TokenKind.Assign) return false;
            var which = tokens.TextOf(at + 1);
            if (ExpressionGrammar.Sum(new TokenInput(tokens, at + 3)) is not { WasSuccessful: true, Value: var value, Remainder: TokenInput after }) return false;
            if (which == "lower") lower = Printer.Print(value);
            else if (which == "upper") upper = Printer.Print(value);
            at = after.Index;
        }
        if (tokens[at].Kind != TokenKind.Greater) return false;
        at++;
        return true;
    }

    private static bool TakeDims(TokenList tokens, ref int at, List<string> dims)
    {
        if (tokens[at].Kind != TokenKind.LeftBracket) return true;
        if (StatementGrammar.Dims(new TokenInput(tokens, at)) is not { WasSuccessful: true, Value.Items: var items, Remainder: TokenInput after }) return false;
        dims.AddRange(items.Select(Printer.Print));
        at = after.Index;
        return true;
    }
}
