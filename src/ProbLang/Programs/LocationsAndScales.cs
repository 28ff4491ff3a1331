using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Location and scale of every coordinate that can stand centred or not. For one thread.</summary>
internal sealed unsafe class LocationsAndScales(DensityCode code)
{
    private readonly ScheduledProgram _program = code.LocationsAndScales;
    private readonly BlockEvaluator _evaluator = code.LocationsAndScales.Evaluator();
    private readonly NativeArray _work = code.LocationsAndScales.Layout.CreateWork();
    private readonly double[] _values = new double[2 * code.Choices.Length];

    public ReadOnlySpan<double> Locations => _values.AsSpan(0, code.Choices.Length);

    public ReadOnlySpan<double> Scales => _values.AsSpan(code.Choices.Length);

    /// <summary>Computes them at a position under a choice.</summary>
    public void Compute(ReadOnlySpan<double> position, bool[] centred)
    {
        code.WriteSetting(_program, _work, centred);
        fixed (double* q = position, o = _values)
            _evaluator.Run(new Areas(q, null, o, _program.Data.Pointer, _work.Pointer));
        GC.KeepAlive(this);
    }
}
