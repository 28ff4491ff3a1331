using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>GM0121–GM0139: what is written as another language writes it, with how it is written here.</summary>
internal static partial class SyntaxDiagnostics
{
    private const int LongestLine = 80;

    public static Diagnostic Arrow(TokenInput start, int sign, int end) =>
        Error("GM0121", "`<-` is not how a quantity is defined here", start.Tokens.Source, Between(start.Tokens, sign, sign + 2),
            Write($"{Text(start.Tokens, start.Index, sign)} = {FromR(start.Tokens, sign + 2, end)}", "`name = value`"));

    /// <summary><c>c(1, 2)</c> and <c>x %*% y</c>.</summary>
    private static string FromR(TokenList tokens, int start, int end)
    {
        var text = Text(tokens, start, end).Replace("%*%", "@", StringComparison.Ordinal);
        return tokens.TextOf(start) == "c" && tokens[start + 1].Kind == TokenKind.LeftParenthesis && tokens.PartnerOf(start + 1) == end - 1 ? $"[{Text(tokens, start + 2, end - 1)}]" : text;
    }

    /// <summary>A link function left of the definition of what it links.</summary>
    public static Diagnostic Link(TokenInput start, int close, int value, int end)
    {
        var tokens = start.Tokens;
        var (function, name, right) = (tokens.TextOf(start.Index), Text(tokens, start.Index + 2, close), Text(tokens, value, end));
        var inverse = Inverse(function, right);
        return Error("GM0122", "left of a definition stands the name of what it defines", tokens.Source, Between(tokens, start.Index, close + 1),
            inverse is null ? "define the quantity itself, with the inverse of the function on the right" : Write($"{name} = {inverse}", $"`{name} = …`"));
    }

    /// <summary><c>log(y) ~ …</c></summary>
    public static Diagnostic DrawnFunction(TokenInput start, int close, int end)
    {
        var tokens = start.Tokens;
        var (function, name, right) = (tokens.TextOf(start.Index), Text(tokens, start.Index + 2, close), Text(tokens, close + 2, end));
        var plain = name.Length > 0 && char.IsLetter(name[0]) ? $"{function}_{name}" : "z";
        var remedy = function switch
        {
            "log" when right.StartsWith("Normal(", StringComparison.Ordinal) => Write($"{name} ~ Log{right}", $"`{name} ~ LogNormal(…)`"),
            "log" when right.StartsWith("normal(", StringComparison.Ordinal) => Write($"{name} ~ LogN{right[1..]}", $"`{name} ~ LogNormal(…)`"),
            "logit" when right.StartsWith("Normal(", StringComparison.Ordinal) => Write($"{name} ~ Logit{right}", $"`{name} ~ LogitNormal(…)`"),
            _ when Inverse(function, plain) is { } inverse => $"write `{plain} ~ {Short(right, "…")}` and `{name} = {inverse}`",
            _ => $"draw `z ~ {Short(right, "…")}` and define `{name}` from it",
        };
        return Error("GM0122", "left of `~` stands the name of what is drawn, not a function of it", tokens.Source, Between(tokens, start.Index, close + 1), remedy);
    }

    /// <summary><c>target += normal_lpdf(y | mu, sigma)</c></summary>
    public static Diagnostic Target(TokenInput start, int sign, int end)
    {
        var tokens = start.Tokens;
        var first = sign + 2;
        var name = tokens[first].Kind == TokenKind.Name ? tokens.TextOf(first) : "";
        string[] suffixes = ["_lpdf", "_lpmf", "_lupdf", "_lupmf", "_log"];
        var suffix = Array.Find(suffixes, s => name.EndsWith(s, StringComparison.Ordinal));
        var separator = first + 2;
        var close = tokens.PartnerOf(first + 1 <= tokens.Last ? first + 1 : first);
        while (separator < close && tokens[separator].Kind is not (TokenKind.Comma or TokenKind.Invalid)) separator = Math.Max(separator, tokens.PartnerOf(separator)) + 1;
        var remedy = suffix is not null && separator < close && close + 1 == end
            ? Write($"{Text(tokens, first + 2, separator)} ~ {ForeignDistributions.Here(name[..^suffix.Length], Arguments(tokens, separator + 1, close))}", "`y ~ Normal(mu, sigma)`")
            : Write($"factor {Text(tokens, first, end)}", "`factor …`");
        return Error("GM0123", "there is no `target` here: a density is stated with `~`, and any other term with `factor`", tokens.Source, Between(tokens, start.Index, first), remedy);
    }

