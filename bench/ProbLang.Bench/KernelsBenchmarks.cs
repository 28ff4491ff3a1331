using BenchmarkDotNet.Attributes;
using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>Elementary functions on 1024 numbers: lanes beside the scalar loop.</summary>
public unsafe class LanesBenchmarks
{
    private const int N = 1024;
    private readonly double[] _x = GC.AllocateArray<double>(N, pinned: true);
    private readonly double[] _y = GC.AllocateArray<double>(N, pinned: true);

    [GlobalSetup]
    public void Setup()
    {
        var random = new Philox(1, 0, 0);
        for (var i = 0; i < N; i++) _x[i] = 8 * random.NextDouble();
    }

    [Benchmark]
    public void ExpScalar()
    {
        for (var i = 0; i < N; i++) _y[i] = Math.Exp(_x[i]);
    }

    [Benchmark]
    public void LogScalar()
    {
        for (var i = 0; i < N; i++) _y[i] = Math.Log(_x[i]);
    }

    [Benchmark]
    public void ExpLanes()
    {
        fixed (double* x = _x, y = _y)
        {
            for (var i = 0; i < N; i += Lanes.Width) Lanes.Store(y + i, Lanes.Exp(Lanes.Load(x + i)));
        }
    }

    [Benchmark]
    public void LogLanes()
    {
        fixed (double* x = _x, y = _y)
        {
            for (var i = 0; i < N; i += Lanes.Width) Lanes.Store(y + i, Lanes.Log(Lanes.Load(x + i)));
        }
    }

    [Benchmark]
    public void SoftplusLanes()
    {
        fixed (double* x = _x, y = _y)
        {
            for (var i = 0; i < N; i += Lanes.Width) Lanes.Store(y + i, Lanes.Softplus(Lanes.Load(x + i)));
        }
    }

    [Benchmark]
    public void LogGammaLanes()
    {
        fixed (double* x = _x, y = _y)
        {
            for (var i = 0; i < N; i += Lanes.Width) Lanes.Store(y + i, Lanes.LogGamma(Lanes.Load(x + i)));
        }
    }
}

/// <summary>The multivariate normal with its gradient in x, mean and covariance.</summary>
public unsafe class MvNormalBenchmarks
{
    private double[] _s = [], _x = [], _g = [], _gs = [], _work = [];

    [Params(10, 50, 100)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _s = GC.AllocateArray<double>(N * N, pinned: true);
        _gs = GC.AllocateArray<double>(N * N, pinned: true);
        _x = GC.AllocateArray<double>(2 * N, pinned: true);
        _g = GC.AllocateArray<double>(2 * N, pinned: true);
        _work = GC.AllocateArray<double>(Kernels.MvNormalWork(N), pinned: true);
        for (var i = 0; i < N; i++)
        {
            _x[i] = Math.Sin(i);
            for (var j = 0; j < N; j++) _s[i * N + j] = Math.Exp(-0.1 * (i - j) * (i - j)) + (i == j ? 0.1 : 0);
        }
    }

    [Benchmark]
    public double ValueAndGradient()
    {
        fixed (double* s = _s, x = _x, g = _g, gs = _gs, work = _work)
        {
            return Kernels.MvNormalCovariance(x, x + N, s, N, work, 1, g, g + N, gs);
        }
    }

    [Benchmark]
    public bool Cholesky()
    {
        fixed (double* s = _s, work = _work) return Kernels.Cholesky(s, N, work);
    }
}
