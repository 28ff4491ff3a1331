using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;
using Microsoft.ML.Probabilistic.Models;
using Microsoft.ML.Probabilistic.Models.Attributes;
using Microsoft.ML.Probabilistic.Utilities;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.Bench;

/// <summary>The models that are compared.</summary>
internal static class ComparedModels
{
    public static IEnumerable<ComparedModel> All => [League(), PointMachine(), Trial(), Difficulty(), Topics()];

    private static ComparedModel League()
    {
        const int Players = 100, Games = 2000;
        var random = new Random(1);
        var skill = Many(Players, _ => 25 + 8 * random.NextDouble());
        var pairs = Many(Games, _ => (A: random.Next(Players), Step: random.Next(1, Players))).Select(p => (p.A, B: (p.A + p.Step) % Players));
        var played = pairs.Select(p => skill[p.A] + 6 * random.NextDouble() > skill[p.B] + 6 * random.NextDouble() ? p : (A: p.B, B: p.A)).ToArray();
        int[] winners = [.. played.Select(p => p.A)], losers = [.. played.Select(p => p.B)];
        return new("league", """
            input P: count
            input G: count
            input winner[G]: count
            input loser[G]: count
            for p in 1..P { skill[p] ~ Normal(25, 25 / 3) }
            for g in 1..G {
              better[g] ~ Normal(skill[winner[g]], 25 / 6)
              worse[g] ~ Normal(skill[loser[g]], 25 / 6)
              given better[g] > worse[g]
            }
            """, Data.Of(new { P = Players, G = Games, winner = Array.ConvertAll(winners, i => i + 1), loser = Array.ConvertAll(losers, i => i + 1) }), ["skill"], ByHand);

        HandWritten ByHand()
        {
            var (p, g) = (new Range(Given("P", Players)), new Range(Given("G", Games)));
            var (winner, loser) = (Variable.Observed(winners, g).Named("winner"), Variable.Observed(losers, g).Named("loser"));
            var evidence = Variable.Bernoulli(0.5).Named("evidence");
            VariableArray<double> skills;
            using (Variable.If(evidence))
            {
                skills = Variable.Array<double>(p).Named("skill");
                skills[p] = Variable.GaussianFromMeanAndVariance(25, 625 / 9.0).ForEach(p);
                using (Variable.ForEach(g))
                {
                    var better = Variable.GaussianFromMeanAndVariance(skills[winner[g]], 625 / 36.0);
                    var worse = Variable.GaussianFromMeanAndVariance(skills[loser[g]], 625 / 36.0);
                    Variable.ConstrainTrue(better > worse);
                }
            }
            return HandWritten.Of(false, [("P", Players), ("G", Games), ("winner", winners), ("loser", losers)], skills, evidence);
        }
    }

    private static ComparedModel PointMachine()
    {
        const int Rows = 1000;
        var random = new Random(2);
        var xs = Many(Rows, _ => 2 * random.NextDouble() - 1);
        var zs = Many(Rows, _ => 2 * random.NextDouble() - 1);
        var ys = Many(Rows, i => 0.3 + xs[i] - 2 * zs[i] + 3 * (random.NextDouble() - 0.5) > 0);
        return new("point machine", """
            input N: count
            input x[N]: real
            input z[N]: real
            w ~ MvNormal([0, 0, 0], covariance: 25 * identity(3))
            for i in 1..N { y[i] ~ Bernoulli(Phi(dot(w, [1, x[i], z[i]]))) }
            """, Data.Of(new { N = Rows, x = xs, z = zs, y = ys }), ["w"], ByHand);

        HandWritten ByHand()
        {
            var n = new Range(Given("N", Rows));
            var features = Many(Rows, i => Vector.FromArray(1, xs[i], zs[i]));
            var x = Variable.Observed(features, n).Named("x");
            var evidence = Variable.Bernoulli(0.5).Named("evidence");
            Variable<Vector> w;
            using (Variable.If(evidence))
            {
                w = Variable.Random(VectorGaussian.FromMeanAndVariance(Vector.Zero(3), PositiveDefiniteMatrix.IdentityScaledBy(3, 25))).Named("w");
                var y = Variable.Array<bool>(n).Named("y");
                using (Variable.ForEach(n)) y[n] = Variable.GaussianFromMeanAndVariance(Variable.InnerProduct(w, x[n]), 1) > 0;
                y.ObservedValue = ys;
            }
            return HandWritten.Of(false, [("N", Rows), ("x", features), ("y", ys)], w, evidence);
        }
    }

