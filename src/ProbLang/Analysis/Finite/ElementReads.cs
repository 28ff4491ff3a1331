using System.Diagnostics;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Which cells a single draw of a statement reads. As against <see cref="Reads"/>, which takes an iteration as one, an element of
/// <c>y ~ Normal(mu[z], s)</c> reads its own <c>z[i]</c> alone. An index that is not known reads the whole dimension.
/// </summary>
/// <param name="model">The shapes of the variables.</param>
/// <param name="code">Evaluates indices; what is unknown in it is NaN.</param>
/// <param name="visit">Called for each run of cells that is read.</param>
/// <param name="note">Called, where it is wanted, with everything known that the value depends on beside the cells that are read: two draws of a statement with
/// the same notes, from cells with the same values, are the same function of the cells that are not known.</param>
internal sealed class ElementReads(ConditionedModel model, ExpressionCode code, Reads.Visitor visit, Action<double>? note = null)
{
    private readonly CompiledParts _compiled = new(code);

    /// <summary>What a value reads, or the part of it at an index from 0 of its first dimensions.</summary>
    public void Read(Bound value, ReadOnlySpan<int> at)
    {
        switch (value)
        {
            case ConstantValue:
                return;
            case LoopValue loop:
                note?.Invoke(code[loop.Loop].Value);
                return;
            case VariableValue variable:
                ReadCells(model[variable.Variable], at);
                return;
            case ElementwiseValue function:
                foreach (var argument in function.Arguments) Read(argument, argument.Rank == 0 ? [] : at);
                return;
            case ConditionalValue choice:
                ReadChoice(choice, at);
                return;
            case IndexedValue indexed:
                ReadIndexed(indexed, at);
                return;
            case ArrayLiteral literal when at.Length > 0:
                note?.Invoke(at[0]);
                Read(literal.Elements[at[0]], at[1..]);
                return;
            case Comprehension comprehension:
                ReadEach(comprehension, at);
                return;
            case ArrayFunctionValue function when ArrayFunctions.IsAboutShape(function.Function):
                if (note is not null) Note(Elements(function).Values);
                return;
            case DistributionValue question:
                Read(question.Distribution, question.Rank == 0 ? [] : at);
                Read(question.At, question.At.Rank == 0 ? [] : at);
                return;
            default:
                foreach (var place in at) note?.Invoke(place);
                foreach (var part in Parts.Of(value)) Read(part, []);
                return;
        }
    }

    /// <summary>What a draw reads, of the batch's draw at an index.</summary>
    public void Read(BoundDistribution distribution, ReadOnlySpan<int> batch)
    {
        switch (distribution)
        {
            case CatalogDistribution catalog:
                var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
                for (var i = 0; i < parameters.Length; i++)
                    if (catalog.Arguments[i] is { } argument) Read(argument, argument.Rank == parameters[i].Rank ? [] : batch);
                return;
            case RepeatedDistribution repeated:
                Read(repeated.Base, batch[Math.Min(repeated.Sizes.Length, batch.Length)..]);
                return;
            case ChoiceDistribution choice:
                Read(choice.Condition, []);
                var holds = Noted(Scalar(choice.Condition));
                if (holds != 0) Read(choice.Then, BatchOf(choice.Then, batch));
                if (holds is 0 or double.NaN) Read(choice.Else, BatchOf(choice.Else, batch));
                return;
            case MixtureDistribution mixture:
                Read(mixture.Weights, mixture.Weights.Rank == 1 ? [] : batch);
                foreach (var component in mixture.Components) Read(component, BatchOf(component, batch));
                return;
            case MixtureComprehension mixture:
                Read(mixture.Weights, mixture.Weights.Rank == 1 ? [] : batch);
                Read(mixture.Lower, []);
                Read(mixture.Upper, []);
                var (box, (first, count)) = (code[mixture.Loop], Extent(mixture.Lower, mixture.Upper));
                note?.Invoke(count);
                for (var k = 0; k < count; k++)
                {
                    code.Tick();
                    box.Value = first + k;
                    Read(mixture.Component, BatchOf(mixture.Component, batch));
                }
                return;
            default:
                foreach (var own in Parts.Own(distribution)) Read(own, own.Rank == 0 ? [] : batch);
                foreach (var inside in Parts.Inside(distribution)) Read(inside, BatchOf(inside, batch));
                return;
        }
    }

    private static ReadOnlySpan<int> BatchOf(BoundDistribution part, ReadOnlySpan<int> batch) => part.Rank == DistributionTraits.EventRank(part) ? [] : batch;

    private void ReadCells(VariableState state, ReadOnlySpan<int> at)
    {
        var block = Tensor.CountOf(state.Shape.AsSpan(at.Length));
        visit(state, Offset(at, state.Shape) * block, block);
    }

