using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0220–GM0239: arguments of functions and distributions.</summary>
internal sealed partial class BindingDiagnostics
{
    public void ArgumentCount(Identifier function, int count, IEnumerable<string> signatures) =>
        Error("GM0220", function.Span, $"`{function.Text}` does not take {Arguments(count)}", Written(signatures));

    public void UnknownArgument(Identifier name, string function, string signature, string? nearest) =>
        Error("GM0221", name.Span, $"`{function}` has no argument `{name.Text}`",
            ForeignArguments.Remedy(name.Text) is { } known ? known : nearest is null ? $"it is written `{signature}`" : $"did you mean `{nearest}`? It is written `{signature}`");

    /// <summary><c>Normal("mu", 0, 1)</c>, as PyMC has it.</summary>
    public void NameAsArgument(Span span, string name) =>
        Error("GM0279", span, "a quantity is not named by an argument", $"its name stands on the left: `{name} ~ …`");

    public void ArgumentTwice(string name, Span span, string signature) =>
        Error("GM0222", span, $"the argument `{name}` is given twice", $"it is written `{signature}`");

    public void MissingArgument(Identifier function, IEnumerable<string> missing, string signature) =>
        Error("GM0223", function.Span, $"`{function.Text}` also needs {string.Join(" and ", missing.Select(m => $"`{m}`"))}", $"it is written `{signature}`");

    public void ArgumentsExclude(Identifier function, IEnumerable<string> given, string signature) =>
        Error("GM0224", function.Span, $"{string.Join(" and ", given.Select(g => g == "bounds" ? g : $"`{g}`"))} of `{function.Text}` do not go together", $"it is written `{signature}`");

    public void ArgumentLeftOut(Span span, string function, string signature) =>
        Error("GM0225", span, $"an argument of `{function}` is left out", $"it is written `{signature}`");

    public void PositionalAfterNamed(Span span, string function, string signature) =>
        Error("GM0226", span, $"an argument of `{function}` without a name follows one with a name", $"it is written `{signature}`");

    public void ArgumentShape(Span span, string function, string parameter, string needed, int rank) =>
        Error("GM0227", span, $"`{parameter}` of `{function}` is {needed}, and this is {Shape(rank)}");

    public void BatchShapes(Identifier function, IEnumerable<(string Parameter, int Rank)> arguments) =>
        Error("GM0228", function.Span, $"the arguments of `{function.Text}` do not agree in shape: {string.Join(", ", arguments.Select(a => $"`{a.Parameter}` is {Shape(a.Rank)}"))}",
            "only single numbers are repeated to fit");

    public void OutsideDomain(Span span, string function, string parameter, string domain, double value) =>
        Error("GM0229", span, $"`{parameter}` of `{function}` is {domain}, and this is {Number(value)}");

    public void SumsTo(Span span, string function, string parameter, double sum) =>
        Error("GM0230", span, $"`{parameter}` of `{function}` are probabilities that sum to 1, and these sum to {Number(sum)}");

    public void EmptySupport(Span span, double lower, double upper) =>
        Error("GM0231", span, $"no value is possible: the lower bound {Number(lower)} is not below the upper {Number(upper)}");

    public void CannotModify(Span span, string distribution, string modifier, bool isOrdered) =>
        Error("GM0232", span, $"`{distribution}` cannot be {modifier}: it has no distribution function here", isOrdered ? $"write `{modifier}` before `ordered`" : null);

    public void NoDistributionFunction(Span span, string distribution, string function) =>
        Error("GM0232", span, $"`{function}` of `{distribution}` is not there: it has no distribution function here");

    public void NotIid(Span span) =>
        Error("GM0238", span, "`ordered` sorts independent draws of one continuous distribution, and this is not that", "write `Normal(0, 1) ^ K ordered`");

    public void NotADistribution(Span span, string function) =>
        Error("GM0239", span, $"the first argument of `{function}` is a distribution, and this is a value", $"write `{function}(Normal(0, 1), x)`");

    public void MixedComponents(Span span) => Error("GM0233", span, "the components of a mixture are of different kinds", "all must be continuous, or all discrete, and of one shape");

    public void ComponentCount(Span span, int weights, int components) =>
        Error("GM0234", span, $"there are {Number(weights)} weights for {Number(components)} components");

    public void NotComponents(Span span, Span list) =>
        Error("GM0235", span, "the components of a mixture are a list of distributions", "write `[Normal(0, 1), Normal(5, 1)]` or `for k in 1..K: Normal(mu[k], 1)`", once: $"{list.Start}");

    public void ExponentOfValue(Span span) => Error("GM0236", span, "a value has one exponent", "`^ (M, N)` repeats a distribution");

    public void WeightsPerElement(Span span) =>
        Error("GM0237", span, "weights for each element need as many sets of component parameters", "put the mixture into a plate, `for i in 1..N { x[i] ~ Mixture(w[i], …) }`");

    private static string Written(IEnumerable<string> signatures) => "it is written " + string.Join(" or ", signatures.Select(s => $"`{s}`"));

    private static string Arguments(int count) => count switch { 0 => "no arguments", 1 => "one argument", _ => $"{Number(count)} arguments" };

    private static string Number(double value) => double.IsInfinity(value) ? value > 0 ? "infinity" : "-infinity" : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A rank in words.</summary>
    internal static string Shape(int rank) => rank switch
    {
        0 => "a single number",
        1 => "a vector",
        2 => "a matrix",
        _ => string.Create(CultureInfo.InvariantCulture, $"an array of {rank} dimensions"),
    };
}
