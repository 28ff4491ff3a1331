namespace ProbLang.Programs;

/// <summary>Every buffer that a program touches.</summary>
internal sealed class BufferCollector(Func<Term, Term> resolve)
{
    private readonly HashSet<Term> _seen = [];

    public HashSet<Buffer> Buffers { get; } = [];

    public HashSet<IntegerBuffer> Integers { get; } = [];

    public void Add(ArrayProgram program)
    {
        Add(program.Total);
        foreach (var statement in program.Tables.Concat(program.Statements))
        {
            foreach (var buffer in statement.Writes.Concat(statement.Reads)) Buffers.Add(buffer);
            if (statement is KernelCall call)
                foreach (var slice in call.Scratch) Buffers.Add(slice.Buffer);
            if (statement is Scan scan)
                foreach (var counter in scan.Counters) Add(counter.Extent);
            foreach (var term in statement.Terms) Add(term);
        }
    }

    public void Add(Buffer buffer, Term term)
    {
        Buffers.Add(buffer);
        Add(term);
    }

    private void Add(Term root)
    {
        var stack = new Stack<Term>([root]);
        while (stack.TryPop(out var term))
        {
            if (!_seen.Add(term)) continue;
            if (term.Kind == TermKind.Load) Buffers.Add(term.Buffer);
            if (term.Payload is IntegerBuffer integers) Integers.Add(integers);
            if (term.Payload is Counter counter) stack.Push(counter.Extent);
            foreach (var argument in term.Arguments) stack.Push(argument);
            if (resolve(term) is { } resolved && !ReferenceEquals(resolved, term)) stack.Push(resolved);
        }
    }
}
