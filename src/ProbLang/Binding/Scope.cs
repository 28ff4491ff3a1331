using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Binding;

/// <summary>What a name means inside a plate, a comprehension or a function, where it shadows the variables of the model.</summary>
internal abstract record Local;

internal sealed record LoopLocal(Loop Loop) : Local;

/// <summary>An argument of a function of the model, already bound; <paramref name="Size"/> and <paramref name="Height"/> are those of its expression.</summary>
internal sealed record ArgumentLocal(Bound Value, int Size, int Height) : Local;

/// <summary>The local names at a place.</summary>
internal sealed record Scope(ImmutableDictionary<string, Local> Locals)
{
    public static Scope Top { get; } = new(ImmutableDictionary<string, Local>.Empty);

    public Scope With(string name, Local local) => new(Locals.SetItem(name, local));

    public Scope With(Loop loop) => With(loop.Name, new LoopLocal(loop));
}
