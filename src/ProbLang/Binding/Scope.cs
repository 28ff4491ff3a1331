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

/// <summary>A name that an expression itself introduces, of which no more is asked than that it is none of the model's.</summary>
internal sealed record IntroducedLocal : Local
{
    public static IntroducedLocal Instance { get; } = new();
}

/// <summary>The local names at a place, and the file whose functions and variables it sees. Names are few, so that a chain of them is searched sooner than a tree is made.</summary>
internal sealed class Scope
{
    private readonly string? _name;
    private readonly Local? _local;
    private readonly Scope? _outer;

    private Scope(Module? module, string? name = null, Local? local = null, Scope? outer = null) => (Module, _name, _local, _outer) = (module, name, local, outer);

    /// <summary>No local names, in the model's own file.</summary>
    public static Scope Top { get; } = new(null);

    /// <summary>The file that it sees; null is the model's own.</summary>
    public Module? Module { get; }

    /// <summary>Whether the variables of the model are in sight.</summary>
    public bool SeesModel => Module is null or { IsModel: true };

    /// <summary>The local names, innermost first.</summary>
    public IEnumerable<string> Names
    {
        get
        {
            for (var scope = this; scope._name is not null; scope = scope._outer!) yield return scope._name;
        }
    }

    /// <summary>No local names, in a file.</summary>
    public static Scope Of(Module module) => new(module);

    /// <summary>What a name means here; null where it is not local.</summary>
    public Local? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
            if (scope._name == name) return scope._local;
        return null;
    }

    public bool Has(string name) => Find(name) is not null;

    public Scope With(string name, Local local) => new(Module, name, local, this);

    public Scope With(Loop loop) => With(loop.Name, new LoopLocal(loop));

    /// <summary>With names that an expression itself introduces.</summary>
    public Scope With(params IEnumerable<string> names) => names.Aggregate(this, (scope, name) => scope.With(name, IntroducedLocal.Instance));
}
