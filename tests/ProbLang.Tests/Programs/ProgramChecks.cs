using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Tests.Programs;

/// <summary>What must hold for the program of any model with data.</summary>
internal static class ProgramChecks
{
    /// <summary>The gradient is that of finite differences.</summary>
    public static void Gradient(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        foreach (var position in Positions(density))
        {
            var gradient = new double[density.Dimension];
            var value = density.Evaluate(position, gradient);
            Assert.True(double.IsFinite(value), $"{value}");
            var scratch = new double[density.Dimension];
            for (var i = 0; i < density.Dimension; i++)
            {
                double At(double h)
                {
                    var moved = (double[])position.Clone();
                    moved[i] += h;
                    return density.Evaluate(moved, scratch);
                }
                var expected = Difference(At);
                // Where a piece of a function ends within a step, the differences over it are of no use: a shorter step stays within.
                if (!IsNear(expected, gradient[i])) expected = Difference(At, 1e-5);
                Assert.True(IsNear(expected, gradient[i]), $"d/d{density.CoordinateName(i)}: {gradient[i]:R}, by differences {expected:R}");
            }
        }
    }

    /// <summary>The emitted code computes what the slow walk of the program computes.</summary>
    public static void Emission(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        foreach (var position in Positions(density))
        {
            var fast = new double[density.Dimension];
            var slow = new double[density.Dimension];
            Near(density.EvaluateSlowly(position, slow), density.Evaluate(position, fast), "value");
            for (var i = 0; i < fast.Length; i++) Near(slow[i], fast[i], density.CoordinateName(i));
        }
    }

    /// <summary>The density is that of the graph, by its own evaluator, with the Jacobian of the outputs.</summary>
    public static void Density(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        foreach (var centred in new[] { false, true })
        {
            foreach (var position in Positions(density.Dimension))
            {
                if (centred) density.Recenter(Enumerable.Repeat(true, density.CenteringCoordinates.Length).ToArray(), position);
                var evaluator = new Evaluator(model);
                var latents = Latents(model, density, position);
                var values = model.Variables.Where(v => v.Any(Role.Latent)).ToDictionary(v => v.Variable, v => new double[v.Count]);
                foreach (var (variable, cell, value) in latents) values[variable][cell] = value;
                var expected = LogSum(model, evaluator, values) + LogJacobian(model, density, position);
                var actual = density.Evaluate(position, new double[density.Dimension]);
                Assert.True(Math.Abs(expected - actual) <= 1e-6 * (1 + Math.Abs(expected)), $"{actual:R}, by the graph {expected:R}");
            }
        }
    }

    /// <summary>How many things all discrete unknowns may be together.</summary>
    public static double Settings(ConditionedModel model)
    {
        var cells = FiniteSupports.Find(model, new Evaluator(model), role => role == Role.Latent, Math.Log(1e-16)).Cells;
        return Enumerable.Range(0, cells.Count).Aggregate(1.0, (n, c) => n * cells[c].Count);
    }

