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
        var row = RowOf(define, target);
        if (row is null) findings.Object(_say.Unmeasured(define));
        else Judge(row, define);
        if (define.Operation == FactorOperation.Greater && target == FactorTarget.Observed) Bound(define);
        if (_gates > 0 && target == FactorTarget.Predicted && define.Operation is FactorOperation.Poisson or FactorOperation.PoissonFromLogRate) GatedCount(define);
        if (algorithm == GibbsSampling && _gates > 0 && target == FactorTarget.Observed && IsLogic(define)) findings.Object(_say.GatedLogic(define));
    }

    private FactorRow? RowOf(DefineStatement define, FactorTarget target) => define.Operation switch
    {
        FactorOperation.Copy => FactorTable.RowOfCopy(define.Arguments[0].Variable, define.Target.Variable, _gates > 0),
        FactorOperation.Exp when define.Target.Variable is { Domain: FactorDomain.Gaussian, Data: null } => FactorTable.NormalExponential,
        FactorOperation.GaussianFromMeanAndPrecision when HasOwnPrecision(define) => FactorTable.OwnPrecision,
        _ => FactorTable.RowOf(define.Operation, define.Arguments, target),
    };

    /// <summary>Whether each of several observations has an unknown precision of its own, and an unknown mean, as a scale mixture has.</summary>
    private static bool HasOwnPrecision(DefineStatement define) =>
        define is { Arguments: [{ Variable: { Data: null, Domain: FactorDomain.Gaussian } }, { Variable: { Data: null, Domain: FactorDomain.Gamma } } precision] }
        && define.Target.Indices.OfType<RangeIndex>().ToList() is { Count: > 0 } ranges && ranges.TrueForAll(precision.Indices.Contains);

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
        if (_gates > 0 && statement is DefineStatement { Target: var target } && IsUnknownNumber(target)) GatedTarget(target.Variable, statement);
    }

    private void GatedTarget(FactorVariable target, FactorStatement statement)
    {
        findings.IsApproximate = true;
        if (algorithm != GibbsSampling && target.Domain == FactorDomain.Beta)
            findings.Note("an unknown probability drawn in a random branch", "its variance is about 0.75 of the true one", FactorStatements.PlaceOf(statement));
    }

    /// <summary>A mixture of Poisson distributions is none itself, and message passing has no other family for it.</summary>
    private void GatedCount(DefineStatement define)
    {
        const string What = "the prediction of a count in a random branch";
        if (algorithm == GibbsSampling) findings.Note(What, "it is predicted as a Poisson distribution with the right mean, whose variance is about 0.7 to 0.8 of the true one", define.Place);
        else findings.Object(_say.Impossible(What, "give the count, or leave the prediction out", define));
    }

    private void GatedNumber(FactorStatement statement)
    {
        var bias = algorithm switch
        {
            ExpectationPropagation => "variances are about 0.6 to 1 of the true ones",
            VariationalMessagePassing => "variances are about 0.5 to 0.9 of the true ones, and where several choices are plausible it may settle on one of them, with means up to 1.5 standard deviations off",
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

    private static bool IsLogic(DefineStatement define) => define.Operation is FactorOperation.And or FactorOperation.Or && define.Arguments.All(a => a.Variable.Data is null);

    private static bool IsUnknownNumber(FactorReference reference) =>
        reference.Variable is { Data: null, Domain: not (FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Count) };
}
