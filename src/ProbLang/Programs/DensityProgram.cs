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
    private readonly DensityCode _code;
    private readonly NativeArray _outputWork;
    private readonly BlockEvaluator _outputs;
    private readonly bool[] _centred;
    private readonly Evaluator? _forward;
    private readonly NativeArray _nonCentredWork;
    private CompiledBlock _density;
    private NativeArray _work;
    private NativeArray? _mixedWork;
    private LocationsAndScales? _locationsAndScales;

    private DensityProgram(DensityCode code)
    {
        _code = code;
        _density = code.NonCentred;
        _work = _nonCentredWork = _density.Program.Layout.CreateWork();
        _outputWork = code.Outputs.Layout.CreateWork();
        _outputs = code.Outputs.Evaluator();
        _centred = new bool[code.Coordinates.CenteringCount];
        if (code.Forward.Length > 0) _forward = new Evaluator(code.Model);
    }

    /// <summary>Compiles the density with its gradient, and what is reported of a draw.</summary>
    /// <exception cref="ObjectionException">The model has no density that gradients can follow.</exception>
    public static DensityProgram Compile(ConditionedModel model) => new(new DensityCode(model));

    public override int Dimension => _code.Coordinates.Dimension;

    public override int OutputCount => _code.OutputCount;

    /// <summary>What the outputs are.</summary>
    public IReadOnlyList<ReportedCells> Reported => _code.Reported;

    /// <summary>The program as text, forward and adjoint.</summary>
    public string Print() => _density.Program.Print();

    public override ReadOnlySpan<int> CenteringCoordinates => _code.Choices;

    public override ReadOnlySpan<bool> Centered => _centred;

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        fixed (double* q = position, g = gradient)
            return _density.Run((nint)q, (nint)g, 0, (nint)_work.Pointer);
    }

    /// <summary>The same by the slow evaluator, for tests of the emitter.</summary>
    public double EvaluateSlowly(ReadOnlySpan<double> position, Span<double> gradient)
    {
        gradient.Clear();
        var program = _density.Program;
        _work.Span.Slice(program.Layout.Adjoints.Start, program.Layout.Adjoints.Length).Clear();
        fixed (double* q = position, g = gradient)
            return program.Evaluator().Run(new Areas(q, g, null, program.Data.Pointer, _work.Pointer));
    }

    public override LogDensity Fork()
    {
        var fork = new DensityProgram(_code);
        fork.SetCentred(_centred);
        return fork;
    }

    public override string CoordinateName(int coordinate) => _code.NameOf(coordinate);

    public override void Recenter(ReadOnlySpan<bool> centered, Span<double> position)
    {
        // Locations and scales are values, which do not change with the choice; so each coordinate is translated alone.
        _locationsAndScales ??= new LocationsAndScales(_code);
        _locationsAndScales.Compute(position, _centred);
        var locations = _locationsAndScales.Locations;
        var scales = _locationsAndScales.Scales;
        for (var i = 0; i < centered.Length; i++)
        {
            if (centered[i] == _centred[i]) continue;
            ref var coordinate = ref position[_code.Choices[i]];
            coordinate = centered[i] ? locations[i] + scales[i] * coordinate : (coordinate - locations[i]) / scales[i];
        }
        SetCentred(centered);
    }

    public override void WriteOutputs(ReadOnlySpan<double> position, ref Philox random, Span<double> outputs)
    {
        fixed (double* q = position, o = outputs)
        {
            if (_code.CompiledOutputs is { } compiled) compiled.Run((nint)q, 0, (nint)o, (nint)_outputWork.Pointer);
            else _outputs.Run(new Areas(q, null, o, _code.Outputs.Data.Pointer, _outputWork.Pointer));
        }
        if (_forward is null) return;
        foreach (var (variable, cell, at) in _code.Latents) _forward[variable][cell] = outputs[at];
        _forward.Predict(ref random);
        foreach (var (variable, cell, at) in _code.Forward) outputs[at] = _forward[variable][cell];
    }

    private void SetCentred(ReadOnlySpan<bool> centred)
    {
        centred.CopyTo(_centred);
        var isMixed = centred.Contains(true);
        _density = isMixed ? _code.Mixed : _code.NonCentred;
        _work = isMixed ? _mixedWork ??= _density.Program.Layout.CreateWork() : _nonCentredWork;
        _code.WriteSetting(_density.Program, _work, _centred);
        _code.WriteSetting(_code.Outputs, _outputWork, _centred);
    }
}

