namespace ProbLang.Programs;

/// <summary>
/// A block in sections that the just-in-time compiler still optimises: past some hundreds of statements in one method it
/// gives up. A scalar that a later section needs is carried there through memory.
/// </summary>
internal sealed class CodeSections
{
    private const int MostStatements = 300;

    /// <summary>Where there are several sections: they are compiled one by one, between which the computation may end.</summary>
    private const int UsualStatements = 100;

    private readonly Func<Term, Term> _resolve;
    private readonly Dictionary<Term, int> _definedIn = [];
    private readonly Dictionary<Term, int> _carried = [];

    public CodeSections(Block block, Term total, Func<Term, Term> resolve)
    {
        _resolve = resolve;
        Sections = Split(block);
        if (Sections.Count == 1) return;
        for (var s = 0; s < Sections.Count; s++)
            foreach (var instruction in Sections[s])
            {
                Use(instruction, s);
                if (instruction is Let let) _definedIn[let.Term] = s;
                if (instruction is ForLoop loop)
                    foreach (var accumulator in loop.Accumulators) _definedIn[accumulator] = s;
            }
        Use(total, Sections.Count - 1);
        Memory = new Buffer("carried", _carried.Count, BufferKind.Scratch);
    }

    public IReadOnlyList<IReadOnlyList<Instruction>> Sections { get; }

    /// <summary>Where carried scalars lie; null where there is one section.</summary>
    public Buffer? Memory { get; }

    /// <summary>The place in <see cref="Memory"/> of a term that a later section than its own needs.</summary>
    public int? PlaceOf(Term term) => _carried.TryGetValue(term, out var place) ? place : null;

    private static List<List<Instruction>> Split(Block block)
    {
        var sections = new List<List<Instruction>> { new() };
        var size = 0;
        var most = block.Instructions.Sum(Cost) <= MostStatements ? MostStatements : UsualStatements;
        foreach (var instruction in block.Instructions)
        {
            var cost = Cost(instruction);
            if (size > 0 && size + cost > most)
            {
                sections.Add([]);
                size = 0;
            }
            sections[^1].Add(instruction);
            size += cost;
        }
        return sections;
    }

    private static int Cost(Instruction instruction) => instruction is ForLoop loop ? 2 + 2 * loop.Body.Instructions.Sum(Cost) : 1;

    private void Use(Instruction instruction, int section)
    {
        switch (instruction)
        {
            case Let let:
                foreach (var argument in let.Term.Arguments) Use(argument, section);
                break;
            case Write write:
                Use(write.Store.Index, section);
                Use(write.Store.Value, section);
                break;
            case ForLoop loop:
                Use(loop.Counter.Extent, section);
                foreach (var inner in loop.Body.Instructions) Use(inner, section);
                foreach (var accumulator in loop.Accumulators) Use(accumulator.Arguments[0], section);
                break;
        }
    }

    private void Use(Term term, int section)
    {
        term = _resolve(term);
        if (_definedIn.TryGetValue(term, out var defined) && defined != section && !term.IsInteger)
        {
            _carried.TryAdd(term, _carried.Count);
            return;
        }
        // An index is computed anew in each section, from what it is made of.
        if (term.IsInteger)
            foreach (var argument in term.Arguments) Use(argument, section);
    }
}
