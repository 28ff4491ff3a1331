using ProbLang.FactorGraphs;
using static ProbLang.FactorGraphs.FactorDomain;
using static ProbLang.FactorGraphs.FactorOperation;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>Factor graphs that have between them all that a factor graph can have, with an algorithm that can run each.</summary>
public static class PrintedGraphs
{
    private static readonly FactorAlgorithm EP = FactorAlgorithm.ExpectationPropagation, VMP = FactorAlgorithm.VariationalMessagePassing, Gibbs = FactorAlgorithm.GibbsSampling;

    public static IReadOnlyDictionary<string, (FactorGraph Graph, FactorAlgorithm Algorithm)> All { get; } = new SortedDictionary<string, (FactorGraph, FactorAlgorithm)>(StringComparer.Ordinal)
    {
        ["coins"] = (Coins(), EP),
        ["truncation"] = (Truncation(), EP),
        ["gaussian"] = (Gaussian(), VMP),
        ["gaussian_gibbs"] = (Gaussian(), Gibbs),
        ["games"] = (Games(), EP),
        ["regression"] = (Regression(), EP),
        ["skills"] = (Skills(), EP),
        ["clinical_trial"] = (ClinicalTrial(), EP),
        ["mixture"] = (Mixture(), VMP),
        ["topics"] = (Topics(), VMP),
        ["classes"] = (Classes(), EP),
        ["counts"] = (Counts(), VMP),
        ["vectors"] = (Vectors(), EP),
        ["arithmetic"] = (Arithmetic(), EP),
        ["gammas"] = (Gammas(), EP),
        ["variance"] = (Variance(), EP),
        ["choices"] = (Choices(), EP),
        ["integers"] = (Integers(), EP),
        ["bounds"] = (Bounds(), EP),
        ["names"] = (Names(), EP),
        ["shapes"] = (Shapes(), EP),
        ["volatility"] = (Volatility(), EP),
        ["starts"] = (Starts(), VMP),
        ["priors"] = (Priors(), VMP),
    };

    private static FactorGraph Priors()
    {
        var g = new GraphSketch("priors.gm", "differ ~ Bernoulli(0.5)\nrate[n] ~ Beta(hits[n], misses[n])\nheads[n] ~ Bernoulli(rate[n])\nshare[n] ~ Dirichlet(counts[n])\nface[n] ~ Categorical(share[n])");
        var (n, k) = (g.Range("n", 3), g.Range("k", 2));
        var differ = g.Unknown("differ", FactorDomain.Boolean);
        var (rate, share) = (g.Unknown("rate", FactorDomain.Beta, n), g.Add(new() { Name = "share", Domain = FactorDomain.Simplex, Ranges = [n], Values = k }));
        var (hits, misses) = (g.Known("hits", Real, [1, 8, 5], n), g.Known("misses", Real, [1, 2, 0.5], n));
        var counts = g.Vectors("counts", FactorDomain.Vector, [1, 1, 2, 0.5, 3, 4], [2], n);
        var heads = g.Known("heads", FactorDomain.Boolean, [1, 1, 1], n);
        var face = g.Add(new() { Name = "face", Domain = Integer, Ranges = [n], Values = k, Data = FactorData.Of([0d, 0, 1]) });
        g.At(1);
        g.Define(differ.Whole(), Bernoulli, g.Number(0.5));
        g.Gate(GateKind.If, differ.Whole(), () => g.Repeat(n, () =>
        {
            g.At(2);
            g.Define(rate.Of(n), FactorOperation.Beta, hits.Of(n), misses.Of(n));
            g.At(3);
            g.Define(heads.Of(n), Bernoulli, rate.Of(n));
            g.At(4);
            g.Define(share.Of(n), Dirichlet, counts.Of(n));
            g.At(5);
            g.Define(face.Of(n), Discrete, share.Of(n));
        }));
        g.Gate(GateKind.IfNot, differ.Whole(), () => g.Repeat(n, () =>
        {
            g.Define(heads.Of(n), Bernoulli, g.Number(0.5));
            g.Define(face.Of(n), Discrete, g.Vector(0.5, 0.5));
        }));
        return g.Ask(differ, rate, share);
    }

    private static FactorGraph Coins()
    {
        var g = new GraphSketch("coins.gm", "first ~ Bernoulli(0.5)\nsecond ~ Bernoulli(0.5)\ngiven not (first and second)");
        var (first, second, both) = (g.Unknown("first", FactorDomain.Boolean), g.Unknown("second", FactorDomain.Boolean), g.Unknown("both", FactorDomain.Boolean));
        g.At(1);
        g.Define(first.Whole(), Bernoulli, g.Number(0.5));
        g.At(2);
        g.Define(second.Whole(), Bernoulli, g.Number(0.5));
        g.At(3);
        g.Define(both.Whole(), And, first.Whole(), second.Whole());
        g.Constrain(FactorConstraint.False, both.Whole());
        return g.Ask(first, second);
    }

