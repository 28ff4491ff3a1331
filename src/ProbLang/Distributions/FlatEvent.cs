using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>No preference among the vectors or matrices of size K that a constraint leaves: density 1. It is what a parameter of such a type has for a prior, and cannot be written in a model.</summary>
internal sealed class FlatEvent(EventConstraint constraint) : ArrayDistribution
{
    public override string Name => "Flat";

    public override string Summary => "No preference among the vectors or matrices of a kind.";

    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("K", Domain.Size))];

    public override int EventRank => constraint is EventConstraint.Simplex or EventConstraint.Direction ? 1 : 2;

    public override bool CanSample => false;

    public override EventConstraint Constraint => constraint;

    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => EventRank == 1 ? [shapes[0][0]] : [shapes[0][0], shapes[0][0]];

    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p) => 0.0;

    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x) => throw new NotSupportedException("a flat prior has no draws");
}
