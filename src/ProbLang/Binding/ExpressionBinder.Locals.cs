using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>What the names inside of functions stand for: arguments, and the locals of blocks.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>Arguments of random functions, as they are bound in the statement at hand.</summary>
    private readonly Dictionary<LateArgument, ArgumentLocal?> _late = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins another statement: ranks and types may have changed since the last one.</summary>
    public void BeginStatement() => _late.Clear();

    /// <summary>Reports what is wrong with the arguments of a random function, used or not.</summary>
    public void CheckArguments(RandomUse use)
    {
        BeginStatement();
        foreach (var argument in use.Arguments) Value(argument.Written, argument.Around);
    }

    private Bound? Late(LateArgument argument, Span span)
    {
        if (!_late.TryGetValue(argument, out var bound))
        {
            var use = report.SetUse(null);
            bound = BindArgument(argument.Written, argument.Around);
            report.SetUse(use);
            _late.Add(argument, bound);
        }
        return bound is null ? null : Argument(bound, span);
    }

    /// <summary>The local of a random function is the part of its variable at the indices of the use.</summary>
    private Bound? Drawn(DrawnLocal local, Span span)
    {
        var variable = local.Variable;
        if (_undetermined.Contains(variable)) return null;
        if (local.Indices.IsEmpty) return new VariableValue(variable, span);
        var indices = ImmutableArray.CreateBuilder<BoundIndex>();
        foreach (var (index, scope) in local.Indices)
            if (TargetIndex(index, scope) is { } bound) indices.Add(new AtIndex(bound));
        if (indices.Count < local.Indices.Length) return null;
        return new IndexedValue(new VariableValue(variable, span), indices.ToImmutable(), variable.Rank - indices.Count, variable.Type, span);
    }

    private Bound? Computed(BlockLocal local, Span span)
    {
        var block = local.Block();
        if (!block.Values.TryGetValue(local.Site, out var bound))
        {
            bound = BindArgument(scope => Local(local.Site, scope), block.Inside);
            block.Values[local.Site] = bound;
        }
        return bound is null ? null : Argument(bound, span);
    }

    private Bound? Local(LocalSite local, Scope scope)
    {
        if (LocalShapes.IsWhole(local)) return Piece(local.Pieces[0].Statement, scope);
        if (LocalShapes.IsPlain(local)) return Repeated(local.Pieces[0], 0, scope);
        var parts = ImmutableArray.CreateBuilder<Bound>();
        foreach (var piece in LocalShapes.InOrder(local)!)
        {
            var value = piece.Loops.IsEmpty ? Piece(piece.Statement, scope) : Repeated(piece, 0, scope);
            if (value is null) return null;
            if (value.Rank != piece.Loops.Length)
            {
                report.NotASingleNumber(piece.Statement.Right.Span, $"an element of `{local.Name}` in pieces", value.Rank - piece.Loops.Length);
                return null;
            }
            parts.Add(piece.Loops.IsEmpty ? new ArrayLiteral([value], 1, value.Type, value.Span) : value);
        }
        return parts.Count == 1 ? parts[0]
            : new ArrayFunctionValue(ArrayFunction.Concat, parts.ToImmutable(), 1, Join(parts.ToImmutable()), local.First.Span);
    }

    private Comprehension? Repeated(LocalPiece piece, int depth, Scope scope)
    {
        var statement = piece.Loops[depth];
        var ends = Ends(statement.Range, scope);
        var loop = new Loop(statement.Variable.Text, statement.Variable.Span);
        var inside = scope.With(loop);
        var body = depth + 1 < piece.Loops.Length ? Repeated(piece, depth + 1, inside) : Piece(piece.Statement, inside);
        return ends is null || body is null ? null : new Comprehension(loop, ends.Value.Lower, ends.Value.Upper, body, piece.Statement.Span);
    }

    private Bound? Piece(DefineStatement statement, Scope scope)
    {
        if (Value(statement.Right, scope) is not { } value) return null;
        if (statement.Type is not { } declared || value.Type <= DeclaredTypes.ElementOf(declared)) return value;
        report.DeclaredTypeMismatch(statement.Name.Text, report.TextOf(declared.Span), value.Type == ElementType.Real ? "a real number" : "an integer", statement.Right.Span);
        return null;
    }
}
