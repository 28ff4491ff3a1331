namespace ProbLang.Generators;

/// <summary>What the generator itself has to say; the rest is said by the compiler of models.</summary>
internal static class GeneratorMessages
{
    public static Message NoFile(string path, IEnumerable<string> known, Place place) => Error("GM0790",
        $"There is no model `{path}` beside this file or in the folder of the project{(Nearest(path, known) is { } near ? $": did you mean `{near}`?" : ", among the .gm files that the build knows (AdditionalFiles)")}", place);

    public static Message NotPartial(string name, Place place) => Error("GM0791", $"`{name}` has to be declared `partial` for a model to be put into it", place);

    public static Message Nested(string name, string outer, Place place) => Error("GM0792", $"`{name}` cannot have a model inside of `{outer}`: put it at the top level of its namespace", place);

    public static Message Generic(string name, Place place) => Error("GM0793", $"`{name}` cannot have a model and type parameters", place);

    public static Message NameTaken(string name, Place place) => Error("GM0794", $"`{name}` is what a member of the class will be called: give the class another name", place);

    public static Message NoName(Place place) => Error("GM0795", "The attribute names no file: write the model's, such as `[GmModel(\"coins.gm\")]`", place);

    private static Message Error(string id, string text, Place place) => new(id, IsError: true, text, place);

    /// <summary>A file of that name elsewhere, or one whose name differs in case.</summary>
    private static string? Nearest(string path, IEnumerable<string> known) =>
        known.FirstOrDefault(k => Path.GetFileName(k).Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
}