    private static FactorGraph Truncation()
    {
        var g = new GraphSketch("truncation.gm", "x ~ Normal(0, 1)\ny ~ Normal(0, 1)\nz ~ Normal(0, 1)\ngiven x > 0.5\ngiven y > 0\ngiven z > 1");
        var all = new[] { g.Unknown("x", FactorDomain.Gaussian), g.Unknown("y", FactorDomain.Gaussian), g.Unknown("z", FactorDomain.Gaussian) };
        for (var i = 0; i < 3; i++)
        {
            g.At(i + 1);
            g.Define(all[i].Whole(), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1));
        }
        var isAbove = g.Unknown("isAbove", FactorDomain.Boolean);
        g.At(4);
        g.Define(isAbove.Whole(), Greater, all[0].Whole(), g.Number(0.5));
        g.Constrain(FactorConstraint.True, isAbove.Whole());
        g.At(5);
        g.Constrain(FactorConstraint.Positive, all[1].Whole());
        g.At(6);
        g.Constrain(FactorConstraint.Between, all[2].Whole(), g.Number(1), g.Number(double.PositiveInfinity));
        return g.Ask(all);
    }

    private static FactorGraph Gaussian()
    {
        var g = new GraphSketch("gaussian.gm", "mean ~ Normal(0, 10)\nprecision ~ Gamma(1, 1)\nx[i] ~ Normal(mean, precision: precision)");
        var i = g.Range("i", 10);
        var (mean, precision) = (g.Unknown("mean", FactorDomain.Gaussian), g.Unknown("precision", Gamma));
        var x = g.Known("x", FactorDomain.Gaussian, [1.2, .7, 2.3, 1.9, .4, 1.5, 1.1, 2.8, .9, 1.6], i);
        g.At(1);
        g.Define(mean.Whole(), GaussianFromMeanAndPrecision, g.Number(0), g.Number(0.01));
        g.At(2);
        g.Define(precision.Whole(), GammaFromShapeAndRate, g.Number(1), g.Number(1));
        g.At(3);
        g.Repeat(i, () => g.Define(x.Of(i), GaussianFromMeanAndPrecision, mean.Whole(), precision.Whole()));
        return g.Ask(mean, precision);
    }

    private static FactorGraph Games()
    {
        var g = new GraphSketch("games.gm", "skill[p] ~ Normal(25, 25/3) for p in 1..P\nperformance of both\ngiven won[g]");
        var (player, game) = (g.Range("player", 2), g.Range("game", 1));
        var (winner, loser) = (g.Known("winner", Integer, [0], game), g.Known("loser", Integer, [1], game));
        var skill = g.Unknown("skill", FactorDomain.Gaussian, player);
        var (of, against, won) = (g.Unknown("ofWinner", FactorDomain.Gaussian, game), g.Unknown("ofLoser", FactorDomain.Gaussian, game), g.Unknown("won", FactorDomain.Boolean, game));
        var noise = g.Add(new FactorVariable { Name = "noise", Domain = Real, Data = FactorData.Of(36 / 625d), Place = new("games.gm", 2, 1, 1, null) });
        g.At(1);
        g.Repeat(player, () => g.Define(skill.Of(player), GaussianFromMeanAndPrecision, g.Number(25), g.Number(9 / 625d)));
        g.At(2);
        g.Repeat(game, () => g.Define(of.Of(game), GaussianFromMeanAndPrecision, skill.Of(winner.Of(game)), noise.Whole()));
        g.Repeat(game, () => g.Define(against.Of(game), GaussianFromMeanAndPrecision, skill.Of(loser.Of(game)), noise.Whole()));
        g.At(3);
        g.Repeat(game, () =>
        {
            g.Define(won.Of(game), Greater, of.Of(game), against.Of(game));
            g.Constrain(FactorConstraint.True, won.Of(game));
        });
        return g.Ask(skill);
    }

    private static FactorGraph Regression()
    {
        var g = new GraphSketch("regression.gm", "w[k] ~ Normal(0, 10)\ny[i] ~ Normal(w[1] + w[2] * x[i], 0.5)");
        var i = g.Range("i", 100);
        double[] at = [.. Enumerable.Range(0, 100).Select(n => (n - 50) / 10d)];
        var x = g.Vectors("x", FactorDomain.Vector, [.. at.SelectMany(v => new[] { 1, v })], [2], i);
        var y = g.Known("y", FactorDomain.Gaussian, [.. at.Select((v, n) => 1.5 + 0.7 * v + 0.5 * Math.Sin(12.9898 * n + 0.3))], i);
        var (w, mean) = (g.Unknown("w", FactorDomain.Vector), g.Unknown("mean", FactorDomain.Gaussian, i));
        g.At(1);
        g.Define(w.Whole(), VectorGaussianFromMeanAndPrecision, g.Vector(0, 0), g.Matrix(2, 0.01, 0, 0, 0.01));
        g.At(2);
        g.Repeat(i, () =>
        {
            g.Define(mean.Of(i), InnerProduct, w.Whole(), x.Of(i));
            g.Define(y.Of(i), GaussianFromMeanAndPrecision, mean.Of(i), g.Number(4));
        });
        return g.Ask(w);
    }

    private static FactorGraph Skills()
    {
        var g = new GraphSketch("skills.gm", "csharp ~ Bernoulli(0.5)\nsql ~ Bernoulli(0.5)\ndef answer(skilled) …");
        var (csharp, sql, both) = (g.Unknown("csharp", FactorDomain.Boolean), g.Unknown("sql", FactorDomain.Boolean), g.Unknown("both", FactorDomain.Boolean));
        g.At(1);
        g.Define(csharp.Whole(), Bernoulli, g.Number(0.5));
        g.At(2);
        g.Define(sql.Whole(), Bernoulli, g.Number(0.5));
        g.Define(both.Whole(), And, csharp.Whole(), sql.Whole());
        g.At(3);
        foreach (var (name, skill, right) in new[] { ("first", csharp, 1), ("second", sql, 0), ("third", both, 0) })
        {
            var answer = g.Known(name, FactorDomain.Boolean, [right]);
            g.Gate(GateKind.If, skill.Whole(), () => g.Define(answer.Whole(), Bernoulli, g.Number(0.9)));
            g.Gate(GateKind.IfNot, skill.Whole(), () => g.Define(answer.Whole(), Bernoulli, g.Number(0.2)));
        }
        return g.Ask(csharp, sql);
    }

    private static FactorGraph ClinicalTrial()
    {
        var g = new GraphSketch("clinical_trial.gm", "effective ~ Bernoulli(0.5)\nif effective {\n  treated_rate ~ Uniform(0, 1)\n  control_rate ~ Uniform(0, 1)\n} else {\n  rate ~ Uniform(0, 1)\n}");
        var (i, j) = (g.Range("i", 5), g.Range("j", 5));
        var (treated, control) = (g.Known("treated", FactorDomain.Boolean, [1, 1, 1, 1, 0], i), g.Known("control", FactorDomain.Boolean, [0, 0, 0, 1, 0], j));
        var effective = g.Unknown("effective", FactorDomain.Boolean);
        var (a, b, c) = (g.Unknown("treated_rate", FactorDomain.Beta), g.Unknown("control_rate", FactorDomain.Beta), g.Unknown("rate", FactorDomain.Beta));
        g.At(1);
        g.Define(effective.Whole(), Bernoulli, g.Number(0.5));
        g.Gate(GateKind.If, effective.Whole(), () =>
        {
            g.At(3);
            g.Define(a.Whole(), FactorOperation.Beta, g.Number(1), g.Number(1));
            g.Repeat(i, () => g.Define(treated.Of(i), Bernoulli, a.Whole()));
            g.At(4);
            g.Define(b.Whole(), FactorOperation.Beta, g.Number(1), g.Number(1));
            g.Repeat(j, () => g.Define(control.Of(j), Bernoulli, b.Whole()));
        });
        g.Gate(GateKind.IfNot, effective.Whole(), () =>
        {
            g.At(6);
            g.Define(c.Whole(), FactorOperation.Beta, g.Number(1), g.Number(1));
            g.Repeat(i, () => g.Define(treated.Of(i), Bernoulli, c.Whole()));
            g.Repeat(j, () => g.Define(control.Of(j), Bernoulli, c.Whole()));
        });
        return g.Ask(effective, a, b);
    }

    private static FactorGraph Mixture()
    {
        var g = new GraphSketch("mixture.gm", "weight ~ Dirichlet([1, 1])\nmu[k] ~ Normal(0, 10)\nz[n] ~ Categorical(weight)\ny[n] ~ Normal(mu[z[n]], precision[z[n]])");
        var (k, n) = (g.Range("k", 2), g.Range("n", 6));
        var weight = g.Add(new FactorVariable { Name = "weight", Domain = Simplex, Values = k });
        var z = g.Add(new FactorVariable { Name = "z", Domain = Integer, Ranges = [n], Values = k, Lowest = 1, StartsRandomly = true });
        var (mu, precision, y) = (g.Unknown("mu", FactorDomain.Gaussian, k), g.Unknown("precision", Gamma, k), g.Known("y", FactorDomain.Gaussian, [-5.1, -4.7, -5.3, 4.9, 5.2, 5.6], n));
        g.At(1);
        g.Define(weight.Whole(), Dirichlet, g.Vector(1, 1));
        g.At(2);
        g.Repeat(k, () => g.Define(mu.Of(k), GaussianFromMeanAndPrecision, g.Number(0), g.Number(0.01)));
        g.Repeat(k, () => g.Define(precision.Of(k), GammaFromShapeAndRate, g.Number(2), g.Number(1)));
        g.At(3);
        g.Repeat(n, () => g.Define(z.Of(n), Discrete, weight.Whole()));
        g.At(4);
        g.Repeat(n, () => g.Gate(GateKind.Switch, z.Of(n), () => g.Define(y.Of(n), GaussianFromMeanAndPrecision, mu.Of(z.Of(n)), precision.Of(z.Of(n)))));
        return g.Ask(weight, mu, precision, z);
    }

    private static FactorGraph Topics()
    {
        var g = new GraphSketch("topics.gm", "theta[d] ~ Dirichlet(alpha)\nphi[t] ~ Dirichlet(0.1)\nword[d, w] ~ Categorical(phi[topic[d, w]])");
        var (d, t, v) = (g.Range("d", 3), g.Range("t", 2), g.Range("v", 4));
        var length = g.Known("length", Integer, [3, 0, 2], d);
        var w = g.Ragged("w", length.Of(d));
        var theta = g.Add(new FactorVariable { Name = "theta", Domain = Simplex, Values = t, Ranges = [d], StartsRandomly = true });
        var phi = g.Add(new FactorVariable { Name = "phi", Domain = Simplex, Values = v, Ranges = [t] });
        var topic = g.Add(new FactorVariable { Name = "topic", Domain = Integer, Values = t, Ranges = [d, w], StartsRandomly = true });
        var word = g.Add(new FactorVariable { Name = "word", Domain = Integer, Values = v, Ranges = [d, w], Data = FactorData.Of([0, 0, 1, 3, 2]) });
        g.At(1);
        g.Repeat(d, () => g.Define(theta.Of(d), Dirichlet, g.Vector(0.5, 0.5)));
        g.At(2);
        g.Repeat(t, () => g.Define(phi.Of(t), DirichletSymmetric, g.Number(0.1)));
        g.At(3);
        g.Repeat(d, () => g.Repeat(w, () =>
        {
            g.Define(topic.Of(d, w), Discrete, theta.Of(d));
            g.Gate(GateKind.Switch, topic.Of(d, w), () => g.Define(word.Of(d, w), Discrete, phi.Of(topic.Of(d, w))));
        }));
        return g.Ask(theta, phi);
    }

    private static FactorGraph Classes()
    {
        var g = new GraphSketch("classes.gm", "school[s] ~ Normal(0, 10)\nclassroom[s, c] ~ Normal(school[s], 2)\nscore[s, c, p] ~ Normal(classroom[s, c] + bonus[group[s, c, p]], 1)");
        var (s, group) = (g.Range("s", 2), g.Range("group", 2));
        var c = g.Ragged("c", g.Known("classes", Integer, [2, 1], s).Of(s));
        var p = g.Ragged("p", g.Known("pupils", Integer, [2, 1, 3], s, c).Of(s, c));
        var (school, classroom) = (g.Unknown("school", FactorDomain.Gaussian, s), g.Unknown("classroom", FactorDomain.Gaussian, s, c));
        var (bonus, groupOf) = (g.Unknown("bonus", FactorDomain.Gaussian, group), g.Known("groupOf", Integer, [0, 1, 1, 0, 0, 1], s, c, p));
        var (mean, score) = (g.Unknown("mean", FactorDomain.Gaussian, s, c, p), g.Known("score", FactorDomain.Gaussian, [9.5, 10.25, 11, 7, 6.5, 8], s, c, p));
        g.At(1);
        g.Repeat(s, () => g.Define(school.Of(s), GaussianFromMeanAndPrecision, g.Number(0), g.Number(0.01)));
        g.At(2);
        g.Repeat(s, () => g.Repeat(c, () => g.Define(classroom.Of(s, c), GaussianFromMeanAndPrecision, school.Of(s), g.Number(0.25))));
        g.At(3);
        g.Repeat(group, () => g.Define(bonus.Of(group), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1)));
        g.Repeat(s, () => g.Repeat(c, () => g.Repeat(p, () =>
        {
            g.Define(mean.Of(s, c, p), Plus, classroom.Of(s, c), bonus.Of(groupOf.Of(s, c, p)));
            g.Define(score.Of(s, c, p), GaussianFromMeanAndPrecision, mean.Of(s, c, p), g.Number(1));
        })));
        return g.Ask(school, classroom, bonus);
    }

    private static FactorGraph Counts()
    {
        var g = new GraphSketch("counts.gm");
        var (k, n) = (g.Range("k", 3), g.Range("n", 2));
        var (rate, p, a) = (g.Unknown("rate", Gamma), g.Unknown("p", FactorDomain.Beta), g.Unknown("a", FactorDomain.Gaussian));
        var share = g.Add(new FactorVariable { Name = "share", Domain = Simplex, Values = k });
        var concentration = g.Unknown("concentration", Gamma);
        var other = g.Add(new FactorVariable { Name = "other", Domain = Simplex, Values = k });
        var logits = g.Unknown("logits", FactorDomain.Gaussian, k);
        var trials = g.Known("trials", Count, [5, 7], n);
        g.Define(rate.Whole(), GammaFromShapeAndRate, g.Number(2), g.Number(0.5));
        g.Define(p.Whole(), FactorOperation.Beta, g.Number(1), g.Number(2));
        g.Define(a.Whole(), GaussianFromMeanAndVariance, g.Number(0), g.Number(1));
        g.Define(share.Whole(), Dirichlet, g.Vector(1, 2, 1));
        g.Define(concentration.Whole(), GammaFromShapeAndRate, g.Number(2), g.Number(2));
        g.Define(other.Whole(), DirichletSymmetric, concentration.Whole());
        g.Repeat(k, () => g.Define(logits.Of(k), GaussianFromMeanAndVariance, g.Number(0), g.Number(4)));
        var (events, hits, odds) = (g.Known("events", Count, [3], []), g.Known("hits", Count, [2, 3], n), g.Known("odds", Count, [4, 1], n));
        var (rare, boxes) = (g.Known("rare", Count, [1]), g.Known("boxes", Count, [1, 3, 1, 2, 2, 3], n, k));
        var (choice, colour, fair) = (Chosen(g, "choice", k, 2), Chosen(g, "colour", k, 0), g.Known("fair", FactorDomain.Boolean, [1]));
        g.Define(events.Whole(), Poisson, rate.Whole());
        g.Repeat(n, () => g.Define(hits.Of(n), Binomial, trials.Of(n), p.Whole()));
        g.Repeat(n, () => g.Define(odds.Of(n), BinomialFromLogOdds, trials.Of(n), a.Whole()));
        g.Define(rare.Whole(), PoissonFromLogRate, a.Whole());
        g.Define(fair.Whole(), BernoulliFromLogOdds, a.Whole());
        g.Repeat(n, () => g.Define(boxes.Of(n), Multinomial, trials.Of(n), share.Whole()));
        g.Define(choice.Whole(), DiscreteFromLogits, logits.Whole());
        g.Define(colour.Whole(), Discrete, other.Whole());
        return g.Ask(rate, p, a, share, concentration, other, logits);
    }

    private static FactorVariable Chosen(GraphSketch g, string name, FactorRange k, int value) =>
        g.Add(new FactorVariable { Name = name, Domain = Integer, Values = k, Data = FactorData.Of(value) });

    private static FactorGraph Vectors()
    {
        var g = new GraphSketch("vectors.gm");
        var n = g.Range("n", 3);
        var (mean, precision, small) = (g.Unknown("mean", FactorDomain.Vector), g.Unknown("precision", FactorDomain.Matrix), g.Unknown("small", FactorDomain.Vector));
        var (wide, element, projected) = (g.Unknown("wide", FactorDomain.Vector), g.Unknown("element", FactorDomain.Gaussian), g.Unknown("projected", FactorDomain.Gaussian));
        var x = g.Vectors("x", FactorDomain.Vector, [1, 2, 1.5, 2.5, 0, 3], [2], n);
        var (turned, seen, level) = (g.Vectors("turned", FactorDomain.Vector, [1, 0.5, 2], [3]), g.Known("seen", FactorDomain.Gaussian, [0.5]), g.Known("level", FactorDomain.Gaussian, [2]));
        var matrix = g.Vectors("design", Real, [1, 0, 0, 1, 1, 1], [3, 2]);
        var weights = g.Vectors("weights", FactorDomain.Vector, [0.25, 0.75], [2]);
        g.Define(mean.Whole(), VectorGaussianFromMeanAndVariance, g.Vector(0, 0), g.Matrix(2, 10, 1, 1, 10));
        g.Define(precision.Whole(), WishartFromShapeAndRate, g.Number(3), g.Matrix(2, 1, 0, 0, 1));
        g.Repeat(n, () => g.Define(x.Of(n), VectorGaussianFromMeanAndPrecision, mean.Whole(), precision.Whole()));
        g.Define(small.Whole(), VectorGaussianFromMeanAndPrecision, g.Vector(1, 1), g.Matrix(2, 1, 0, 0, 1));
        g.Define(wide.Whole(), MatrixTimesVector, matrix.Whole(), small.Whole());
        g.Define(turned.Whole(), VectorGaussianFromMeanAndPrecision, wide.Whole(), g.Matrix(3, 1, 0, 0, 0, 1, 0, 0, 0, 1));
        g.Define(element.Whole(), VectorElement, small.Whole(), g.Number(1, Integer));
        g.Define(seen.Whole(), GaussianFromMeanAndPrecision, element.Whole(), g.Number(2));
        g.Define(projected.Whole(), InnerProduct, small.Whole(), weights.Whole());
        g.Define(level.Whole(), GaussianFromMeanAndPrecision, projected.Whole(), g.Number(2));
        return g.Ask(mean, precision, small, projected);
    }

    private static FactorGraph Arithmetic()
    {
        var g = new GraphSketch("arithmetic.gm", "out ~ Normal(2 * (a - b) + c / 4 - (3 - a), 1)");
        var k = g.Range("k", 3);
        var numbers = "a b c d".Split(' ').Select(name => g.Unknown(name, FactorDomain.Gaussian)).ToArray();
        foreach (var number in numbers) g.Define(number.Whole(), GaussianFromMeanAndVariance, g.Number(1), g.Number(2));
        FactorReference Part(FactorOperation operation, params FactorReference[] arguments)
        {
            var part = g.Unknown($"part{operation}{arguments[0]}", FactorDomain.Gaussian);
            g.Define(part.Whole(), operation, arguments);
            return part.Whole();
        }
        FactorVariable See(string name, FactorReference mean, double value)
        {
            var seen = g.Known(name, FactorDomain.Gaussian, [value]);
            g.Define(seen.Whole(), GaussianFromMeanAndPrecision, mean, g.Number(1));
            return seen;
        }
        var (a, b, c, d) = (numbers[0].Whole(), numbers[1].Whole(), numbers[2].Whole(), numbers[3].Whole());
        g.At(1);
        See("linear", Part(Minus, Part(Plus, Part(Product, g.Number(2), Part(Minus, a, b)), Part(Ratio, c, g.Number(4))), Part(Minus, g.Number(3), a)), 1);
        See("greatest", Part(Max, a, b), 2);
        See("least", Part(Min, c, d), -0.5);
        var each = g.Unknown("each", FactorDomain.Gaussian, k);
        g.Repeat(k, () => g.Define(each.Of(k), GaussianFromMeanAndPrecision, d, g.Number(1)));
        See("total", Part(Sum, each.Whole()), 3);
        See("power", Part(Product, a, b), 1);
        var same = g.Unknown("same", FactorDomain.Gaussian);
        g.Define(same.Whole(), Copy, c);
        g.Constrain(FactorConstraint.Equal, same.Whole(), d);
        return g.Ask([.. numbers, each]);
    }

    private static FactorGraph Gammas()
    {
        var g = new GraphSketch("gammas.gm");
        var (a, b, product, ratio) = (g.Unknown("a", Gamma), g.Unknown("b", Gamma), g.Unknown("product", Gamma), g.Unknown("ratio", Gamma));
        g.Define(a.Whole(), GammaFromShapeAndRate, g.Number(3), g.Number(2));
        g.Define(b.Whole(), GammaFromShapeAndRate, g.Number(4), a.Whole());
        g.Define(product.Whole(), Product, b.Whole(), g.Number(2));
        g.Define(ratio.Whole(), Ratio, product.Whole(), g.Number(5));
        var (x, y) = (g.Known("x", FactorDomain.Gaussian, [0.5]), g.Known("y", Count, [2]));
        g.Define(x.Whole(), GaussianFromMeanAndPrecision, g.Number(0), product.Whole());
        g.Define(y.Whole(), Poisson, ratio.Whole());
        return g.Ask(a, b, product);
    }

    private static FactorGraph Variance()
    {
        var g = new GraphSketch("variance.gm");
        var n = g.Range("n", 4);
        var (mean, variance) = (g.Unknown("mean", FactorDomain.Gaussian), g.Unknown("variance", Gamma));
        var x = g.Known("x", FactorDomain.Gaussian, [1, 2.5, -0.0, 1e-7], n);
        g.Define(mean.Whole(), GaussianFromMeanAndVariance, g.Number(0), g.Number(1e20));
        g.Define(variance.Whole(), GammaFromShapeAndRate, g.Number(2), g.Number(1));
        g.Repeat(n, () => g.Define(x.Of(n), GaussianFromMeanAndVariance, mean.Whole(), variance.Whole()));
        return g.Ask(mean, variance);
    }

    private static FactorGraph Choices()
    {
        var g = new GraphSketch("choices.gm", "weather ~ Categorical(p)\ntide ~ Categorical([0.5, 0.5])\nif weather == 1 …\nlevel ~ Normal(mean, 1)");
        var (w, t) = (g.Range("w", 3), g.Range("t", 2));
        var p = g.Add(new FactorVariable { Name = "p", Domain = Simplex, Values = w, Data = new(new[] { 0.2, 0.3, 0.5 }, [3]) });
        var weather = g.Add(new FactorVariable { Name = "weather", Domain = Integer, Values = w, Lowest = 1 });
        var tide = g.Add(new FactorVariable { Name = "tide", Domain = Integer, Values = t });
        var half = g.Vectors("half", FactorDomain.Vector, [0.5, 0.5], [2]);
        var (mean, level) = (g.Unknown("mean", FactorDomain.Gaussian), g.Known("level", FactorDomain.Gaussian, [3.5]));
        g.At(1);
        g.Define(weather.Whole(), Discrete, p.Whole());
        g.At(2);
        g.Define(tide.Whole(), Discrete, half.Whole());
        g.At(3);
        g.Gate(GateKind.Case, weather.Whole(), () => g.Define(mean.Whole(), Copy, g.Number(1)));
        g.Gate(GateKind.Case, weather.Whole(), () =>
        {
            g.Gate(GateKind.Case, tide.Whole(), () => g.Define(mean.Whole(), GaussianFromMeanAndPrecision, g.Number(2), g.Number(4)));
            g.Gate(GateKind.Case, tide.Whole(), () => g.Define(mean.Whole(), GaussianFromMeanAndPrecision, g.Number(3), g.Number(4)), 1);
        }, 1);
        g.Gate(GateKind.Case, weather.Whole(), () => g.Define(mean.Whole(), Copy, g.Number(4)), 2);
        g.At(4);
        g.Define(level.Whole(), GaussianFromMeanAndPrecision, mean.Whole(), g.Number(1));
        return g.Ask(weather, tide, mean);
    }

    private static FactorGraph Integers()
    {
        var g = new GraphSketch("integers.gm");
        var (die, sides, n) = (g.Range("die", 2), g.Range("sides", 6), g.Range("n", 2));
        var sum = g.Range("sums", 11);
        var sixth = g.Vectors("sixth", FactorDomain.Vector, [.. Enumerable.Repeat(1 / 6d, 6)], [6]);
        var face = g.Add(new FactorVariable { Name = "face", Domain = Integer, Values = sides, Ranges = [die], Lowest = 1 });
        var total = g.Add(new FactorVariable { Name = "total", Domain = Integer, Values = sum, Lowest = 2 });
        var bool3 = "isHigh isPair isGreater".Split(' ').Select(name => g.Unknown(name, FactorDomain.Boolean)).ToArray();
        g.Repeat(die, () => g.Define(face.Of(die), Discrete, sixth.Whole()));
        g.Define(total.Whole(), Plus, face.Of(0), face.Of(1));
        g.Define(bool3[0].Whole(), AtLeast, total.Whole(), g.Number(6, Integer));
        g.Define(bool3[1].Whole(), AreEqual, face.Of(0), g.Number(5, Integer));
        g.Define(bool3[2].Whole(), Greater, face.Of(1), g.Number(2, Integer));
        var any = g.Unknown("any", FactorDomain.Boolean);
        var not = g.Unknown("low", FactorDomain.Boolean);
        g.Define(any.Whole(), Or, bool3[1].Whole(), bool3[2].Whole());
        g.Define(not.Whole(), Not, bool3[0].Whole());
        g.Constrain(FactorConstraint.True, any.Whole());
        var (trials, heads) = (g.Add(new FactorVariable { Name = "trials", Domain = Integer, Values = sides }), g.Known("heads", Count, [2]));
        g.Define(trials.Whole(), Discrete, sixth.Whole());
        g.Define(heads.Whole(), Binomial, trials.Whole(), g.Number(0.5));
        var (calls, rate) = (g.Unknown("calls", Count, n), g.Unknown("rate", Gamma));
        g.Define(rate.Whole(), GammaFromShapeAndRate, g.Number(2), g.Number(1));
        g.Repeat(n, () => g.Define(calls.Of(n), Poisson, rate.Whole()));
        return g.Ask(face, total, not, trials, calls);
    }

    private static FactorGraph Bounds()
    {
        var g = new GraphSketch("bounds.gm", "u ~ Uniform(0, 2)\nv[n] ~ Uniform(0, top[n])\nw[n] ~ Uniform(-1, 1)");
        var n = g.Range("n", 2);
        var (u, v, w) = (g.Unknown("u", FactorDomain.TruncatedGaussian), g.Unknown("v", FactorDomain.TruncatedGaussian, n), g.Unknown("w", FactorDomain.TruncatedGaussian, n));
        var (top, one) = (g.Known("top", Real, [3, double.PositiveInfinity], n), g.Known("one", Real, [1, 1], n));
        var (seen, also, third) = (g.Known("seen", FactorDomain.Gaussian, [1.5]), g.Known("also", FactorDomain.Gaussian, [2, 2.5], n), g.Known("third", FactorDomain.Gaussian, [0.5, 2], n));
        g.At(1);
        g.Define(u.Whole(), FactorOperation.TruncatedGaussian, g.Number(0), g.Number(double.PositiveInfinity), g.Number(0), g.Number(2));
        g.Define(seen.Whole(), GaussianFromMeanAndPrecision, u.Whole(), g.Number(1));
        g.At(2);
        g.Repeat(n, () => g.Define(v.Of(n), FactorOperation.TruncatedGaussian, g.Number(1), g.Number(4), g.Number(0), top.Of(n)));
        g.Repeat(n, () => g.Define(also.Of(n), GaussianFromMeanAndPrecision, v.Of(n), g.Number(1)));
        g.At(3);
        g.Repeat(n, () => g.Define(w.Of(n), FactorOperation.TruncatedGaussian, g.Number(0), g.Number(2), g.Number(-1), one.Of(n)));
        g.Repeat(n, () => g.Define(third.Of(n), GaussianFromMeanAndPrecision, w.Of(n), g.Number(1)));
        return g.Ask(u, v, w);
    }

    private static FactorGraph Names()
    {
        var g = new GraphSketch("names.gm", "class ~ Normal(Gaussian, 1) # \u2028 var x = 1;");
        var (each, k) = (g.Range("foreach", 2), g.Range("Range", 2));
        var names = "class Gaussian Variable engine args i var value record double namespace Vector μ Print Model".Split(' ');
        var numbers = names.Select(name => g.Unknown(name, FactorDomain.Gaussian)).ToArray();
        var (index, data) = (g.Known("int", Integer, [1, 0], each), g.Known("string", FactorDomain.Gaussian, [1, 2], each));
        var elements = g.Unknown("Array", FactorDomain.Gaussian, k);
        g.Define(numbers[0].Whole(), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1));
        g.At(1);
        for (var i = 1; i < numbers.Length; i++) g.Define(numbers[i].Whole(), GaussianFromMeanAndPrecision, numbers[i - 1].Whole(), g.Number(1));
        g.Repeat(k, () => g.Define(elements.Of(k), GaussianFromMeanAndPrecision, numbers[^1].Whole(), g.Number(1)));
        g.Repeat(each, () => g.Define(data.Of(each), GaussianFromMeanAndPrecision, elements.Of(index.Of(each)), g.Number(1)));
        return g.Ask([.. numbers, elements]);
    }

    /// <summary>Elements by fixed indices, twins of a range, arrays within plates, known gates, whole arrays of unknown length, variables of gates within plates.</summary>
    private static FactorGraph Shapes()
    {
        var g = new GraphSketch("shapes.gm");
        var (s, n, none) = (g.Range("s", 2), g.Range("n", 3), g.Range("none", 0));
        var to = g.Twin("to", s);
        var row = g.Add(new FactorVariable { Name = "row", Domain = Simplex, Values = to, Ranges = [s] });
        var (first, second) = (g.Add(new FactorVariable { Name = "first", Domain = Integer, Values = s }), g.Add(new FactorVariable { Name = "second", Domain = Integer, Values = to }));
        g.Repeat(s, () => g.Define(row.Of(s), Dirichlet, g.Vector(2, 1)));
        g.Define(first.Whole(), Discrete, g.Vectors("start", FactorDomain.Vector, [0.25, 0.75], [2]).Whole());
        g.Gate(GateKind.Switch, first.Whole(), () => g.Define(second.Whole(), Discrete, row.Of(first)));
        var (on, isOn) = (g.Known("on", FactorDomain.Boolean, [1, 0, 1], n), g.Unknown("isOn", FactorDomain.Boolean, n));
        var (known, extra, seen) = (g.Known("known", FactorDomain.Boolean, [1]), g.Unknown("extra", FactorDomain.Gaussian), g.Known("seenExtra", FactorDomain.Gaussian, [2]));
        var (inner, y, empty) = (g.Unknown("inner", FactorDomain.Gaussian, n), g.Known("y", FactorDomain.Gaussian, [1, 2, 3], n), g.Known("empty", FactorDomain.Gaussian, [], none));
        var (parts, sum) = (g.Unknown("parts", FactorDomain.Gaussian, n, s), g.Known("sum", FactorDomain.Gaussian, [4, 5, 6], n));
        var both = g.Unknown("both", FactorDomain.Gaussian, n);
        g.Define(extra.Whole(), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1));
        g.Gate(GateKind.If, known.Whole(), () => g.Define(seen.Whole(), GaussianFromMeanAndPrecision, extra.Whole(), g.Number(1)));
        g.Repeat(n, () =>
        {
            g.Define(isOn.Of(n), Bernoulli, g.Number(0.5));
            g.Gate(GateKind.If, isOn.Of(n), () =>
            {
                g.Define(inner.Of(n), GaussianFromMeanAndPrecision, extra.Whole(), g.Number(1));
                g.Define(y.Of(n), GaussianFromMeanAndPrecision, inner.Of(n), g.Number(1));
            });
            g.Gate(GateKind.IfNot, isOn.Of(n), () => g.Define(y.Of(n), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1)));
        });
        g.Repeat(n, () => g.Repeat(s, () => g.Define(parts.Of(n, s), GaussianFromMeanAndPrecision, extra.Whole(), g.Number(1))));
        g.Repeat(n, () =>
        {
            var total = g.Unknown("total", FactorDomain.Gaussian, n);
            g.Define(total.Of(n), Sum, parts.Of(n));
            g.Define(sum.Of(n), GaussianFromMeanAndPrecision, total.Of(n), g.Number(1));
            g.Gate(GateKind.If, on.Of(n), () => g.Define(both.Of(n), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1)));
            g.Gate(GateKind.IfNot, on.Of(n), () => g.Define(both.Of(n), GaussianFromMeanAndPrecision, extra.Whole(), g.Number(1)));
        });
        g.Repeat(none, () => g.Define(empty.Of(none), GaussianFromMeanAndPrecision, extra.Whole(), g.Number(1)));
        return g.Ask(row, first, second, isOn, extra, both);
    }

    private static FactorGraph Volatility()
    {
        var g = new GraphSketch("volatility.gm");
        var n = g.Range("n", 3);
        var (h, precision, y) = (g.Unknown("h", FactorDomain.Gaussian, n), g.Unknown("precision", Gamma, n), g.Known("y", FactorDomain.Gaussian, [0.5, -1, 2], n));
        var (scale, log, level) = (g.Unknown("scale", Gamma), g.Unknown("log", FactorDomain.Gaussian), g.Known("level", FactorDomain.Gaussian, [0.3]));
        g.Repeat(n, () => g.Define(h.Of(n), GaussianFromMeanAndPrecision, g.Number(0), g.Number(1)));
        g.Repeat(n, () => g.Define(precision.Of(n), Exp, h.Of(n)));
        g.Repeat(n, () => g.Define(y.Of(n), GaussianFromMeanAndPrecision, g.Number(0), precision.Of(n)));
        g.Define(scale.Whole(), GammaFromShapeAndRate, g.Number(3), g.Number(2));
        g.Define(log.Whole(), Log, scale.Whole());
        g.Define(level.Whole(), GaussianFromMeanAndPrecision, log.Whole(), g.Number(2));
        return g.Ask(h, scale);
    }

    /// <summary>Each domain that can start at random.</summary>
    private static FactorGraph Starts()
    {
        var g = new GraphSketch("starts.gm");
        var (n, i) = (g.Range("n", 2), g.Range("i", 3));
        FactorVariable Start(string name, FactorDomain domain, params FactorRange[] ranges) => g.Add(new FactorVariable { Name = name, Domain = domain, Ranges = [.. ranges], StartsRandomly = true });
        var (mean, precision, p) = (Start("mean", FactorDomain.Gaussian, n), Start("precision", Gamma, n), Start("p", FactorDomain.Beta));
        var (coin, place) = (Start("coin", FactorDomain.Boolean, n), Start("place", FactorDomain.Vector));
        var (x, seen) = (g.Known("x", FactorDomain.Gaussian, [1, 2, 4], i), g.Vectors("seen", FactorDomain.Vector, [0.5, 1], [2]));
        g.Repeat(n, () => g.Define(mean.Of(n), GaussianFromMeanAndVariance, g.Number(1), g.Number(4)));
        g.Repeat(n, () => g.Define(precision.Of(n), GammaFromShapeAndRate, g.Number(3), g.Number(2)));
        g.Define(p.Whole(), FactorOperation.Beta, g.Number(2), g.Number(3));
        g.Repeat(n, () => g.Define(coin.Of(n), Bernoulli, p.Whole()));
        g.Define(place.Whole(), VectorGaussianFromMeanAndPrecision, g.Vector(0, 1), g.Matrix(2, 2, 0.5, 0.5, 1));
        g.Define(seen.Whole(), VectorGaussianFromMeanAndPrecision, place.Whole(), g.Matrix(2, 1, 0, 0, 1));
        g.Repeat(i, () => g.Define(x.Of(i), GaussianFromMeanAndPrecision, mean.Of(0), precision.Of(1)));
        return g.Ask(mean, precision, p, coin, place);
    }
}