    /// <summary>The log density, summed over all that discrete unknowns may be together.</summary>
    private static double LogSum(ConditionedModel model, Evaluator evaluator, Dictionary<Variable, double[]> values)
    {
        var supports = FiniteSupports.Find(model, new Evaluator(model), role => role == Role.Latent, Math.Log(1e-16));
        Assert.Empty(supports.Objections);
        FiniteCell[] cells = [.. Enumerable.Range(0, supports.Cells.Count).Select(n => supports.Cells[n])];
        var settings = cells.Aggregate(1, (n, c) => n * c.Count);
        var owners = cells.ToDictionary(c => c, c => supports.Scopes.OwnerOf(model[c.Variable], c.Cell));
        var sum = double.NegativeInfinity;
        for (var at = 0; at < settings; at++)
        {
            for (int c = 0, rest = at; c < cells.Length; rest /= cells[c].Count, c++) values[cells[c].Variable][cells[c].Cell] = cells[c].Low + rest % cells[c].Count;
            // What is not there, as its branch does not hold, is not there once.
            var one = evaluator.LogDensity(values);
            // What makes no sense is impossible.
            if (double.IsNaN(one)) continue;
            if (cells.Any(c => values[c.Variable][c.Cell] != c.Low && !evaluator.Exists(owners[c].Definition, owners[c].Iteration))) continue;
            sum = double.IsNegativeInfinity(one) ? sum : Math.Max(sum, one) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(sum - one)));
        }
        return sum;
    }

    /// <summary>What is drawn back comes as often as it is probable given the rest, all of it together, and what is computed agrees with it.</summary>
    public static void DrawingBack(ConditionedModel model, int draws = 1500)
    {
        var density = DensityProgram.Compile(model);
        var position = Positions(density.Dimension).First();
        var supports = FiniteSupports.Find(model, new Evaluator(model), role => role == Role.Latent, Math.Log(1e-16));
        FiniteCell[] cells = [.. Enumerable.Range(0, supports.Cells.Count).Select(n => supports.Cells[n])];
        var evaluator = new Evaluator(model);
        var values = model.Variables.Where(v => v.Any(Role.Latent)).ToDictionary(v => v.Variable, v => new double[v.Count]);
        foreach (var (variable, cell, value) in Latents(model, density, position)) values[variable][cell] = value;
        var logs = new Dictionary<string, double>();
        for (var at = 0; at < cells.Aggregate(1, (n, c) => n * c.Count); at++)
        {
            for (int c = 0, rest = at; c < cells.Length; rest /= cells[c].Count, c++) values[cells[c].Variable][cells[c].Cell] = cells[c].Low + rest % cells[c].Count;
            var one = evaluator.LogDensity(values);
            logs[Key()] = double.IsNaN(one) ? double.NegativeInfinity : one;
        }
        var most = logs.Values.Max();
        var total = logs.Values.Sum(l => Math.Exp(l - most));
        var seen = logs.Keys.ToDictionary(k => k, _ => 0);
        var outputs = new double[density.OutputCount];
        var random = new Philox(3, 0, 0);
        for (var n = 0; n < draws; n++)
        {
            density.WriteCells(position, ref random, outputs);
            foreach (var reported in density.Reported)
                for (var i = 0; i < reported.Cells.Length; i++)
                    if (model[reported.Variable].Roles[reported.Cells[i]] == Role.Latent) values[reported.Variable][reported.Cells[i]] = outputs[reported.Offset + i];
            evaluator.LogDensity(values);
            seen[Key()]++;
            foreach (var reported in density.Reported)
                for (var i = 0; i < reported.Cells.Length; i++)
                    if (model[reported.Variable].Roles[reported.Cells[i]] == Role.Computed) Near(evaluator[reported.Variable][reported.Cells[i]], outputs[reported.Offset + i], "computed");
        }
        var (distance, cases, rare, rarely) = (0.0, 0, 0.0, 0);
        foreach (var (key, count) in seen)
        {
            var expected = draws * Math.Exp(logs[key] - most) / total;
            if (double.IsNegativeInfinity(logs[key])) Assert.Equal(0, count);
            else if (expected < 5) (rare, rarely) = (rare + expected, rarely + count);
            else (distance, cases) = (distance + Math.Pow(count - expected, 2) / expected, cases + 1);
        }
        if (rare >= 5) (distance, cases) = (distance + Math.Pow(rarely - rare, 2) / rare, cases + 1);
        else Assert.True(rarely <= rare + 6 * Math.Sqrt(rare) + 4, $"{rarely} draws of what comes {rare} times");
        Assert.True(distance <= cases + 6 * Math.Sqrt(2 * cases) + 10, $"chi square {distance} of {cases}");

        // What is not there has no value.
        string Key() => string.Join(' ', cells.Select(c => evaluator.Exists(supports.Scopes.OwnerOf(model[c.Variable], c.Cell).Definition, supports.Scopes.OwnerOf(model[c.Variable], c.Cell).Iteration)
            ? values[c.Variable][c.Cell].ToString(System.Globalization.CultureInfo.InvariantCulture) : "-"));
    }

    /// <summary>Another choice of form stands for the same values.</summary>
    public static void Recentring(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        foreach (var position in Positions(density.Dimension))
        {
            var before = Outputs(density, position);
            var choice = Enumerable.Range(0, density.CenteringCoordinates.Length).Select(i => i % 2 == 0).ToArray();
            var moved = (double[])position.Clone();
            density.Recenter(choice, moved);
            var after = Outputs(density, moved);
            for (var i = 0; i < before.Length; i++) Near(before[i], after[i], "output");
            density.Recenter(new bool[choice.Length], moved);
            for (var i = 0; i < moved.Length; i++) Near(position[i], moved[i], density.CoordinateName(i));
        }
    }

    /// <summary>A fork computes the same bits.</summary>
    public static void Fork(ConditionedModel model)
    {
        var density = DensityProgram.Compile(model);
        var fork = density.Fork();
        foreach (var position in Positions(density.Dimension))
        {
            var (a, b) = (new double[density.Dimension], new double[density.Dimension]);
            Assert.Equal(density.Evaluate(position, a), fork.Evaluate(position, b));
            Assert.Equal(a, b);
        }
    }

    /// <summary>Positions with every coordinate non-centred, then with every second one centred.</summary>
    private static IEnumerable<double[]> Positions(DensityProgram density)
    {
        foreach (var position in Positions(density.Dimension)) yield return position;
        density.Recenter([.. density.CenteringCoordinates.ToArray().Select((_, i) => i % 2 == 0)], new double[density.Dimension]);
        foreach (var position in Positions(density.Dimension)) yield return position;
    }

    private static IEnumerable<double[]> Positions(int dimension)
    {
        var random = new Philox(11, 0, 0);
        for (var n = 0; n < 3; n++)
        {
            var position = new double[dimension];
            for (var i = 0; i < dimension; i++) position[i] = 1.6 * random.NextDouble() - 0.8;
            yield return position;
        }
    }

    /// <summary>The derivative at 0 by Richardson's extrapolation of central differences.</summary>
    private static double Difference(Func<double, double> f, double step = 1e-3)
    {
        double Central(double h) => (f(h) - f(-h)) / (2 * h);
        return Richardson(Central(step / 2), Central(step));
    }

    private static bool IsNear(double expected, double actual) => Math.Abs(expected - actual) <= 2e-6 * (1 + Math.Abs(expected));

    /// <summary>Of differences over a step and over twice the step.</summary>
    private static double Richardson(double step, double twice) => (4 * step - twice) / 3;

    private static void Near(double expected, double actual, string what) =>
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-9 * (1 + Math.Abs(expected)), $"{what}: {actual:R} for {expected:R}");

    private static double[] Outputs(DensityProgram density, double[] position)
    {
        var outputs = new double[density.OutputCount];
        var random = new Philox(1, 0, 0);
        density.WriteCells(position, ref random, outputs);
        return outputs;
    }

    private static List<(Variable Variable, int Cell, double Value)> Latents(ConditionedModel model, DensityProgram density, double[] position)
    {
        var outputs = Outputs(density, position);
        var latents = new List<(Variable, int, double)>();
        foreach (var reported in density.Reported)
            for (var i = 0; i < reported.Cells.Length; i++)
                if (reported.Variable.Type == ElementType.Real && model[reported.Variable].Roles[reported.Cells[i]] == Role.Latent) latents.Add((reported.Variable, reported.Cells[i], outputs[reported.Offset + i]));
        return latents;
    }

    /// <summary>log |det d latents / d position| by differences, of the elements that the others do not follow from.</summary>
    private static double LogJacobian(ConditionedModel model, DensityProgram density, double[] position)
    {
        var n = position.Length;
        var free = Latents(model, density, position).Select((l, i) => (l.Variable, l.Cell, At: i)).Where(l => IsFree(model, l.Variable, l.Cell)).Select(l => l.At).ToArray();
        var jacobian = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n);
        for (var j = 0; j < n; j++)
        {
            double[] Moved(double h)
            {
                var moved = (double[])position.Clone();
                moved[j] += h;
                return [.. Latents(model, density, moved).Select(l => l.Value)];
            }
            var (near, nearBack, far, farBack) = (Moved(5e-4), Moved(-5e-4), Moved(1e-3), Moved(-1e-3));
            for (var row = 0; row < n; row++)
                jacobian[row, j] = Richardson((near[free[row]] - nearBack[free[row]]) / 1e-3, (far[free[row]] - farBack[free[row]]) / 2e-3);
        }
        return Math.Log(Math.Abs(jacobian.Determinant()));
    }

    private static bool IsFree(ConditionedModel model, Variable variable, int cell)
    {
        var shape = model[variable].Shape;
        if (shape.Length == 0) return true;
        var (column, row) = (cell % shape[^1], shape.Length > 1 ? cell / shape[^1] % shape[^2] : 0);
        var constraint = model.Graph.DefinitionsOf(variable).Select(d => d.Distribution).OfType<BoundDistribution>().Select(ConstraintOf).First();
        return constraint switch
        {
            EventConstraint.Simplex => column < shape[^1] - 1,
            EventConstraint.Covariance => column <= row,
            EventConstraint.Correlation or EventConstraint.CorrelationFactor => column < row,
            _ => true,
        };

        static EventConstraint ConstraintOf(BoundDistribution distribution) => distribution switch
        {
            CatalogDistribution { Distribution: ArrayDistribution array } => array.Constraint,
            RepeatedDistribution repeated => ConstraintOf(repeated.Base),
            ChoiceDistribution choice => ConstraintOf(choice.Then),
            _ => EventConstraint.None,
        };
    }
}
