using System.Runtime.InteropServices;
using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>The memory areas that a program is given; buffers lie in one of them at a fixed offset.</summary>
internal enum Area
{
    Position,
    Gradient,
    Output,
    Data,
    Work,
}

/// <summary>Where every buffer of a program lies, counted in doubles. Work areas are passed in, never baked in, so that chains share one program.</summary>
internal sealed class ProgramLayout
{
    // A buffer starts on a cache line.
    private const int Alignment = 8;

    private readonly Dictionary<Buffer, (Area Area, int Offset)> _places = [];
    private readonly Dictionary<IntegerBuffer, int> _integers = [];
    private readonly List<Buffer> _data = [];
    private readonly List<Buffer> _initialised = [];
    private int? _shared;

    public int DataLength { get; private set; }

    public int WorkLength { get; private set; }

    public int IntegerLength { get; private set; }

    /// <summary>The part of the work area that holds the adjoints that are added to: cleared before each evaluation.</summary>
    public (int Start, int Length) Adjoints { get; private set; }

    public ProgramLayout(IEnumerable<Buffer> buffers, IEnumerable<IntegerBuffer> integers)
    {
        foreach (var buffer in integers.Distinct())
        {
            _integers.Add(buffer, IntegerLength);
            IntegerLength += buffer.Values.Length;
        }
        // Adjoints that are added to are made contiguous, to be cleared in one sweep.
        foreach (var buffer in buffers.Distinct().OrderBy(b => IsCleared(b) ? 0 : b.IsShared ? 2 : 1)) Place(buffer);
    }

    public IEnumerable<Buffer> Buffers => _places.Keys;

    public (Area Area, int Offset) this[Buffer buffer] => _places[buffer];

    /// <summary>The offset of a buffer of the work area; null where the program does not touch it.</summary>
    public int? Find(Buffer buffer) => _places.TryGetValue(buffer, out var place) ? place.Offset : null;

    /// <summary>Where a slice lies, in bytes.</summary>
    public (Area Area, nint Bytes) Place(BufferSlice slice)
    {
        var (area, offset) = _places[slice.Buffer];
        return (area, (nint)offset * sizeof(double) + (nint)slice.Offset * slice.Buffer.ElementSize);
    }

    public int this[IntegerBuffer buffer] => _integers[buffer];

    /// <summary>Memory with the data in it.</summary>
    public NativeArray CreateData()
    {
        var data = new NativeArray(DataLength);
        foreach (var buffer in _data) Fill(data, buffer);
        return data;
    }

    /// <summary>Memory with the indices in it, two to a double's room.</summary>
    public unsafe NativeArray CreateIntegers()
    {
        var integers = new NativeArray((IntegerLength + 1) / 2);
        foreach (var (buffer, offset) in _integers) Blockwise.Copy<int>(buffer.Values, new Span<int>((int*)integers.Pointer + offset, buffer.Values.Length));
        return integers;
    }

    /// <summary>Memory for one thread.</summary>
    public NativeArray CreateWork()
    {
        var work = new NativeArray(WorkLength);
        foreach (var buffer in _initialised) Fill(work, buffer);
        return work;
    }

    private static bool IsCleared(Buffer buffer) => buffer.Kind == BufferKind.Adjoint && !buffer.IsOverwritten;

    private void Fill(NativeArray memory, Buffer buffer)
    {
        var to = memory.Span[_places[buffer].Offset..];
        if (buffer.Precision == Precision.Double) Blockwise.Copy<double>(buffer.Initial, to);
        else
        {
            var singles = MemoryMarshal.Cast<double, float>(to);
            var looks = new Ticker();
            for (var i = 0; i < buffer.Initial!.Length; i++)
            {
                looks.Tick();
                singles[i] = (float)buffer.Initial[i];
            }
        }
    }

    /// <exception cref="InsufficientMemoryException">One area of memory cannot hold it all.</exception>
    private static int Sum(int a, int b) => (long)a + b <= Array.MaxLength ? a + b
        : throw new InsufficientMemoryException("the program of the model needs more numbers than one piece of memory holds: there is too much data, or too many unknowns");

    private void Place(Buffer buffer)
    {
        var doubles = (int)(((long)buffer.Length * buffer.ElementSize + sizeof(double) - 1) / sizeof(double));
        var length = (doubles + Alignment - 1) / Alignment * Alignment;
        if (buffer.IsShared)
        {
            // One place, at the end, for all of them.
            _shared ??= WorkLength;
            _places.Add(buffer, (Area.Work, _shared.Value));
            WorkLength = Math.Max(WorkLength, Sum(_shared.Value, length));
            return;
        }
        switch (buffer.Kind)
        {
            case BufferKind.Position:
                _places.Add(buffer, (Area.Position, 0));
                break;
            case BufferKind.Gradient:
                _places.Add(buffer, (Area.Gradient, 0));
                break;
            case BufferKind.Output:
                _places.Add(buffer, (Area.Output, 0));
                break;
            case BufferKind.Data:
                _places.Add(buffer, (Area.Data, DataLength));
                _data.Add(buffer);
                DataLength = Sum(DataLength, length);
                break;
            default:
                _places.Add(buffer, (Area.Work, WorkLength));
                WorkLength = Sum(WorkLength, length);
                if (IsCleared(buffer)) Adjoints = (0, WorkLength);
                if (buffer.Initial is not null) _initialised.Add(buffer);
                break;
        }
    }
}

/// <summary>Doubles at a fixed address, aligned to a cache line, zero at first.</summary>
internal sealed unsafe class NativeArray : SafeHandle
{
    private const int CacheLine = 64;
    private const int Noticed = 1 << 14;

    public NativeArray(int length) : base(0, true)
    {
        Length = length;
        var bytes = (nuint)Math.Max(1, length) * sizeof(double);
        Budget.Current.Take(bytes, "the memory of the program");
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, CacheLine));
        // The collector sees a small object.
        if (bytes >= Noticed) GC.AddMemoryPressure((long)bytes);
        Blockwise.Clear(Span);
    }

    public int Length { get; }

    public double* Pointer => (double*)handle;

    public Span<double> Span => new(Pointer, Length);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        var bytes = Math.Max(1L, Length) * sizeof(double);
        if (bytes >= Noticed) GC.RemoveMemoryPressure(bytes);
        return true;
    }
}

/// <summary>The addresses of a program's areas.</summary>
internal readonly unsafe struct Areas(double* position, double* gradient, double* output, double* data, double* work)
{
    public double* this[Area area] => area switch
    {
        Area.Position => position,
        Area.Gradient => gradient,
        Area.Output => output,
        Area.Data => data,
        _ => work,
    };
}
