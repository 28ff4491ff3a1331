using System.Collections.Immutable;
using ProbLang.Syntax;

namespace ProbLang;

/// <summary>Finds what a statement defines, in the order of the text.</summary>
internal static class StatementTargets
{
    private static readonly ImmutableDictionary<string, IndexBounds> s_noLoops = ImmutableDictionary<string, IndexBounds>.Empty;

    public static ImmutableArray<StatementTarget> Of(Statement statement) => [.. Of(statement, s_noLoops)];

    private static IEnumerable<StatementTarget> Of(Statement statement, ImmutableDictionary<string, IndexBounds> loops) => statement switch
    {
        DefineStatement define => [new(TargetKind.Variable, define.Name.Text, define.Indices.IsEmpty ? null : [.. define.Indices.Select(i => BoundsOf(i, loops))], define)],
        InputStatement input => [new(TargetKind.Variable, input.Name.Text, null, input)],
        ParamStatement param => [new(TargetKind.Variable, param.Name.Text, null, param)],
        DefStatement def => [new(TargetKind.Function, def.Name.Text, null, def)],
        NetStatement net => [new(TargetKind.Function, net.Name.Text, null, net)],
        GivenStatement given => [new(TargetKind.Given, Printer.Print(given.Subject) + InLoops(loops), null, given)],
        ImportStatement import => [new(TargetKind.Import, import.Path.Value, null, import)],
        GuideStatement guide => [new(TargetKind.Guide, "", null, guide)],
        ForStatement loop => loop.Body.SelectMany(s => Of(s, loops.SetItem(loop.Variable.Text, RangeOf(loop.Range, loops)))),
        IfStatement choice => choice.Then.Concat(choice.Else ?? []).SelectMany(s => Of(s, loops)),
        _ => [],
    };

    /// <summary>The same condition within other loops is another one.</summary>
    private static string InLoops(ImmutableDictionary<string, IndexBounds> loops) =>
        string.Concat(loops.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $" for {l.Key} in {l.Value}"));

    private static IndexBounds RangeOf(Expr range, ImmutableDictionary<string, IndexBounds> loops) =>
        range is RangeExpr ends ? new IndexBounds(BoundsOf(ends.Lower, loops).Lower, BoundsOf(ends.Upper, loops).Upper) : default;

    private static IndexBounds BoundsOf(Expr index, ImmutableDictionary<string, IndexBounds> loops) => index switch
    {
        NumberExpr { IsInteger: true } number => Both(new IndexEnd(null, number.Value)),
        NameExpr name when loops.TryGetValue(name.Name.Text, out var bounds) => bounds,
        ChainExpr { Operands: [var left, NumberExpr { IsInteger: true } number], Operators: [BinaryOperator.Add] } => Moved(BoundsOf(left, loops), number.Value),
        ChainExpr { Operands: [var left, NumberExpr { IsInteger: true } number], Operators: [BinaryOperator.Subtract] } => Moved(BoundsOf(left, loops), -number.Value),
        _ when Reads(index, loops) => default,
        _ => Both(new IndexEnd(Printer.Print(index), 0)),
    };

    private static IndexBounds Both(IndexEnd end) => new(end, end);

    private static IndexBounds Moved(IndexBounds bounds, double by) => new(bounds.Lower + by, bounds.Upper + by);

    private static bool Reads(Expr index, ImmutableDictionary<string, IndexBounds> loops)
    {
        if (loops.IsEmpty) return false;
        var names = new Binding.FreeNames();
        names.Add(index, Binding.Scope.Top);
        return names.Values.Any(n => loops.ContainsKey(n.Text));
    }
}
