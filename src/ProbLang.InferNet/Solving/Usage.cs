using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>What the statements of a factor graph say of its variables.</summary>
internal sealed class Usage
{
    private readonly Dictionary<FactorVariable, List<DefineStatement>> _definitions = [];
    private readonly HashSet<FactorVariable> _matrices = [];

    public Usage(FactorGraph graph)
    {
        foreach (var statement in graph.Statements) Read(statement);
    }

    /// <summary>Whether a statement defines it, or part of it.</summary>
    public bool IsDefined(FactorVariable variable) => _definitions.ContainsKey(variable);

    /// <summary>The statements that define it.</summary>
    public IReadOnlyList<DefineStatement> DefinitionsOf(FactorVariable variable) => _definitions.TryGetValue(variable, out var definitions) ? definitions : [];

    /// <summary>Whether it is a matrix that vectors are multiplied by, which need not be square.</summary>
    public bool IsPlainMatrix(FactorVariable variable) => _matrices.Contains(variable);

    private void Read(FactorStatement statement)
    {
        switch (statement)
        {
            case RepeatStatement repeat:
                foreach (var inner in repeat.Body) Read(inner);
                break;
            case GateStatement gate:
                foreach (var inner in gate.Body) Read(inner);
                break;
            case DefineStatement define:
                if (!_definitions.TryGetValue(define.Target.Variable, out var definitions)) _definitions[define.Target.Variable] = definitions = [];
                definitions.Add(define);
                if (define.Operation == FactorOperation.MatrixTimesVector) _matrices.Add(define.Arguments[0].Variable);
                break;
        }
    }
}
