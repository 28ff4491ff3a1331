using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

internal sealed partial class Lowering
{
    /// <summary>What the observed and latent cells of a definition add to the log density, on the model's own scale.</summary>
    private Term DensityOf(DefinitionState definition)
    {
        var variable = definition.Definition.Variable;
        var distribution = definition.Definition.Distribution!;
        var roles = _model[variable].Roles;
        if (DistributionTraits.HasAtoms(distribution) && _coordinates[definition] is not null) throw Objection.LatentWithAtoms(_model.Graph.Source, variable, distribution);
        var eventRank = DistributionTraits.EventRank(distribution);
        Term Given(Bindings environment, Term[] batch, Term _) => Density(distribution, environment, batch, Target(definition, eventRank, environment, batch));
        if (!definition.Space.OpenGates.IsEmpty) return DensityInBranch(definition, eventRank, Given);
        if (_coordinates[definition] is not { HasChoice: true } block)
            return SumCells(definition, eventRank, c => roles[c] is Role.Latent or Role.Observed && !IsSummed(definition, c), Given);
        return ChosenDensity(block, eventRank) + SumCells(definition, eventRank, c => roles[c] == Role.Observed && !IsSummed(definition, c), Given);
    }

    /// <summary>The density of latents that stand centred or not, in their coordinates.</summary>
    private Term ChosenDensity(LatentBlock block, int eventRank)
    {
        var roles = _model[block.Definition.Definition.Variable].Roles;
        return SumCells(block.Definition, eventRank, c => roles[c] == Role.Latent, (environment, batch, at) =>
            block.VectorSize > 0 ? VectorDensity(block, environment, batch, at) : ChoiceDensity(block, environment, batch, at));
    }

    private Term DensityOf(int factor)
    {
        var state = _model.Factors[factor];
        var space = _plan is null ? state.Space : state.Space.Where(i => !_plan.Covers(new(FiniteKind.Factor, factor), i, 0));
        return SumIterations(space, "factor", environment => Scalar(state.Factor.Value, environment));
    }

    /// <summary>Whether a cell is part of a draw that depends on discrete unknowns, which are summed out together with it.</summary>
    private bool IsSummed(DefinitionState definition, int cell)
    {
        if (_plan is null) return false;
        var (number, iteration) = _plan.OwnerOf(_model[definition.Definition.Variable], cell);
        return _plan.Covers(new(FiniteKind.Draw, number), iteration, (cell - definition.Targets[iteration]) / Math.Max(1, RoleAssignment.EventSize(definition, iteration)));
    }

    /// <summary>The cell or the event that an iteration defines.</summary>
    private Arr<Term> Target(DefinitionState definition, int eventRank, Bindings environment, Term[] batch)
    {
        var variable = definition.Definition.Variable;
        if (eventRank > 0 && definition.Definition.Indices.IsEmpty && batch.Length == 0) return WholeVariable(variable);
        var index = TargetIndex(definition, environment, batch);
        if (eventRank == 0) return new Arr<Term>(Read(variable, index));
        return new Arr<Term>(definition.ShapeOf(_representative)[^eventRank..], inner => Read(variable, [.. index, .. inner]));
    }

    /// <summary>The sum of a term over the events of a definition of which some cell is wanted.</summary>
    private Term SumCells(DefinitionState definition, int eventRank, Func<int, bool> wanted, Func<Bindings, Term[], Term, Term> body)
    {
        Term sum = 0.0;
        ForEachCell(definition, eventRank, wanted, (environment, batch, at) =>
        {
            sum += SumOverOpen(definition.Space, Term.AsReal(body(environment, batch, at)));
        });
        return sum;
    }