    public static Diagnostic Update(TokenInput start, int sign) =>
        Error("GM0124", $"a quantity is defined once and does not change, so there is no {QuoteOf(start.Tokens, sign)[..^1]}=`", start.Tokens.Source, Between(start.Tokens, sign, sign + 2),
            "give the new value a name of its own, or make it a chain: `x[t] = x[t-1] + 1`");

    public static Diagnostic StanDeclaration(TokenInput start, StanDeclaration declaration, string? block) =>
        Error("GM0125", "a quantity is not declared with its type first", start.Tokens.Source, Between(start.Tokens, start.Index, declaration.End), block switch
        {
            _ when declaration.Value is { } value => $"its definition declares it: `{declaration.Name} = {Short(value, "…")}`",
            "data" => $"what is known is declared `input {declaration.Text}`",
            "parameters" => declaration.Type is null || !declaration.Dims.IsEmpty
                ? $"its prior declares it: `{declaration.Name} ~ …`{(declaration.Dims.IsEmpty ? "" : $", with `^ {Repeat(declaration)}` for its size")}"
                : $"its prior declares it: `{declaration.Text} ~ …`",
            "model" or "quantities" => $"its definition declares it: `{declaration.Name} = …`",
            _ when declaration.IsDrawn => $"its prior declares it: `{declaration.Name}{(declaration.Type is null ? "" : $": {declaration.Type}")} ~ …`, restricted where it must be: `… truncated (0, )`",
            _ => $"what is known is declared `input {declaration.Text}`; any other quantity by what defines it: `{declaration.Name} ~ …`",
        });

    public static Diagnostic ForeignBlock(TokenInput start, int brace) =>
        Error("GM0126", $"a model is not divided into blocks, and {QuoteOf(start.Tokens, start.Index)} is none", start.Tokens.Source, Between(start.Tokens, start.Index, brace + 1),
            start.Tokens.TextOf(start.Index) switch
            {
                "data" => "drop the block: what is known is declared with `input`",
                "parameters" => "drop the block: a parameter is declared by its prior, `mu ~ Normal(0, 1)`",
                "functions" => "drop the block: a function is written `def f(x) = …`",
                _ => "drop the braces: statements stand in any order",
            });

