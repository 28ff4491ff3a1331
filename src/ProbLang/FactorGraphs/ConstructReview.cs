using System.Collections.Immutable;
using static ProbLang.FactorGraphs.FactorAlgorithm;

namespace ProbLang.FactorGraphs;

/// <summary>Looks every statement up in the table.</summary>
internal sealed class ConstructReview(FactorUses uses, FactorAlgorithm algorithm, FactorFindings findings)
{
    private readonly FactorDiagnostics _say = new(algorithm);
    private int _gates;

    /// <summary>Judges the statements and all inside of them.</summary>
    public void Review(ImmutableArray<FactorStatement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case RepeatStatement repeat: Review(repeat.Body); break;
                case GateStatement gate: Gate(gate); break;
                case DefineStatement define: Define(define); break;
                case ConstrainStatement constrain: Constrain(constrain); break;
            }
        }
    }

    private void Gate(GateStatement gate)
    {
        var isRandom = gate.Selector.Variable.Data is null ? 1 : 0;
        _gates += isRandom;
        Review(gate.Body);
        _gates -= isRandom;
    }

    private void Define(DefineStatement define)
    {
        // Numbers computed of numbers are no concern of messages.
        var target = uses.TargetOf(define.Target.Variable);
        if (target == FactorTarget.Observed && define.Arguments.All(a => a.Variable.Data is not null)) return;
        if (define.Operation == FactorOperation.Copy && !CanCopy(define)) findings.Object(_say.Unmeasured(define));
        else if (FactorTable.RowOf(define.Operation, define.Arguments, target) is not { } row) findings.Object(_say.Unmeasured(define));
        else Judge(row, define);
        if (define.Operation == FactorOperation.Greater && target == FactorTarget.Observed) Bound(define);
    }

    /// <summary>Families do not mix, and two known probabilities in two branches contradict each other before they are mixed.</summary>
    private bool CanCopy(DefineStatement define)
    {
        var (from, to) = (define.Arguments[0].Variable, define.Target.Variable);
        if (from.Data is null) return from.Domain == to.Domain;
        return algorithm == GibbsSampling || _gates == 0 || to.Domain != FactorDomain.Beta;
    }

    private void Constrain(ConstrainStatement constrain)
    {
        if (constrain.Arguments.All(a => a.Variable.Data is not null)) return;
        if (FactorTable.RowOf(constrain.Constraint, constrain.Arguments) is { } row) Judge(row, constrain);
        else findings.Object(_say.Unmeasured(constrain));
        if (constrain.Constraint is FactorConstraint.Positive or FactorConstraint.Between) Bound(constrain);
    }

    private void Judge(FactorRow row, FactorStatement statement)
    {
        switch (row[algorithm])
        {
            case FactorOutcome.Right right: findings.IsApproximate |= !right.IsExact; break;
            case FactorOutcome.Biased biased: findings.Note(row.What, biased.Bias, FactorStatements.PlaceOf(statement)); break;
            case FactorOutcome.Impossible impossible: findings.Object(_say.Impossible(row.What, impossible.Remedy, statement)); break;
            case FactorOutcome.Wrong wrong: findings.Object(_say.Wrong(row.What, wrong.Answer, wrong.Remedy, statement)); break;
        }
        // What a random choice decides of a number is a mixture, of which a belief keeps the moments.
        if (_gates > 0 && FactorStatements.ArgumentsOf(statement).Any(IsUnknownNumber)) GatedNumber(statement);
        if (_gates > 0 && statement is DefineStatement { Target: var target } && IsUnknownNumber(target)) findings.IsApproximate = true;
    }

    private void GatedNumber(FactorStatement statement)
    {
        var bias = algorithm switch
        {
            ExpectationPropagation => "variances are about 0.6 to 1 of the true ones",
            VariationalMessagePassing => "variances are about 0.5 to 0.9 of the true ones, and probabilities of choices are too certain",
            _ => null,
        };
        if (bias is not null) findings.Note("unknown numbers in a random branch", bias, FactorStatements.PlaceOf(statement));
    }

    /// <summary>Variational messages from a bound are improper where it is in a random branch, or on what is computed.</summary>
    private void Bound(FactorStatement statement)
    {
        if (algorithm != VariationalMessagePassing) return;
        if (_gates > 0) findings.Object(_say.GatedBound(statement));
        else if (FactorStatements.ArgumentsOf(statement).Any(a => a.Variable.Data is null && uses.IsComputed(a.Variable))) findings.Object(_say.ComputedBound(statement));
    }

    private static bool IsUnknownNumber(FactorReference reference) =>
        reference.Variable is { Data: null, Domain: not (FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count) };
}
