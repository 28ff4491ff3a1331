using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>
/// Integrates out the unknowns of a block under the present values of everything else: conjugate pairs one by one, and all that is normal with means
/// linear in each other together.
/// </summary>
internal sealed partial class BlockIntegration
{
    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly ContinuousCells _cells;
    private readonly FiniteCells _finite;
    private readonly DependenceCode _code;
    private readonly HashSet<Variable> _open = new(ReferenceEqualityComparer.Instance);
    private BlockIntegral _block = new();

    public BlockIntegration(ConditionedModel model, Evaluator evaluator, ContinuousCells cells, FiniteCells finite)
    {
        (_model, _evaluator, _cells, _finite) = (model, evaluator, cells, finite);
        for (var number = 0; number < cells.Count; number++)
            if (cells.KindOf(number) != ContinuousKind.None) _open.Add(cells[number].State.Variable);
        _code = new DependenceCode(model, evaluator, _open.Contains, DependenceOf);
    }

    /// <summary>The integral of a block, with what it leaves of each unknown.</summary>
    /// <exception cref="ConjugacyException">A draw is no conjugate pair with an unknown, or a posterior is improper.</exception>
    public BlockIntegral Integrate(ContinuousBlock block)
    {
        _block = new BlockIntegral();
        foreach (var (element, number) in block.Computed) Compute(element, number);
        foreach (var draw in block.Draws) Add(draw);
        _block.Solve();
        if (_block.Improper is >= 0 and var improper) throw new ConjugacyException(ConjugacyDiagnostics.Improper(_cells.NameOf(improper), _cells.PlaceOf(improper)));
        return _block;
    }

    /// <summary>Looks whether what is computed from the unknowns has a closed form.</summary>
    /// <exception cref="ConjugacyException">It has none.</exception>
    public void Check(ContinuousBlock block, BlockIntegral integral)
    {
        _block = integral;
        foreach (var (element, number) in block.Computed)
        {
            if (_block.HasMarginal(_block.Computed[number]) || !_evaluator.Exists(element.Definition, element.Iteration)) continue;
            var expression = _block.Computed[number] is InvolvedForm { Span.Length: > 0 } involved ? TextOf(involved) : null;
            throw new ConjugacyException(ConjugacyDiagnostics.Computed(_cells.NameOf(number), expression, _cells.PlaceOf(number)));
        }
    }

    private Dependence DependenceOf(Variable variable, int cell)
    {
        var number = _cells.NumberOf(variable, cell);
        return _cells.KindOf(number) == ContinuousKind.Unknown ? new AffineForm(0, [new LinearTerm(number, 1)]) : _block.Computed.GetValueOrDefault(number) ?? new InvolvedForm(default);
    }

    private void Compute(DrawOf element, int number)
    {
        var owner = _model.Definitions[element.Definition];
        _evaluator.SetIteration(owner, element.Iteration);
        _code.Forget();
        var value = owner.Definition.Value!;
        _block.Computed[number] = _code.Of(value, value.Rank == 0 ? [] : FiniteScopes.Index(element.Event, owner.ShapeOf(element.Iteration)));
    }

    private void Add(DrawOf draw)
    {
        var site = SiteOf(draw);
        if (IsAbsent(site) || !site.Holds && !site.IsDrawn) return;
        var index = FiniteScopes.BatchIndex(_model.Definitions[draw.Definition], draw.Iteration, draw.Event);
        var distribution = Chosen(_model.Definitions[draw.Definition].Definition.Distribution!, ref index);
        if (distribution is CatalogDistribution { Distribution: ScalarDistribution scalar } catalog)
        {
            var (form, p) = (catalog.Form, Parameters(catalog, index));
            if (!MakeSense(scalar, form, p))
            {
                Exclude(site);
                if (!site.IsDrawn) return;
                // An unknown must be there for what reads it, though under this setting nothing comes of it.
                if (scalar is Normal) (form, p) = (0, [p[0], new KnownForm(1)]);
            }
            if (site.IsDrawn) AddPrior(site, scalar, form, p);
            else AddLikelihood(site, scalar, form, p);
        }
        else if (distribution is CatalogDistribution array) AddArray(site, array, index);
        else AddOther(site, distribution, index);
    }

    /// <summary>Whether parameters that are known are in their domains, under this setting.</summary>
    private static bool MakeSense(ScalarDistribution distribution, int form, Dependence[] p)
    {
        var parameters = distribution.Forms[form].Parameters;
        for (var k = 0; k < p.Length; k++)
            if (p[k] is KnownForm known && parameters[k].Domain != Domain.Real && !parameters[k].Domain.Holds(known.Value)) return false;
        return true;
    }

