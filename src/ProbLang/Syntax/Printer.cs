using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>The canonical text of a tree: reading it gives the same tree, and it has no parentheses that could be left out.</summary>
internal sealed class Printer
{
    /// <summary>How tightly a form binds; an operand that binds less tightly than its place asks for gets parentheses.</summary>
    private enum Level { Item, Dist, Expr, Or, And, Not, Compare, Range, Sum, Product, Unary, Power, Postfix }

    private readonly StringBuilder _text = new();

    public static string Print(ModelFile file)
    {
        var printer = new Printer();
        if (file.Documentation is not null)
        {
            printer.Documentation(file.Documentation, 0);
            printer._text.Append('\n');
        }
        printer.Statements(file.Statements, 0);
        return printer._text.ToString();
    }

    public static string Print(Expr expr)
    {
        var printer = new Printer();
        printer.Expression(expr, Level.Item);
        return printer._text.ToString();
    }

    public static string Sign(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => "+",
        BinaryOperator.Subtract => "-",
        BinaryOperator.Multiply => "*",
        BinaryOperator.Divide => "/",
        BinaryOperator.Remainder => "%",
        BinaryOperator.MatrixMultiply => "@",
        BinaryOperator.And => "and",
        BinaryOperator.Or => "or",
        BinaryOperator.Equal => "==",
        BinaryOperator.NotEqual => "!=",
        BinaryOperator.Less => "<",
        BinaryOperator.LessOrEqual => "<=",
        BinaryOperator.Greater => ">",
        BinaryOperator.GreaterOrEqual => ">=",
        _ => throw new UnreachableException($"{op}"),
    };

    private void Statements(ImmutableArray<Statement> statements, int indent)
    {
        foreach (var statement in statements)
        {
            if (statement.Documentation is not null) Documentation(statement.Documentation, indent);
            Indent(indent);
            Statement(statement, indent);
            _text.Append('\n');
        }
    }

    private void Documentation(string documentation, int indent)
    {
        foreach (var line in documentation.Split('\n'))
        {
            Indent(indent);
            _text.Append(line.Length == 0 ? "///" : "/// ").Append(line).Append('\n');
        }
    }

    private void Indent(int indent) => _text.Append(' ', 2 * indent);

    private void Statement(Statement statement, int indent)
    {
        switch (statement)
        {
            case InputStatement input:
                Text("input ").Text(input.Name.Text).Dims(input.Dims).Type(input.Type).Value(input.Default);
                break;
            case GivenStatement given:
                Text("given ").Expression(given.Subject, Level.Expr).Value(given.Value);
                break;
            case ParamStatement param:
                Text("param ").Text(param.Name.Text).Dims(param.Dims).Type(param.Type).Value(param.Start);
                break;
            case NetStatement net:
                Text("net ").Text(net.Name.Text).Value(net.Value);
                break;
            case ImportStatement import:
                Text("import ").Expression(import.Path, Level.Expr);
                break;
            case DefStatement def:
                Text("def ").Text(def.Name.Text).List("(", def.Parameters, p => Text(p.Text), ")");
                if (def.Locals is { } locals) Block(locals, indent, def.Body);
                else Text(" = ").Expression(def.Body, Level.Dist);
                break;
            case ForStatement loop:
                Text("for ").Text(loop.Variable.Text).Text(" in ").Expression(loop.Range, Level.Expr).Block(loop.Body, indent);
                break;
            case IfStatement choice:
                If(choice, indent);
                break;
            case FactorStatement factor:
                Text("factor ").Expression(factor.Value, Level.Expr);
                break;
            case GuideStatement guide:
                Text("guide").Block(guide.Body, indent);
                break;
            case DefineStatement define:
                Text(define.Name.Text).Dims(define.Indices).Type(define.Type);
                if (define.IsRandom) Text(" ~ ").Expression(define.Right, Level.Dist);
                else Value(define.Right);
                break;
            default:
                throw new UnreachableException($"{statement.GetType()}");
        }
    }

    private Printer Block(ImmutableArray<Statement> body, int indent, Expr? returned = null)
    {
        Text(" {\n");
        Statements(body, indent + 1);
        if (returned is not null)
        {
            Indent(indent + 1);
            Text("return ").Expression(returned, Level.Dist).Text("\n");
        }
        Indent(indent);
        return Text("}");
    }

    private void If(IfStatement choice, int indent)
    {
        Text("if ").Expression(choice.Condition, Level.Expr).Block(choice.Then, indent);
        if (choice.Else is not { } otherwise) return;
        Text(" else");
        // What stands above an inner `if` keeps it from following its `else`.
        if (otherwise is not [IfStatement { Documentation: null } inner]) Block(otherwise, indent);
        else
        {
            Text(" ");
            If(inner, indent);
        }
    }

    private Printer Text(string text)
    {
        _text.Append(text);
        return this;
    }

    private Printer Dims(ImmutableArray<Expr> dims) => dims.IsEmpty ? this : List("[", dims, d => Expression(d, Level.Expr), "]");

