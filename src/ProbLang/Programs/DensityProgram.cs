using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>A scheduled program with its memory plan: ready to be emitted, evaluated or printed.</summary>
internal sealed class ScheduledProgram
{
    private readonly HoistedData _hoisted;

    public ScheduledProgram(LoweredProgram lowered, Buffer? gradient)
    {
        Lowered = lowered;
        var program = lowered.Program;
        _hoisted = new HoistedData(program.Table);
        Block = Scheduler.Schedule(program, _hoisted);
        var found = new BufferCollector(_hoisted.Resolve);
        found.Add(program);
        foreach (var (buffer, _, term) in _hoisted.Fills) found.Add(buffer, term);
        Layout = new ProgramLayout([lowered.Position, .. gradient is null ? [] : new[] { gradient }, .. found.Buffers], found.Integers);
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

    public ProgramBody Emit(int clear) => Emitter.Compile(Block, Total, Layout, _hoisted.Resolve, clear);

    public BlockEvaluator Evaluator() => new(Block, Total, Layout, _hoisted.Resolve);

    public string Print() => ProgramPrinter.Print(Block, Total, _hoisted.Resolve, _hoisted);

    /// <summary>Computes what depends on data alone, each table by a small program of its own.</summary>
    private unsafe void FillTables()
    {
        var table = Lowered.Program.Table;
        var program = new ArrayProgram(table);
        foreach (var store in Lowered.Program.Tables) program.Add(store);
        foreach (var (buffer, counters, term) in _hoisted.Fills)
        {
            Term index = 0.0;
            foreach (var counter in counters) index = index * counter.Extent + table.Value(counter);
            program.Add(new Store(counters, buffer, index, term, adds: false));
        }
        if (program.Statements.Count == 0) return;
        // Nothing is hoisted from what is itself computed once.
        var nothing = HoistedData.None(table);
        var block = Scheduler.Schedule(program, nothing);
        new BlockEvaluator(block, 0.0, Layout, nothing.Resolve).Run(new Areas(null, null, null, Data.Pointer, null));
    }
}

/// <summary>Every buffer that a program touches.</summary>
internal sealed class BufferCollector(Func<Term, Term> resolve)
{
    private readonly HashSet<Term> _seen = [];

    public HashSet<Buffer> Buffers { get; } = [];

    public HashSet<IntegerBuffer> Integers { get; } = [];

    public void Add(ArrayProgram program)
    {
        Add(program.Total);
        foreach (var store in program.Tables) Add(store.Buffer, store.Value);
        foreach (var store in program.Tables) Add(store.Index);
        foreach (var statement in program.Statements)
        {
            foreach (var buffer in statement.Writes.Concat(statement.Reads)) Buffers.Add(buffer);
            if (statement is KernelCall call)
                foreach (var slice in call.Scratch) Buffers.Add(slice.Buffer);
            if (statement is Scan scan)
                foreach (var counter in scan.Counters) Add(counter.Extent);
            foreach (var term in statement.Terms) Add(term);
        }
    }

    public void Add(Buffer buffer, Term term)
    {
        Buffers.Add(buffer);
        Add(term);
    }

    private void Add(Term root)
    {
        var stack = new Stack<Term>([root]);
        while (stack.TryPop(out var term))
        {
            if (!_seen.Add(term)) continue;
            if (term.Kind == TermKind.Load) Buffers.Add(term.Buffer);
            if (term.Payload is IntegerBuffer integers) Integers.Add(integers);
            if (term.Payload is Counter counter) stack.Push(counter.Extent);
            foreach (var argument in term.Arguments) stack.Push(argument);
            if (resolve(term) is { } resolved && !ReferenceEquals(resolved, term)) stack.Push(resolved);
        }
    }
}

/// <summary>The log density of a conditioned model, compiled: what the samplers and optimizers run.</summary>
internal sealed unsafe class DensityProgram : LogDensity
{
    private readonly Shared _shared;
    private readonly NativeArray _work;
    private readonly NativeArray _outputWork;
    private readonly bool[] _centred;
    private readonly BlockEvaluator? _outputs;
    private readonly AncestralSampler? _forward;

    private DensityProgram(Shared shared)
    {
        _shared = shared;
        _work = shared.Density.Layout.CreateWork();
        _outputWork = shared.Outputs.Layout.CreateWork();
        _centred = new bool[shared.Coordinates.CenteringCount];
        _outputs = shared.Outputs.Evaluator();
        if (shared.HasForward) _forward = new AncestralSampler(shared.Model);
    }

    /// <summary>Compiles the density with its gradient, and what is reported of a draw.</summary>
    /// <exception cref="ObjectionException">The model has no density that gradients can follow.</exception>
    public static DensityProgram Compile(ConditionedModel model) => new(new Shared(model));

    public override int Dimension => _shared.Coordinates.Dimension;

    public override int OutputCount => _shared.OutputCount;

    /// <summary>What the outputs are.</summary>
    public IReadOnlyList<ReportedCells> Reported => _shared.Reported;

    public override ReadOnlySpan<int> CenteringCoordinates => _shared.CenteringCoordinates;

    public override ReadOnlySpan<bool> Centered => _centred;

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        fixed (double* q = position, g = gradient)
            return _shared.Body((nint)q, (nint)g, 0, _shared.Data, (nint)_work.Pointer, _shared.Integers);
    }

    public override LogDensity Fork()
    {
        var fork = new DensityProgram(_shared);
        fork.SetCentred(_centred);
        return fork;
    }

    public override string CoordinateName(int coordinate) => _shared.NameOf(coordinate);

    public override void Recenter(ReadOnlySpan<bool> centered, Span<double> position)
    {
        // The values that the position stands for now stay; each coordinate that changes is read from them anew.
        var values = new double[Dimension];
        _shared.Values(position, _centred, values);
        var (locations, scales) = _shared.LocationsAndScales(position, _centred);
        for (var i = 0; i < centered.Length; i++)
        {
            if (centered[i] == _centred[i]) continue;
            var at = _shared.CenteringCoordinates[i];
            position[at] = centered[i] ? locations[i] + scales[i] * position[at] : (position[at] - locations[i]) / scales[i];
        }
        SetCentred(centered);
    }

    public override void WriteOutputs(ReadOnlySpan<double> position, ref Philox random, Span<double> outputs)
    {
        fixed (double* q = position, o = outputs)
            _outputs!.Run(new Areas(q, null, o, _shared.Outputs.Data.Pointer, _outputWork.Pointer));
        if (_forward is not null) _shared.WriteForward(_forward, ref random, outputs);
    }

    private void SetCentred(ReadOnlySpan<bool> centred)
    {
        centred.CopyTo(_centred);
    }

    private sealed class Shared
    {
        public Shared(ConditionedModel model) => throw new NotSupportedException(model.ToString());
    }
}
