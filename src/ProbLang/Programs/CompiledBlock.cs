using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>A scheduled program with its machine code.</summary>
internal sealed unsafe class CompiledBlock(ScheduledProgram program, int clear)
{
    private readonly ProgramBody[] _sections = program.Emit(clear);
    private readonly nint _data = (nint)program.Data.Pointer;
    private readonly nint _integers = (nint)program.Integers.Pointer;

    public ScheduledProgram Program => program;

    public double Run(nint position, nint gradient, nint output, nint work)
    {
        var total = 0.0;
        foreach (var section in _sections)
        {
            // The first run compiles each section to machine code, which nothing can stop.
            if (_sections.Length > 1) Budget.Current.Check();
            total = section(position, gradient, output, _data, work, _integers);
        }
        // The addresses are those of arrays that the program owns, and free nothing while it is alive.
        GC.KeepAlive(program);
        return total;
    }
}
