using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>The locals of one use of a function that is computed: each is bound when it is first used, and then shared.</summary>
internal sealed class FunctionBlock
{
    /// <summary>The arguments and locals.</summary>
    public required Scope Inside { get; init; }

    /// <summary>What is bound already; null for what is mistaken.</summary>
    public Dictionary<LocalSite, ArgumentLocal?> Values { get; } = [];

    /// <summary>The scope of a body, which adds the function's locals to its arguments.</summary>
    public static Scope Around(FunctionSite function, Scope arguments)
    {
        if (function.Locals.IsEmpty) return arguments;
        FunctionBlock? block = null;
        var inside = arguments;
        foreach (var local in function.Locals) inside = inside.With(local.Name, new BlockLocal(() => block!, local));
        block = new FunctionBlock { Inside = inside };
        return inside;
    }
}

/// <summary>How a local of a function that is computed is put together from the statements that define it.</summary>
internal static class LocalShapes
{
    /// <summary>Whether it is defined whole, for every index of loops from 1, or in pieces that follow each other from 1 on.</summary>
    public static bool IsArray(LocalSite local) => IsWhole(local) || IsPlain(local) || InOrder(local) is not null;

    public static bool IsWhole(LocalSite local) => local.Pieces is [{ Statement.Indices.IsEmpty: true, Loops.IsEmpty: true }];

    /// <summary><c>for i in 1..n { for k in 1..m { t[i, k] = … } }</c></summary>
    public static bool IsPlain(LocalSite local) =>
        local.Pieces is [var piece] && !piece.Loops.IsEmpty && piece.Loops.Length == piece.Statement.Indices.Length
        && piece.Loops.Zip(piece.Statement.Indices).All(p => p.First.Range is RangeExpr { Lower: NumberExpr { Value: 1 } } && Names(p.Second, p.First));

    /// <summary><c>t[1] = …; t[2] = …; for i in 3..n { t[i] = … }</c>, by what they begin with; null where they are anything else.</summary>
    public static LocalPiece[]? InOrder(LocalSite local)
    {
        if (!local.Pieces.All(p => First(p) is not null)) return null;
        LocalPiece[] pieces = [.. local.Pieces.OrderBy(p => First(p))];
        double? next = 1;
        foreach (var piece in pieces)
        {
            if (First(piece) != next) return null;
            next = piece.Loops is [{ Range: RangeExpr range }] ? (range.Upper as NumberExpr)?.Value + 1 : next + 1;
        }
        return pieces;
    }

    private static double? First(LocalPiece piece) => (piece.Statement.Indices, piece.Loops) switch
    {
        ([NumberExpr { IsInteger: true } index], []) => index.Value,
        ([var index], [{ Range: RangeExpr { Lower: NumberExpr { IsInteger: true } lower } } loop]) when Names(index, loop) => lower.Value,
        _ => null,
    };

    private static bool Names(Expr index, ForStatement loop) => index is NameExpr name && name.Name.Text == loop.Variable.Text;
}
