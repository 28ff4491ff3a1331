using System.Collections.Concurrent;
using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>A compiled function of some new rows and a draw. Serves any number of threads: each evaluation borrows a work area.</summary>
internal sealed unsafe class NewRowProgram
{
    private readonly CompiledBlock _code;
    private readonly (int From, int Size, int At)[] _fields;
    private readonly ConcurrentBag<Work> _idle = [];
    private readonly int _outputs;

    /// <param name="lowered">The program.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="outputs">How many numbers it gives.</param>
    public NewRowProgram(LoweredProgram lowered, NewRows rows, int outputs)
    {
        _code = new CompiledBlock(new ScheduledProgram(lowered, null), clear: 0);
        (_outputs, Size) = (outputs, rows.Size);
        // What the program does not read has no memory.
        _fields = [.. rows.Template.Variables.Select(v => (v.Offset, v.Size, At: _code.Program.Layout.Find(rows.Given(v.Variable)!))).Where(f => f.At is not null).Select(f => (f.Offset, f.Size, f.At!.Value))];
    }

    /// <summary>How many rows an evaluation takes.</summary>
    public int Size { get; }

    public Work Borrow() => _idle.TryTake(out var idle) ? idle : new Work(this);

    public void Return(Work work) => _idle.Add(work);

    /// <summary>Memory of one evaluation.</summary>
    internal sealed class Work(NewRowProgram program)
    {
        private readonly NativeArray _memory = program._code.Program.Layout.CreateWork();
        private readonly double[] _outputs = GC.AllocateArray<double>(Math.Max(1, program._outputs), pinned: true);

        /// <summary>What the last evaluation gave.</summary>
        public ReadOnlySpan<double> Outputs => _outputs;

        /// <summary>Takes rows, one after the other, each of some width; where there are fewer than the program takes, the last one again.</summary>
        public void Write(ReadOnlySpan<double> rows, int width)
        {
            var last = rows.Length / width - 1;
            foreach (var (from, size, at) in program._fields)
                for (var row = 0; row < program.Size; row++)
                    rows.Slice(Math.Min(row, last) * width + from, size).CopyTo(_memory.Span[(at + row * size)..]);
        }

        public ReadOnlySpan<double> Run(double* draw)
        {
            fixed (double* outputs = _outputs) program._code.Run((nint)draw, 0, (nint)outputs, (nint)_memory.Pointer);
            GC.KeepAlive(_memory);
            return _outputs;
        }
    }
}
