using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>What all threads share of a compiled density: code, data, and where everything lies.</summary>
internal sealed class DensityCode
{
    // Few outputs are computed sooner by walking them than by compiling them first.
    private const int MostWalked = 200;

    private readonly Once<ScheduledProgram> _locationsAndScales;
    private readonly Once<CompiledBlock> _mixed;
    private readonly Once<SumTables?> _tables;

    private readonly DensityKind _kind;

    public DensityCode(ConditionedModel model, long maxTableEntries, DensityKind kind)
    {
        Model = model;
        _kind = kind;
        Plan = FinitePlan.Of(model, maxTableEntries);
        Budget.Current.Check();
        Coordinates = new Coordinates(model, Plan);
        Budget.Current.Check();
        Reported = ReportedCells.Of(model);
        Budget.Current.Check();
        OutputCount = Reported.Sum(r => r.Cells.Length);
        NonCentred = Compile(isNonCentred: true);
        _mixed = new Once<CompiledBlock>(() => Compile(isNonCentred: false));
        var (outputs, compilable) = LowerOutputs();
        Outputs = new ScheduledProgram(outputs, null);
        CompiledOutputs = OutputCount > MostWalked ? new CompiledBlock(Outputs, clear: 0) : null;
        _locationsAndScales = new Once<ScheduledProgram>(() => new ScheduledProgram(Lowering.Choices(model, Coordinates, Plan), null));
        Choices = [.. Coordinates.Blocks.Where(b => b.HasChoice).SelectMany(b => Enumerable.Range(b.Offset, b.Cells.Length))];
        _tables = new Once<SumTables?>(() => Plan is null ? null : new SumTables(model, Coordinates, Plan));
        Summed = [.. Cells(Role.Latent).Where(c => c.Variable.Type != ElementType.Real).Select(c => (Plan!.Cells.NumberOf(c.Variable, c.Cell), c.At))];
        Latents = [.. Cells(Role.Latent)];
        Evaluated = [.. Cells(Role.Computed).Where(c => !compilable.Any(r => r.Variable == c.Variable))];
        Forward = [.. Cells(Role.Predicted), .. Cells(Role.ComputedForward)];
        Branched = [.. ReportedCells.InBranches(model, Reported)];
    }

    public ConditionedModel Model { get; }

    /// <summary>What is summed out of the density; null where nothing is.</summary>
    public FinitePlan? Plan { get; }

    /// <summary>What the sums are made of.</summary>
    public SumTables? Tables => _tables.Value;

    /// <summary>The cells that are summed out, by their numbers, with their places among the outputs.</summary>
    public (int Number, int At)[] Summed { get; }

    public Coordinates Coordinates { get; }

    /// <summary>The density for when no coordinate stands centred, as at the start and often to the end.</summary>
    public CompiledBlock NonCentred { get; }

    /// <summary>The density for any choice; compiled when a chain first makes one.</summary>
    public CompiledBlock Mixed => Coordinates.CenteringCount == 0 ? NonCentred : _mixed.Value;

    public ScheduledProgram Outputs { get; }

    /// <summary>The outputs as machine code, where there are many.</summary>
    public CompiledBlock? CompiledOutputs { get; }

    public IReadOnlyList<ReportedCells> Reported { get; }

    public int OutputCount { get; }

    /// <summary>The coordinates that can stand centred or not.</summary>
    public int[] Choices { get; }

    /// <summary>The program that gives their locations and then their scales.</summary>
    public ScheduledProgram LocationsAndScales => _locationsAndScales.Value;

    /// <summary>The latent cells with their places among the outputs.</summary>
    public (Variable Variable, int Cell, int At)[] Latents { get; }

    /// <summary>The cells that the evaluator computes from the latents.</summary>
    public (Variable Variable, int Cell, int At)[] Evaluated { get; }

    /// <summary>The cells that are drawn or computed forward of each draw.</summary>
    public (Variable Variable, int Cell, int At)[] Forward { get; }

    /// <summary>The outputs that only a branch defines, with the iterations that do.</summary>
    public (int Definition, int Iteration, int At)[] Branched { get; }

    public string NameOf(int coordinate)
    {
        var block = Coordinates.BlockOf(coordinate);
        var state = Model[block.Definition.Definition.Variable];
        var cell = block.CellOf(coordinate - block.Offset);
        return state.Shape.Length == 0 ? state.Variable.Name : $"{state.Variable.Name}[{string.Join(',', Indices(cell, state.Shape))}]";
    }

    /// <summary>Tells a program's work area which coordinates stand centred.</summary>
    public void WriteSetting(ScheduledProgram program, NativeArray work, bool[] centred)
    {
        if (Coordinates.Centering is not { } buffer || program.Layout.Find(buffer) is not { } offset) return;
        for (var i = 0; i < centred.Length; i++) work.Span[offset + i] = centred[i] ? 1 : 0;
    }

    private CompiledBlock Compile(bool isNonCentred)
    {
        var density = Lowering.LogDensity(Model, Coordinates, Plan, isNonCentred, _kind);
        var gradient = new Buffer("gradient", Coordinates.Dimension, BufferKind.Gradient);
        Differentiation.Differentiate(density.Program, density.Position, gradient);
        return new CompiledBlock(new ScheduledProgram(density, gradient), clear: Coordinates.Dimension);
    }

    /// <summary>
    /// The program of the outputs, and which of them it computes: what has no gradient here (an inverse, say) may still be reported
    /// where the density does without it, by the evaluator.
    /// </summary>
    private (LoweredProgram Program, IReadOnlyList<ReportedCells> Cells) LowerOutputs()
    {
        if (TryLower(Reported) is { } all) return (all, Reported);
        ReportedCells[] some = [.. Reported.Where(r => TryLower([r]) is not null)];
        return (TryLower(some)!, some);
    }

    private LoweredProgram? TryLower(IReadOnlyList<ReportedCells> reported)
    {
        try
        {
            return Lowering.Outputs(Model, Coordinates, Plan, reported, OutputCount);
        }
        catch (ObjectionException)
        {
            return null;
        }
    }

    private IEnumerable<(Variable Variable, int Cell, int At)> Cells(Role role) =>
        from reported in Reported
        from at in Enumerable.Range(0, reported.Cells.Length)
        where Model[reported.Variable].Roles[reported.Cells[at]] == role
        select (reported.Variable, reported.Cells[at], reported.Offset + at);

    private static int[] Indices(int cell, int[] shape)
    {
        var indices = new int[shape.Length];
        for (var d = shape.Length - 1; d >= 0; d--)
        {
            indices[d] = cell % shape[d] + 1;
            cell /= shape[d];
        }
        return indices;
    }
}
