using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>The names that an expression uses and does not itself introduce.</summary>
internal sealed class FreeNames
{
    /// <summary>Names of values.</summary>
    public List<Identifier> Values { get; } = [];

    /// <summary>Names before a parenthesis.</summary>
    public List<Identifier> Calls { get; } = [];

    public void Add(Expr? expr, Scope locals)
    {
        switch (expr)
        {
            case null or NumberExpr or StringExpr or BoolExpr:
                break;
            case NameExpr e:
                if (!locals.Has(e.Name.Text)) Values.Add(e.Name);
                break;
            case ChainExpr e:
                Add(e.Operands, locals);
                break;
            case UnaryExpr e:
                Add(e.Operand, locals);
                break;
            case PowerExpr e:
                Add(e.Base, locals);
                Add(e.Exponents, locals);
                break;
            case RangeExpr e:
                Add([e.Lower, e.Upper], locals);
                break;
            case IfExpr e:
                Add([e.Condition, e.Then, e.Else], locals);
                break;
            case CallExpr e:
                Calls.Add(e.Function);
                foreach (var argument in e.Arguments) Add(argument.Value, locals);
                break;
            case IndexExpr e:
                Add(e.Array, locals);
                foreach (var index in e.Indices) Add(index, locals);
                break;
            case ArrayExpr e:
                Add(e.Elements, locals);
                break;
            case ComprehensionExpr e:
                Add(e.Range, locals);
                Add(e.Body, locals.With(e.Variable.Text));
                break;
            case ModifiedExpr e:
                Add(e.Distribution, locals);
                foreach (var argument in e.Arguments) Add(argument.Value, locals);
                break;
            default:
                throw new UnreachableException(expr.GetType().Name);
        }
    }

    /// <summary>The names in a statement of a function's block; the names that the block introduces are among <paramref name="locals"/>.</summary>
    public void Add(Statement statement, Scope locals)
    {
        switch (statement)
        {
            case DefineStatement define:
                Add(define.Indices, locals);
                Add(define.Right, locals);
                break;
            case NetStatement net:
                Add(net.Value, locals);
                break;
            case ParamStatement param:
                Add(param.Dims, locals);
                Add(param.Start, locals);
                break;
            case ForStatement loop:
                Add(loop.Range, locals);
                foreach (var inner in loop.Body) Add(inner, locals.With(loop.Variable.Text));
                break;
        }
    }

    public void Add(ImmutableArray<Expr> expressions, Scope locals)
    {
        foreach (var expr in expressions) Add(expr, locals);
    }

    private void Add(IndexArgument index, Scope locals)
    {
        switch (index)
        {
            case ElementIndex element:
                Add(element.Value, locals);
                break;
            case SliceIndex slice:
                Add(slice.Lower, locals);
                Add(slice.Upper, locals);
                break;
            default:
                throw new UnreachableException(index.GetType().Name);
        }
    }
}
