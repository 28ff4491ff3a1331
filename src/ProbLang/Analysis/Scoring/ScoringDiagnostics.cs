using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>GM0800–GM0815: why rows that are not among the data cannot be scored or predicted.</summary>
internal static class ScoringDiagnostics
{
    public static Diagnostic NoRows(string? name) => Error("GM0800", name is null ? "nothing is drawn inside of a `for`, so that there are no rows" : $"nothing is observed inside of a `for` over `{name}`", null,
        "write what is observed inside of one `for` over the rows");

    public static Diagnostic SeveralRows(string first, string second) => Error("GM0801", $"what is observed stands in `for`s over `{first}` and over `{second}`, so that there are rows of several kinds", null,
        "say which rows are meant, by the name of their index");

    public static Diagnostic UnevenRows(string name, Location place) => Error("GM0802", $"the rows are not all of one form: `{name}` differs from row to row", place, "give all rows the same sizes, and choose by `if … then … else` within expressions");

    public static Diagnostic OtherRows(string name, string row, Location place) => Error("GM0803", $"what is said of row `{row}` reads `{name}` of other rows, which a new row does not have", place,
        "write what is computed of all rows outside of the `for`: of new rows it is what it was of the data");

    public static Diagnostic OfDataRows(string name, string row, Location place) => Error("GM0804", $"`{name}` is known of the rows of the data only, and read at row `{row}`", place,
        "compute it inside of the `for` over the rows");

    public static Diagnostic NumberOfRow(string row, Location place) => Error("GM0805", $"the number of the row, `{row}`, is used as a value, and a new row has none", place, "make it an input, such as a time");

    public static Diagnostic Unknown(string name, Location place) => Error("GM0806", $"`{name}` is not known, and there are no draws of it", place, "score with a posterior by draws, or give it with the data");

    public static Diagnostic OfAllRows(string name, string part, Location place) => Error("GM0807", $"`{name}` is shared by all rows and computed of `{part}` of each of them", place, "give it a name of its own, so that there are draws of it");

    public static Diagnostic ConditionedRows(string row) => Error("GM0808", $"what is given of a row over `{row}` is a condition, or computed of what is unknown", null, "draw what is observed from a distribution");

    public static Diagnostic OtherIndex(string name, string row, Location place) => Error("GM0809", $"`{name}` is not drawn or computed at the index of its row, `{row}`", place, "let the index of the rows come first");

    public static Diagnostic TooManyDrawn(string row, int most) => Error("GM0810", $"a row over `{row}` has more than {most} variables that are drawn", null, "join some of them to arrays");

    public static Diagnostic Latent(string name, Location place) => Error("GM0811", $"what is given of a row depends on its `{name}`, which is not, and has no sum over its values", place,
        "give it, or give nothing that depends on it: then it is predicted");

    public static Diagnostic TooManySettings(int most) => Error("GM0812", $"what is not given of a row may have more than {most} values together, so that they cannot be summed over", null, "give some of it");

    public static Diagnostic NoDraws(string engine) => Error("GM0813", $"`{engine}` gives no draws, and new rows are scored by draws of what rows share", null, "infer with nuts");

    public static Diagnostic NothingDrawn() => Error("GM0815", "there is no draw to score rows by: the run was cancelled before its first, or no chain found a place to start", null, "infer again");

    public static Diagnostic Impossible() => Error("GM0814", "what is given of the row is impossible under every draw", null, null);

    private static Diagnostic Error(string id, string message, Location? place, string? remedy) => new(id, Severity.Error, message, place, remedy);
}
