namespace ProbLang.Programs;

/// <summary>A scheduled program with its memory plan: ready to be emitted, evaluated or printed.</summary>
internal sealed class ScheduledProgram
{
    private readonly HoistedData _hoisted;
    private readonly CodeSections _sections;

    public ScheduledProgram(LoweredProgram lowered, Buffer? gradient)
    {
        Lowered = lowered;
        var program = lowered.Program;
        _hoisted = new HoistedData(program.Table);
        Block = Scheduler.Schedule(program, _hoisted);
        var found = new BufferCollector(_hoisted.Resolve);
        found.Add(program);
        foreach (var (buffer, _, term) in _hoisted.Fills) found.Add(buffer, term);
        _sections = new CodeSections(Block, lowered.Program.Total, _hoisted.Resolve);
        Buffer?[] own = [lowered.Position, gradient, _sections.Memory];
        Layout = new ProgramLayout(own.OfType<Buffer>().Concat(found.Buffers), found.Integers);
        Data = Layout.CreateData();
        Integers = Layout.CreateIntegers();
        FillTables();
    }

    public LoweredProgram Lowered { get; }

    public Block Block { get; }

    public ProgramLayout Layout { get; }

    public NativeArray Data { get; }

    public NativeArray Integers { get; }

    public Term Total => Lowered.Program.Total;

    public Term Resolve(Term term) => _hoisted.Resolve(term);

    public ProgramBody[] Emit(int clear) => Emitter.Compile(Block, Total, Layout, _sections, _hoisted.Resolve, clear);

    public BlockEvaluator Evaluator() => new(Block, Total, Layout, _hoisted.Resolve);

    public string Print() => ProgramPrinter.Print(Block, Total, _hoisted.Resolve, _hoisted, Lowered.Program.Tables, Layout.Buffers);

    /// <summary>Computes what depends on data alone, each table by a small program of its own.</summary>
    private unsafe void FillTables()
    {
        var table = Lowered.Program.Table;
        var program = new ArrayProgram(table);
        foreach (var statement in Lowered.Program.Tables) program.Append(statement);
        foreach (var (buffer, counters, term) in _hoisted.Fills)
        {
            Term index = 0.0;
            foreach (var counter in counters) index = index * counter.Extent + table.Value(counter);
            program.Append(new Store(counters, buffer, index, term, adds: false));
        }
        if (program.Statements.Count == 0) return;
        // Nothing is hoisted from what is itself computed once.
        var nothing = HoistedData.None(table);
        var block = Scheduler.Schedule(program, nothing);
        // A kernel of data alone has a work area like any other.
        using var work = Layout.CreateWork();
        new BlockEvaluator(block, 0.0, Layout, nothing.Resolve).Run(new Areas(null, null, null, Data.Pointer, work.Pointer));
        GC.KeepAlive(this);
    }
}
