using System.Globalization;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Gathers what is found in a factor graph, each finding once.</summary>
internal sealed class FactorFindings(FactorAlgorithm algorithm)
{
    private readonly List<Diagnostic> _objections = [];
    private readonly List<(string What, string Bias, SortedSet<int> Lines)> _notes = [];

    /// <summary>What has been found so far.</summary>
    public FactorGraphJudgement Judgement => new()
    {
        Objections = [.. _objections],
        Notes = [.. _notes.Select(Sentence)],
        IsExact = algorithm == FactorAlgorithm.ExpectationPropagation && _objections.Count == 0 && !IsApproximate,
    };

    /// <summary>Whether beliefs may differ from the posterior.</summary>
    public bool IsApproximate { get; set; }

    /// <summary>Adds an objection; a second one of the same kind at the same place says nothing new.</summary>
    public void Object(Diagnostic objection)
    {
        if (!_objections.Any(o => o.Id == objection.Id && o.Location == objection.Location)) _objections.Add(objection);
    }

    /// <summary>Adds a known bias of a construct.</summary>
    public void Note(string what, string bias, Location? place)
    {
        IsApproximate = true;
        var note = _notes.Find(n => n.What == what && n.Bias == bias);
        if (note.Lines is null) _notes.Add(note = (what, bias, []));
        if (place is not null) note.Lines.Add(place.Line);
    }

    private static string Sentence((string What, string Bias, SortedSet<int> Lines) note) =>
        note.Lines.Count == 0 ? $"{note.What}: {note.Bias}" : $"{note.What} ({Lines([.. note.Lines])}): {note.Bias}";

    private static string Lines(List<int> lines)
    {
        const int Most = 4;
        var shown = lines.Take(Most).Select(n => n.ToString(CultureInfo.InvariantCulture)).ToList();
        if (lines.Count > Most) return $"lines {string.Join(", ", shown)} and others";
        return lines.Count == 1 ? $"line {shown[0]}" : $"lines {string.Join(", ", shown.SkipLast(1))} and {shown[^1]}";
    }
}
