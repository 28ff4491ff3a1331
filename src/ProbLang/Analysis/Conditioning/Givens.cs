using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Values that are given: by the data of the call, else by <c>given</c> statements of the model. An array in the data speaks for all its cells.</summary>
internal static class Givens
{
    public static GivenArray Of(DataArray array)
    {
        var (values, looks) = (GC.AllocateUninitializedArray<double>(array.Values.Length), new Ticker());
        for (var i = 0; i < values.Length; i++)
        {
            looks.Tick();
            values[i] = array.IsMissing(i) ? double.NaN : array.Values[i];
        }
        return new GivenArray(array.Shape, values, array.Place, true) { Rows = array.Rows, RowPlace = array.RowPlace };
    }

    /// <summary>The whole array that is given for a variable, if one is.</summary>
    public static GivenArray? WholeOf(Draft draft, Variable variable)
    {
        if (draft.Data.Arrays.TryGetValue(variable.Name, out var array)) return IsTakenBack(variable, array) ? null : Of(draft, variable, array);
        GivenArray? whole = null;
        foreach (var given in draft.Graph.GivenValues)
            if (given.Variable == variable && given.Indices.Length == 0 && given.Value.Rank == variable.Rank && Applies(draft, given)) whole = Agreed(draft, whole, given);
        return whole;
    }

    /// <summary>What is given once more must be the same: facts hold together, in whichever order they are written.</summary>
    private static GivenArray Agreed(Draft draft, GivenArray? before, GivenValue given)
    {
        var array = Of(draft, given);
        for (var i = 0; before is not null && i < Math.Min(before.Values.Length, array.Values.Length); i++)
            if (AreDifferent(before.Values[i], array.Values[i])) throw new DiagnosticException(DataDiagnostics.FactsContradict(draft.Locate(given.Span)));
        return array;
    }

    private static bool AreDifferent(double before, double value) => !double.IsNaN(before) && !double.IsNaN(value) && before != value;

    /// <summary>Writes what <c>given</c> statements say of single elements over the values of a variable that the data do not name.</summary>
    public static void Overlay(Draft draft, Variable variable, int[] shape, double[] values, Dictionary<int, Span> places)
    {
        if (draft.Data.Arrays.ContainsKey(variable.Name)) return;
        foreach (var given in draft.Graph.GivenValues.Where(g => g.Variable == variable && (g.Indices.Length > 0 || g.Value.Rank < variable.Rank)))
            Overlay(draft, given, shape, values, places);
    }

    /// <summary>The size of a whole array that is given, as far as it can be told before anything is laid out.</summary>
    public static int[]? ShapeOf(Draft draft, Variable variable)
    {
        if (draft.Data.Arrays.TryGetValue(variable.Name, out var array)) return IsTakenBack(variable, array) ? null : array.Shape;
        var given = draft.Graph.GivenValues.LastOrDefault(g => g.Variable == variable && g.Indices.Length == 0 && g.Plates.Length == 0 && g.Gates.Length == 0);
        return given is not null && given.Value.Rank == variable.Rank && Uses.Of([given.Value]).Count == 0 ? draft.Code.Evaluate(given.Value).Shape : null;
    }

    /// <summary>Whether a single null stands for a whole array: nothing is given, and what the file or the model gives is taken back.</summary>
    private static bool IsTakenBack(Variable variable, DataArray array) => variable.Rank > 0 && array.Shape.Length == 0 && array.IsMissing(0);

    private static GivenArray Of(Draft draft, Variable variable, DataArray array)
    {
        var looks = new Ticker();
        for (var i = 0; i < array.Values.Length; i++)
        {
            looks.Tick();
            if (double.IsNaN(array.Values[i]) && !array.IsMissing(i))
                throw new DiagnosticException(DataDiagnostics.NotANumber(ShapeText.Element(variable.Name, array.Shape, i), array.Place(i), draft.Locate(variable.Span)));
        }
        return Of(array);
    }

    private static GivenArray Of(Draft draft, GivenValue given)
    {
        var value = draft.Code.Evaluate(given.Value);
        if (!value.IsKnown) throw new DiagnosticException(DataDiagnostics.GivenUnknown(draft.Locate(given.Value.Span)));
        var place = draft.Locate(given.Span);
        return new GivenArray(value.Shape, (double[])value.Values.Clone(), _ => place, false) { Rows = value.Rows };
    }

    /// <summary>Whether the branches hold that a value is given in.</summary>
    private static bool Applies(Draft draft, GivenValue given)
    {
        if (given.Gates.IsEmpty) return true;
        var applies = false;
        new Gating(draft, given.Plates, given.Gates).ForEach(open => applies |= IsDecided(draft, given, open));
        return applies;
    }

    /// <summary>False for what is no value where the data do not decide that its branch holds; a mistake for what is meant as one.</summary>
    private static bool IsDecided(Draft draft, GivenValue given, IReadOnlyList<Gate> open)
    {
        if (open.Count == 0) return true;
        return given.IsEvent || draft.IsSimulation ? false : throw new DiagnosticException(DataDiagnostics.GivenInBranch(draft.Locate(given.Span)));
    }

    private static void Overlay(Draft draft, GivenValue given, int[] shape, double[] values, Dictionary<int, Span> places)
    {
        var indices = given.Indices.Select(draft.Code.Scalar).ToArray();
        var target = new VariableValue(given.Variable, given.Span);
        var rest = shape[indices.Length..];
        var rows = draft.State(given.Variable)?.Rows;
        var block = Tensor.CountOf(rest);
        var value = draft.Code.Array(given.Value);
        new Gating(draft, given.Plates, given.Gates).ForEach(open =>
        {
            if (!IsDecided(draft, given, open)) return;
            var offset = 0;
            for (var d = 0; d < indices.Length; d++)
            {
                var at = draft.Code.Offset(indices[d](), shape[d], target, d, given.Span);
                if (at < 0) throw new DiagnosticException(DataDiagnostics.TargetUnknown(given.Variable.Name, draft.Locate(given.Span)));
                offset = offset * shape[d] + at;
            }
            if (indices.Length == shape.Length && rows?.Contains(offset) == false)
                throw new DiagnosticException(DataDiagnostics.RowIndexOutside(draft.Locate(given.Span), given.Variable.Name, indices[^1](), [.. indices[..^1].Select(i => (int)i())], rows[shape.Length - 1, offset / shape[^1]]));
            var known = value();
            if (!known.IsKnown) throw new DiagnosticException(DataDiagnostics.GivenUnknown(draft.Locate(given.Value.Span)));
            if (known.Rank > 0 && !known.Shape.AsSpan().SequenceEqual(rest))
                throw new DiagnosticException(DataDiagnostics.ShapesDiffer(draft.Locate(given.Span), $"{ShapeText.Of(known.Shape)} is given for {ShapeText.Of(rest)}"));
            for (var i = 0; i < block; i++)
            {
                var (cell, fact) = (offset * block + i, known.Values[known.Rank == 0 ? 0 : i]);
                // What an input has by default is no fact.
                if ((!given.Variable.IsInput || places.ContainsKey(cell)) && AreDifferent(values[cell], fact)) throw new DiagnosticException(DataDiagnostics.FactsContradict(draft.Locate(given.Span)));
                (values[cell], places[cell]) = (fact, given.Span);
            }
        });
    }
}
