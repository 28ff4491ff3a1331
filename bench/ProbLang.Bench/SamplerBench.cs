using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Programs;

namespace ProbLang.Bench;

/// <summary>The sampler's own cost: transitions on a Gaussian whose density costs next to nothing. The time is per leapfrog step.</summary>
[MinColumn]
public unsafe class SamplerBench
{
    private const int Leapfrogs = 20_000;
    private Metric _metric = null!;
    private Leapfrog _leapfrog = null!;
    private Tree _tree = null!;

    [Params(10)]
    public int Dimension { get; set; }

    [Params(0.9, 0.2)]
    public double Step { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _metric = new Metric(Dimension);
        _leapfrog = new Leapfrog(new StandardGaussian(Dimension), _metric);
        _tree = new Tree(_leapfrog, _metric, 10, new RandomStream(new Philox(1, 0, 0)), default) { StepSize = Step };
        _tree.MoveTo(new double[Dimension]);
    }

    [Benchmark(OperationsPerInvoke = Leapfrogs)]
    public double LeapfrogStep()
    {
        var sum = 0.0;
        for (var steps = 0; steps < Leapfrogs;)
        {
            var transition = _tree.Next();
            steps += transition.Leapfrogs;
            sum += transition.AcceptStat;
        }
        return sum;
    }

    private sealed class StandardGaussian(int dimension) : LogDensity
    {
        public override int Dimension => dimension;

        public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
        {
            Vector256<double> sum = default;
            var i = 0;
            for (; i + 4 <= position.Length; i += 4)
            {
                var x = Vector256.Create(position[i..]);
                sum += x * x;
                (-x).CopyTo(gradient[i..]);
            }
            var rest = 0.0;
            for (; i < position.Length; i++)
            {
                rest += position[i] * position[i];
                gradient[i] = -position[i];
            }
            return -0.5 * (Vector256.Sum(sum) + rest);
        }

        public override LogDensity Fork() => this;
    }
}
