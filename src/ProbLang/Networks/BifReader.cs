using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>
/// Reads the interchange format for Bayesian networks (BIF; F. Cozman, 1998) by recursive descent. As in the format's description commas and the bar
/// before the parents may be left out, names may stand in quotes, and blocks and rows come in any order.
/// </summary>
/// <remarks>
/// <code>
/// File        = {Network | Variable | Probability}
/// Network     = "network" [Name] "{" {Property} "}"
/// Variable    = "variable" Name "{" {Property | Type} "}"
/// Type        = "type" "discrete" "[" Number "]" "{" {Name [","]} "}" [";"]
/// Probability = "probability" "(" Name ["|"] {Name [","]} ")" "{" {Property | Row} "}"
/// Row         = ("table" | "default" | "(" {Name [","]} ")") {Number [","]} ";"
/// Property    = "property" … ";"
/// </code>
/// </remarks>
internal sealed class BifReader
{
    /// <summary>16 MiB: tables are longer here than in the model that is made of them, which may have 4.</summary>
    public const int MaximumBytes = 16 << 20;

    private static readonly string[] s_blocks = ["network", "variable", "probability"];

    private readonly SourceText _source;
    private readonly DiagnosticList _diagnostics;
    private readonly BifLexer _lexer;
    private readonly BifFile _file = new(null, [], []);
    private BifNetwork? _network;
    private BifToken _current;
    private Span _previous;

    private BifReader(SourceText source, DiagnosticList diagnostics)
    {
        (_source, _diagnostics) = (source, diagnostics);
        _lexer = new BifLexer(source, diagnostics);
        _current = _lexer.Next();
    }

    /// <summary>What the file says; of use only where there are no mistakes.</summary>
    public static BifFile Read(SourceText source, DiagnosticList diagnostics)
    {
        var reader = new BifReader(source, diagnostics);
        if (source.Content.AsSpan().TrimStart().StartsWith("<")) diagnostics.Add(NetworkDiagnostics.IsXml(source, reader._current.Span));
        else while (reader._current.Kind != BifKind.End && !diagnostics.IsFull) reader.ReadBlock();
        return reader._file with { Network = reader._network };
    }

    private void ReadBlock()
    {
        var (keyword, start) = (Word, _current.Span);
        var isRead = keyword switch
        {
            "network" => ReadNetwork(),
            "variable" => ReadVariable(start),
            "probability" => ReadProbability(start),
            _ => Fail(NetworkDiagnostics.NoBlock(_source, start, s_blocks)),
        };
        if (!isRead) SkipToBlock();
    }

    private bool ReadNetwork()
    {
        var start = Take();
        var name = IsName ? TakeName().Text : null;
        var properties = new List<string>();
        if (!ReadBody(start, () => IsProperty ? ReadProperty(properties) : Expected("`property` or `}`"))) return false;
        if (_network is { } first) _diagnostics.Add(NetworkDiagnostics.NetworkTwice(_source, start, first.Span));
        _network ??= new BifNetwork(name, properties, start);
        return true;
    }

    private bool ReadVariable(Span start)
    {
        Take();
        if (!IsName) return Expected("the name of a variable");
        var name = TakeName();
        List<BifName>? labels = null;
        if (!ReadBody(start, () => IsProperty ? ReadProperty([]) : Word == "type" ? ReadType(name, ref labels) : Expected("`type`, `property` or `}`"))) return false;
        if (labels is null) return Fail(NetworkDiagnostics.NoType(_source, name));
        _file.Variables.Add(new BifVariable(name, labels));
        return true;
    }

