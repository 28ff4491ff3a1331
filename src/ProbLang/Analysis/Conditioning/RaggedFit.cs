using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Brings what is given for a ragged array, or for one that should not be ragged, into the layout of the model; a row of another length is the mistake.</summary>
internal sealed class RaggedFit(Draft draft, Variable variable, int[] shape, RowLengths? rows, GivenArray given)
{
    /// <summary>The values in the model's layout. A rectangular array may hold a ragged one: its rows end in missing cells, as those of a table do.</summary>
    public static GivenArray Of(Draft draft, Variable variable, int[] shape, RowLengths? rows, GivenArray given)
    {
        if (given.Shape.Length != shape.Length) return given;
        if (HasNoRows(given.Shape) && shape[0] == 0) return given with { Shape = shape, Rows = rows };
        if (rows is null && given.Rows is null) return given;
        return new RaggedFit(draft, variable, shape, rows, given).Run();
    }

    /// <summary>Whether there are no rows, so that nothing tells how long they would be.</summary>
    public static bool HasNoRows(int[] shape) => shape.Length > 1 && Array.TrueForAll(shape, n => n == 0);

    private GivenArray Run()
    {
        // How many rows there are is for the check of shapes to say.
        if (given.Shape[0] != shape[0]) return given;
        var values = Tensor.Unknown(shape).Values;
        var from = new int[values.Length];
        Copy(0, 0, 0);
        return given with { Shape = shape, Values = values, Place = cell => given.Place(from[cell]), Rows = rows };

        void Copy(int d, int to, int at)
        {
            if (d == shape.Length)
            {
                (values[to], from[to]) = (given.Values[at], at);
                return;
            }
            var length = rows?[d, to] ?? shape[d];
            var own = given.Rows is { } ragged ? ragged[d, at] : EndOf(d, at, length);
            if (own != length) throw Mismatch(d, to, at, own, length);
            for (var i = 0; i < length; i++) Copy(d + 1, to * shape[d] + i, at * given.Shape[d] + i);
        }
    }

    /// <summary>The length that a row of a rectangular array can be taken to have: the one asked for, where what is beyond it is missing.</summary>
    private int EndOf(int d, int at, int length)
    {
        var size = given.Shape[d];
        if (size < length) return size;
        var block = Tensor.CountOf(given.Shape.AsSpan(d + 1));
        for (var i = size; i > length; i--)
            if (given.Values.AsSpan((at * size + i - 1) * block, block).ContainsAnyExcept(double.NaN)) return i;
        return length;
    }

    private DiagnosticException Mismatch(int d, int row, int at, int own, int length)
    {
        var index = new int[d];
        for (var k = d - 1; k >= 0; k--)
        {
            index[k] = row % shape[k] + 1;
            row /= shape[k];
        }
        var cell = at * Tensor.CountOf(given.Shape.AsSpan(d));
        var place = given.RowPlace?.Invoke(d, at) ?? (cell < given.Values.Length ? given.Place(cell) : null);
        return new(DataDiagnostics.RowLength(variable.Name, index, own, Expected(d, index, length), place, draft.Locate(variable.Span)));
    }

    /// <summary><c>`n[3]` is 5</c>, where the model has a name for the length.</summary>
    private string Expected(int d, int[] index, int length) => SizeInference.DimensionOf(draft, variable, d) switch
    {
        VariableValue { Rank: 0 } size => $"`{size.Variable.Name}` is {length}",
        VariableValue size when size.Rank <= d => $"`{Element(size.Variable, index)}` is {length}",
        IndexedValue { Rank: 0, Array: VariableValue size } indexed when indexed.Indices.All(i => i is AtIndex { Position: LoopValue }) => $"`{Element(size.Variable, index)}` is {length}",
        _ when rows is null && given.Rows is not null => $"the rows of `{variable.Name}` are all of one length in the model, {length}",
        _ => $"the model makes it {length}",
    };

    private static string Element(Variable size, int[] index) => $"{size.Name}[{string.Join(", ", index.Take(size.Rank))}]";
}
