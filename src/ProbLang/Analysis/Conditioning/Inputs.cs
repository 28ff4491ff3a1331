using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Reads an input: from the data, from <c>given</c> statements, from shapes or from its default, checked against its size and type.</summary>
internal static class Inputs
{
    public static void Read(Draft draft, Variable input)
    {
        var declared = draft.Locate(input.Span);
        var shape = input.Dims.Select(d => Size(draft, input, d)).ToArray();
        Layout.CheckSize(shape, $"`{input.Name}`", declared);
        var values = Tensor.Unknown(shape).Values;
        var places = new Dictionary<int, Span>();
        CheckStart(draft, input, shape);
        var given = Givens.WholeOf(draft, input);
        if (given is not null) Take(draft, input, shape, values, given);
        else
        {
            if (input.Default is { } value) TakeDefault(draft, input, shape, values, value);
            else if (draft.InferredSizes.TryGetValue(input, out var size)) values[0] = size;
            Givens.Overlay(draft, input, shape, values, places);
            if (values.Length > 0 && Array.TrueForAll(values, double.IsNaN))
                throw new DiagnosticException(Absent(draft, input, declared));
        }
        for (var i = 0; i < values.Length; i++)
            if (double.IsNaN(values[i]))
                throw new DiagnosticException(input.IsParameter ? DataDiagnostics.ParameterMissing(input, ShapeText.Element(input.Name, shape, i), given?.Place(i), declared) : DataDiagnostics.InputCellMissing(input, ShapeText.Element(input.Name, shape, i), given?.Place(i), declared));
        TypeCheck.Run(draft, input, shape, values, i => given?.Place(i) ?? (places.TryGetValue(i, out var span) ? draft.Locate(span) : null));
        var state = new VariableState(input, shape) { Values = values, Roles = new Role[values.Length], Needed = new bool[values.Length] };
        Array.Fill(state.Roles, Role.Known);
        draft.Add(new VariableDraft(state));
    }

    private static int Size(Draft draft, Variable input, Bound dimension)
    {
        var place = draft.Locate(dimension.Span);
        if (dimension.Rank > 0) throw new DiagnosticException(DataDiagnostics.Ragged(place));
        var size = draft.Code.Scalar(dimension)();
        if (double.IsNaN(size)) throw new DiagnosticException(DataDiagnostics.RangeUnknown(place));
        if (size < 0 || size != Math.Floor(size)) throw new DiagnosticException(DataDiagnostics.SizeNotWhole(place, size));
        return size <= Layout.Limit ? (int)size : throw new DiagnosticException(DataDiagnostics.TooLarge($"`{input.Name}`", place));
    }

    private static void Take(Draft draft, Variable input, int[] shape, double[] values, GivenArray given)
    {
        if (!given.Shape.AsSpan().SequenceEqual(shape))
            throw new DiagnosticException(DataDiagnostics.WrongShape(input.Name, ShapeText.Of(given.Shape), Expected(input, shape),
                given.Values.Length > 0 ? given.Place(0) : null, draft.Locate(input.Span)));
        given.Values.CopyTo(values, 0);
    }

    /// <summary>The shape with the names of the sizes: <c>[J = 8]</c>.</summary>
    private static string Expected(Variable input, int[] shape) => shape.Length == 0 ? ShapeText.Of(shape)
        : $"[{string.Join(", ", shape.Select((n, d) => input.Dims[d] is VariableValue size ? $"{size.Variable.Name} = {n}" : $"{n}"))}]";

    private static void TakeDefault(Draft draft, Variable input, int[] shape, double[] values, Bound value)
    {
        var given = draft.Code.Evaluate(value);
        if (given.Rank == 0) Array.Fill(values, given.Values[0]);
        else if (given.Shape.AsSpan().SequenceEqual(shape)) given.Values.CopyTo(values, 0);
        else throw new DiagnosticException(DataDiagnostics.ShapesDiffer(draft.Locate(value.Span), $"the {(input.IsParameter ? "start" : "default")} is {ShapeText.Of(given.Shape)}, but `{input.Name}` is {Expected(input, shape)}"));
    }

    /// <summary>The start of a parameter is checked like a default; it is not a value.</summary>
    private static void CheckStart(Draft draft, Variable input, int[] shape)
    {
        if (input.Start is not { } start) return;
        var values = Tensor.Unknown(shape).Values;
        TakeDefault(draft, input, shape, values, start);
        TypeCheck.Run(draft, input, shape, values, _ => draft.Locate(start.Span));
    }

    private static Diagnostic Absent(Draft draft, Variable input, Location declared)
    {
        if (input.IsParameter) return DataDiagnostics.ParameterMissing(input, input.Name, null, declared);
        if (input.Rank == 0 && SizesSomething(draft.Graph, input)) return DataDiagnostics.SizeUnknown(input, declared);
        var unused = draft.Data.Arrays.Keys.Where(name => draft.Graph.Find(name) is null);
        return DataDiagnostics.InputMissing(input, declared, Spelling.Nearest(input.Name, unused));
    }

    private static bool SizesSomething(ModelGraph graph, Variable input) =>
        graph.Variables.Any(v => Uses.Of(v.Dims).Contains(input)) || graph.Definitions.Any(d => Uses.Of(Uses.OfPlates(d.Plates)).Contains(input));
}
