using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Reads an input: from the data, from <c>given</c> statements, from shapes or from its default, checked against its size and type.</summary>
internal static class Inputs
{
    public static void Read(Draft draft, Variable input)
    {
        var declared = draft.Locate(input.Span);
        var (shape, rows) = Sizes(draft, input);
        var values = Tensor.Unknown(shape).Values;
        var places = new Dictionary<int, Span>();
        CheckStart(draft, input, shape);
        var given = Givens.WholeOf(draft, input) is { } whole ? RaggedFit.Of(draft, input, shape, rows, whole) : null;
        if (given is not null) Take(draft, input, shape, values, given);
        else
        {
            if (input.Default is { } value) TakeDefault(draft, input, shape, values, value);
            else if (draft.InferredSizes.TryGetValue(input, out var size)) values[0] = size;
            else if (RowSizes.Of(draft, input, shape) is { } sizes) values = sizes;
            Givens.Overlay(draft, input, shape, values, places);
            if (values.Length > 0 && Array.TrueForAll(values, double.IsNaN) && (rows is null || rows.Cells().Any()))
                throw new DiagnosticException(Absent(draft, input, declared));
        }
        var looks = new Ticker();
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            if (double.IsNaN(values[i]) && (rows?.Contains(i) ?? true))
                throw new DiagnosticException(input.IsParameter ? DataDiagnostics.ParameterNotReal(input, ShapeText.Element(input.Name, shape, i), given?.Place(i), declared) : DataDiagnostics.InputCellMissing(input, ShapeText.Element(input.Name, shape, i), given?.Place(i), declared));
        }
        TypeCheck.Run(draft, input, shape, values, i => given?.Place(i) ?? (places.TryGetValue(i, out var span) ? draft.Locate(span) : null));
        var state = new VariableState(input, shape) { Rows = rows, Values = values, Roles = new Role[values.Length], Needed = new bool[values.Length] };
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            state.Roles[i] = state.Exists(i) ? Role.Known : Role.Undefined;
        }
        draft.Add(new VariableDraft(state));
    }

    /// <summary>The sizes; where a dimension is an array of sizes, the greatest, and the length of each row.</summary>
    private static (int[] Shape, RowLengths? Rows) Sizes(Draft draft, Variable input)
    {
        var (shape, lengths) = (new int[input.Rank], new int[]?[input.Rank]);
        for (var d = 0; d < shape.Length; d++)
        {
            var dimension = input.Dims[d];
            var sizes = draft.Code.Evaluate(dimension);
            if (dimension.Rank > d || !sizes.Shape.AsSpan().SequenceEqual(shape.AsSpan(0, dimension.Rank)))
                throw new DiagnosticException(DataDiagnostics.SizesShape(input.Name, d + 1, ShapeText.Of(sizes.Shape), dimension.Rank > d ? "the dimensions before it" : ShapeText.Of(shape[..dimension.Rank]), draft.Locate(dimension.Span)));
            var known = new int[sizes.Values.Length];
            for (var i = 0; i < known.Length; i++)
                if (sizes.Rows?.Contains(i) ?? true) known[i] = Size(draft, input, dimension, sizes.Values[i]);
            shape[d] = known.Length == 0 ? 0 : known.Max();
            if (dimension.Rank == 0) continue;
            // Sizes for the first indices hold for all that come between.
            var each = shape.AsSpan(dimension.Rank, d - dimension.Rank).ToArray().Aggregate(1, (a, b) => a * b);
            lengths[d] = [.. known.SelectMany(n => Enumerable.Repeat(n, each))];
        }
        Layout.CheckSize(shape, $"`{input.Name}`", draft.Locate(input.Span));
        return (shape, RowLengths.Of(shape, lengths));
    }

    private static int Size(Draft draft, Variable input, Bound dimension, double size)
    {
        var place = draft.Locate(dimension.Span);
        if (double.IsNaN(size)) throw new DiagnosticException(DataDiagnostics.RangeUnknown(place));
        if (size < 0 || size != Math.Floor(size)) throw new DiagnosticException(DataDiagnostics.SizeNotWhole(place, size));
        return size <= Layout.Limit ? (int)size : throw new DiagnosticException(DataDiagnostics.TooLarge($"`{input.Name}`", place));
    }

    private static void Take(Draft draft, Variable input, int[] shape, double[] values, GivenArray given)
    {
        if (!given.Shape.AsSpan().SequenceEqual(shape))
            throw new DiagnosticException(DataDiagnostics.WrongShape(input.Name, ShapeText.Of(given.Shape), ShapeText.Of(input, shape),
                given.Values.Length > 0 ? given.Place(0) : null, draft.Locate(input.Span)));
        Blockwise.Copy<double>(given.Values, values);
    }

    private static void TakeDefault(Draft draft, Variable input, int[] shape, double[] values, Bound value)
    {
        var given = draft.Code.Evaluate(value);
        if (given.Rank == 0) Array.Fill(values, given.Values[0]);
        else if (given.Shape.AsSpan().SequenceEqual(shape)) given.Values.CopyTo(values, 0);
        else throw new DiagnosticException(DataDiagnostics.ShapesDiffer(draft.Locate(value.Span), $"the {(input.IsParameter ? "start" : "default")} is {ShapeText.Of(given.Shape)}, but `{input.Name}` is {ShapeText.Of(input, shape)}"));
    }

    /// <summary>The start of a parameter is checked like a default; it is not a value.</summary>
    public static void CheckStart(Draft draft, Variable input, int[] shape)
    {
        if (input.Start is not { } start) return;
        var values = Tensor.Unknown(shape).Values;
        TakeDefault(draft, input, shape, values, start);
        TypeCheck.Run(draft, input, shape, values, _ => draft.Locate(start.Span));
    }

    private static Diagnostic Absent(Draft draft, Variable input, Location declared)
    {
        if (input.IsParameter) return input.Type == ElementType.Real ? DataDiagnostics.ParameterMissing(input, declared) : DataDiagnostics.ParameterNotReal(input, input.Name, null, declared);
        if (input.Rank == 0 && SizesSomething(draft.Graph, input)) return DataDiagnostics.SizeUnknown(input, declared);
        var unused = draft.Data.Arrays.Keys.Where(name => draft.Graph.Find(name) is null);
        return DataDiagnostics.InputMissing(input, declared, Spelling.Nearest(input.Name, unused));
    }

    private static bool SizesSomething(ModelGraph graph, Variable input) =>
        graph.Variables.Any(v => Uses.Of(v.Dims).Contains(input)) || graph.Definitions.Any(d => Uses.Of(Uses.OfPlates(d.Plates)).Contains(input));
}