    /// <summary>The log density of an event. <paramref name="batch"/> says which of the independent ones, where there are several.</summary>
    private Term Density(BoundDistribution distribution, Bindings environment, Term[] batch, Arr<Term> x)
    {
        switch (distribution)
        {
            case RepeatedDistribution repeated:
                return Density(repeated.Base, environment, batch[repeated.Sizes.Length..], x);
            case CatalogDistribution { Distribution: ScalarDistribution scalar } catalog:
                return scalar.LogDensity<Term>(catalog.Form, x.Scalar, Parameters(catalog, environment, batch));
            case CatalogDistribution { Distribution: ArrayDistribution array } catalog:
                return array.LogDensity(catalog.Form, _math, x, ArrayParameters(catalog, environment, batch));
            case TruncatedDistribution truncated:
                return TruncatedDensity(truncated, environment, batch, x);
            case CensoredDistribution censored:
                return CensoredDensity(censored, environment, batch, x);
            case MarkedDistribution marked:
                return MarkedDensity(marked, environment, batch, x);
            case RoundedDistribution rounded:
                return RoundedDensity(rounded, environment, batch, x.Scalar);
            case OrderedDistribution ordered:
                return OrderedDensity(ordered, environment, batch, x);
            case PointDistribution point:
                return Where(Equal(x.Scalar, Argument(point.Value, environment, batch)), 0.0, double.NegativeInfinity);
            case ZeroDistribution zero:
                return ZeroDensity(zero, environment, batch, x);
            case ChoiceDistribution choice:
                var condition = Scalar(choice.Condition, environment);
                return Term.Where(condition, ComponentDensity(choice.Then, Bounds<Term>.None, environment, batch, x), ComponentDensity(choice.Else, Bounds<Term>.None, environment, batch, x));
            case MixtureDistribution mixture:
                var weights = Weights(mixture.Weights, environment, batch);
                var whole = Support(mixture, environment, batch);
                var isAtom = IsAtom(mixture, environment, batch, x);
                return Whole(mixture.Weights, weights, Mixed(mixture.Components.Length, weights, k => UnlessAtom(isAtom, mixture.Components[k], environment, batch, x,
                    ComponentDensity(mixture.Components[k], whole, environment, batch, x))));
            case MixtureComprehension mixture:
                var lower = Scalar(mixture.Lower, environment);
                var size = Extent(Scalar(mixture.Upper, environment) - lower + 1.0, mixture.Span);
                if (size.Kind != TermKind.Constant) throw Objection.Mixture(_model.Graph.Source, mixture.Span);
                var shares = Weights(mixture.Weights, environment, batch);
                var union = Support(mixture, environment, batch);
                var isAny = IsAtom(mixture, environment, batch, x);
                return Whole(mixture.Weights, shares, _math.LogSumExp((int)size.Value, k =>
                {
                    var inside = environment.With(mixture.Loop, k + lower);
                    return Log(shares[k]) + UnlessAtom(isAny, mixture.Component, inside, batch, x, ComponentDensity(mixture.Component, union, inside, batch, x));
                }));
            default:
                throw new UnreachableException($"no case for {distribution.GetType().Name}");
        }
    }

    /// <summary>
    /// The log density of a component of a mixture. A value of the mixture may lie outside of the component's own support, where
    /// its formula does not hold: it has no share there, and is computed at a value inside, so that its derivatives are numbers.
    /// </summary>
    private Term ComponentDensity(BoundDistribution component, Bounds<Term> whole, Bindings environment, Term[] batch, Arr<Term> x)
    {
        batch = BatchOf(component, batch);
        return x.Rank > 0 ? Density(component, environment, batch, x) : AtValue(component, whole, environment, batch, x);
    }

    private Term AtValue(BoundDistribution component, Bounds<Term> whole, Bindings environment, Term[] batch, Arr<Term> x)
    {
        var own = Support(component, environment, batch);
        Term isOutside = 0.0;
        if (own.HasLower && !(whole.HasLower && Term.Same(own.Lower, whole.Lower))) isOutside = Less(x.Scalar, own.Lower);
        if (own.HasUpper && !(whole.HasUpper && Term.Same(own.Upper, whole.Upper))) isOutside = Term.Where(Less(own.Upper, x.Scalar), 1.0, isOutside);
        if (component is PointDistribution) return Density(component, environment, batch, x);
        if (isOutside.IsConstant(0)) return Density(component, environment, batch, x);
        var inside = component.Type != ElementType.Real ? own.HasLower ? own.Lower : own.Upper
            : own.HasLower && own.HasUpper ? 0.5 * (own.Lower + own.Upper)
            : own.HasLower ? own.Lower + 1.0 : own.Upper - 1.0;
        return Term.Where(isOutside, double.NegativeInfinity, Density(component, environment, batch, new Arr<Term>(Term.Where(isOutside, inside, x.Scalar))));
    }