    private void ReadChoice(ConditionalValue choice, ReadOnlySpan<int> at)
    {
        Read(choice.Condition, choice.Condition.Rank == 0 ? [] : at);
        var condition = choice.Condition.Rank == 0 ? Noted(Scalar(choice.Condition)) : double.NaN;
        if (condition != 0) Read(choice.Then, choice.Then.Rank == 0 ? [] : at);
        if (condition is 0 or double.NaN) Read(choice.Else, choice.Else.Rank == 0 ? [] : at);
    }

    private void ReadEach(Comprehension comprehension, ReadOnlySpan<int> at)
    {
        Read(comprehension.Lower, []);
        Read(comprehension.Upper, []);
        var (box, (first, count)) = (code[comprehension.Loop], Extent(comprehension.Lower, comprehension.Upper));
        var (from, to) = at.Length > 0 ? (at[0], at[0] + 1) : (0, count);
        note?.Invoke(to - from);
        for (var k = from; k < to; k++)
        {
            code.Tick();
            box.Value = first + k;
            Read(comprehension.Body, at.Length > 0 ? at[1..] : []);
        }
    }

    /// <summary>An element or a slice: what its indices read, and of the array the cells that they may select.</summary>
    private void ReadIndexed(IndexedValue indexed, ReadOnlySpan<int> at)
    {
        // For each dimension of the array the offsets that may be read, from one to another.
        var ranges = new (int From, int To)[indexed.Array.Rank];
        Array.Fill(ranges, Whole);
        var kept = 0;
        for (var d = 0; d < ranges.Length; d++)
        {
            var own = kept < at.Length ? at[kept] : -1;
            switch (d < indexed.Indices.Length ? indexed.Indices[d] : null)
            {
                case AtIndex { Position.Rank: 0 } element:
                    ranges[d] = At(Known(Scalar(element.Position)));
                    // What goes into an index that is known shows in the cell that it selects.
                    if (ranges[d] == Whole) Read(element.Position, []);
                    continue;
                case AtIndex several:
                    Read(several.Position, own < 0 ? [] : [own]);
                    if (own >= 0) ranges[d] = At(Known(Elements(several.Position).Values[own]));
                    break;
                case SliceOf slice:
                    ranges[d] = SliceAt(slice, own);
                    break;
                default:
                    ranges[d] = At(own);
                    break;
            }
            kept++;
        }
        if (indexed.Array is VariableValue { Variable: var variable })
        {
            foreach (var (from, to) in ranges) note?.Invoke(to - from);
            ReadSelected(model[variable], ranges, 0, 0);
            return;
        }
        foreach (var (from, _) in ranges) note?.Invoke(from);
        Read(indexed.Array, Array.ConvertAll(ranges, r => r.From).AsSpan(0, ranges.TakeWhile(r => r != Whole && r.To == r.From + 1).Count()));
    }

    private (int, int) SliceAt(SliceOf slice, int own)
    {
        if (slice.Lower is not null) Read(slice.Lower, []);
        if (slice.Upper is not null) Read(slice.Upper, []);
        if (slice is { Lower: null, Upper: null }) return At(own);
        var lower = slice.Lower is null ? 0 : Known(Scalar(slice.Lower));
        if (own >= 0) return lower < 0 ? Whole : At(lower + own);
        var upper = slice.Upper is null ? int.MaxValue : Known(Scalar(slice.Upper)) + 1;
        return lower < 0 || slice.Upper is not null && double.IsNaN(Scalar(slice.Upper)) ? Whole : (lower, Math.Max(lower, upper));
    }

    private static (int From, int To) Whole => (-1, -1);

    private static (int, int) At(int offset) => offset < 0 ? Whole : (offset, offset + 1);

    private void ReadSelected(VariableState state, (int From, int To)[] ranges, int d, int before)
    {
        var rest = ranges.AsSpan(d);
        if (!rest.ContainsAnyExcept(Whole))
        {
            var block = Tensor.CountOf(state.Shape.AsSpan(d));
            visit(state, before * block, block);
            return;
        }
        var (from, to) = ranges[d] == Whole ? (0, state.Shape[d]) : ranges[d];
        // An index outside of the array is a mistake that is reported elsewhere.
        for (var at = from; at < Math.Min(to, state.Shape[d]); at++) ReadSelected(state, ranges, d + 1, before * state.Shape[d] + at);
    }

    private double Noted(double value)
    {
        note?.Invoke(value);
        return value;
    }

    private void Note(double[] values)
    {
        foreach (var value in values) note!(value);
    }

    private static int Known(double index) => double.IsNaN(index) ? -1 : (int)index - 1;

    private static int Offset(ReadOnlySpan<int> at, int[] shape)
    {
        var offset = 0;
        for (var d = 0; d < at.Length; d++) offset = offset * shape[d] + at[d];
        return offset;
    }

    private (int First, int Count) Extent(Bound lower, Bound upper) => code.Extent(Scalar(lower), Scalar(upper), lower.Span);

    private double Scalar(Bound value) => _compiled.Scalar(value)();

    private Tensor Elements(Bound value) => _compiled.Array(value)();
}