    /// <summary>A setting under which a draw makes no sense is impossible, unless the draw is in a branch that does not hold.</summary>
    private void Exclude(DrawSite site) => _block.Multiply(site.Holds ? double.NegativeInfinity : 0);

    /// <summary>Whether a discrete draw is not there. One that only a branch makes is there exactly where the branch holds.</summary>
    private bool IsAbsent(DrawSite site)
    {
        var (state, cell) = _cells[site.Number];
        if (_finite.NumberOf(state.Variable, cell) is not (>= 0 and var number) || _finite[number].Values is null) return false;
        if (site.Holds == site.IsDrawn) _block.Multiply(double.NegativeInfinity);
        return !site.Holds || site.IsDrawn;
    }

    /// <summary>A draw with its values, NaN where they are unknown; the present iteration is then that of the draw.</summary>
    private DrawSite SiteOf(DrawOf draw)
    {
        var state = _model.Definitions[draw.Definition];
        var size = RoleAssignment.EventSize(state, draw.Iteration);
        var cell = state.Targets[draw.Iteration] + draw.Event * size;
        var variable = state.Definition.Variable;
        var holds = _evaluator.Exists(draw.Definition, draw.Iteration);
        _evaluator.SetIteration(state, draw.Iteration);
        _code.Forget();
        return new DrawSite(draw, _cells.NumberOf(variable, cell), _evaluator[variable].AsSpan(cell, size).ToArray(), holds, state.Definition);
    }

    /// <summary>The distribution itself, without repetitions and with choices made; the index is then that of the draw among its draws.</summary>
    private BoundDistribution Chosen(BoundDistribution distribution, ref int[] index)
    {
        while (true)
        {
            switch (distribution)
            {
                case RepeatedDistribution repeated:
                    (distribution, index) = (repeated.Base, index[Math.Min(repeated.Sizes.Length, index.Length)..]);
                    break;
                case ChoiceDistribution choice when _code.Of(choice.Condition) is KnownForm { Value: not double.NaN and var condition }:
                    distribution = condition != 0 ? choice.Then : choice.Else;
                    if (distribution.Rank == DistributionTraits.EventRank(distribution)) index = [];
                    break;
                default:
                    return distribution;
            }
        }
    }

    /// <summary>Scalar parameters; NaN for a bound that is left out.</summary>
    private Dependence[] Parameters(CatalogDistribution catalog, int[] index) =>
        [.. catalog.Arguments.Select(a => a is null ? new KnownForm(double.NaN) : _code.Of(a, a.Rank == 0 ? [] : index))];

    private void AddLikelihood(DrawSite site, ScalarDistribution distribution, int form, Dependence[] p)
    {
        if (AreKnown(p)) _block.Multiply(LogDensity(distribution, form, p, site.Values[0]));
        else if (distribution is Normal && IsNormalMean(p[0]) && p[1] is KnownForm spread) AddRow(site, new KnownForm(site.Values[0]), p[0], SdOf(form, spread));
        else if (distribution is LogNormal && IsNormalMean(p[0]) && p[1] is KnownForm logSpread)
        {
            AddRow(site, new KnownForm(Math.Log(site.Values[0])), p[0], logSpread.Value);
            _block.Multiply(-Math.Log(site.Values[0]));
        }
        else if (!AreProbabilities(distribution, form, p)) throw NoPair(site, distribution.Name, p);
        else _block.Multiply(new LikelihoodFactors(_block.Latents).Multiply(distribution, form, p, site.Values[0]) ?? throw NoPair(site, distribution.Name, p));
    }

    /// <summary>
    /// Whether what must be a probability is one, whatever the unknowns are: otherwise only some of their values make sense, and what is left of a
    /// density there is not of its family.
    /// </summary>
    private bool AreProbabilities(ScalarDistribution distribution, int form, Dependence[] p)
    {
        var parameters = distribution.Forms[form].Parameters;
        for (var k = 0; k < p.Length; k++)
            if (parameters[k].Domain == Domain.Probability && p[k] is not KnownForm && !_block.IsProbability(p[k])) return false;
        return true;
    }

    private void AddPrior(DrawSite site, ScalarDistribution distribution, int form, Dependence[] p)
    {
        if (distribution is Normal && IsNormalMean(p[0]) && p[1] is KnownForm spread)
        {
            _block.AddNormal(site.Number);
            AddRow(site, new AffineForm(0, [new LinearTerm(site.Number, 1)]), p[0], SdOf(form, spread));
            return;
        }
        if (!AreKnown(p)) throw NoPair(site, distribution.Name, p);
        double[] values = [.. p.Select(v => ((KnownForm)v).Value)];
        if (distribution is Flat && double.IsNaN(values[0]) && double.IsNaN(values[1])) _block.AddNormal(site.Number);
        else if (distribution is Flat) throw new ConjugacyException(ConjugacyDiagnostics.Prior(site.Element(_cells), "Flat between bounds", site.Place(_model)));
        else _block.Add(site.Number, LatentOf(distribution, form, values));
    }