    private static Term[] BatchOf(BoundDistribution component, Term[] batch) => component.Rank == DistributionTraits.EventRank(component) ? [] : batch;

    /// <summary>The parameters of a draw. Where only bounds are asked for, what does not decide them may depend on discrete unknowns that no sum is taken over, and is not read.</summary>
    private Term[] Parameters(CatalogDistribution catalog, Bindings environment, Term[] batch, bool forBounds = false)
    {
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        var terms = new Term[parameters.Length];
        var deciding = forBounds && _plan is not null ? SupportProbe.Of(catalog).Arguments : null;
        for (var i = 0; i < terms.Length; i++)
        {
            if (catalog.Arguments[i] is not { } argument)
            {
                // Only bounds may be left out.
                terms[i] = parameters[i].Name == "lower" ? double.NegativeInfinity : double.PositiveInfinity;
                continue;
            }
            if (deciding is not null && !deciding.Contains(argument) && _plan!.Reaches([argument]))
            {
                terms[i] = 0.5;
                continue;
            }
            var view = Lower(argument, environment);
            terms[i] = AtEdge(parameters[i].Domain, argument, Term.AsReal(view.Rank == 0 ? view.Scalar : view[batch]));
        }
        return terms;
    }

    private Arr<Term>[] ArrayParameters(CatalogDistribution catalog, Bindings environment, Term[] batch)
    {
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        var views = new Arr<Term>[parameters.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var view = Fixed(Lower(catalog.Arguments[i]!, environment), catalog.Arguments[i]!.Span);
            var rank = parameters[i].Rank;
            views[i] = view.Rank == rank ? view : new Arr<Term>(view.Shape[^rank..], index => view[[.. batch, .. index]]);
        }
        return views;
    }

    // --- location-scale latents that stand centred or not ---

    /// <summary>
    /// A latent x = location + scale · z stands as x itself (centred, c = 1) or as z (c = 0); c is set between evaluations.
    /// Its density is that of z, and where it stands as x, 1 / scale.
    /// </summary>
    private (Term Raw, Term Centred, Term Location, Term Scale) Choice(LatentBlock block, Bindings environment, Term[] batch, Term at)
    {
        var raw = Term.Load(_table, _position, at + (double)block.Offset);
        var centred = _isNonCentred ? 0.0 : Term.Load(_table, _coordinates.Centering!, at + (double)block.ChoiceOffset);
        var (catalog, inner) = Unwrap(block.Definition.Definition.Distribution!, batch);
        var p = Parameters(catalog, environment, inner);
        var (location, scale) = ((ScalarDistribution)catalog.Distribution).LocationScale<Term>(catalog.Form, p);
        return (raw, centred, location, scale);
    }

    private Term ChoiceValue(LatentBlock block, Bindings environment, Term[] batch, Term at)
    {
        var (raw, centred, location, scale) = Choice(block, environment, batch, at);
        return Term.Where(centred, raw, location + scale * raw);
    }

    private Term ChoiceDensity(LatentBlock block, Bindings environment, Term[] batch, Term at)
    {
        var (raw, centred, location, scale) = Choice(block, environment, batch, at);
        var (catalog, inner) = Unwrap(block.Definition.Definition.Distribution!, batch);
        var p = Parameters(catalog, environment, inner);
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        for (var i = 0; i < p.Length; i++)
            p[i] = parameters[i].Name switch
            {
                "mean" or "location" => 0.0,
                "sd" or "variance" or "precision" or "scale" => 1.0,
                _ => p[i],
            };
        var z = Term.Where(centred, (raw - location) / scale, raw);
        return ((ScalarDistribution)catalog.Distribution).LogDensity<Term>(catalog.Form, z, p) - centred * Log(scale);
    }

    // --- supports and transforms ---

