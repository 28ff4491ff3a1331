using System.Collections.Immutable;
using System.Numerics;
using ProbLang.Analysis;

namespace ProbLang;

/// <content>What a row gives, and what it does not.</content>
public sealed partial class Scorer
{
    /// <summary>What rows that give the same do not give.</summary>
    /// <param name="Bits">All of it, as bits: the number of a variable among those that are drawn.</param>
    /// <param name="Summed">What something given depends on, and has finitely many values.</param>
    /// <param name="SummedBits">The same as bits.</param>
    /// <param name="Latent">What something given depends on, and cannot be summed out; null where there is none.</param>
    private sealed record Missing(ulong Bits, ImmutableArray<RowVariable> Summed, ulong SummedBits, RowVariable? Latent);

    private Missing MissingOf(ulong given)
    {
        var relevant = _dependence.Relevant(given, All & ~given);
        var variables = Of(relevant);
        return new Missing(All & ~given, variables, relevant, variables.FirstOrDefault(v => !v.MayBeFinite));
    }

    private ImmutableArray<RowVariable> Of(ulong bits)
    {
        var variables = ImmutableArray.CreateBuilder<RowVariable>(BitOperations.PopCount(bits));
        for (var v = 0; v < _drawn.Length; v++)
            if ((bits >> v & 1) != 0) variables.Add(_drawn[v]);
        return variables.ToImmutable();
    }

    /// <summary>Checks every number of a row; the result is which variables it gives, as bits.</summary>
    /// <exception cref="ArgumentException">A field is missing or out of its range.</exception>
    private ulong Check(ReadOnlySpan<double> row, CancellationToken cancellation)
    {
        var (given, number) = (0UL, 0);
        foreach (var field in Inputs)
        {
            var isGiven = IsGiven(field, row.Slice(field.Offset, field.Count));
            if (field.IsOutcome && isGiven) given |= 1UL << number;
            if (field.IsOutcome) number++;
        }
        CheckIndices(row);
        if (given != 0) CheckBounds(given, row, cancellation);
        if (_template.HasComputedIndices) Evaluate(given, row);
        return given;
    }

    private static bool IsGiven(ScorerField field, ReadOnlySpan<double> numbers)
    {
        var missing = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (double.IsNaN(numbers[i])) missing++;
            else if (field.Refusal(numbers[i]) is { } why) throw OutOfRange(field, i, numbers[i], why);
        }
        if (missing == 0) return true;
        if (!field.IsOutcome) throw field.Missing();
        return missing == numbers.Length ? false : throw new ArgumentException($"some elements of `{field.Name}` are missing: give all of them, or none", field.Name);
    }

    private void CheckIndices(ReadOnlySpan<double> row)
    {
        foreach (var (variable, most) in _template.Indices)
            for (var i = variable.Offset; i < variable.Offset + variable.Size; i++)
                if (row[i] < 1 || row[i] > most || row[i] != Math.Floor(row[i]))
                    throw OutOfRange(Field(variable), i - variable.Offset, row[i], FormattableString.Invariant($"the data had 1 to {most}"));
    }

    /// <summary>What is given lies within the support of its distribution, where that is the same in all draws.</summary>
    private void CheckBounds(ulong given, ReadOnlySpan<double> row, CancellationToken cancellation)
    {
        Span<double> bounds = Width <= 64 ? stackalloc double[2 * Width] : new double[2 * Width];
        _densities.Bounds(row, bounds, cancellation);
        for (var v = 0; v < _drawn.Length; v++)
        {
            if ((given >> v & 1) == 0 || _drawn[v].Draws.Any(d => d.EventRank > 0) || !_densities.HasFixedBounds(_drawn[v])) continue;
            for (var i = _drawn[v].Offset; i < _drawn[v].Offset + _drawn[v].Size; i++)
            {
                if (row[i] < bounds[i]) throw OutOfRange(Field(_drawn[v]), i - _drawn[v].Offset, row[i], FormattableString.Invariant($"it is below {bounds[i]}, the least value that it may have"));
                if (row[i] > bounds[Width + i]) throw OutOfRange(Field(_drawn[v]), i - _drawn[v].Offset, row[i], FormattableString.Invariant($"it is above {bounds[Width + i]}, the greatest value that it may have"));
            }
        }
    }

    private void Evaluate(ulong given, ReadOnlySpan<double> row)
    {
        var simulation = _simulations.TryTake(out var idle) ? idle : new RowSimulation(_template);
        simulation.SetShared(_densities.Draw(0));
        simulation.SetRow(row);
        try
        {
            simulation.Check(given);
        }
        catch (DiagnosticException mistake)
        {
            throw new ArgumentException(mistake.Diagnostic.Message, mistake);
        }
        _simulations.Add(simulation);
    }

    private ScorerField Field(RowVariable variable) => Inputs.First(f => f.Variable == variable);

    private static ArgumentException OutOfRange(ScorerField field, int element, double value, string why) =>
        new(FormattableString.Invariant($"`{field.Variable.ElementName(element)}` cannot be {value}: {why}"), field.Name);
}
