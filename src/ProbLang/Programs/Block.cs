namespace ProbLang.Programs;

/// <summary>Instructions in the order in which they run: what printer, evaluator and emitter walk.</summary>
internal sealed class Block
{
    public List<Instruction> Instructions { get; } = [];
}

internal abstract record Instruction;

/// <summary>Computes a term once; its arguments are computed before, here or in a block around this one.</summary>
internal sealed record Let(Term Term) : Instruction;

/// <summary>
/// A loop. <paramref name="Accumulators"/> are the sums and maxima over its counter that it computes; their bodies are
/// available at the end of the body.
/// </summary>
internal sealed record ForLoop(Counter Counter, Block Body, Term[] Accumulators, bool IsSequential, bool IsReversed) : Instruction;

/// <summary>Sets or adds to an element.</summary>
internal sealed record Write(Store Store) : Instruction;

/// <summary>Runs a kernel.</summary>
internal sealed record Call(KernelCall Kernel) : Instruction;