    private static ComparedModel Trial()
    {
        const int Patients = 500;
        var random = new Random(3);
        var (with, without) = (Many(Patients, _ => random.NextDouble() < 0.6), Many(Patients, _ => random.NextDouble() < 0.5));
        return new("clinical trial", """
            input N: count
            effective ~ Bernoulli(0.5)
            if effective {
              rate_treated ~ Beta(1, 1)
              rate_control ~ Beta(1, 1)
              for i in 1..N {
                treated[i] ~ Bernoulli(rate_treated)
                control[i] ~ Bernoulli(rate_control)
              }
            } else {
              rate ~ Beta(1, 1)
              for i in 1..N {
                treated[i] ~ Bernoulli(rate)
                control[i] ~ Bernoulli(rate)
              }
            }
            """, Data.Of(new { N = Patients, treated = with, control = without }), ["effective"], ByHand);

        HandWritten ByHand()
        {
            var i = new Range(Given("N", Patients));
            var evidence = Variable.Bernoulli(0.5).Named("evidence");
            Variable<bool> effective;
            Variable<double> treatedRate, controlRate;
            using (Variable.If(evidence))
            {
                var (treated, control) = (Variable.Observed(with, i).Named("treated"), Variable.Observed(without, i).Named("control"));
                effective = Variable.Bernoulli(0.5).Named("effective");
                using (Variable.If(effective))
                {
                    treatedRate = Variable.Beta(1, 1).Named("treated_rate");
                    controlRate = Variable.Beta(1, 1).Named("control_rate");
                    treated[i] = Variable.Bernoulli(treatedRate).ForEach(i);
                    control[i] = Variable.Bernoulli(controlRate).ForEach(i);
                }
                using (Variable.IfNot(effective))
                {
                    var rate = Variable.Beta(1, 1).Named("rate");
                    treated[i] = Variable.Bernoulli(rate).ForEach(i);
                    control[i] = Variable.Bernoulli(rate).ForEach(i);
                }
            }
            return HandWritten.Of(false, [("N", Patients), ("treated", with), ("control", without)], effective, treatedRate, controlRate, evidence);
        }
    }

    private static ComparedModel Difficulty()
    {
        const int Students = 100, Questions = 50;
        var random = new Random(4);
        var abilities = Many(Students, _ => 4 * random.NextDouble() - 2);
        var difficulties = Many(Questions, _ => 4 * random.NextDouble() - 2);
        var answers = Many(Students, s => Many(Questions, q => abilities[s] - difficulties[q] + 3 * (random.NextDouble() - 0.5) > 0));
        return new("difficulty and ability", """
            input S: count
            input Q: count
            for s in 1..S { ability[s] ~ Normal(0, 1) }
            for q in 1..Q { difficulty[q] ~ Normal(0, 1) }
            for s in 1..S { for q in 1..Q { right[s, q] ~ Bernoulli(Phi(ability[s] - difficulty[q])) } }
            """, Data.Of(new { S = Students, Q = Questions, right = answers }), ["ability", "difficulty"], ByHand);

        HandWritten ByHand()
        {
            var (s, q) = (new Range(Given("S", Students)), new Range(Given("Q", Questions)));
            var evidence = Variable.Bernoulli(0.5).Named("evidence");
            VariableArray<double> ability, difficulty;
            using (Variable.If(evidence))
            {
                ability = Variable.Array<double>(s).Named("ability");
                difficulty = Variable.Array<double>(q).Named("difficulty");
                ability[s] = Variable.GaussianFromMeanAndVariance(0, 1).ForEach(s);
                difficulty[q] = Variable.GaussianFromMeanAndVariance(0, 1).ForEach(q);
                var right = Variable.Array(Variable.Array<bool>(q), s).Named("right");
                using (Variable.ForEach(s))
                using (Variable.ForEach(q)) right[s][q] = Variable.GaussianFromMeanAndVariance(ability[s] - difficulty[q], 1) > 0;
                right.ObservedValue = answers;
            }
            return HandWritten.Of(false, [("S", Students), ("Q", Questions), ("right", answers)], ability, difficulty, evidence);
        }
    }

