using System.Globalization;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0240–GM0259: shapes, indices, ranges and kinds of value.</summary>
internal sealed partial class BindingDiagnostics
{
    public void ShapesDisagree(Span span, string what, IEnumerable<int> ranks) =>
        Error("GM0240", span, $"{what} needs operands of one shape, and has {string.Join(" and ", ranks.Select(Shape))}", "only single numbers are repeated to fit");

    public void ShapesDisagree(Span span, string what, IEnumerable<Bound> operands) =>
        Error("GM0240", span, $"{what} needs operands of one shape: {ShapeWords.OfAll(source, operands.Where(o => o.Rank > 0).Select(o => new ShapedOperand(o.Span, o, SizesOf(o))))}", "only single numbers are repeated to fit");

    private static int?[] SizesOf(Bound value) => value switch
    {
        VariableValue { Variable: { IsInput: true } input } => [.. input.Dims.Select(d => d is ConstantValue size ? (int?)size.Value : null)],
        ArrayLiteral literal => [literal.Elements.Length, .. literal.Elements.Length > 0 ? SizesOf(literal.Elements[0]) : []],
        _ => new int?[value.Rank],
    };

    public void SizesDisagree(Span span, string what, IEnumerable<ShapedOperand> operands) =>
        Error("GM0241", span, $"the sizes of {what} do not agree: {ShapeWords.OfAll(source, operands)}");

    public void SizesDisagree(Span span, string what, string first, string second) =>
        Error("GM0241", span, $"the sizes of {what} do not agree: {first} and {second}");

    public void MatrixOperand(Span span, int rank) =>
        Error("GM0242", span, $"`@` multiplies matrices and vectors, and this is {Shape(rank)}", rank == 0 ? "for a single number write `*`" : null);

    public void NotASingleNumber(Span span, string what, int rank) =>
        Error("GM0243", span, $"{what} is a single number, and this is {Shape(rank)}");

    public void NotAnInteger(Span span, string what, string? remedy) =>
        Error("GM0244", span, $"{what} is an integer, and this is a real number", remedy ?? "use `floor`, `round` or `ceil`");

    public void BooleanIndex(Span span) =>
        Error("GM0245", span, "this index is a truth value, which counts as 0 or 1, and indices count from 1", "write `+ 1` after it");

    public void ZeroOrOneIndex(Span span) =>
        Error("GM0245", span, "this index is declared to be 0 or 1, and indices count from 1", "write `+ 1` after it");

    public void NotACondition(Span span) =>
        Error("GM0246", span, "a condition is true or false, and this is a real number", "compare it, as in `x > 0`");

    public void NotAnArray(Span span, string name) =>
        Error("GM0247", span, $"{name} is a single number and has no elements");

    public void TooManyIndices(Span span, string name, int rank, int indices) =>
        Error("GM0248", span, $"{name} is {Shape(rank)}, and has {Count(indices, "index", "indices")} here");

    public void IndexBelowOne(Span span, double value) =>
        Error("GM0249", span, $"indices count from 1, and this one is {Number(value)}", value == 0 ? "the first element is `[1]`" : "from the end it is counted with `size`: `x[size(x)]` is the last");

    public void IndexOrigin(Loop loop, double lower, Span span, bool isCertain)
    {
        var (text, remedy) = ($"indices count from 1, and `{loop.Name}` begins at {Number(lower)}", $"write `for {loop.Name} in 1..N`, both ends included");
        if (isCertain) Error("GM0136", span, text, remedy);
        else Warning("GM0136", span, text, remedy);
    }

    public void IndexOutOfRange(Span span, double value, int size) =>
        Error("GM0250", span, string.Create(CultureInfo.InvariantCulture, $"this index is {value}, and there {(size == 1 ? "is" : "are")} only {Count(size, "element", "elements")}"));

    public void IndexShape(Span span, int rank) =>
        Error("GM0251", span, $"an index is an integer or a vector of integers, and this is {Shape(rank)}");

    public void NotARange(Span span, string? upper) =>
        Error("GM0252", span, "this is not a range", upper is null ? "a range has two ends, as `1..N`" : $"write `1..{upper}`");

    public void ComparisonChain(Span span) =>
        Error("GM0253", span, "comparisons do not chain", "join two with `and`: `0 < x and x < 1`");

    public void TooDeep(Span span) =>
        Error("GM0254", span, "this expression is nested too deeply", "give parts of it names", once: "");

    public void TooLarge(Span span) =>
        Error("GM0255", span, "the functions of this model expand to more than a million terms", "let a function compute a part of it as a variable of its own", once: "");

    public void TooLongProduct(Span span) =>
        Error("GM0256", span, "a product with `%` or `@` has too many operands", "give parts of it names");

    public void NotSquare(Span span, string function, int rows, int columns) =>
        Error("GM0257", span, string.Create(CultureInfo.InvariantCulture, $"`{function}` needs a square matrix, and this one is {rows} by {columns}"));

    public void ElementsDiffer(Span span, int first, int rank) =>
        Error("GM0258", span, $"the elements of an array have one shape: the first is {Shape(first)}, and this is {Shape(rank)}");

    public void SliceOnTheLeft(Span span, string range) =>
        Error("GM0390", span, "a statement defines one element or row, and this is a slice", $"repeat it: `for i in {range} {{ … }}`, with `i` as the index");

    private static string Count(int count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
