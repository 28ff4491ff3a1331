using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>GM0560–GM0563: why data have no rows that could be taken some at a time.</summary>
internal static class LearningDiagnostics
{
    private const string AllAtOnce = "leave the options of mini-batches out: then all data are fitted at once";

    public static Diagnostic NoRows() => Error("GM0560", "nothing is observed, so that there are no rows", null, "give the data of what the model explains");

    public static Diagnostic OutsideRows(string name, Location place) => Error("GM0560", $"`{name}` is observed outside of any `for`, so that the data are one piece and no rows", place,
        "write what is observed inside of one `for` over the rows");

    public static Diagnostic RaggedRows(string name, Location place) => Error("GM0560", $"the ranges around `{name}` differ from row to row", place, AllAtOnce);

    public static Diagnostic OtherRows(string name, string rows, Location place) => Error("GM0560", $"`{name}` stands in another `for` than the rows over `{rows}`", place,
        "write all that is observed inside of `for`s over one range");

    public static Diagnostic LatentRows(string name, Location place) => Error("GM0561", $"`{name}` is latent, so that the rows are not independent as they stand", place, AllAtOnce);

    public static Diagnostic IncompleteRows(string name, string rows, Location place) => Error("GM0562", $"some cells of `{name}` are missing in rows over `{rows}`", place, "leave these rows out, or give the cells");

    public static Diagnostic ConditionedRows(Location place) => Error("GM0563", "a condition holds over all rows together", place, AllAtOnce);

    public static Diagnostic LatentToGenerate(string name, Location place) => Error("GM0564", $"what is given depends on `{name}`, which is not, so that the rest cannot be drawn forward", place,
        "`infer` finds it from what is given, and predicts what is missing");

    private static Diagnostic Error(string id, string message, Location? place, string? remedy) => new(id, Severity.Error, message, place, remedy);
}
