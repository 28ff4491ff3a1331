using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Lays an answer out as text.</summary>
internal sealed class AnswerText(Answer answer, int width, bool isAscii)
{
    private const int MostElements = 20;
    private const int MostBars = 12;
    private const int BarWidth = 30;

    public string Text() => Body() + Remark();

    private string Body() =>
        answer.Basis == AnswerBasis.Known && answer.Kind is QuestionKind.Distribution or QuestionKind.Probability or QuestionKind.Mean ? ValueText.Of(answer) + "\n"
        : answer.Elements.IsEmpty ? "nothing: it has no elements\n"
        : answer.Kind != QuestionKind.Distribution ? Numbers()
        : answer.Shape.IsEmpty ? Alone(answer.Elements[0]) : Rows();

    /// <summary>Probabilities, means and the like, each with its error.</summary>
    private string Numbers()
    {
        if (answer.Shape.IsEmpty) return Number(answer.Elements[0]) + "\n";
        return Table([.. Shown.Select(e => new[] { e.Index, Number(e) })]) + More;
    }

    private string Number(AnswerElement element)
    {
        if (answer.Kind == QuestionKind.Probability && answer.Basis == AnswerBasis.Draws && element.Value is 0 or 1)
            return string.Create(CultureInfo.InvariantCulture, $"{element.Value:0} ({(element.Value == 0 ? "in none" : "in all")} of {answer.Draws!.Value.Used} draws)");
        if (answer.Basis == AnswerBasis.Draws && double.IsNaN(element.Error)) return WithoutError(element);
        if (double.IsNaN(element.Error)) return answer.Kind == QuestionKind.Probability ? NumberText.Probability(element.Value) : ValueText.Number(element.Value);
        var decimals = Math.Max(0, NumberText.Decimals(element.Error, element.Error) - 1);
        return $"{NumberText.Fixed(element.Value, decimals)} {PlusMinus} {NumberText.Fixed(element.Error, decimals)}";
    }

    /// <summary>Draws that are all alike, or too few, do not tell the error, which is not the same as none.</summary>
    private string WithoutError(AnswerElement element)
    {
        var value = double.IsNaN(element.Value) ? "–" : ValueText.Number(element.Value);
        return element.Draws.Length > 1 && element.Draws.All(v => v == element.Draws[0]) ? string.Create(CultureInfo.InvariantCulture, $"{value} (alike in all of {element.Draws.Length} draws)") : $"{value} {PlusMinus} ?";
    }

    private string PlusMinus => isAscii ? "+/-" : "±";

    /// <summary>One distribution: bars where it has few values, else its shape in a line with what sums it up.</summary>
    private string Alone(AnswerElement element)
    {
        var values = element.Summary.Probabilities;
        if (IsUndefined(element)) return ValueText.Number(double.NaN) + "\n";
        // What is certain needs no picture.
        if (element.Marginal is not null && values is [{ Probability: 1, Value: var certain }]) return element.Summary.TextOf(certain) + "\n";
        if (!values.IsEmpty && values.Length <= MostBars) return Bars(element);
        var named = element.Summary.Distribution is null ? "" : DistributionOf(element) + "\n";
        var moments = Moments(element);
        var room = width - 3 - moments.Length;
        // Where a line is too short for both, the numbers stand below the picture.
        return room >= TextPicture.LeastWidth
            ? $"{TextPicture.Sparkline(Picture(element), Math.Min(room, 24), isAscii)}  {moments}\n{named}"
            : $"{TextPicture.Sparkline(Picture(element), Math.Clamp(width - 1, TextPicture.LeastWidth, 24), isAscii)}\n{Folded(moments, "  ")}\n{named}";
    }

    private string Bars(AnswerElement element)
    {
        var rows = element.Summary.Probabilities.Select(p => (Name: element.Summary.TextOf(p.Value), p.Probability)).ToArray();
        var (name, most) = (rows.Max(r => r.Name.Length), rows.Max(r => r.Probability));
        var room = Math.Clamp(width - name - 12, 8, BarWidth);
        return string.Concat(rows.Select(r => $"{r.Name.PadRight(name)}  {NumberText.Probability(r.Probability),-7} {Bar(r.Probability / most * room)}".TrimEnd() + "\n"));
    }

