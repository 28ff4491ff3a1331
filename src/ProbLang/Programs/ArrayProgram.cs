namespace ProbLang.Programs;

/// <summary>
/// A program over buffers: statements in the order in which they were found to be computable, and the total that they
/// lead to. The order in which they run is decided by what they read (<see cref="Scheduler"/>).
/// </summary>
internal sealed class ArrayProgram(TermTable table)
{
    public TermTable Table => table;

    public List<Statement> Statements { get; } = [];

    /// <summary>Statements that fill data buffers once, before the program first runs.</summary>
    public List<Statement> Tables { get; } = [];

    /// <summary>The scalar result: the log density.</summary>
    public Term Total { get; set; } = 0.0;

    /// <summary>Adds a statement: to what runs at each evaluation, or where data alone decide what it writes, to what runs once.</summary>
    public void Add(Statement statement)
    {
        if (statement.Writes.All(b => b.Kind == BufferKind.Data))
        {
            Tables.Add(statement);
            return;
        }
        Append(statement);
    }

    /// <summary>Adds a statement to what runs, whatever it writes.</summary>
    public void Append(Statement statement)
    {
        statement.Stamp = table.Stamp();
        statement.Order = Statements.Count;
        Statements.Add(statement);
    }
}

/// <summary>Something that writes buffers.</summary>
internal abstract class Statement
{
    /// <summary>Its time among the terms: it uses terms with smaller ids.</summary>
    public int Stamp { get; set; }

    /// <summary>Its place in the program.</summary>
    public int Order { get; set; }

    /// <summary>The buffers that it writes.</summary>
    public abstract IEnumerable<Buffer> Writes { get; }

    /// <summary>The buffers that it reads other than through terms.</summary>
    public virtual IEnumerable<Buffer> Reads => [];

    /// <summary>The terms that it uses.</summary>
    public abstract IEnumerable<Term> Terms { get; }
}

/// <summary>For every value of its counters, sets an element of a buffer or adds to it.</summary>
internal sealed class Store(Counter[] counters, Buffer buffer, Term index, Term value, bool adds) : Statement
{
    /// <summary>The loops around it, outermost first; they cover what index and value depend on.</summary>
    public Counter[] Counters => counters;

    public Buffer Buffer => buffer;

    public Term Index => index;

    public Term Value => value;

    public bool Adds => adds;

    public override IEnumerable<Buffer> Writes => [buffer];

    public override IEnumerable<Term> Terms => [index, value];
}

/// <summary>
/// A sequential loop: its stores may read, at earlier iterations, what the loop itself writes. Loops around it run in
/// order too. With <see cref="IsReversed"/> the innermost-to-outermost order runs backwards.
/// </summary>
internal sealed class Scan(Counter[] counters, Store[] stores, bool isReversed) : Statement
{
    /// <summary>The loops, outermost first; a store may have further counters of its own inside.</summary>
    public Counter[] Counters => counters;

    /// <summary>In the order in which an iteration runs them.</summary>
    public Store[] Stores => stores;

    public bool IsReversed => isReversed;

    public override IEnumerable<Buffer> Writes => stores.Select(s => s.Buffer).Distinct();

    public override IEnumerable<Term> Terms => stores.SelectMany(s => s.Terms);
}

/// <summary>A hand-written routine on whole buffers.</summary>
internal sealed class KernelCall(Kernel kernel, BufferSlice[] inputs, BufferSlice[] outputs, BufferSlice[] scratch) : Statement
{
    public Kernel Kernel => kernel;

    public BufferSlice[] Inputs => inputs;

    public BufferSlice[] Outputs => outputs;

    public BufferSlice[] Scratch => scratch;

    /// <summary>All arguments, as <see cref="Kernel.Run"/> takes them.</summary>
    public IEnumerable<BufferSlice> Arguments => inputs.Concat(outputs).Concat(scratch);

    public override IEnumerable<Buffer> Writes => outputs.Select(o => o.Buffer).Distinct();

    public override IEnumerable<Buffer> Reads => inputs.Select(i => i.Buffer).Distinct();

    public override IEnumerable<Term> Terms => [];
}

/// <summary>The part of a buffer from an offset on.</summary>
internal readonly record struct BufferSlice(Buffer Buffer, int Offset)
{
    public override string ToString() => Offset == 0 ? Buffer.Name : $"{Buffer.Name}+{Offset}";
}

/// <summary>A routine on memory, with its derivative as another. What it is given for buffers of single precision are addresses of floats.</summary>
internal abstract class Kernel
{
    /// <summary>Shown in dumps.</summary>
    public abstract string Name { get; }

    /// <summary>Computes outputs from inputs: addresses of inputs, then outputs, then scratch.</summary>
    public abstract unsafe void Run(double** arguments);

    /// <summary>
    /// The call that adds to the adjoints of <paramref name="call"/>'s inputs, given those of its outputs.
    /// <paramref name="adjoint"/> gives a slice's adjoint, or null where nothing needs it.
    /// </summary>
    public abstract KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint);
}

/// <summary>The derivative of a kernel, where it has none of its own.</summary>
internal abstract class AdjointKernel : Kernel
{
    public sealed override KernelCall Differentiate(KernelCall call, Func<BufferSlice, BufferSlice?> adjoint) =>
        throw new NotSupportedException($"second derivatives: {Name}");
}
