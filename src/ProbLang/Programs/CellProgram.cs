using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>The values of some cells as functions of the position. For one thread.</summary>
internal sealed unsafe class CellProgram
{
    private readonly ScheduledProgram _program;
    private readonly BlockEvaluator _evaluator;
    private readonly NativeArray _work;

    private CellProgram(ScheduledProgram program, IReadOnlyList<ReportedCells> reported) =>
        (_program, _evaluator, _work, Reported, Count) = (program, program.Evaluator(), program.Layout.CreateWork(), reported, reported.Sum(r => r.Cells.Length));

    /// <summary>Which cells, with their places among the values.</summary>
    public IReadOnlyList<ReportedCells> Reported { get; }

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <summary>The program of the unknowns of some variables.</summary>
    public static CellProgram Of(ConditionedModel model, Coordinates coordinates, FinitePlan? plan, Func<VariableState, bool> isWanted)
    {
        var reported = new List<ReportedCells>();
        var count = 0;
        foreach (var state in model.Variables.Where(isWanted))
        {
            var cells = Blockwise.Where(state.Roles, role => role == Role.Latent);
            if (cells.Length == 0) continue;
            reported.Add(new ReportedCells(state.Variable, cells, count));
            count += cells.Length;
        }
        return new CellProgram(new ScheduledProgram(Lowering.Outputs(model, coordinates, plan, reported, count), null), reported);
    }

    /// <summary>Says that every coordinate with a choice stands for its value itself.</summary>
    public void CenterAll(Coordinates coordinates)
    {
        if (coordinates.Centering is { } buffer && _program.Layout.Find(buffer) is { } offset) _work.Span.Slice(offset, coordinates.CenteringCount).Fill(1);
    }

    public void Compute(ReadOnlySpan<double> position, Span<double> values)
    {
        fixed (double* q = position, o = values)
            _evaluator.Run(new Areas(q, null, o, _program.Data.Pointer, _work.Pointer));
        GC.KeepAlive(this);
    }
}
