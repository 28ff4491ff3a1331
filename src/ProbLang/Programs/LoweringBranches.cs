using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Programs;

/// <summary>What is defined only where a branch holds that the data do not decide.</summary>
internal sealed partial class Lowering
{
    private const double LogOfRootOfTwoPi = 0.9189385332046727;

    /// <summary>
    /// An observation counts where the branch holds. A latent has a distribution in either case: its prior, which integrates to one where the
    /// branch does not hold, and so says nothing of anything else. Where it would not, because a parameter makes no sense there
    /// (<c>if a > 0 { b ~ Uniform(0, a) … }</c>) or it is flat, the coordinate itself is standard normal instead.
    /// </summary>
    private Term DensityInBranch(DefinitionState definition, int eventRank, Func<Bindings, Term[], Term, Term> density)
    {
        var roles = _model[definition.Definition.Variable].Roles;
        for (var i = 0; i < definition.Count; i++)
            for (int cell = definition.Targets[i], size = RoleAssignment.EventSize(definition, i); cell < definition.Targets[i] + definition.SizeOf(i); cell += size)
                if (roles.AsSpan(cell, size) is var draw && draw.Contains(Role.Latent) && draw.Contains(Role.Observed))
                    throw Objection.PartInBranch(_model.Graph.Source, definition.Definition);
        var observed = SumCells(definition, eventRank, c => roles[c] == Role.Observed && !IsSummed(definition, c), (environment, batch, at) => WhereHolds(definition.Space, environment, density(environment, batch, at)));
        if (_coordinates[definition] is not { } block) return observed;
        if (IsWhollyInBranch(block))
            return observed + SumCells(definition, 0, c => roles[c] == Role.Latent && !IsSummed(definition, c), (environment, batch, at) => WithStandIn(block, environment, batch, at, density));
        if (block.HasChoice) return observed + ChosenDensity(block, eventRank);
        return observed + SumCells(definition, eventRank, c => roles[c] == Role.Latent && !IsSummed(definition, c), density);
    }

    /// <summary>Whether the density of the latents of a block, Jacobian included, is written where they may not be there: scalars whose prior may make no sense then.</summary>
    private bool IsWhollyInBranch(LatentBlock block) => !block.IsWhole && MayMakeNoSenseOutside(_model, block.Definition);

    private Term WithStandIn(LatentBlock block, Bindings environment, Term[] batch, Term at, Func<Bindings, Term[], Term, Term> density)
    {
        var distribution = block.Definition.Definition.Distribution!;
        var own = block.HasChoice ? ChoiceDensity(block, environment, batch, at)
            : density(environment, batch, at) + LogJacobian(Raw(block, at), Support(block.Definition, environment, ScalarBatch(block.Definition, batch)));
        var counts = Term.AsReal(1.0 - (1.0 - WhereHolds(block.Definition.Space, environment, 1.0)) * (1.0 - MakesSense(distribution, environment, batch)));
        return Where(counts, own, -0.5 * Square(Raw(block, at)) - LogOfRootOfTwoPi);
    }

    /// <summary>Whether draws of scalars in a branch may have no distribution where it does not hold, for some values of the latents.</summary>
    public static bool MayMakeNoSenseOutside(ConditionedModel model, DefinitionState definition) =>
        definition is { EventRank: 0, Space.OpenGates.IsEmpty: false, Definition.Distribution: { } distribution }
        && (Parts.Of(distribution).Any(a => Dependencies.OnLatent(model, a)) || IsFlat(distribution));

    private static bool IsFlat(BoundDistribution distribution) => distribution is CatalogDistribution { Distribution: Distributions.Flat } || Parts.Inside(distribution).Any(IsFlat);

    /// <summary>1 where the parameters of a distribution are such that it integrates to one, else 0.</summary>
    private Term MakesSense(BoundDistribution distribution, Bindings environment, Term[] batch)
    {
        switch (distribution)
        {
            case CatalogDistribution { Distribution: Distributions.Flat }:
                return 0.0;
            case CatalogDistribution { Distribution: ScalarDistribution scalar } catalog:
                var p = Parameters(catalog, environment, batch);
                var parameters = scalar.Forms[catalog.Form].Parameters;
                var (support, all) = (scalar.Bounds<Term>(catalog.Form, p), (Term)1.0);
                for (var i = 0; i < p.Length; i++) all = Both(all, IsIn(parameters[i].Domain, p[i]));
                if (scalar is Triangular) all = Both(all, Both(LessOrEqual(p[0], p[1]), LessOrEqual(p[1], p[2])));
                return support.HasLower && support.HasUpper ? Both(all, Less(support.Lower, support.Upper)) : all;
            case TruncatedDistribution truncated:
                var mass = LogMass(truncated.Base, environment, batch, Bound(truncated.Lower, environment, batch), Bound(truncated.Upper, environment, batch), hasLower: !truncated.IsLowerOpen);
                return Both(MakesSense(truncated.Base, environment, batch), Less(double.NegativeInfinity, mass));
            case RepeatedDistribution repeated:
                return MakesSense(repeated.Base, environment, batch[repeated.Sizes.Length..]);
            case ChoiceDistribution choice:
                return Where(Scalar(choice.Condition, environment), MakesSense(choice.Then, environment, BatchOf(choice.Then, batch)), MakesSense(choice.Else, environment, BatchOf(choice.Else, batch)));
            case MixtureDistribution mixture:
                return mixture.Components.Select(c => MakesSense(c, environment, BatchOf(c, batch))).Aggregate(AreWhole(mixture.Weights, environment, batch), Both);
            case MixtureComprehension mixture:
                var first = Scalar(mixture.Lower, environment);
                var size = Size(Scalar(mixture.Upper, environment) - first + 1.0, mixture.Span);
                var mistaken = _math.Sum(size, k => 1.0 - MakesSense(mixture.Component, environment.With(mixture.Loop, k + first), BatchOf(mixture.Component, batch)));
                return Both(AreWhole(mixture.Weights, environment, batch), Equal(mistaken, 0.0));
            default:
                throw new UnreachableException($"{distribution.GetType().Name} is not a latent's");
        }
    }

    private Term AreWhole(Bound written, Bindings environment, Term[] batch)
    {
        if (IsSimplex(written)) return 1.0;
        var weights = Weights(written, environment, batch);
        return LessOrEqual(Abs(_math.Sum(weights.Length, k => weights[k]) - 1.0), Domains.Tolerance);
    }

    private static Term IsIn(Domain domain, Term p) => domain switch
    {
        Domain.Positive => Both(Less(0.0, p), Less(p, double.PositiveInfinity)),
        Domain.NonNegative or Domain.Count => Both(LessOrEqual(0.0, p), Less(p, double.PositiveInfinity)),
        Domain.Probability => Both(LessOrEqual(0.0, p), LessOrEqual(p, 1.0)),
        _ => Less(Abs(p), double.PositiveInfinity),
    };

    private static Term Both(Term a, Term b) => a.IsConstant(1) ? b : b.IsConstant(1) ? a : a.IsConstant(0) || b.IsConstant(0) ? 0.0 : And(a, b);
}
