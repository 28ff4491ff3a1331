using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>The log density of a conditioned model, compiled: what the samplers and optimizers run.</summary>
internal sealed unsafe class DensityProgram : LogDensity
{
    private readonly DensityCode _code;
    private readonly NativeArray _outputWork;
    private readonly BlockEvaluator _outputs;
    private readonly bool[] _centred;
    private readonly Evaluator? _forward;
    private readonly NativeArray _nonCentredWork;
    private readonly FiniteDraws? _draws;
    private readonly double[] _summed = [];
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
        if (code.Tables is { } tables) (_draws, _summed) = (new FiniteDraws(tables), new double[tables.Plan.Cells.Count]);
        if (code.Forward.Length + code.Evaluated.Length + code.Branched.Length > 0) _forward = new Evaluator(code.Model);
    }

    /// <summary>Compiles the density with its gradient, and what is reported of a draw.</summary>
    /// <exception cref="ObjectionException">The model has no density that gradients can follow.</exception>
    public static DensityProgram Compile(ConditionedModel model, long maxTableEntries = FinitePlan.DefaultMaxEntries, DensityKind kind = DensityKind.Posterior) =>
        new(new DensityCode(model, maxTableEntries, kind));

    /// <summary>How the coordinates lie in the position.</summary>
    public Coordinates Coordinates => _code.Coordinates;

    public override int Dimension => _code.Coordinates.Dimension;

    public override int OutputCount => _code.OutputCount;

    /// <summary>What the coordinates stand for.</summary>
    public IReadOnlyList<LatentBlock> Blocks => _code.Coordinates.Blocks;

    /// <summary>What the outputs are.</summary>
    public IReadOnlyList<ReportedCells> Reported => _code.Reported;

    /// <summary>The outputs that are there only where a branch holds.</summary>
    public IReadOnlySet<int> Branched => _code.Branched.Select(b => b.At).ToHashSet();

    /// <summary>What is summed out of the density; null where nothing is.</summary>
    public FinitePlan? Plan => _code.Plan;

    /// <summary>What is summed out of the density, and at what cost, a line each; empty where nothing is.</summary>
    public IEnumerable<string> SummedOut => _code.Plan is { } plan ? FinitePlanText.Of(plan) : [];

    /// <summary>The program as text, forward and adjoint.</summary>
    public string Print() => _code.Coordinates.Print(_centred) + _density.Program.Print();

    public override ReadOnlySpan<int> CenteringCoordinates => _code.Choices;

    public override ReadOnlySpan<bool> Centered => _centred;

    public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        fixed (double* q = position, g = gradient)
        {
            var total = _density.Run((nint)q, (nint)g, 0, (nint)_work.Pointer);
            GC.KeepAlive(this);
            return total;
        }
    }

    /// <summary>The same by the slow evaluator, for tests of the emitter.</summary>
    public double EvaluateSlowly(ReadOnlySpan<double> position, Span<double> gradient)
    {
        gradient.Clear();
        var program = _density.Program;
        _work.Span.Slice(program.Layout.Adjoints.Start, program.Layout.Adjoints.Length).Clear();
        fixed (double* q = position, g = gradient)
        {
            var total = program.Evaluator().Run(new Areas(q, g, null, program.Data.Pointer, _work.Pointer));
            GC.KeepAlive(this);
            return total;
        }
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
        WriteCells(position, ref random, outputs);
        foreach (var (definition, iteration, at) in _code.Branched)
            if (!_forward!.Exists(definition, iteration)) outputs[at] = double.NaN;
    }

    /// <summary>As <see cref="WriteOutputs"/>, with the values of latents whose branch does not hold.</summary>
    public void WriteCells(ReadOnlySpan<double> position, ref Philox random, Span<double> outputs)
    {
        fixed (double* q = position, o = outputs)
        {
            if (_code.CompiledOutputs is { } compiled) compiled.Run((nint)q, 0, (nint)o, (nint)_outputWork.Pointer);
            else _outputs.Run(new Areas(q, null, o, _code.Outputs.Data.Pointer, _outputWork.Pointer));
            if (_draws is not null)
            {
                _draws.Draw(q, _centred, _code, ref random, _summed);
                foreach (var (number, at) in _code.Summed) outputs[at] = _summed[number];
            }
            GC.KeepAlive(this);
        }
        if (_forward is null) return;
        foreach (var (variable, cell, at) in _code.Latents) _forward[variable][cell] = outputs[at];
        if (_code.Evaluated.Length + _code.Branched.Length > 0) _forward.Compute();
        foreach (var (variable, cell, at) in _code.Evaluated) outputs[at] = _forward[variable][cell];
        _forward.Predict(ref random);
        foreach (var (variable, cell, at) in _code.Forward) outputs[at] = _forward[variable][cell];
    }

    /// <summary>At a position, the probability of each value of each cell that is summed out.</summary>
    public (FiniteCell Cell, double[] Probabilities)[] Probabilities(ReadOnlySpan<double> position)
    {
        if (_draws is null) return [];
        fixed (double* q = position)
        {
            var all = _draws.Probabilities(q, _centred, _code);
            GC.KeepAlive(this);
            return [.. all.Select((p, number) => (_code.Plan!.Cells[number], p))];
        }
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
