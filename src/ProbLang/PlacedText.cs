using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A run of one text within another.</summary>
internal readonly record struct Slice(SourceText Source, Span Span)
{
    public static Slice Of(string text) => new(new SourceText("session", text), new Span(0, text.Length));
}

/// <summary>A text put together from pieces of others, which knows where each of its characters was written.</summary>
internal sealed class PlacedText
{
    private readonly ImmutableArray<Slice> _slices;
    private readonly int[] _starts;

    private PlacedText(ImmutableArray<Slice> slices)
    {
        _slices = slices;
        _starts = new int[slices.Length];
        for (var i = 1; i < slices.Length; i++) _starts[i] = _starts[i - 1] + slices[i - 1].Span.Length;
        Text = string.Concat(slices.Select(s => s.Source.Content.Substring(s.Span.Start, s.Span.Length)));
    }

    public static PlacedText Empty { get; } = new([]);

    public string Text { get; }

    /// <summary>Where it was written, as far as it is one piece.</summary>
    public Location? Place => _slices.IsEmpty ? null : _slices[0].Source.Locate(Span.Cover(_slices[0].Span, _slices[^1].Source == _slices[0].Source ? _slices[^1].Span : _slices[0].Span));

    public static PlacedText Of(SourceText source, Span span) => new([new Slice(source, span)]);

    /// <summary>What nobody wrote.</summary>
    public static PlacedText Of(string text) => new([Slice.Of(text)]);

    public static PlacedText Join(IEnumerable<PlacedText> texts) => new([.. texts.SelectMany(t => t._slices)]);

    public PlacedText With(PlacedText after) => Join([this, after]);

    public PlacedText With(string after) => With(Of(after));

    /// <summary>A part of it.</summary>
    public PlacedText Part(Span span) => new([.. Within(span.Start, span.End)]);

    /// <summary>The rest when parts are taken out.</summary>
    /// <param name="spans">In the order of the text, without overlaps.</param>
    public PlacedText Without(IEnumerable<Span> spans)
    {
        var rest = new List<Slice>();
        var from = 0;
        foreach (var span in spans)
        {
            rest.AddRange(Within(from, span.Start));
            from = span.End;
        }
        return new PlacedText([.. rest, .. Within(from, Text.Length)]);
    }

    /// <summary>A message about this text as one about the texts that it was put together from.</summary>
    /// <param name="diagnostic">The message.</param>
    /// <param name="read">This text, as the message calls it.</param>
    public Diagnostic Placed(Diagnostic diagnostic, SourceText read) => diagnostic with
    {
        Location = diagnostic.Location is { } place ? Placed(place, read) : null,
        Related = [.. diagnostic.Related.Select(r => (r.Note, Placed(r.Location, read)))],
    };

    private Location Placed(Location place, SourceText read)
    {
        if (place.Path != read.Path || _slices.IsEmpty) return place;
        var offset = read.OffsetOf(place.Line, place.Column);
        // What was expected at the end was expected at the end of what was written.
        var index = Array.BinarySearch(_starts, Math.Min(offset, Text.Length));
        if (index < 0) index = ~index - 1;
        while (index + 1 < _starts.Length && _starts[index + 1] <= offset) index++;
        var (source, span) = _slices[index];
        return source.Locate(new Span(span.Start + Math.Min(offset - _starts[index], span.Length), place.Length));
    }

    private IEnumerable<Slice> Within(int from, int to)
    {
        for (var i = 0; i < _slices.Length; i++)
        {
            var (source, span) = _slices[i];
            var (start, end) = (Math.Max(from, _starts[i]), Math.Min(to, _starts[i] + span.Length));
            if (start < end) yield return new Slice(source, new Span(span.Start + start - _starts[i], end - start));
        }
    }
}