    private bool ReadType(BifName variable, ref List<BifName>? labels)
    {
        var start = Take();
        if (labels is not null) return Fail(NetworkDiagnostics.TypeTwice(_source, start, variable));
        if (Word != "discrete") return IsName ? Fail(NetworkDiagnostics.NotDiscrete(_source, _current.Span, variable)) : Expected("`discrete`");
        Take();
        if (!Expect(BifKind.LeftBracket, "`[`")) return false;
        var size = _current.Span;
        if (Word is not { } digits || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return Expected("how many labels there are");
        Take();
        if (!Expect(BifKind.RightBracket, "`]`") || !Expect(BifKind.LeftBrace, "`{`")) return false;
        labels = TakeNames();
        if (!Expect(BifKind.RightBrace, "a label or `}`")) return false;
        if (_current.Kind == BifKind.Semicolon) Take();
        if (labels.Count != count) _diagnostics.Add(NetworkDiagnostics.LabelCount(_source, size, variable, count, labels.Count));
        return true;
    }

    private bool ReadProbability(Span start)
    {
        Take();
        if (!Expect(BifKind.LeftParenthesis, "`(`")) return false;
        if (!IsName) return Expected("the name of a variable");
        var name = TakeName();
        if (_current.Kind == BifKind.Bar) Take();
        var table = new BifTable(name, TakeNames(), []);
        if (!Expect(BifKind.RightParenthesis, "the name of a variable or `)`")) return false;
        if (!ReadBody(start, () => IsProperty ? ReadProperty([]) : ReadRow(table))) return false;
        _file.Tables.Add(table);
        return true;
    }

    private bool ReadRow(BifTable table)
    {
        var start = _current.Span;
        var kind = Word == "table" ? RowKind.Table : Word == "default" ? RowKind.Default : RowKind.OfLabels;
        if (kind == RowKind.OfLabels && _current.Kind != BifKind.LeftParenthesis) return Expected("`table`, `default`, a row that begins with `(`, or `}`");
        Take();
        var labels = kind == RowKind.OfLabels ? TakeNames() : [];
        if (kind == RowKind.OfLabels && !Expect(BifKind.RightParenthesis, "a label or `)`")) return false;
        var values = new List<BifNumber>();
        for (; _current.Kind == BifKind.Word; SkipComma())
        {
            if (!double.TryParse(Word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                return Fail(NetworkDiagnostics.NotANumber(_source, _current.Span));
            values.Add(new BifNumber(value, Take()));
        }
        table.Rows.Add(new BifRow(kind, labels, values, Span.Cover(start, _previous)));
        return Expect(BifKind.Semicolon, "a number or `;`");
    }

    /// <summary>What stands in the braces of a block, one line at a time; after a mistake reading goes on with the next line.</summary>
    private bool ReadBody(Span start, Func<bool> readLine)
    {
        if (!Expect(BifKind.LeftBrace, "`{`")) return false;
        var isRead = true;
        while (_current.Kind != BifKind.RightBrace)
        {
            if (_current.Kind == BifKind.End || IsBlock) return Fail(NetworkDiagnostics.UnclosedBlock(_source, _current.Span, start, _current.Kind == BifKind.End));
            if (readLine()) continue;
            isRead = false;
            SkipToLine();
        }
        Take();
        return isRead;
    }

    private bool ReadProperty(List<string> properties)
    {
        var start = _current.Span;
        var text = _lexer.ReadProperty();
        Take();
        if (text is null) return Fail(NetworkDiagnostics.UnclosedProperty(_source, start));
        properties.Add(text);
        return true;
    }

    private string? Word => _current.Kind == BifKind.Word ? _source.TextOf(_current.Span) : null;

    private bool IsName => _current.Kind is BifKind.Word or BifKind.Quoted;

    private bool IsProperty => Word == "property";

    /// <summary>A name may be any word, so that only one at the beginning of a line can begin a block where none is due.</summary>
    private bool IsBlock => _current.IsFirstOnLine && Word is { } word && s_blocks.Contains(word);

    private Span Take()
    {
        _previous = _current.Span;
        _current = _lexer.Next();
        return _previous;
    }

    private BifName TakeName()
    {
        var isQuoted = _current.Kind == BifKind.Quoted;
        var text = _source.TextOf(_current.Span);
        return new BifName(isQuoted ? text.Trim('"') : text, Take());
    }

    private List<BifName> TakeNames()
    {
        var names = new List<BifName>();
        for (; IsName; SkipComma()) names.Add(TakeName());
        return names;
    }

    private void SkipComma()
    {
        if (_current.Kind == BifKind.Comma) Take();
    }

    private bool Expect(BifKind kind, string what)
    {
        if (_current.Kind != kind) return Expected(what);
        Take();
        return true;
    }

    private bool Expected(string what) => Fail(NetworkDiagnostics.Expected(_source, what, _current));

    private bool Fail(Diagnostic diagnostic)
    {
        _diagnostics.Add(diagnostic);
        return false;
    }

    /// <summary>Past the next semicolon, or to what ends the block.</summary>
    private void SkipToLine()
    {
        while (_current.Kind is not (BifKind.Semicolon or BifKind.RightBrace or BifKind.End) && !IsBlock) Take();
        if (_current.Kind == BifKind.Semicolon) Take();
    }

    private void SkipToBlock()
    {
        if (!IsBlock && _current.Kind != BifKind.End) Take();
        while (_current.Kind != BifKind.End && !IsBlock) Take();
    }
}
