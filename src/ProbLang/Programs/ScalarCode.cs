using System.Linq.Expressions;
using System.Reflection;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>The operations on single doubles, as expressions.</summary>
internal static class ScalarCode
{
    public static Expression Unary(Op op, Expression x) => op switch
    {
        Op.Negate => Expression.Negate(x),
        Op.ExpNonPositive => Call(typeof(Math), nameof(Math.Exp), x),
        Op.Square => Expression.Call(typeof(Machine), nameof(Machine.Square), null, x),
        Op.Not => AsNumber(Expression.Equal(x, Expression.Constant(0.0))),
        Op.Ceiling => Call(typeof(Math), nameof(Math.Ceiling), x),
        Op.Round => Expression.Call(typeof(Math).GetMethod(nameof(Math.Round), [typeof(double), typeof(MidpointRounding)])!, x, Expression.Constant(MidpointRounding.AwayFromZero)),
        Op.Abs or Op.Sqrt or Op.Exp or Op.Log or Op.Sin or Op.Cos or Op.Tan or Op.Asin or Op.Acos or Op.Atan or Op.Sinh or Op.Cosh or Op.Tanh or Op.Floor => Call(typeof(Math), op.ToString(), x),
        _ => Call(typeof(SpecialFunctions), op.ToString(), x),
    };

    public static Expression Binary(Op op, Expression x, Expression y) => op switch
    {
        Op.Add => Expression.Add(x, y),
        Op.Subtract => Expression.Subtract(x, y),
        Op.Multiply => Expression.Multiply(x, y),
        Op.Divide => Expression.Divide(x, y),
        Op.Minimum => Call(typeof(Math), nameof(Math.Min), x, y),
        Op.Maximum => Call(typeof(Math), nameof(Math.Max), x, y),
        Op.GreaterOf => Call(typeof(Machine), nameof(Machine.GreaterOf), x, y),
        Op.Power => Call(typeof(Math), nameof(Math.Pow), x, y),
        Op.Atan2 => Call(typeof(Math), nameof(Math.Atan2), x, y),
        Op.Less => AsNumber(Expression.LessThan(x, y)),
        Op.LessOrEqual => AsNumber(Expression.LessThanOrEqual(x, y)),
        Op.Equal => AsNumber(Expression.Equal(x, y)),
        Op.NotEqual => AsNumber(Expression.NotEqual(x, y)),
        Op.And => AsNumber(Expression.AndAlso(Holds(x), Holds(y))),
        Op.Or => AsNumber(Expression.OrElse(Holds(x), Holds(y))),
        _ => Call(typeof(SpecialFunctions), op.ToString(), x, y),
    };

    private static BinaryExpression Holds(Expression x) => Expression.NotEqual(x, Expression.Constant(0.0));

    private static ConditionalExpression AsNumber(Expression condition) => Expression.Condition(condition, Expression.Constant(1.0), Expression.Constant(0.0));

    private static MethodCallExpression Call(Type type, string name, params Expression[] arguments) =>
        Expression.Call(type.GetMethod(name, BindingFlags.Public | BindingFlags.Static, [.. arguments.Select(_ => typeof(double))])!, arguments);
}
