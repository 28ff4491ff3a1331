using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Draws from, and with parameters that are, vectors and matrices; and mixtures.</summary>
internal sealed partial class Translation
{
    private double DrawArray(CatalogDistribution d, Frame frame, Target target)
    {
        var a = d.Arguments;
        switch (d.Distribution)
        {
            case Categorical when d.Form == 0:
                var p = Simplex(a[0]!, frame, target);
                Define(target, FactorDomain.Integer, FactorOperation.Discrete, [p], p.Variable.Values, 1);
                return 1;
            case Categorical when IsKnown(a[0]!, frame):
                var weights = new ArrayFunctionValue(ArrayFunction.Softmax, [a[0]!], 1, ElementType.Real, a[0]!.Span);
                var softmax = Simplex(weights, frame, target);
                Define(target, FactorDomain.Integer, FactorOperation.Discrete, [softmax], softmax.Variable.Values, 1);
                return 1;
            case Categorical:
                var logits = WholeRow(a[0]!, frame);
                Define(target, FactorDomain.Integer, FactorOperation.DiscreteFromLogits, [logits], logits.Variable.Ranges[^1], 1);
                return 1;
            case Dirichlet:
                DirichletDraw(a[0]!, frame, target);
                return 1;
            case Multinomial:
                var of = Simplex(a[1]!, frame, target);
                _ = target.As(FactorDomain.Count, null, 0, _names, _variables.Add, [of.Variable.Values!]) ?? throw new UnsupportedException(FactorGraphDiagnostics.Branches(target.Name, _place));
                Emit(new DefineStatement(target.Reference, FactorOperation.Multinomial, [Operand(a[0]!, frame, target.Name + "Trials", FactorDomain.Count), of], target.Place));
                return 1;
            case MvNormal:
                VectorDraw(d, frame, target);
                return 1;
            case Wishart when a.All(x => IsKnown(x!, frame)):
                WishartDraw(a[0]!, a[1]!, isInverse: false, frame, target);
                return 1;
            default:
                throw new UnsupportedException(target.Observed is null && a.All(x => x is null || IsKnown(x, frame))
                    ? FactorGraphDiagnostics.Prior(d.Distribution.Name, Locate(d.Span), PriorRemedy(d.Distribution))
                    : FactorGraphDiagnostics.Distribution(d.Distribution.Name, Locate(d.Span), OutcomeRemedy(d.Distribution)));
        }
    }

    private static string? OutcomeRemedy(Distribution distribution) => distribution switch
    {
        NegativeBinomial => "draw the rate of a Poisson distribution from a Gamma distribution",
        LogNormal => "give the logarithms as data, and draw these from `Normal`",
        _ => null,
    };

    private static string? PriorRemedy(Distribution distribution) => distribution switch
    {
        HalfCauchy or HalfStudentT or LogNormal or Weibull => PrecisionRemedy,
        Cauchy or Laplace or Logistic => "`StudentT` with known `df` and `scale` has heavy tails too",
        LKJ or LKJCholesky or InverseWishart => "draw a precision matrix: `Wishart(df, scale)`, then `MvNormal(mean, precision: L)`",
        _ => null,
    };

    /// <summary>Probabilities that sum to 1.</summary>
    private FactorReference Simplex(Bound p, Frame frame, Target target)
    {
        if (!IsKnown(p, frame)) return IsRead(p) && Read(p, frame) is { Part.Variable.Domain: FactorDomain.Simplex } reading ? reading.Reference
            : throw new UnsupportedException(FactorGraphDiagnostics.Parameter("Categorical", "p", TextOf(p), Locate(p.Span), "draw it from a Dirichlet distribution"));
        Set(frame, 0);
        var count = _shapes.Of(p)![^1];
        return ArrayTable(p, frame, target.Name + "Probabilities", FactorDomain.Simplex, RangeOfValues(p, count, target));
    }

    private FactorRange RangeOfValues(Bound p, int count, Target target)
    {
        if (target.Values is { } wanted && wanted.Count == count) return wanted;
        var key = LastDimensionOf(p) is { } text ? FactorRanges.Key(text, count) : FactorRanges.Key("." + target.Name, count);
        return _ranges.Of(key, target.Name + "Value", []);
    }

