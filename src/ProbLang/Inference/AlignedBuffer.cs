using System.Runtime.CompilerServices;
using ProbLang.Limits;

namespace ProbLang.Inference;

/// <summary>Zeroed doubles that the collector does not move, aligned to a cache line, so that inner loops can hold plain pointers.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;
    private readonly double[] _memory;

    public AlignedBuffer(int length)
    {
        Budget.Current.Take((double)length * sizeof(double), "the memory of the sampler");
        _memory = GC.AllocateArray<double>(length + Alignment / sizeof(double), pinned: true);
        var address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        Pointer = (double*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
        Length = length;
    }

    public int Length { get; }

    /// <summary>Valid as long as this object is reachable.</summary>
    public double* Pointer { get; }
}
