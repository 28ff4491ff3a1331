using ProbLang.FactorGraphs;
using ProbLang.Inference;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;
using static ProbLang.InferNet.Tests.Reference;

namespace ProbLang.InferNet.Tests;

/// <summary>Gates, constraints, plates and indices of every kind.</summary>
public sealed class GateTests
{
    private readonly GraphOf _g = new();

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void One_branch_or_the_other(string engine)
    {
        var (b, x) = (_g.Unknown("b", FactorDomain.Boolean), _g.Data("x", Gaussian, [1]));
        _g.Define(b.All(), Bernoulli, _g.Real(0.3));
        _g.Gate(GateKind.If, b.All(), 0, () => _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(0), _g.Real(1)));
        _g.Gate(GateKind.IfNot, b.All(), 0, () => _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(4), _g.Real(1)));
        var (yes, no) = (0.3 * NormalDensity(1, 0, 1), 0.7 * NormalDensity(1, 4, 1));
        var solution = Solve.By(Solve.Engine(engine), _g.Ask(b).Build());
        Assert.Equal(yes / (yes + no), Solve.Boolean(solution, b), engine == "gibbs" ? 0.01 : 1e-9);
        if (engine != "gibbs") Assert.Equal(Math.Log(yes + no), solution.LogEvidence!.Value, 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("gibbs")]
    public void A_known_mean_in_each_branch(string engine)
    {
        var (b, m, x) = (_g.Unknown("b", FactorDomain.Boolean), _g.Unknown("m", Gaussian), _g.Data("x", Gaussian, [1]));
        _g.Define(b.All(), Bernoulli, _g.Real(0.3));
        _g.Gate(GateKind.If, b.All(), 0, () => _g.Define(m.All(), Copy, _g.Real(0)));
        _g.Gate(GateKind.IfNot, b.All(), 0, () => _g.Define(m.All(), Copy, _g.Real(4)));
        _g.Define(x.All(), GaussianFromMeanAndVariance, m.All(), _g.Real(1));
        var (yes, no) = (0.3 * NormalDensity(1, 0, 1), 0.7 * NormalDensity(1, 4, 1));
        Assert.Equal(yes / (yes + no), Solve.Boolean(Solve.By(Solve.Engine(engine), _g.Ask(b).Build()), b), 0.02);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_variable_of_one_branch(string engine)
    {
        // The clinical trial: with an effect there are two rates, without one there is one.
        var n = _g.Range("n", 5);
        var effective = _g.Unknown("effective", FactorDomain.Boolean);
        var (one, treated, control, common) = (_g.Real(1), _g.Unknown("treated", FactorDomain.Beta), _g.Unknown("control", FactorDomain.Beta), _g.Unknown("common", FactorDomain.Beta));
        var (with, without) = (_g.Data("with", FactorDomain.Boolean, [1, 1, 1, 1, 0], [n]), _g.Data("without", FactorDomain.Boolean, [0, 0, 0, 1, 0], [n]));
        _g.Define(effective.All(), Bernoulli, _g.Real(0.5));
        _g.Gate(GateKind.If, effective.All(), 0, () =>
        {
            foreach (var rate in new[] { treated, control }) _g.Define(rate.All(), FactorOperation.Beta, one, one);
            _g.For(n, () => _g.Define(with.At(n), Bernoulli, treated.All()));
            _g.For(n, () => _g.Define(without.At(n), Bernoulli, control.All()));
        });
        _g.Gate(GateKind.IfNot, effective.All(), 0, () =>
        {
            _g.Define(common.All(), FactorOperation.Beta, one, one);
            _g.For(n, () => _g.Define(with.At(n), Bernoulli, common.All()));
            _g.For(n, () => _g.Define(without.At(n), Bernoulli, common.All()));
        });
        var solution = Solve.By(Solve.Engine(engine), _g.Ask(effective, treated, control).Build());
        if (engine != "gibbs") Solve.Near(0.75490196, Solve.Boolean(solution, effective));
        var (a, b) = ((BetaBelief)solution.Beliefs[treated][0], (BetaBelief)solution.Beliefs[control][0]);
        Assert.Equal((5, 2, 2, 5), (Math.Round(a.Alpha, 6), Math.Round(a.Beta, 6), Math.Round(b.Alpha, 6), Math.Round(b.Beta, 6)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Cases_within_cases(string engine)
    {
        var (k, n) = (_g.Range("k", 2), _g.Range("n", 2));
        double[] outer = [0.4, 0.6], inner = [0.3, 0.7];
        double[,] means = { { 0, 1 }, { 2, 3 } };
        var (a, b, x) = (Choice("a", k, outer), Choice("b", n, inner), _g.Data("x", Gaussian, [1.2]));
        for (var i = 0; i < 2; i++)
        {
            var first = i;
            _g.Gate(GateKind.Case, a.All(), i, () =>
            {
                for (var j = 0; j < 2; j++)
                {
                    var second = j;
                    _g.Gate(GateKind.Case, b.All(), j, () => _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(means[first, second]), _g.Real(1)));
                }
            });
        }
        double Weight(int i, int j) => outer[i] * inner[j] * NormalDensity(1.2, means[i, j], 1);
        var total = Weight(0, 0) + Weight(0, 1) + Weight(1, 0) + Weight(1, 1);
        var belief = (DiscreteBelief)Solve.By(Solve.Engine(engine), _g.Ask(a).Build()).Beliefs[a][0];
        // Variational message passing takes the two as independent.
        Assert.Equal((Weight(0, 0) + Weight(0, 1)) / total, belief.Probabilities[0], engine == "vmp" ? 0.05 : engine == "gibbs" ? 0.02 : 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_gate_by_what_is_known(string engine)
    {
        var n = _g.Range("n", 3);
        var (chosen, mean, x) = (_g.Data("chosen", FactorDomain.Boolean, [1, 0, 1], [n]), _g.Unknown("mean", Gaussian), _g.Data("x", Gaussian, [2, 100, 4], [n]));
        var (zero, one, wide) = (_g.Real(0), _g.Real(1), _g.Real(1e4));
        _g.Define(mean.All(), GaussianFromMeanAndVariance, zero, one);
        _g.For(n, () =>
        {
            _g.Gate(GateKind.If, chosen.At(n), 0, () => _g.Define(x.At(n), GaussianFromMeanAndVariance, mean.All(), one));
            _g.Gate(GateKind.IfNot, chosen.At(n), 0, () => _g.Define(x.At(n), GaussianFromMeanAndVariance, zero, wide));
        });
        var belief = Solve.Gaussian(Solve.By(Solve.Engine(engine), _g.Ask(mean).Build()), mean);
        Assert.Equal(2, belief.Mean, engine == "gibbs" ? 0.02 : 1e-9);
        Assert.Equal(1.0 / 3, belief.Variance, engine == "gibbs" ? 0.02 : 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("gibbs")]
    public void What_is_known_to_be_equal_is(string engine)
    {
        var (a, b) = (Normal("a", 0, 1), Normal("b", 4, 3));
        _g.Constrain(FactorConstraint.Equal, a.All(), b.All());
        var belief = Solve.Gaussian(Solve.By(Solve.Engine(engine), _g.Ask(a).Build()), a);
        Assert.Equal((1, 0.75), (Math.Round(belief.Mean, engine == "gibbs" ? 0 : 9), engine == "gibbs" ? 0.75 : Math.Round(belief.Variance, 9)));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp")]
    public void What_is_known_to_be_positive_or_between_is(string engine)
    {
        var (a, b) = (Normal("a", 0, 1), Normal("b", 0, 1));
        _g.Constrain(FactorConstraint.Positive, a.All());
        _g.Constrain(FactorConstraint.Between, b.All(), _g.Real(0.5), _g.Real(double.PositiveInfinity));
        var solution = Solve.By(Solve.Engine(engine), _g.Ask(a, b).Build());
        Solve.Near(0.79788456, Solve.Gaussian(solution, a).Mean);
        Solve.Near(0.26848041, Solve.Gaussian(solution, b).Variance);
    }

    [InferNetTheory]
    [InlineData(FactorConstraint.True, 1.0), InlineData(FactorConstraint.False, 0.0)]
    public void What_is_known_to_be_so_is(FactorConstraint constraint, double expected)
    {
        var a = _g.Unknown("a", FactorDomain.Boolean);
        _g.Define(a.All(), Bernoulli, _g.Real(0.3));
        _g.Constrain(constraint, a.All());
        var solution = Solve.By(new ExpectationPropagation(), _g.Ask(a).Build());
        Assert.Equal(expected, Solve.Boolean(solution, a));
        Assert.Equal(Math.Log(constraint == FactorConstraint.True ? 0.3 : 0.7), solution.LogEvidence!.Value, 1e-9);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Ragged_plates_three_deep(string engine)
    {
        // Two schools with 2 and 1 classes, of 1, 3 and 2 pupils.
        var school = _g.Range("school", 2);
        var klass = _g.Range("klass", _g.Data("classes", Count, [2, 1], [school]).At(school));
        var pupil = _g.Range("pupil", _g.Data("pupils", Count, [1, 3, 2], [school, klass]).At(school, klass));
        var (mean, x) = (_g.Unknown("mean", Gaussian, [school, klass]), _g.Data("x", Gaussian, [3, 1, 2, 3, 4, 8], [school, klass, pupil]));
        var (zero, one) = (_g.Real(0), _g.Real(1));
        _g.For(school, () => _g.For(klass, () =>
        {
            _g.Define(mean.At(school, klass), GaussianFromMeanAndVariance, zero, one);
            _g.For(pupil, () => _g.Define(x.At(school, klass, pupil), GaussianFromMeanAndVariance, mean.At(school, klass), one));
        }));
        var beliefs = Solve.By(Solve.Engine(engine), _g.Ask(mean).Build()).Beliefs[mean].Cast<GaussianBelief>().ToArray();
        double[] means = [1.5, 1.5, 4], variances = [1 / 2.0, 1 / 4.0, 1 / 3.0];
        Assert.Equal(3, beliefs.Length);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(means[i], beliefs[i].Mean, engine == "gibbs" ? 0.05 : 1e-9);
            Assert.Equal(variances[i], beliefs[i].Variance, engine == "gibbs" ? 0.05 : 1e-9);
        }
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void A_plate_of_nothing(string engine)
    {
        var n = _g.Range("n", 0);
        var (mean, x, y) = (Normal("mean", 2, 3), _g.Data("x", Gaussian, [], [n]), _g.Unknown("y", Gaussian, [n]));
        var one = _g.Real(1);
        _g.For(n, () =>
        {
            _g.Define(x.At(n), GaussianFromMeanAndVariance, mean.All(), one);
            _g.Define(y.At(n), GaussianFromMeanAndVariance, mean.All(), one);
        });
        var solution = Solve.By(Solve.Engine(engine), _g.Ask(mean, y).Build());
        Assert.Equal(2, Solve.Gaussian(solution, mean).Mean, engine == "gibbs" ? 0.05 : 1e-9);
        Assert.Empty(solution.Beliefs[y]);
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Elements_by_known_indices_and_by_fixed_ones(string engine)
    {
        var (group, n) = (_g.Range("group", 3), _g.Range("n", 4));
        var (effect, which, x) = (_g.Unknown("effect", Gaussian, [group]), _g.Data("which", Integer, [0, 2, 2, 0], [n]), _g.Data("x", Gaussian, [1, 5, 7, 3], [n]));
        var first = _g.Data("first", Gaussian, [5]);
        var (zero, one) = (_g.Real(0), _g.Real(1));
        _g.For(group, () => _g.Define(effect.At(group), GaussianFromMeanAndVariance, zero, one));
        _g.For(n, () => _g.Define(x.At(n), GaussianFromMeanAndVariance, effect.At(which.At(n)), one));
        _g.Define(first.All(), GaussianFromMeanAndVariance, effect.At(0), one);
        var beliefs = Solve.By(Solve.Engine(engine), _g.Ask(effect).Build()).Beliefs[effect].Cast<GaussianBelief>().ToArray();
        Assert.Equal([9 / 4.0, 0, 4], beliefs.Select(b => Math.Round(b.Mean, engine == "gibbs" ? 1 : 9)), EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < 0.11, _ => 0));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void Elements_that_are_defined_one_by_one(string engine)
    {
        var n = _g.Range("n", 3);
        var (x, y) = (_g.Unknown("x", Gaussian, [n]), _g.Data("y", Gaussian, [3]));
        for (var i = 0; i < 3; i++) _g.Define(x.At(i), GaussianFromMeanAndVariance, i == 0 ? _g.Real(0) : x.At(i - 1), _g.Real(1));
        _g.Define(y.All(), GaussianFromMeanAndVariance, x.At(2), _g.Real(1));
        var beliefs = Solve.By(Solve.Engine(engine), _g.Ask(x).Build()).Beliefs[x].Cast<GaussianBelief>().Select(b => b.Mean).ToArray();
        Assert.Equal([0.75, 1.5, 2.25], beliefs, EqualityComparer<double>.Create((a, b) => Math.Abs(a - b) < (engine == "gibbs" ? 0.06 : 1e-6), _ => 0));
    }

    [InferNetTheory]
    [InlineData("ep"), InlineData("vmp"), InlineData("gibbs")]
    public void An_unknown_index_into_rows(string engine)
    {
        var (k, word) = (_g.Range("k", 2), _g.Range("word", 3));
        double[] prior = [0.4, 0.6], table = [0.7, 0.2, 0.1, 0.1, 0.2, 0.7];
        var (z, rows, x) = (Choice("z", k, prior), _g.Data("rows", Simplex, table, [k], word, [3]), _g.Data("x", Integer, [2], values: word));
        _g.Gate(GateKind.Switch, z.All(), 0, () => _g.Define(x.All(), Discrete, rows.At(z.All())));
        var belief = (DiscreteBelief)Solve.By(Solve.Engine(engine), _g.Ask(z).Build()).Beliefs[z][0];
        Assert.Equal(0.04 / (0.04 + 0.42), belief.Probabilities[0], engine == "gibbs" ? 0.01 : 1e-9);
    }

    private FactorVariable Normal(string name, double mean, double variance)
    {
        var x = _g.Unknown(name, Gaussian);
        _g.Define(x.All(), GaussianFromMeanAndVariance, _g.Real(mean), _g.Real(variance));
        return x;
    }

    private FactorVariable Choice(string name, FactorRange values, params double[] probabilities)
    {
        var x = _g.Unknown(name, Integer, values: values);
        _g.Define(x.All(), Discrete, _g.Data("p_" + name, Simplex, probabilities, values: values, shape: [probabilities.Length]).All());
        return x;
    }
}
