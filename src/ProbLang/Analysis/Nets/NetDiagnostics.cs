using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>GM0490–GM0496 but GM0492: nets whose sizes do not go together.</summary>
internal static class NetDiagnostics
{
    public static DiagnosticException Inputs(Net net, int stated, int used, Location place, Location? use = null) => Error("GM0490",
        $"`{net}` says `inputs: {stated}`, and is used with {Values(used)}", place, "leave `inputs` out, or give it vectors of that length", use);

    public static DiagnosticException Outputs(Net net, string name, int stated, int used, Location place, Location? use = null) => Error("GM0491",
        $"`{net}` says `{name}: {stated}`, and {Values(used)} {(used == 1 ? "is" : "are")} taken from it", place, null, use);

    public static DiagnosticException NotSquare(Net net, NetShape shape, Location place) => Error("GM0493",
        $"`{net}` gives as many values as it takes, and is used with {Values(shape.Inputs)} to give {shape.Outputs}", place, null);

    public static DiagnosticException NoHalves(Net net, Location place) => Error("GM0494",
        $"`{net}` maps one half of its values by the other, and is used with 1 value", place, "for a single number use `autoregressive_flow`");

    public static DiagnosticException OneBin(Net net, Location place) => Error("GM0495", $"the splines of `{net}` have 1 bin, and need 2 or more", place, null);

    public static DiagnosticException NoContext(Net net, int context, Location place) => Error("GM0496",
        $"`{net}` is used with a context of {Values(context)}, and {net.Kind!.Name} takes none", place, "nets with `hidden` layers take a context");

    private static string Values(int count) => count == 1 ? "1 value" : $"{count} values";

    private static DiagnosticException Error(string id, string message, Location place, string? remedy, Location? use = null) =>
        new(new Diagnostic(id, Severity.Error, message, place, remedy) { Related = use is null ? [] : [("used here", use)] });
}
