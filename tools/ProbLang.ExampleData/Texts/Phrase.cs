using System.Text;
using ProbLang.Numerics;

namespace ProbLang.ExampleData.Texts;

/// <summary>A part of a grammar: what it may say, and how likely.</summary>
internal abstract record Phrase
{
    /// <summary>The expected number of characters.</summary>
    public abstract double Length { get; }

    /// <summary>The entropy of its choices, in bits: that of its text, as no text comes about in two ways.</summary>
    public abstract double Bits { get; }

    public abstract void Say(StringBuilder text, ref Philox source);

    /// <summary>Where this may end in a text, once for each way in which it may be read from a place, with the probability of that way.</summary>
    public abstract IEnumerable<(int End, double Probability)> Readings(string text, int start);
}

/// <summary>Words as they stand.</summary>
internal sealed record Words(string Text) : Phrase
{
    public override double Length => Text.Length;

    public override double Bits => 0;

    public override void Say(StringBuilder text, ref Philox source) => text.Append(Text);

    public override IEnumerable<(int End, double Probability)> Readings(string text, int start) =>
        string.CompareOrdinal(text, start, Text, 0, Text.Length) == 0 ? [(start + Text.Length, 1)] : [];
}

/// <summary>One after the other.</summary>
internal sealed record Sequence(params Phrase[] Parts) : Phrase
{
    public override double Length => Parts.Sum(p => p.Length);

    public override double Bits => Parts.Sum(p => p.Bits);

    public override void Say(StringBuilder text, ref Philox source)
    {
        foreach (var part in Parts) part.Say(text, ref source);
    }

    public override IEnumerable<(int End, double Probability)> Readings(string text, int start) =>
        Parts.Aggregate((IEnumerable<(int End, double Probability)>)[(start, 1)], (before, part) =>
            before.SelectMany(b => part.Readings(text, b.End).Select(r => (r.End, b.Probability * r.Probability))));
}

/// <summary>One of several, by weights.</summary>
internal sealed record Choice(params (double Weight, Phrase Phrase)[] Ways) : Phrase
{
    private readonly double _total = Ways.Sum(w => w.Weight);

    public override double Length => Ways.Sum(w => w.Weight / _total * w.Phrase.Length);

    public override double Bits => Ways.Sum(w => w.Weight / _total * (w.Phrase.Bits - Math.Log2(w.Weight / _total)));

    public override void Say(StringBuilder text, ref Philox source)
    {
        var rest = _total * source.NextDouble();
        var way = 0;
        while (way < Ways.Length - 1 && rest >= Ways[way].Weight) rest -= Ways[way++].Weight;
        Ways[way].Phrase.Say(text, ref source);
    }

    public override IEnumerable<(int End, double Probability)> Readings(string text, int start) =>
        Ways.SelectMany(w => w.Phrase.Readings(text, start).Select(r => (r.End, w.Weight / _total * r.Probability)));
}
