using ProbLang.Text;

namespace ProbLang;

/// <summary>GM0294–GM0296: what can be wrong with imports, one method a message.</summary>
internal static class ImportDiagnostics
{
    public static Diagnostic NoFolder(string written, Location place) =>
        Error("GM0294", $"`{written}` cannot be imported: this model is compiled from text, and nothing says where its files are", place, "give it a folder to import from");

    public static Diagnostic Outside(string written, Location place) =>
        Error("GM0294", $"`{written}` is outside the folders that this model may import from", place,
            "an import is relative to its file, and stays within the model's folder or the one that the program runs in");

    public static Diagnostic LeadsOutside(string written, Location place) =>
        Error("GM0294", $"`{written}` is a link that leads outside the folders that this model may import from", place, "copy the file into the model's folder");

    public static Diagnostic NoFile(string written, Location place) => Error("GM0295", $"there is no file `{written}`", place, "an import is relative to the file that it stands in");

    public static Diagnostic Folder(string written, Location place) => Error("GM0295", $"`{written}` is a folder, not a file", place);

    public static Diagnostic Unreadable(string written, Location place) => Error("GM0295", $"`{written}` cannot be read", place);

    public static Diagnostic TooLarge(string written, Location place) => Error("GM0295", $"with `{written}` the model and its imports are larger than 4 MiB", place);

    public static Diagnostic TooDeep(string written, Location place) => Error("GM0295", $"`{written}` is imported through too many other files", place);

    /// <param name="chain">The files, from the one that imports the first again to that one.</param>
    /// <param name="places">The imports between them.</param>
    public static Diagnostic Cycle(IReadOnlyList<string> chain, IReadOnlyList<Location> places) =>
        Error("GM0296", $"`{chain[0]}` imports itself: {string.Join(" → ", chain.Select(c => $"`{c}`"))}", places[0], "move what both need into a file of its own") with
        {
            Related = [.. places.Skip(1).Select(p => ("and this imports the next", p))],
        };

    private static Diagnostic Error(string id, string message, Location place, string? remedy = null) => new(id, Severity.Error, message, place, remedy);
}