    /// <summary>The interval that a latent cell lies in: its distribution's support, cut by truncation and by its declared type.</summary>
    private Bounds<Term> Support(BoundDistribution distribution, Bindings environment, Term[] batch)
    {
        switch (distribution)
        {
            case RepeatedDistribution repeated:
                return Support(repeated.Base, environment, batch[repeated.Sizes.Length..]);
            case CatalogDistribution { Distribution: ScalarDistribution scalar } catalog:
                return scalar.Bounds<Term>(catalog.Form, Parameters(catalog, environment, batch, forBounds: true));
            case CatalogDistribution { Distribution: ArrayDistribution { EventRank: 0, IsDiscrete: true } discrete } catalog:
                return Bounds<Term>.Between(1.0, (double)discrete.Outcomes(catalog.Form, [.. catalog.Arguments.Select(a => Lower(a!, environment).Shape)]));
            case CatalogDistribution:
                return Bounds<Term>.None;
            case TruncatedDistribution truncated:
                return Cut(Support(truncated.Base, environment, batch), Bound(truncated.Lower, environment, batch), Bound(truncated.Upper, environment, batch));
            case CensoredDistribution censored:
                return Clamp(Support(censored.Base, environment, batch), Bound(censored.Lower, environment, batch), Bound(censored.Upper, environment, batch));
            case RoundedDistribution rounded:
                var step = Argument(rounded.Step, environment, batch);
                var exact = Support(rounded.Base, environment, batch);
                return exact with { Lower = exact.HasLower ? Nearest(exact.Lower, step) : exact.Lower, Upper = exact.HasUpper ? Nearest(exact.Upper, step) : exact.Upper };
            case OrderedDistribution ordered:
                return Support(ordered.Base, environment, [.. batch, 0.0]);
            case PointDistribution point:
                return Bounds<Term>.Between(Argument(point.Value, environment, batch), Argument(point.Value, environment, batch));
            case ZeroDistribution zero:
                return Hull([Bounds<Term>.Between(0.0, 0.0), Support(zero.Rest, environment, BatchOf(zero.Rest, batch))]);
            case MarkedDistribution:
                return Bounds<Term>.None;
            case ChoiceDistribution choice:
                return OfBranches(choice, environment, batch);
            case MixtureDistribution mixture:
                return Hull(mixture.Components.Select(c => Support(c, environment, BatchOf(c, batch))));
            case MixtureComprehension mixture:
                return Hull(mixture, environment, batch);
            default:
                throw new UnreachableException($"no case for {distribution.GetType().Name}");
        }
    }

    private Bounds<Term> Support(DefinitionState definition, Bindings environment, Term[] batch)
    {
        var variable = definition.Definition.Variable;
        return Cut(Support(definition.Definition.Distribution!, environment, batch),
            variable.Lower is { } lower ? Scalar(lower, Bindings.Empty) : null,
            variable.Upper is { } upper ? Scalar(upper, Bindings.Empty) : null);
    }

    /// <summary>The support of the branch that holds. It must have bounds on the same sides as the other, so that one coordinate serves both.</summary>
    private Bounds<Term> OfBranches(ChoiceDistribution choice, Bindings environment, Term[] batch)
    {
        var (then, otherwise) = (Support(choice.Then, environment, BatchOf(choice.Then, batch)), Support(choice.Else, environment, BatchOf(choice.Else, batch)));
        if (then.HasLower != otherwise.HasLower || then.HasUpper != otherwise.HasUpper || LatentBlock.ConstraintOf(choice.Then) != LatentBlock.ConstraintOf(choice.Else))
            throw Objection.BranchSupports(_model.Graph.Source, choice);
        var condition = Scalar(choice.Condition, environment);
        return then with
        {
            Lower = then.HasLower ? Term.Where(condition, then.Lower, otherwise.Lower) : then.Lower,
            Upper = then.HasUpper ? Term.Where(condition, then.Upper, otherwise.Upper) : then.Upper,
        };
    }

    private static bool IsSimplex(BoundDistribution distribution) => LatentBlock.ConstraintOf(distribution) == EventConstraint.Simplex;

    private static Bounds<Term> Cut(Bounds<Term> support, Term? lower, Term? upper)
    {
        if (lower is not null) support = support with { Lower = support.HasLower ? Greater(support.Lower, lower) : lower, HasLower = true };
        if (upper is not null) support = support with { Upper = support.HasUpper ? -Greater(-support.Upper, -upper) : upper, HasUpper = true };
        return support with
        {
            HasLower = support.HasLower && !support.Lower.IsConstant(double.NegativeInfinity),
            HasUpper = support.HasUpper && !support.Upper.IsConstant(double.PositiveInfinity),
        };
    }

