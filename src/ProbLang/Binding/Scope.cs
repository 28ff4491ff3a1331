using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>What a name means inside a plate, a comprehension or a function, where it shadows the variables of the model.</summary>
internal abstract record Local;

internal sealed record LoopLocal(Loop Loop) : Local;

/// <summary>An argument of a random function, in the scope where it is written; bound where it is used, because ranks are not known before.</summary>
internal sealed record LateArgument(Expr Written, Scope Around) : Local;

/// <summary>A local of a random function: the part of a variable of the model that belongs to this use.</summary>
internal sealed record DrawnLocal(Variable Variable, ImmutableArray<OuterIndex> Indices) : Local;

/// <summary>A local of a function that is computed, bound when it is first used.</summary>
internal sealed record BlockLocal(Func<FunctionBlock> Block, LocalSite Site) : Local;

/// <summary>An index with the scope that its names have.</summary>
internal sealed record OuterIndex(Expr Index, Scope Scope);

/// <summary>An argument of a function of the model, already bound; <paramref name="Size"/> and <paramref name="Height"/> are those of its expression.</summary>
internal sealed record ArgumentLocal(Bound Value, int Size, int Height) : Local;

/// <summary>The local names at a place, and the file whose functions and variables it sees; null is the model's own.</summary>
internal sealed record Scope(ImmutableDictionary<string, Local> Locals)
{
    public Module? Module { get; init; }

    /// <summary>Whether the variables of the model are in sight.</summary>
    public bool SeesModel => Module is null or { IsModel: true };

    public static Scope Top { get; } = new(ImmutableDictionary<string, Local>.Empty);

    public Scope With(string name, Local local) => this with { Locals = Locals.SetItem(name, local) };

    public Scope With(Loop loop) => With(loop.Name, new LoopLocal(loop));
}