    private void DirichletDraw(Bound alpha, Frame frame, Target target)
    {
        if (!IsKnown(alpha, frame))
        {
            // The same unknown pseudo-count for all elements.
            if (alpha is ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } && (IsKnown(a, frame) ? a : b) is var ones && IsKnown(ones, frame)
                && Positive(IsKnown(a, frame) ? b : a, 1, frame, target.Name + "PseudoCount") is { } count && AllPoints(frame, () => Array.TrueForAll(_code.Evaluate(ones).Values, x => x == 1)))
            {
                Define(target, FactorDomain.Simplex, FactorOperation.DirichletSymmetric, [count], RangeOfValues(ones, _shapes.Of(ones)![^1], target));
                return;
            }
            throw new UnsupportedException(FactorGraphDiagnostics.Parameter("Dirichlet", "alpha", TextOf(alpha), Locate(alpha.Span), "give it as known numbers"));
        }
        Set(frame, 0);
        var values = RangeOfValues(alpha, _shapes.Of(alpha)![^1], target);
        Define(target, FactorDomain.Simplex, FactorOperation.Dirichlet, [ArrayTable(alpha, frame, target.Name + "Alpha", FactorDomain.Vector)], values);
    }

    private void VectorDraw(CatalogDistribution d, Frame frame, Target target)
    {
        var (mean, spread) = (Vector(d.Arguments[0]!, frame, target.Name + "Mean"), d.Arguments[1]!);
        if (IsKnown(spread, frame))
        {
            if (d.Form == 2) spread = new ArrayFunctionValue(ArrayFunction.MatrixMultiply, [spread, new ArrayFunctionValue(ArrayFunction.Transpose, [spread], 2, ElementType.Real, spread.Span)], 2, ElementType.Real, spread.Span);
            var (operation, name) = d.Form == 1 ? (FactorOperation.VectorGaussianFromMeanAndPrecision, "Precision") : (FactorOperation.VectorGaussianFromMeanAndVariance, "Variance");
            Define(target, FactorDomain.Vector, operation, [mean, ArrayTable(spread, frame, target.Name + name, FactorDomain.Matrix)]);
            return;
        }
        if (!IsRead(spread) || Read(spread, frame) is not { Part.Variable.Domain: FactorDomain.Matrix } reading || (d.Form == 1 ? 1 : -1) != reading.Part.Power || d.Form == 2)
            throw new UnsupportedException(FactorGraphDiagnostics.Parameter("MvNormal", d.Distribution.Forms[d.Form].Parameters[1].Name, TextOf(spread), Locate(spread.Span),
                "draw a precision matrix, as in `L ~ Wishart(df, scale)`, and use it as `MvNormal(mean, precision: L)`"));
        Define(target, FactorDomain.Vector, FactorOperation.VectorGaussianFromMeanAndPrecision, [mean, reading.Reference]);
    }

    private FactorReference Vector(Bound value, Frame frame, string name)
    {
        if (IsKnown(value, frame)) return ArrayTable(value, frame, name, FactorDomain.Vector);
        if (IsRead(value) && Read(value, frame) is { Part.Variable.Domain: FactorDomain.Vector } reading && reading.Cells[0].Component == 0 && LengthOf(reading.Part) == _shapes.Of(value)![^1]) return reading.Reference;
        if (value is ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply, Arguments: [var m, var v] } && m.Rank == 2 && v.Rank == 1 && IsKnown(m, frame))
            return Auxiliary(name, TextOf(value), frame, FactorDomain.Vector, FactorOperation.MatrixTimesVector, ArrayTable(m, frame, name + "Matrix", FactorDomain.Matrix), Vector(v, frame, name + "Vector"));
        throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span), "use a vector that is drawn from `MvNormal`"));
    }

    private void WishartDraw(Bound df, Bound scale, bool isInverse, Frame frame, Target target)
    {
        var half = Over(df, new ConstantValue(2, ElementType.Real, df.Span));
        var inverse = isInverse ? scale : new ArrayFunctionValue(ArrayFunction.Inverse, [scale], 2, ElementType.Real, scale.Span);
        var rate = new ElementwiseValue(Operators.Multiply, [new ConstantValue(0.5, ElementType.Real, scale.Span), inverse], 2, ElementType.Real, scale.Span);
        Define(target, FactorDomain.Matrix, FactorOperation.WishartFromShapeAndRate, [Table(half, frame, target.Name + "Shape"), ArrayTable(rate, frame, target.Name + "Rate", FactorDomain.Matrix)]);
    }

    /// <summary>A row of an array of normal quantities, as the log odds of a choice.</summary>
    private FactorReference WholeRow(Bound value, Frame frame)
    {
        if (!IsRead(value)) throw new UnsupportedException(FactorGraphDiagnostics.Expression(TextOf(value), Locate(value.Span), "define an array of these numbers first"));
        var read = AsRead(value);
        var variable = ((VariableValue)read.Array).Variable;
        var reading = Read(value, frame);
        var (state, dimensions) = (_model[variable], reading.Part.Places.Length);
        if (dimensions != variable.Rank || PartTable.CountOf(reading.Part) != state.Count || reading.Part.HasComponents) throw new UnsupportedException(FactorGraphDiagnostics.MixedRow(variable.Name, Locate(value.Span)));
        return reading.Reference with { Indices = reading.Reference.Indices[..^1] };
    }

    private void MixtureOfEach(MixtureComprehension mixture, Frame frame, Target target)
    {
        if (ConstantOf(mixture.Lower) is not { } lower || ConstantOf(mixture.Upper) is not { } upper)
            throw new UnsupportedException(FactorGraphDiagnostics.Distribution("Mixture", Locate(mixture.Span), "let all mixtures have the same number of components"));
        var label = Label(mixture.Weights, (int)(upper - lower) + 1, frame, target, LoopKey(mixture));
        // The component as it is for the value of its index.
        var values = label.Variable.Values!;
        var inner = frame.With(values, new ValueIndex(label), mixture.Loop, (int)lower, values.Count);
        var (variables, depth) = (_variables.Count, _blocks.Count);
        try
        {
            Gate(GateKind.Switch, label, 0, () => Draw(mixture.Component, inner, inner.PlateCount, target));
        }
        catch (UnsupportedException other) when (other.Diagnostic.Id == "GM0606" && target.Variable is null)
        {
            while (_blocks.Count > depth) _blocks.Pop();
            Forget(variables);
            Cases(label, values.Count, k => Rewriting.OfLoops(new Dictionary<Loop, Bound> { [mixture.Loop] = Scalarising.Integer((int)lower + k - 1, mixture.Span) }).In(mixture.Component), frame, target);
        }
    }

    private void Mixture(Bound weights, int count, Func<int, BoundDistribution> component, Frame frame, Target target) => Cases(Label(weights, count, frame, target, null), count, component, frame, target);

    private void Cases(FactorReference label, int count, Func<int, BoundDistribution> component, Frame frame, Target target)
    {
        for (var k = 1; k <= count; k++)
        {
            var of = component(k);
            Gate(GateKind.Case, label, k - 1, () => Draw(of, frame, frame.PlateCount, target));
        }
    }

    /// <summary>Which component an element of a mixture is from.</summary>
    private FactorReference Label(Bound weights, int count, Frame frame, Target target, FactorRange? values)
    {
        var label = new Target(target.Name + "Component", frame, _place) { StartsRandomly = true, Values = values };
        var p = Simplex(weights, frame, label);
        Define(label, FactorDomain.Integer, FactorOperation.Discrete, [p], p.Variable.Values, 1);
        return p.Variable.Values!.Count == count ? label.Reference : throw new UnsupportedException(FactorGraphDiagnostics.Distribution("Mixture", _place, "give as many weights as components"));
    }

    /// <summary>The range of the arrays that a component is indexed by; null where none is.</summary>
    private FactorRange? LoopKey(MixtureComprehension mixture)
    {
        foreach (var read in ReadsIn(Parts.Of(mixture.Component)))
            for (var d = 0; d < read.Indices.Length; d++)
                if (read.Indices[d] is AtIndex { Position: LoopValue { Loop: var loop } } && loop == mixture.Loop && _parts.Of(((VariableValue)read.Array).Variable).FirstOrDefault() is { } part && d < part.Variable.Ranges.Length)
                    return part.Variable.Ranges[d];
        return null;
    }

    private void Forget(int variables)
    {
        _variables.RemoveRange(variables, _variables.Count - variables);
        foreach (var (key, table) in _tables.ToArray())
            if (!_variables.Contains(table.Variable)) _tables.Remove(key);
        foreach (var (number, constant) in _constants.ToArray())
            if (!_variables.Contains(constant.Variable)) _constants.Remove(number);
    }
}