    private static Term Greater(Term a, Term b) => a.IsConstant(double.NegativeInfinity) ? b : b.IsConstant(double.NegativeInfinity) ? a : Maximum(a, b);

    private static Bounds<Term> Hull(IEnumerable<Bounds<Term>> supports) =>
        supports.Aggregate((a, b) => new Bounds<Term>(
            a.HasLower && b.HasLower ? Minimum(a.Lower, b.Lower) : double.NegativeInfinity, a.HasLower && b.HasLower,
            a.HasUpper && b.HasUpper ? Maximum(a.Upper, b.Upper) : double.PositiveInfinity, a.HasUpper && b.HasUpper));

    private Bounds<Term> Hull(MixtureComprehension mixture, Bindings environment, Term[] batch)
    {
        var lower = Scalar(mixture.Lower, environment);
        var size = Size(Scalar(mixture.Upper, environment) - lower + 1.0, mixture.Span);
        Bounds<Term> At(Term k) => Support(mixture.Component, environment.With(mixture.Loop, k + lower), BatchOf(mixture.Component, batch));
        Term Least(Func<Bounds<Term>, Term> end)
        {
            var first = end(At(0.0));
            return Enumerable.Range(1, size - 1).All(k => Term.Same(end(At((double)k)), first)) ? first : -_math.Max(size, k => -end(At(k)));
        }
        if (size == 0) return Bounds<Term>.None;
        var support = At(0.0);
        if (support.HasLower) support = support with { Lower = Least(s => s.Lower) };
        if (support.HasUpper) support = support with { Upper = -Least(s => -s.Upper) };
        return support;
    }

    /// <summary>The value in an interval that a coordinate stands for.</summary>
    private static Term Constrain(Term raw, Bounds<Term> bounds) => (bounds.HasLower, bounds.HasUpper) switch
    {
        (true, true) => bounds.Lower + (bounds.Upper - bounds.Lower) * Logistic(raw),
        (true, false) => bounds.Lower + Exp(raw),
        (false, true) => bounds.Upper - Exp(raw),
        _ => raw,
    };

    /// <summary>log |d value / d coordinate|.</summary>
    private static Term LogJacobian(Term raw, Bounds<Term> bounds) => (bounds.HasLower, bounds.HasUpper) switch
    {
        // log l(1 - l) of the logistic is -softplus(raw) - softplus(-raw).
        // An interval that is empty for some values of its parents makes them impossible.
        (true, true) => Log(Maximum(bounds.Upper - bounds.Lower, 0.0)) + raw - 2.0 * Softplus(raw),
        (false, false) => 0.0,
        _ => raw,
    };

    private Term LogJacobians()
    {
        Term sum = 0.0;
        foreach (var block in _coordinates.Blocks)
        {
            if (_kind == DensityKind.Mode || _kind == DensityKind.Likelihood && block.IsParameter) continue;
            // The parameters of what has no bounds may depend on discrete unknowns, and are not to be read here.
            if (block.HasChoice || IsWhollyInBranch(block) || IsDirect(block.Definition) && !_isOrdered.Any(o => o.Variable == block.Definition.Definition.Variable)) continue;
            if (block.Transform is not null)
            {
                sum += Term.Load(_table, EventsOf(block).LogJacobian, 0.0);
                continue;
            }
            var definition = block.Definition;
            var roles = _model[definition.Definition.Variable].Roles;
            sum += SumCells(definition, 0, c => roles[c] == Role.Latent && !IsOrdered(definition, c), (environment, batch, at) =>
                LogJacobian(Raw(block, at), Support(definition, environment, ScalarBatch(definition, batch))));
            foreach (var cell in block.Cells)
                if (IsOrdered(definition, cell)) sum += LogJacobian(Raw(block, cell), OrderedSupport(block, cell));
        }
        return sum;
    }

    private static Term[] ScalarBatch(DefinitionState definition, Term[] block) => block[..(definition.BlockShape.Length - DistributionTraits.EventRank(definition.Definition.Distribution!))];
}