    /// <summary>An unknown before anything is multiplied in.</summary>
    private static ConjugateLatent LatentOf(ScalarDistribution distribution, int form, double[] p) => (distribution, form) switch
    {
        (Beta, 0) => new BetaLatent("Beta", p[0], p[1]),
        (Beta, _) => new BetaLatent("Beta", p[0] * p[1], (1 - p[0]) * p[1]),
        (Uniform, _) when p is [0, 1] => new BetaLatent("Uniform", 1, 1),
        (Gamma, 0) => new GammaLatent("Gamma", p[0], p[1], isInverse: false),
        (Gamma, 1) => new GammaLatent("Gamma", p[0], 1 / p[1], isInverse: false),
        (Gamma, _) => new GammaLatent("Gamma", p[0] / p[1] * (p[0] / p[1]), p[0] / p[1] / p[1], isInverse: false),
        (Exponential, 0) => new GammaLatent("Exponential", 1, p[0], isInverse: false),
        (Exponential, _) => new GammaLatent("Exponential", 1, 1 / p[0], isInverse: false),
        (ChiSquare, _) => new GammaLatent("ChiSquare", p[0] / 2, 0.5, isInverse: false),
        (InverseGamma, _) => new GammaLatent("InverseGamma", p[0], p[1], isInverse: true),
        (ScaledInverseChiSquare, _) => new GammaLatent("ScaledInverseChiSquare", p[0] / 2, p[0] / 2 * p[1] * p[1], isInverse: true),
        _ => new PriorLatent(new CatalogMarginal(distribution, form, [.. p])),
    };

    /// <summary>Multiplies in the density of what is normal around a mean.</summary>
    private void AddRow(DrawSite site, Dependence value, Dependence mean, double sd)
    {
        if (!(sd > 0)) Exclude(site);
        else if (Dependence.Add(value, mean, -1) is AffineForm row) _block.AddRow(row, sd);
        // The mean may depend on no unknown in this setting.
        else _block.Multiply(LogDensity(new Normal(), 0, [mean, new KnownForm(sd)], ((KnownForm)value).Value));
    }

    private static bool AreKnown(Dependence[] p) => Array.TrueForAll(p, v => v is KnownForm);

    private bool IsNormalMean(Dependence mean) => mean is KnownForm || mean is AffineForm affine && _block.IsNormal(affine);

    private static double SdOf(int form, KnownForm spread) => form switch
    {
        0 => spread.Value,
        1 => Math.Sqrt(spread.Value),
        _ => 1 / Math.Sqrt(spread.Value),
    };

    /// <summary>-infinity outside the support.</summary>
    private static double LogDensity(ScalarDistribution distribution, int form, Dependence[] p, double x)
    {
        Span<Real> values = stackalloc Real[p.Length];
        for (var i = 0; i < p.Length; i++) values[i] = ((KnownForm)p[i]).Value;
        var bounds = distribution.Bounds<Real>(form, values);
        if (bounds.HasLower && x < bounds.Lower || bounds.HasUpper && x > bounds.Upper || distribution.IsDiscrete && x != Math.Floor(x)) return double.NegativeInfinity;
        return distribution.LogDensity<Real>(form, x, values);
    }

    private ConjugacyException NoPair(DrawSite site, string distribution, IEnumerable<Dependence> p)
    {
        var element = site.Element(_cells);
        foreach (var involved in p.OfType<InvolvedForm>())
            return new ConjugacyException(ConjugacyDiagnostics.Involved(element, distribution, TextOf(involved), site.Place(_model)));
        var (unknown, prior) = Culprit(p);
        return new ConjugacyException(ConjugacyDiagnostics.NoPair(element, distribution, _cells.NameOf(unknown), prior, site.Place(_model), _cells.PlaceOf(unknown)));
    }

    /// <summary>The unknown that parameters depend on, rather one that is not normal.</summary>
    private (int Number, string Prior) Culprit(IEnumerable<Dependence> p)
    {
        int[] numbers = [.. p.SelectMany(v => v switch
        {
            AffineForm affine => affine.Terms.Select(t => t.Cell),
            MonomialForm monomial => [monomial.Cell],
            _ => [],
        })];
        foreach (var number in numbers)
            if (_block.Latents.TryGetValue(number, out var latent)) return (number, latent.Prior);
        return (numbers[0], "Normal");
    }

    private string TextOf(InvolvedForm involved) => System.Text.RegularExpressions.Regex.Replace(_model.Graph.Source.TextOf(involved.Span), @"\s+", " ");
}
