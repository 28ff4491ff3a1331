using System.Globalization;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Programs;

/// <summary>Why a model has no program of a kind; said before anything runs.</summary>
internal sealed class ObjectionException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic => diagnostic;
}

/// <summary>The objections of the program compiler, one method a message.</summary>
internal static class Objection
{
    public static ObjectionException Shapes(SourceText source, Span span, int[] a, int[] b) =>
        new(new Diagnostic("GM0401", Severity.Error, $"these have the shapes {Shape(a)} and {Shape(b)}, which do not go together", source.Locate(span)));

    public static ObjectionException OtherRows(SourceText source, Variable variable) =>
        new(new Diagnostic("GM0803", Severity.Error, $"what is said of a row reads `{variable}` of other rows, which a new row does not have", source.Locate(variable.Span),
            "write what is computed of all rows outside of the `for`: of new rows it is what it was of the data"));

    public static ObjectionException VaryingLength(SourceText source, Span span) =>
        new(new Diagnostic("GM0402", Severity.Error, "the length of this differs from one iteration to the next", source.Locate(span),
            "sum over it directly, as in `sum(for k in 1..n[i]: …)`, or make the length the same everywhere"));

    public static ObjectionException Function(SourceText source, ArrayFunctionValue value) =>
        new(new Diagnostic("GM0403", Severity.Error, $"`{Name(value.Function)}` of unknown quantities is not available in a recursion, or in a loop whose length varies", source.Locate(value.Span),
            "apply it to data alone, or outside of the loop"));

    public static ObjectionException DiscreteLatent(SourceText source, Variable variable) =>
        new(new Diagnostic("GM0404", Severity.Error, $"`{variable}` is discrete and unknown, and used where no sum over its values is taken", source.Locate(variable.Span),
            "give it in the data, or let what is observed depend on it directly"));

    public static ObjectionException RangeOfDiscrete(SourceText source, Definition definition) =>
        new(new Diagnostic("GM0436", Severity.Error, $"the range of `{definition.Variable}` depends on discrete unknowns, which gradient-based sampling cannot follow", source.Locate(definition.Span),
            "draw it on a fixed range and scale it: `u ~ Uniform(0, 1)`, then `x = a + (b - a) * u`"));

    public static ObjectionException ComputedOfDiscrete(SourceText source, Variable variable) =>
        new(new Diagnostic("GM0435", Severity.Error, $"`{variable}` is computed of discrete unknowns, and used where no sum over their values is taken", source.Locate(variable.Span),
            "let what is observed depend on it directly"));

    public static ObjectionException Recursion(SourceText source, Variable variable) =>
        new(new Diagnostic("GM0405", Severity.Error, $"`{variable}` depends on itself in an order that no loop over its plates follows", source.Locate(variable.Span),
            "define what depends on each other in one `for`, each element from earlier ones only"));

    public static ObjectionException Mixture(SourceText source, Span span) =>
        new(new Diagnostic("GM0406", Severity.Error, "the number of components differs from one iteration to the next", source.Locate(span)));

    public static ObjectionException MixtureOfBound(SourceText source, BoundDistribution distribution) =>
        new(new Diagnostic("GM0414", Severity.Error,
            $"an unknown draw from {DistributionTraits.Name(distribution)} of {DistributionTraits.Constrained(distribution)!.Name} has elements that bind each other, and gradient-based sampling follows such elements only of one distribution",
            source.Locate(distribution.Span), "give it in the data, or draw one vector for each component and choose between them"));

    public static ObjectionException LatentWithAtoms(SourceText source, Variable variable, BoundDistribution distribution) =>
        new(new Diagnostic("GM0430", Severity.Error,
            $"`{variable}` is not observed, and {DistributionTraits.Name(distribution)} gives single values a probability of their own, which gradient-based sampling cannot handle", source.Locate(variable.Span),
            "give it in the data, or draw what lies behind it and compute the rest from that: `z ~ D`, then `x = max(z, 0)`"));

    public static ObjectionException Quantile(SourceText source, DistributionValue value) =>
        new(new Diagnostic("GM0431", Severity.Error, $"the gradient of `quantile` of {DistributionTraits.Name(value.Distribution)} is not available here", source.Locate(value.Span),
            "ask for the quantile of a distribution without modifiers, or of known values"));

    public static ObjectionException TooManySizes(SourceText source, Definition definition, int sizes, int limit) =>
        new(new Diagnostic("GM0420", Severity.Error, $"`{definition.Variable}` is defined with arrays of {sizes.ToString(CultureInfo.InvariantCulture)} different sizes, and at most {limit.ToString(CultureInfo.InvariantCulture)} can be compiled", source.Locate(definition.Span),
            "give groups of about the same size the same one, or write what needs an array of its own size as sums"));

    public static ObjectionException RecursionOfSizes(SourceText source, Definition definition) =>
        new(new Diagnostic("GM0421", Severity.Error, $"`{definition.Variable}` depends on itself in rows of different lengths", source.Locate(definition.Span),
            "define an element at a time: `for k in 1..n[i] { … }`"));

    public static ObjectionException BranchSupports(SourceText source, ChoiceDistribution choice) =>
        new(new Diagnostic("GM0410", Severity.Error, "the branches of an `if` that the data do not decide draw one unknown quantity from distributions over different ranges, which gradient-based sampling cannot follow",
            source.Locate(choice.Then.Span), "draw it from distributions with bounds on the same sides in both, or draw two quantities and choose between them")
        { Related = [("the other branch", source.Locate(choice.Else.Span))] });

    public static ObjectionException PartInBranch(SourceText source, Definition definition) =>
        new(new Diagnostic("GM0411", Severity.Error, $"a draw of `{definition.Variable}` is observed in part, and only one branch of an `if` defines it that the data do not decide", source.Locate(definition.Span),
            "give all of the draw or none of it, or define it in both branches"));

    public static ObjectionException Label(SourceText source, NetValue value, int levels, int label) =>
        new(new Diagnostic("GM0492", Severity.Error, $"`{value.Net}` has {levels.ToString(CultureInfo.InvariantCulture)} levels, and is applied to {label.ToString(CultureInfo.InvariantCulture)}", source.Locate(value.Span),
            "an embedding has as many levels as there are labels, counted from 1; of a category: `levels: size(levels(x))`"));

    public static ObjectionException NetInRecursion(SourceText source, NetValue value) =>
        new(new Diagnostic("GM0497", Severity.Error, $"`{value.Net}` is applied to what depends on its own earlier values, one after the other, which gradients do not follow through a net", source.Locate(value.Span),
            "give these values in the data, or apply the net to what is drawn rather than to what is computed"));

    private static string Shape(int[] shape) => shape.Length == 0 ? "of a number" : $"[{string.Join(", ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture)))}]";

    private static string Name(ArrayFunction function) =>
        string.Concat(function.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