/// <summary>A scheduled program with its machine code.</summary>
internal sealed unsafe class CompiledBlock(ScheduledProgram program, int clear)
{
    private readonly ProgramBody _body = program.Emit(clear);
    private readonly nint _data = (nint)program.Data.Pointer;
    private readonly nint _integers = (nint)program.Integers.Pointer;

    public ScheduledProgram Program => program;

    public double Run(nint position, nint gradient, nint output, nint work) => _body(position, gradient, output, _data, work, _integers);
}

/// <summary>What all threads share of a compiled density: code, data, and where everything lies.</summary>
internal sealed unsafe class DensityCode
{
    // Few outputs are computed sooner by walking them than by compiling them first.
    private const int MostWalked = 200;

    private readonly Lazy<ScheduledProgram> _locationsAndScales;
    private readonly Lazy<CompiledBlock> _mixed;

    public DensityCode(ConditionedModel model)
    {
        Model = model;
        Coordinates = new Coordinates(model);
        (Reported, OutputCount) = Report(model);
        NonCentred = Compile(isNonCentred: true);
        _mixed = new Lazy<CompiledBlock>(() => Compile(isNonCentred: false));
        Outputs = new ScheduledProgram(Lowering.Outputs(model, Coordinates, Reported, OutputCount), null);
        CompiledOutputs = OutputCount > MostWalked ? new CompiledBlock(Outputs, clear: 0) : null;
        _locationsAndScales = new Lazy<ScheduledProgram>(() => new ScheduledProgram(Lowering.Choices(model, Coordinates), null));
        Choices = [.. Coordinates.Blocks.Where(b => b.HasChoice).SelectMany(b => Enumerable.Range(b.Offset, b.Cells.Length))];
        Latents = [.. Cells(Role.Latent)];
        Forward = [.. Cells(Role.Predicted), .. Cells(Role.ComputedForward)];
    }

    public ConditionedModel Model { get; }

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

    /// <summary>The cells that are drawn or computed forward of each draw.</summary>
    public (Variable Variable, int Cell, int At)[] Forward { get; }

    public string NameOf(int coordinate)
    {
        foreach (var block in Coordinates.Blocks)
        {
            var at = coordinate - block.Offset;
            if (at >= block.Dimension) continue;
            var state = Model[block.Definition.Definition.Variable];
            var cell = block.Cells[block.SimplexSize > 0 ? at / (block.SimplexSize - 1) * block.SimplexSize + at % (block.SimplexSize - 1) : at];
            return state.Shape.Length == 0 ? state.Variable.Name : $"{state.Variable.Name}[{string.Join(',', Indices(cell, state.Shape))}]";
        }
        throw new ArgumentOutOfRangeException(nameof(coordinate));
    }

    /// <summary>Tells a program's work area which coordinates stand centred.</summary>
    public void WriteSetting(ScheduledProgram program, NativeArray work, bool[] centred)
    {
        if (Coordinates.Centering is not { } buffer || program.Layout.Find(buffer) is not { } offset) return;
        for (var i = 0; i < centred.Length; i++) work.Span[offset + i] = centred[i] ? 1 : 0;
    }

    private CompiledBlock Compile(bool isNonCentred)
    {
        var density = Lowering.LogDensity(Model, Coordinates, isNonCentred);
        var gradient = new Buffer("gradient", Coordinates.Dimension, BufferKind.Gradient);
        Differentiation.Differentiate(density.Program, density.Position, gradient);
        return new CompiledBlock(new ScheduledProgram(density, gradient), clear: Coordinates.Dimension);
    }

    private IEnumerable<(Variable, int, int)> Cells(Role role) =>
        from reported in Reported
        from at in Enumerable.Range(0, reported.Cells.Length)
        where Model[reported.Variable].Roles[reported.Cells[at]] == role
        select (reported.Variable, reported.Cells[at], reported.Offset + at);

    private static (IReadOnlyList<ReportedCells>, int) Report(ConditionedModel model)
    {
        var reported = new List<ReportedCells>();
        var count = 0;
        foreach (var state in model.Variables)
        {
            int[] cells = [.. Enumerable.Range(0, state.Count).Where(c => state.Roles[c] is Role.Latent or Role.Predicted or Role.Computed or Role.ComputedForward)];
            if (state.Variable.IsInput || cells.Length == 0) continue;
            reported.Add(new ReportedCells(state.Variable, cells, count));
            count += cells.Length;
        }
        return (reported, count);
    }

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
