using System.Collections.Immutable;
using static ProbLang.FactorGraphs.FactorAlgorithm;

namespace ProbLang.FactorGraphs;

/// <summary>Looks at how random branches stand in each other.</summary>
internal sealed class GateReview(FactorUses uses, FactorAlgorithm algorithm, FactorFindings findings)
{
    private readonly FactorDiagnostics _say = new(algorithm);
    private readonly Stack<GateStatement> _around = [];
    private readonly Dictionary<FactorVariable, GateKind> _forms = [];

    /// <summary>Judges the gates among the statements and all inside of them.</summary>
    public void Review(ImmutableArray<FactorStatement> statements)
    {
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case RepeatStatement repeat: Review(repeat.Body); break;
                case GateStatement { Selector.Variable.Data: null } gate: Gate(gate); break;
                case GateStatement gate: Review(gate.Body); break;
            }
        }
    }

    private void Gate(GateStatement gate)
    {
        if (!_forms.TryAdd(gate.Selector.Variable, gate.Kind) && (_forms[gate.Selector.Variable] == GateKind.Switch) != (gate.Kind == GateKind.Switch))
            findings.Object(_say.TwoForms(gate));
        if (_around.Count > 0) Nested(gate);
        _around.Push(gate);
        Review(gate.Body);
        _around.Pop();
    }

    private void Nested(GateStatement gate)
    {
        var isFlag = gate.Kind is GateKind.If or GateKind.IfNot;
        if (algorithm == GibbsSampling && isFlag) findings.Object(_say.NestedFlag(gate));
        else if (algorithm == GibbsSampling && _around.Any(g => uses.IsDrawnInBranch(gate.Selector.Variable, g.Selector.Variable))) findings.Object(_say.GatedSelector(gate));
        else if (algorithm == VariationalMessagePassing) findings.Note("random branches within random branches", "variances are about 0.92 of the true ones", FactorStatements.PlaceOf(gate));
    }
}
