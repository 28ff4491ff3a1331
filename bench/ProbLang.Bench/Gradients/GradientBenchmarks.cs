using BenchmarkDotNet.Attributes;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>A gradient, as a sampler asks for it: by the emitted program, and by hand in scalar C#.</summary>
public class GradientBenchmarks
{
    private const int Evaluations = 64;
    private GradientCase _case = null!;
    private double[] _gradient = [];

    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    public static IEnumerable<string> Names => GradientCases.All.Keys;

    [GlobalSetup]
    public void Setup()
    {
        _case = GradientCases.All[Name]();
        _gradient = new double[_case.Scalar.Dimension];
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Evaluations)]
    public double Scalar() => Evaluate(_case.Scalar);

    [Benchmark(OperationsPerInvoke = Evaluations)]
    public double Emitted() => Evaluate(_case.Emitted);

    private double Evaluate(LogDensity density)
    {
        var sum = 0.0;
        for (var i = 0; i < Evaluations; i++) sum += density.Evaluate(_case.Positions[i % _case.Positions.Length], _gradient);
        return sum;
    }
}
