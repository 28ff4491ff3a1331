using System.Collections.Immutable;
using System.Globalization;

namespace ProbLang.Results;

/// <summary>A comparison of engines as text: the engines, then each beside the reference; or a line for each element and engine.</summary>
internal static class ComparisonText
{
    public static void WriteTables(TextWriter writer, ComparisonReport report)
    {
        TextTable.Write(writer, [["", "log evidence", "seconds", "verdict"], .. report.Engines.Select(Engine)], leftAgain: 3);
        foreach (var compared in report.Comparisons)
        {
            writer.Write($"\n{compared.Name} against {report.Reference}\n");
            WriteElements(writer, report.Reference!, compared);
        }
    }

    private static string[] Engine(EngineReport engine) =>
    [
        engine.Name,
        engine.LogEvidence is { } evidence ? Relation(engine.EvidenceKind) + NumberText.Fixed(evidence, 4) : "–",
        double.IsNaN(engine.Seconds) ? "–" : engine.Seconds.ToString("0.00", CultureInfo.InvariantCulture),
        engine.Verdict is { } verdict ? verdict.Trusted ? "trust" : "do not trust" : engine.Objections.IsEmpty ? "did not run" : "objects",
    ];

    private static string Relation(EvidenceKind? kind) => kind switch { EvidenceKind.LowerBound => "≥ ", EvidenceKind.Approximation => "≈ ", _ => "" };

    private static void WriteElements(TextWriter writer, string reference, EngineComparison compared)
    {
        var hasProbabilities = compared.Elements.Any(e => e.TotalVariation is not null);
        string[] probabilities = hasProbabilities ? ["probabilities"] : [];
        List<string[]> lines = [["", reference, "", compared.Name, "", "", "", .. probabilities.Select(_ => ""), ""], ["", "mean", "sd", "mean", "sd", "difference", "sd ratio", .. probabilities, "verdict"]];
        foreach (var element in compared.Elements)
        {
            var isCategory = !element.Reference.Levels.IsDefaultOrEmpty;
            var digits = NumberText.Decimals(element.Reference.Sd, element.Reference.Mean);
            string[] numbers = isCategory ? ["–", "–", "–", "–"] : [.. new[] { element.Reference.Mean, element.Reference.Sd, element.Other.Mean, element.Other.Sd }.Select(x => NumberText.Fixed(x, digits))];
            string[] variation = hasProbabilities ? [element.TotalVariation is { } total ? NumberText.Fixed(total, 4) : "–"] : [];
            lines.Add([element.Element, .. numbers, NumberText.Fixed(element.Difference, 3), NumberText.Fixed(element.SdRatio, 3), .. variation, element.Verdict]);
        }
        foreach (var missing in compared.Missing) lines.Add([missing, .. Enumerable.Repeat("–", lines[0].Length - 2), "not reported"]);
        TextTable.Write(writer, lines, leftAgain: lines[0].Length - 1);
    }

    public static void WriteCsv(TextWriter writer, ComparisonReport report)
    {
        writer.Write("variable,engine,reference,mean,sd,reference_mean,reference_sd,difference,difference_error,sd_ratio,sd_ratio_error,total_variation,verdict\n");
        foreach (var compared in report.Comparisons)
            foreach (var e in compared.Elements)
            {
                ImmutableArray<double> numbers = [e.Other.Mean, e.Other.Sd, e.Reference.Mean, e.Reference.Sd, e.Difference, e.DifferenceError, e.SdRatio, e.SdRatioError, e.TotalVariation ?? double.NaN];
                writer.Write($"{LabelText.InCsv(e.Element)},{compared.Name},{report.Reference},{string.Join(',', numbers.Select(Number))},{LabelText.InCsv(e.Verdict)}\n");
            }
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
