using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.FactorGraphs;

/// <summary>Weighted sums of unknown quantities.</summary>
internal sealed partial class Translation
{
    /// <summary>A term of a sum: a known factor, or null for 1, and something unknown.</summary>
    private readonly record struct SumTerm(Bound? Factor, Bound Unknown);

    private sealed class WeightedSum
    {
        public List<SumTerm> Terms { get; } = [];

        /// <summary>What is known of it; null where nothing is.</summary>
        public Bound? Constant { get; set; }
    }

    private WeightedSum SumOf(Bound value, Frame frame)
    {
        var sum = new WeightedSum();
        Collect(value, null, frame, sum);
        return sum;
    }

    private void Collect(Bound value, Bound? factor, Frame frame, WeightedSum sum)
    {
        if (IsKnown(value, frame))
        {
            var known = Times(factor, value);
            sum.Constant = sum.Constant is null ? known : Scalarising.Binary(Operators.Add, sum.Constant, known, ElementType.Real);
            return;
        }
        switch (value)
        {
            case ElementwiseValue { Function: OpFunction { Op: Op.Add } } add:
                Collect(add.Arguments[0], factor, frame, sum);
                Collect(add.Arguments[1], factor, frame, sum);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Subtract } } subtract:
                Collect(subtract.Arguments[0], factor, frame, sum);
                Collect(subtract.Arguments[1], Negated(factor, value), frame, sum);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Negate } } negate:
                Collect(negate.Arguments[0], Negated(factor, value), frame, sum);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Multiply }, Arguments: [var a, var b] } when IsKnown(a, frame) || IsKnown(b, frame):
                var (known, unknown) = IsKnown(a, frame) ? (a, b) : (b, a);
                Collect(unknown, Times(factor, known), frame, sum);
                return;
            case ElementwiseValue { Function: OpFunction { Op: Op.Divide }, Arguments: [var a, var b] } when IsKnown(b, frame):
                Collect(a, Scalarising.Binary(Operators.Divide, factor ?? One(value), b, ElementType.Real), frame, sum);
                return;
            default:
                sum.Terms.Add(new SumTerm(factor, value));
                return;
        }
    }

    private static ConstantValue One(Bound at) => new(1, ElementType.Real, at.Span);

    private static Bound Times(Bound? factor, Bound value) => factor is null ? value : Scalarising.Binary(Operators.Multiply, factor, value, ElementType.Real);

    private static Bound Negated(Bound? factor, Bound at) => factor is ConstantValue known ? known with { Value = -known.Value } : Times(factor, new ConstantValue(-1, ElementType.Real, at.Span));

    /// <summary>An operation whose result is not named yet.</summary>
    private readonly record struct Step(FactorOperation Operation, ImmutableArray<FactorReference> Arguments);

    private void Sum(Bound value, Frame frame, Target target)
    {
        var sum = SumOf(value, frame);
        if (sum is { Constant: null, Terms: [{ Factor: null }] } && !IsVector(sum.Terms[0].Unknown, frame))
        {
            Nonlinear(sum.Terms[0].Unknown, frame, target);
            return;
        }
        var (steps, number) = (Pieces(sum, frame, target.Name), 0);
        // A difference begins with what is added.
        var (first, isNegative) = steps.FirstOrDefault(s => !s.IsNegative) is { Step.Arguments.IsDefault: false } positive ? positive : steps[0];
        steps.Remove((first, isNegative));
        if (isNegative) first = new Step(FactorOperation.Product, [Named(first), ConstantTable(-1, "minusOne")]);
        foreach (var (step, negative) in steps) first = new Step(negative ? FactorOperation.Minus : FactorOperation.Plus, [Named(first), Named(step)]);
        if (sum.Constant is { } constant && ConstantOf(constant) != 0) first = new Step(FactorOperation.Plus, [Named(first), Table(constant, frame, target.Name + "Constant")]);
        Define(target, FactorDomain.Gaussian, first.Operation, first.Arguments);

        FactorReference Named(Step step) => step.Operation == FactorOperation.Copy ? step.Arguments[0]
            : Auxiliary(target.Name + "Part" + (number++ is 0 ? "" : number.ToString(CultureInfo.InvariantCulture)), target.Text, frame, FactorDomain.Gaussian, step.Operation, step.Arguments);
    }

    /// <summary>A number that is part of the structure, not of the model.</summary>
    private FactorReference ConstantTable(double number, string name)
    {
        if (!_constants.TryGetValue(number, out var constant))
        {
            var variable = new FactorVariable { Name = _names.New(name), Domain = FactorDomain.Real, Data = FactorData.Of(number), IsConstant = true };
            _variables.Add(variable);
            _constants.Add(number, constant = new FactorReference(variable));
        }
        return constant;
    }

    private bool IsVector(Bound unknown, Frame frame) => IsRead(unknown) && Read(unknown, frame).Part is { HasComponents: true, Variable.Domain: FactorDomain.Vector };

    /// <summary>The terms as operations: those that are numbers of one vector become one inner product.</summary>
    private List<(Step Step, bool IsNegative)> Pieces(WeightedSum sum, Frame frame, string name)
    {
        var pieces = new List<(Step, bool)>();
        var products = new Dictionary<string, (Reading Vector, List<(SumTerm Term, Reading Reading)> Terms)>();
        foreach (var term in sum.Terms)
        {
            if (IsVector(term.Unknown, frame))
            {
                var reading = Read(term.Unknown, frame);
                var key = reading.Reference.ToString();
                if (!products.TryGetValue(key, out var product)) products.Add(key, product = (reading, []));
                product.Terms.Add((term, reading));
                continue;
            }
            var unknown = Operand(term.Unknown, frame, name + "Term");
            if (term.Factor is null) pieces.Add((new Step(FactorOperation.Copy, [unknown]), false));
            else if (ConstantOf(term.Factor) is -1) pieces.Add((new Step(FactorOperation.Copy, [unknown]), true));
            else pieces.Add((new Step(FactorOperation.Product, [unknown, Table(term.Factor, frame, name + "Factor")]), false));
        }
        foreach (var (vector, terms) in products.Values)
            pieces.Insert(0, (new Step(FactorOperation.InnerProduct, [vector.Reference, Weights(vector, terms, frame, name)]), false));
        return pieces;
    }

    /// <summary>At each point what the numbers of a vector are multiplied by.</summary>
    private FactorReference Weights(Reading vector, List<(SumTerm Term, Reading Reading)> terms, Frame frame, string name)
    {
        var factors = terms.Select(t => t.Term.Factor is { } factor ? Scalar(factor) : () => 1).ToArray();
        var loops = LoopsIn(terms.SelectMany(t => t.Term.Factor is { } f ? [f, t.Term.Unknown] : new[] { t.Term.Unknown }));
        var text = string.Join('+', terms.Select(t => $"{(t.Term.Factor is { } f ? GraphPrinter.Print(f) : "1")}*{GraphPrinter.Print(t.Term.Unknown)}"));
        return TableOf(frame, loops, text, name + "Weights", FactorDomain.Vector, null, [LengthOf(vector.Part)], (into, p) =>
        {
            for (var t = 0; t < factors.Length; t++) into[terms[t].Reading.Cells[p].Component] += factors[t]();
        });
    }

    private int LengthOf(Part vector) => _lengths[vector.Variable];
}
