namespace ProbLang.Syntax.Formatting;

/// <summary>A text with places where its lines may break (Oppen, Prettyprinting, 1980; Wadler, A prettier printer, 2003).</summary>
internal abstract record Layout
{
    /// <summary>Whether it holds a comment, which ends its line: what is around it cannot stand on one.</summary>
    public virtual bool MustBreak => false;

    public static implicit operator Layout(string text) => new Word(text);

    public static Layout Row(params ReadOnlySpan<Layout> parts) => new Row([.. parts]);
}

/// <summary>Text without a line end.</summary>
internal sealed record Word(string Text) : Layout;

/// <summary>A comment with its slashes; the next word begins a line.</summary>
/// <param name="Text">From its slashes on.</param>
/// <param name="BeginsLine">Whether it stands alone, rather than after what is before it.</param>
internal sealed record Comment(string Text, bool BeginsLine) : Layout
{
    public override bool MustBreak => true;
}

/// <summary>Where the group around it breaks, a line end; elsewhere a space, or nothing.</summary>
internal sealed record Break(bool IsSpace) : Layout;

internal sealed record Row(List<Layout> Parts) : Layout
{
    public override bool MustBreak { get; } = Parts.Exists(p => p.MustBreak);
}

/// <summary>Stands on one line where it fits, else all its own breaks are line ends.</summary>
internal sealed record Group(Layout Content) : Layout
{
    public override bool MustBreak { get; } = Content.MustBreak;
}

/// <summary>Lines that begin within it are indented by one step more.</summary>
internal sealed record Indented(Layout Content) : Layout
{
    public override bool MustBreak { get; } = Content.MustBreak;
}