    private static ComparedModel Topics()
    {
        const int Texts = 40, Length = 80, Words = 50, Count = 4;
        var random = new Random(5);
        // Each text is of two of the topics, each topic has a quarter of the words mostly.
        var texts = Many(Texts, _ => (A: random.Next(Count), B: random.Next(Count))).Select(t => Many(Length, _ => ((random.Next(2) == 0 ? t.A : t.B) * Words / Count + random.Next(15)) % Words)).ToArray();
        return new("topics", """
            input D: count
            input L: count
            input K: count
            input W: count
            for t in 1..K { words[t] ~ Dirichlet([for w in 1..W: 0.2]) }
            for d in 1..D {
              share[d] ~ Dirichlet([for t in 1..K: 0.5])
              for i in 1..L {
                topic[d, i] ~ Categorical(share[d])
                word[d, i] ~ Categorical(words[topic[d, i]])
              }
            }
            """, Data.Of(new { D = Texts, L = Length, K = Count, W = Words, word = Array.ConvertAll(texts, t => Array.ConvertAll(t, w => w + 1)) }), ["words", "share"], ByHand) { IsVariational = true };

        HandWritten ByHand()
        {
            var (d, i, k, w) = (new Range(Given("D", Texts)), new Range(Given("L", Length)), new Range(Given("K", Count)), new Range(Given("W", Words)));
            var evidence = Variable.Bernoulli(0.5).Named("evidence");
            VariableArray<Vector> words, share;
            var start = Variable.New<IDistribution<int[][]>>().Named("start");
            Rand.Restart(1);
            start.ObservedValue = Distribution<int>.Array(Util.ArrayInit(Texts, _ => Util.ArrayInit(Length, _ => Discrete.PointMass(Rand.Int(Count), Count))));
            using (Variable.If(evidence))
            {
                words = Variable.Array<Vector>(k).Named("words");
                share = Variable.Array<Vector>(d).Named("share");
                words[k] = Variable.Dirichlet(w, Variable.Constant(Vector.Constant(Words, 0.2))).ForEach(k);
                share[d] = Variable.Dirichlet(k, Variable.Constant(Vector.Constant(Count, 0.5))).ForEach(d);
                var topic = Variable.Array(Variable.Array<int>(i), d).Named("topic");
                var word = Variable.Array(Variable.Array<int>(i), d).Named("word");
                using (Variable.ForEach(d))
                using (Variable.ForEach(i))
                {
                    topic[d][i] = Variable.Discrete(share[d]);
                    using (Variable.Switch(topic[d][i])) word[d][i] = Variable.Discrete(words[topic[d][i]]);
                }
                topic.InitialiseTo(start);
                word.ObservedValue = texts;
            }
            return HandWritten.Of(true, [("D", Texts), ("L", Length), ("K", Count), ("W", Words), ("start", start.ObservedValue), ("word", texts)], words, share, evidence);
        }
    }

    private static T[] Many<T>(int count, Func<int, T> item) => [.. Enumerable.Range(0, count).Select(item)];

    private static Variable<int> Given(string name, int size)
    {
        var variable = Variable.New<int>().Named(name);
        variable.ObservedValue = size;
        return variable;
    }
}