    private Printer Type(TypeExpr? type)
    {
        if (type is null) return this;
        Text(": ").Text(type.Name.Text);
        return type.Arguments.IsEmpty ? this : List("(", type.Arguments, a => a is null ? this : Expression(a, Level.Expr), ")");
    }

    private Printer Value(Expr? value) => value is null ? this : Text(" = ").Expression(value, Level.Expr);

    private Printer List<T>(string open, ImmutableArray<T> items, Func<T, Printer> print, string close)
    {
        Text(open);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) Text(", ");
            print(items[i]);
        }
        return Text(close);
    }

    private Printer Expression(Expr expr, Level place)
    {
        if (LevelOf(expr) < place)
            return expr is ComprehensionExpr ? Text("[").Expression(expr, Level.Item).Text("]") : Text("(").Expression(expr, Level.Expr).Text(")");
        return StackGuard.HasRoom ? Form(expr) : StackGuard.OnFreshStack(() => Form(expr));
    }

    private Printer Form(Expr expr) => expr switch
    {
        NumberExpr number => Text(Literals.Write(number)),
        StringExpr text => Text(Literals.Quote(text.Value)),
        BoolExpr truth => Text(truth.Value ? "true" : "false"),
        NameExpr name => Text(name.Name.Text),
        ChainExpr chain => Chain(chain),
        UnaryExpr { Operator: UnaryOperator.Not } not => Text("not ").Expression(not.Operand, Level.Not),
        UnaryExpr negation => Text("-").Expression(negation.Operand, Level.Unary),
        PowerExpr { Exponents: [var exponent] } power => Expression(power.Base, Level.Postfix).Text(" ^ ").Expression(exponent, Level.Unary),
        PowerExpr power => Expression(power.Base, Level.Postfix).List(" ^ (", power.Exponents, e => Expression(e, Level.Expr), ")"),
        RangeExpr range => Expression(range.Lower, Level.Sum).Text("..").Expression(range.Upper, Level.Sum),
        IfExpr choice => Text("if ").Expression(choice.Condition, Level.Expr).Text(" then ").Expression(choice.Then, Level.Expr)
            .Text(" else ").Expression(choice.Else, Level.Expr),
        CallExpr call => Text(call.Function.Text).List("(", call.Arguments, Argument, ")"),
        IndexExpr index => Expression(index.Array, Level.Postfix).List("[", index.Indices, Index, "]"),
        // A comprehension alone between brackets is the array itself, so as the only element it keeps its own.
        ArrayExpr array => List("[", array.Elements, e => Expression(e, array.Elements.Length == 1 ? Level.Dist : Level.Item), "]"),
        ComprehensionExpr each => Comprehension(each),
        ModifiedExpr modified => Modified(modified),
        _ => throw new UnreachableException($"{expr.GetType()}"),
    };

    private Printer Chain(ChainExpr chain)
    {
        var operand = LevelOf(chain) + 1;
        Expression(chain.Operands[0], operand);
        for (var i = 0; i < chain.Operators.Length; i++)
            Text(" ").Text(Sign(chain.Operators[i])).Text(" ").Expression(chain.Operands[i + 1], operand);
        return this;
    }

    private Printer Argument(Argument argument)
    {
        if (argument.Name is not null) Text(argument.Name.Text).Text(": ");
        return argument.Value is null ? this : Expression(argument.Value, Level.Item);
    }

    private Printer Index(IndexArgument index) => index switch
    {
        ElementIndex element => Expression(element.Value, Level.Expr),
        SliceIndex slice => SliceEnd(slice.Lower).Text("..").SliceEnd(slice.Upper),
        _ => throw new UnreachableException($"{index.GetType()}"),
    };

    private Printer SliceEnd(Expr? end) => end is null ? this : Expression(end, Level.Sum);

    private Printer Comprehension(ComprehensionExpr each) =>
        Text("for ").Text(each.Variable.Text).Text(" in ").Expression(each.Range, Level.Expr).Text(": ").Expression(each.Body, Level.Item);

    private Printer Modified(ModifiedExpr modified)
    {
        Expression(modified.Distribution, Level.Dist).Text(" ").Text(modified.Modifier.Text);
        return modified.Modifier.Text == TokenKind.Ordered.Text() ? this : List(" (", modified.Arguments, Argument, ")");
    }

    private static Level LevelOf(Expr expr) => expr switch
    {
        ComprehensionExpr => Level.Item,
        ModifiedExpr => Level.Dist,
        IfExpr => Level.Expr,
        ChainExpr chain => LevelOf(chain.Operators[0]),
        UnaryExpr unary => unary.Operator == UnaryOperator.Not ? Level.Not : Level.Unary,
        RangeExpr => Level.Range,
        PowerExpr => Level.Power,
        _ => Level.Postfix,
    };

    private static Level LevelOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Or => Level.Or,
        BinaryOperator.And => Level.And,
        BinaryOperator.Add or BinaryOperator.Subtract => Level.Sum,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder or BinaryOperator.MatrixMultiply => Level.Product,
        _ => Level.Compare,
    };
}
