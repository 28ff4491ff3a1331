using ProbLang.Analysis;

namespace ProbLang.Programs;

/// <summary>The program of all tables of what is summed out: what the sums are made of at a position.</summary>
internal sealed class SumTables
{
    // Few entries are computed sooner by walking the program than by compiling it first.
    private const int MostWalked = 200;

    private readonly Dictionary<FiniteClass, int> _offsets = [];

    public SumTables(ConditionedModel model, Coordinates coordinates, FinitePlan plan)
    {
        Plan = plan;
        foreach (var own in plan.Classes)
        {
            _offsets.Add(own, Length);
            Length += own.Entries * own.Factors.Count;
        }
        Program = new ScheduledProgram(Lowering.Tables(model, coordinates, plan), null);
        Compiled = Length > MostWalked ? new CompiledBlock(Program, clear: 0) : null;
    }

    public FinitePlan Plan { get; }

    public ScheduledProgram Program { get; }

    /// <summary>How many numbers all tables have.</summary>
    public int Length { get; }

    /// <summary>Where the tables of a class begin.</summary>
    public int OffsetOf(FiniteClass own) => _offsets[own];

    /// <summary>The program as machine code, where there are many entries.</summary>
    public CompiledBlock? Compiled { get; }
}