    private string Bar(double length)
    {
        const string Parts = "▏▎▍▌▋▊▉█";
        if (isAscii) return new string('#', (int)Math.Round(length));
        var eighths = (int)Math.Round(8 * length);
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : Parts[eighths % 8 - 1]);
    }

    private string Moments(AnswerElement element)
    {
        var row = element.Summary;
        var decimals = NumberText.Decimals(row.Sd, row.Mean);
        string Text(double value) => NumberText.Fixed(value, decimals);
        var error = !double.IsNaN(row.Mcse) ? $" {PlusMinus} {Text(row.Mcse)}" : answer.Basis == AnswerBasis.Draws ? $" {PlusMinus} ?" : "";
        return $"mean {Text(row.Mean)}{error}  sd {Text(row.Sd)}  90% from {Text(row.Q5)} to {Text(row.Q95)}";
    }

    /// <summary>In lines that are no longer than there is room for, as far as its pieces are not.</summary>
    private string Folded(string text, string separator)
    {
        var lines = new List<string>();
        foreach (var piece in text.Split(separator))
            if (lines.Count > 0 && lines[^1].Length + separator.Length + piece.Length < width) lines[^1] += separator + piece;
            else lines.Add(piece);
        return string.Join('\n', lines);
    }

    private static string DistributionOf(AnswerElement element)
    {
        var row = element.Summary;
        return $"{row.Distribution}({string.Join(", ", row.Parameters.Select(p => $"{p.Name}: {NumberText.Short(p.Value)}"))})";
    }

    /// <summary>An array: a row for each element.</summary>
    private string Rows() => Table([.. Shown.Select(Row)]) + More;

    private string[] Row(AnswerElement element)
    {
        var row = element.Summary;
        if (IsUndefined(element)) return [element.Index, ValueText.Number(double.NaN)];
        if (element.IsKnown) return [element.Index, row.TextOf(row.Mean)];
        if (!row.Levels.IsDefaultOrEmpty || row.IsBoolean) return [element.Index, string.Join("  ", row.Probabilities.Select(p => $"{row.TextOf(p.Value)} {NumberText.Probability(p.Probability)}"))];
        var decimals = NumberText.Decimals(row.Sd, row.Mean);
        return [element.Index, TextPicture.Sparkline(Picture(element), 16, isAscii), NumberText.Fixed(row.Mean, decimals), NumberText.Fixed(row.Sd, decimals), NumberText.Fixed(row.Q5, decimals), NumberText.Fixed(row.Q95, decimals)];
    }

    private static string Table(string[][] rows)
    {
        var isWide = rows.Any(r => r.Length > 2);
        if (isWide) rows = [["", "", "mean", "sd", "5%", "95%"], .. rows];
        var widths = Enumerable.Range(0, rows.Max(r => r.Length)).Select(c => rows.Where(r => r.Length > c && (r.Length > 2 || c == 0 || !isWide)).Select(r => r[c].Length).DefaultIfEmpty().Max()).ToArray();
        return string.Concat(rows.Select(r => string.Join("  ", r.Select((cell, c) => c < 2 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd() + "\n"));
    }

    private ImmutableArray<AnswerElement> Shown => answer.Elements.Length <= MostElements ? answer.Elements : answer.Elements[..MostElements];

    private string More => answer.Elements.Length <= MostElements ? "" : string.Create(CultureInfo.InvariantCulture, $"… and {answer.Elements.Length - MostElements} more\n");

    /// <summary>What the data decide, but to no value, as 0 / 0. What is merely without a mean has a median.</summary>
    private static bool IsUndefined(AnswerElement element) => element is { Marginal: not null, Summary: { Mean: double.NaN, Q50: double.NaN } };

    private static PicturedDistribution Picture(AnswerElement element) => element.Picture;

    /// <summary>What an answer rests on, where that is not to be taken for granted.</summary>
    private string Remark()
    {
        if (answer.Draws is not var (used, of) || answer.Kind == QuestionKind.Probability && answer.Elements is [{ Value: 0 or 1 }] && used == of) return "";
        return used < of ? Folded(string.Create(CultureInfo.InvariantCulture, $"from the {used} of {of} draws in which the condition holds"), " ") + "\n" : "";
    }
}