    public static Diagnostic LoopHead(TokenInput start, int after, string head, bool hasBraces) =>
        Error("GM0127", "this is not how a `for` is written here", start.Tokens.Source, Between(start.Tokens, start.Index, after), $"write `{head} {(hasBraces ? "{" : "{ … }")}`");

    public static Diagnostic StrayElse(TokenInput start) =>
        Error("GM0128", "this `else` follows no `if`", start.Tokens.Source, start.Span, "it follows the `}` of its `if`: `if c { … } else { … }`");

    public static Diagnostic ElseIf(TokenInput start, string word) =>
        Error("GM0128", $"there is no `{word}` here", start.Tokens.Source, start.Span, "write `else if`");

    public static Diagnostic ConditionWithoutBraces(TokenInput start, TokenInput after) =>
        Error("GM0128", "the statements of an `if` stand in braces", start.Tokens.Source, after.Span, Write($"{Text(start.Tokens, start.Index, after.Index)} {{ … }}", "`if c { … }`"));

    public static Diagnostic ForeignImport(TokenInput start)
    {
        var path = Text(start.Tokens, start.Index + 1, ForeignStatements.EndOfLine(start.Tokens, start.Index));
        return NamesModel(start)
            ? Error("GM0129", "the file that is imported stands in double quotes", start.Tokens.Source, LineOf(start), Write($"import \"{path}{(path.EndsWith(".gm", StringComparison.Ordinal) ? "" : ".gm")}\"", "`import \"file.gm\"`"))
            : Error("GM0129", "a model imports other models only", start.Tokens.Source, LineOf(start), "drop it: what the language has needs no import; another file is imported as `import \"file.gm\"`");
    }

    /// <summary>Whether the name of a model's file follows, rather than that of a library.</summary>
    public static bool NamesModel(TokenInput start)
    {
        if (start.Kind != TokenKind.Import) return false;
        var end = ForeignStatements.EndOfLine(start.Tokens, start.Index);
        var path = Text(start.Tokens, start.Index + 1, end);
        return path.EndsWith(".gm", StringComparison.Ordinal) || end == start.Index + 2 && !s_packages.Contains(path) && !s_libraries.Contains(path);
    }

    private static readonly string[] s_libraries = ["pandas", "random", "os", "sys", "jax", "tensorflow", "stan", "cmdstanpy", "arviz", "matplotlib", "Distributions", "Turing", "Random"];

    /// <summary>A function in the manner of Python.</summary>
    public static Diagnostic FunctionWithColon(TokenInput start, int close, int end)
    {
        var tokens = start.Tokens;
        var first = tokens[close + 2].Kind == TokenKind.Return ? close + 3 : close + 2;
        var head = Text(tokens, start.Index, close + 1);
        var isOneLine = Math.Min(end, ForeignStatements.EndOfLine(tokens, first)) == end;
        return Error("GM0138", "a function is not written with a colon", tokens.Source, tokens[close + 1].Span,
            Write(isOneLine && first < end ? $"{head} = {Text(tokens, first, end)}" : $"{head} {{ … return … }}", "`def f(x) = …`"));
    }

    public static Diagnostic DeclaringWord(TokenInput start, string word) =>
        Error("GM0130", $"a quantity needs no `{word}`", start.Tokens.Source, start.Span,
            Write(Text(start.Tokens, start.Index + 1, ForeignStatements.EndOfLine(start.Tokens, start.Index)), "`name = value`"));

    public static Diagnostic CallAsStatement(TokenInput start, string word, int close) =>
        Error("GM0131", "a statement says what a quantity is, and this is a call alone", start.Tokens.Source, Between(start.Tokens, start.Index, close + 1), word switch
        {
            "print" or "cat" or "display" or "summary" or "plot" or "View" => "drop it: results are shown by the command that runs the model",
            "observe" or "condition" => "what is observed is in the data, or stands in the model as `given x = value`",
            "reject" or "assert" or "stop" or "stopifnot" => "what cannot be is excluded by `given condition`",
            _ => $"define something with it: `name = {word}(…)`, or add it to the log density: `factor {word}(…)`",
        });

    public static Diagnostic ForeignTruncation(TokenInput start, int close)
    {
        var tokens = start.Tokens;
        var bounds = Text(tokens, start.Index + 2, close).Trim();
        return Error("GM0132", $"{QuoteOf(tokens, start.Index)} does not restrict a distribution here", tokens.Source, Between(tokens, start.Index, close + 1),
            Write(bounds.Contains(',', StringComparison.Ordinal) ? $"truncated ({bounds}{(bounds.EndsWith(',') ? " " : "")})" : $"truncated ({bounds}, )", "`truncated (a, b)`"));
    }

    public static Diagnostic Function(TokenInput start, string word) =>
        Error("GM0133", $"there is no `{word}` here", start.Tokens.Source, start.Span, "a function is written `def f(x) = …`");

    public static Diagnostic End(TokenInput start) =>
        Error("GM0133", "there is no `end` here", start.Tokens.Source, start.Span, "a block stands in braces: `{ … }`");

    public static Diagnostic With(TokenInput start, int end) =>
        Error("GM0133", "there is no `with` here", start.Tokens.Source, Between(start.Tokens, start.Index, end), "drop the line: the file is the model");

    public static Diagnostic Loop(TokenInput start, string word) =>
        Error("GM0133", $"there is no `{word}` here", start.Tokens.Source, start.Span, "a model states what holds and repeats with `for i in 1..N { … }`");

    /// <summary><c>pm.Normal</c>, <c>x.shape</c>, <c>tau.beta</c></summary>
    public static Diagnostic PointInName(SourceText source, Span span, string before, string after, bool isCalled) =>
        Error("GM0134", "a name has no point in it", source, span, (before, after) switch
        {
            ("", "T") or (not "", "T") => $"a transposed matrix is `transpose({Named(before)})`",
            (_, "shape" or "size" or "dim" or "length") => $"write `rows({Named(before)})`, `cols({Named(before)})` or `size({Named(before)})`",
            _ when s_packages.Contains(before) && after is "log_prob" or "random" => "write the distribution after `~`",
            _ when s_packages.Contains(before) => $"nothing stands in a package: write `{after}`",
            _ when isCalled => $"a function stands before its argument: `{after}({Named(before)})`",
            _ => $"write `{Named(before)}_{after}`",
        });

    public static Diagnostic DrawnDeclaration(TokenInput start, string keyword, Identifier name)
    {
        var right = Text(start.Tokens, start.Index, ForeignStatements.EndOfLine(start.Tokens, start.Index));
        var (why, remedy) = keyword switch
        {
            "param" => ("a `param` is an unknown constant and has no distribution", Write($"{name.Text} {right}", $"`{name.Text} ~ …`")),
            "input" => ("an `input` is known and has no distribution", $"{Write($"{name.Text} {right}", $"`{name.Text} ~ …`")}: the data may still give its value"),
            _ => ("a `given` is a value or a condition and has no distribution", Write($"{name.Text} {right}", $"`{name.Text} ~ …`")),
        };
        return Error("GM0135", why, start.Tokens.Source, start.Span, remedy);
    }

    private static readonly string[] s_packages = ["pm", "pymc", "pymc3", "dist", "np", "numpy", "jnp", "tf", "tfd", "tfp", "torch", "stats", "math", "pyro", "numpyro", "st", "scipy", "sp", "Math", "dists", "distributions"];

    private static string Named(string before) => before.Length == 0 ? "…" : before;

    private static string Repeat(StanDeclaration declaration) => declaration.Dims.Length == 1 ? declaration.Dims[0] : $"({string.Join(", ", declaration.Dims)})";

    /// <summary>The function that undoes a link.</summary>
    private static string? Inverse(string link, string value) => link switch
    {
        "log" => $"exp({value})",
        "exp" => $"log({value})",
        "logit" => $"logistic({value})",
        "logistic" or "inv_logit" => $"logit({value})",
        "probit" or "inv_Phi" => $"Phi({value})",
        "cloglog" => $"1 - exp(-exp({value}))",
        "sqrt" => $"({value}) ^ 2",
        _ => null,
    };

    private static string[] Arguments(TokenList tokens, int start, int close)
    {
        var arguments = new List<string>();
        for (var from = start; from < close;)
        {
            var to = from;
            while (to < close && tokens[to].Kind != TokenKind.Comma) to = Math.Max(to, tokens.PartnerOf(to)) + 1;
            arguments.Add(Text(tokens, from, to));
            from = to + 1;
        }
        return [.. arguments];
    }

    /// <summary>What is written from one token to before another, on one line, with our ranges.</summary>
    private static string Text(TokenList tokens, int start, int end)
    {
        if (end <= start) return "";
        var text = tokens.Source.TextOf(Span.Cover(tokens[start].Span, tokens[end - 1].Span));
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Write(string line, string otherwise) => $"write {(line.Length <= LongestLine ? $"`{line}`" : otherwise)}";

    private static string Short(string text, string otherwise) => text.Length <= LongestLine / 2 ? text : otherwise;

    private static Span Between(TokenList tokens, int start, int end) => Span.Cover(tokens[start].Span, tokens[Math.Max(start, Math.Min(end, tokens.Last + 1) - 1)].Span);

    private static Span LineOf(TokenInput start) => Between(start.Tokens, start.Index, ForeignStatements.EndOfLine(start.Tokens, start.Index));
}
