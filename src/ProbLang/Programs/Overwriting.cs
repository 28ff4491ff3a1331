namespace ProbLang.Programs;

/// <summary>
/// Adjoints that one statement gives as a whole are set by it, and need neither be cleared before nor read: in nets that is most of the memory.
/// </summary>
internal static class Overwriting
{
    /// <summary>Changes the statements of a program that add to adjoints alone.</summary>
    public static void Apply(ArrayProgram program, IEnumerable<Buffer> adjoints)
    {
        var writers = program.Statements.SelectMany(s => s.Writes.Select(b => (Buffer: b, Statement: s))).ToLookup(w => w.Buffer, w => w.Statement);
        var alone = adjoints.Where(b => b.Kind == BufferKind.Adjoint && writers[b].Count() == 1).ToHashSet();
        for (var i = 0; i < program.Statements.Count; i++)
        {
            switch (program.Statements[i])
            {
                case Store { Adds: true } store when alone.Contains(store.Buffer) && IsWhole(program.Table, store):
                    store.Buffer.IsOverwritten = true;
                    Replace(program, i, new Store(store.Counters, store.Buffer, store.Index, store.Value, adds: false));
                    break;
                case KernelCall { Kernel: MatrixProductKernel products } call:
                    int[] outputs = [.. Enumerable.Range(0, call.Outputs.Length).Where(o => alone.Contains(call.Outputs[o].Buffer) && products.IsWhole(call, o))];
                    if (outputs.Length == 0) break;
                    foreach (var output in outputs) call.Outputs[output].Buffer.IsOverwritten = true;
                    Replace(program, i, new KernelCall(products.Overwriting(outputs), call.Inputs, call.Outputs, call.Scratch));
                    break;
            }
        }
    }

    private static void Replace(ArrayProgram program, int place, Statement by)
    {
        (by.Order, by.Stamp) = (program.Statements[place].Order, program.Statements[place].Stamp);
        program.Statements[place] = by;
    }

    /// <summary>Whether the loops of a statement run through its buffer, element by element.</summary>
    private static bool IsWhole(TermTable table, Store store)
    {
        var (index, size) = ((Term)0.0, 1L);
        foreach (var counter in store.Counters)
        {
            if (counter.Size < 0) return false;
            index = index * counter.Extent + table.Value(counter);
            size *= counter.Size;
        }
        return size == store.Buffer.Length && Term.Same(index, store.Index);
    }
}
