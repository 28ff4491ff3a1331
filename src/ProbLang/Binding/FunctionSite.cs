using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>A <c>def</c> with the file that it stands in; one that uses itself, or whose block is mistaken, is not bound where it is used.</summary>
internal sealed class FunctionSite(DefStatement statement, Module module)
{
    public DefStatement Statement => statement;

    /// <summary>The file that it stands in, which is all that it sees.</summary>
    public Module Module => module;

    public string Name => statement.Name.Text;

    public string Signature { get; } = $"{statement.Name.Text}({string.Join(", ", statement.Parameters.Select(p => p.Text))})";

    /// <summary>The variables of its block in the order of the text, each with the statements that define it.</summary>
    public ImmutableArray<LocalSite> Locals { get; } = LocalSite.Of(statement);

    /// <summary>Whether its block draws something: it is expanded where something is drawn from it, never computed.</summary>
    public bool IsRandom => Locals.Any(l => l.Pieces.Any(p => p.Statement.IsRandom));

    public bool IsRecursive { get; internal set; }

    /// <summary>Whether its block has a mistake that is said where it stands.</summary>
    public bool IsMistaken { get; internal set; }

    /// <summary>The names at the beginning of its body: none of those around a use of it.</summary>
    public Scope Outside => Scope.Of(module);

    /// <summary>The names that its own statements introduce.</summary>
    private Scope OwnNames => Scope.Top.With([.. statement.Parameters.Select(p => p.Text), .. Locals.Select(l => l.Name)]);

    /// <summary>The local that it returns whole, or null.</summary>
    public LocalSite? Returned => statement.Body is NameExpr name ? Locals.FirstOrDefault(l => l.Name == name.Name.Text) : null;

    /// <summary>The names that it uses and does not itself introduce.</summary>
    public FreeNames FreeNames()
    {
        var names = new FreeNames();
        var own = OwnNames;
        names.Add(statement.Body, own);
        foreach (var local in statement.Locals ?? []) names.Add(local, own);
        return names;
    }
}

/// <summary>A statement of a block that defines a local, with the loops around it, outermost first.</summary>
internal sealed record LocalPiece(DefineStatement Statement, ImmutableArray<ForStatement> Loops);

/// <summary>A variable of a function's block.</summary>
internal sealed record LocalSite(string Name, ImmutableArray<LocalPiece> Pieces)
{
    public Identifier First => Pieces[0].Statement.Name;

    public static ImmutableArray<LocalSite> Of(DefStatement def)
    {
        var pieces = new List<LocalPiece>();
        foreach (var statement in def.Locals ?? []) Collect(statement, [], pieces);
        return [.. pieces.GroupBy(p => p.Statement.Name.Text).Select(g => new LocalSite(g.Key, [.. g]))];
    }

    private static void Collect(Statement statement, ImmutableArray<ForStatement> loops, List<LocalPiece> pieces)
    {
        if (statement is DefineStatement define) pieces.Add(new(define, loops));
        if (statement is not ForStatement loop) return;
        foreach (var inner in loop.Body) Collect(inner, loops.Add(loop), pieces);
    }
}
