using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Numerics;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>
/// Turns the right sides of statements into bound values and distributions, with the ranks and types that the variables have
/// at the time. Null is the answer where something is wrong, which has then been reported.
/// </summary>
internal sealed partial class ExpressionBinder(Declarations declarations, BindingDiagnostics report)
{
    /// <summary>The type of a variable of which nothing is known yet: below every other.</summary>
    public const ElementType UnknownType = (ElementType)(-1);

    /// <summary>How deep an expression may be once functions are inlined, so that no walk over it overflows a stack.</summary>
    private const int Deepest = 600;

    /// <summary>How many terms the functions of a model may expand to.</summary>
    private const int MostInlined = 1_000_000;

    private readonly HashSet<Variable> _undetermined = [];
    private int _depth;
    private int _greatestDepth;
    private int _inlining;
    private int _inlined;
    private Ticker _descents;
    private int _work;

    /// <summary>Variables that could not be bound at all: what uses them is passed over in silence.</summary>
    public ISet<Variable> Undetermined => _undetermined;

    /// <summary>Begins a new pass over the model.</summary>
    public void Restart() => (_inlined, _work) = (0, 0);

    public Bound? Value(Expr expr, Scope scope)
    {
        if (!Descend(expr.Span)) return null;
        var value = ValueOf(expr, scope);
        _depth--;
        return value;
    }

    private Bound? ValueOf(Expr expr, Scope scope) => expr switch
    {
        NumberExpr e => new ConstantValue(e.Value, e.IsInteger ? ElementType.Integer : ElementType.Real, e.Span),
        BoolExpr e => new ConstantValue(e.Value ? 1 : 0, ElementType.Boolean, e.Span),
        StringExpr e => Text(e),
        NameExpr e => Name(e, scope),
        ChainExpr e => Chain(e, scope),
        UnaryExpr e => Unary(e, scope),
        PowerExpr e => Power(e, scope),
        RangeExpr e => Range(e, scope),
        IfExpr e => Conditional(e, scope),
        CallExpr e => Call(e, scope),
        IndexExpr e => Index(e, scope),
        ArrayExpr e => Array(e, scope),
        ComprehensionExpr e => Comprehension(e, scope),
        ModifiedExpr e => DistributionAsValue(e),
        _ => throw new UnreachableException(expr.GetType().Name),
    };

    /// <summary>A single number.</summary>
    public Bound? Number(Expr expr, Scope scope, string what)
    {
        if (Value(expr, scope) is not { } value) return null;
        if (value.Rank == 0) return value;
        report.NotASingleNumber(expr.Span, what, value.Rank);
        return null;
    }

    /// <summary>What decides an <c>if</c>: a single truth value.</summary>
    public Bound? Condition(Expr expr, Scope scope) =>
        Number(expr, scope, "the condition of an `if`") is { } value && IsCondition(value) ? value : null;

    /// <summary>A single integer.</summary>
    public Bound? Integer(Expr expr, Scope scope, string what)
    {
        if (Number(expr, scope, what) is not { } value) return null;
        return IsInteger(value, what) ? value : null;
    }

    /// <summary>A single integer, or an array of them.</summary>
    public Bound? Integers(Expr expr, Scope scope, string what, int mostDimensions)
    {
        if (Value(expr, scope) is not { } value) return null;
        if (value.Rank <= mostDimensions) return IsInteger(value, what) ? value : null;
        report.NotASingleNumber(expr.Span, what, value.Rank);
        return null;
    }

    /// <summary>The two ends of a range; reports what is not one.</summary>
    public (Bound Lower, Bound Upper)? Ends(Expr range, Scope scope)
    {
        if (range is not RangeExpr { Lower: var first, Upper: var last })
        {
            if (Value(range, scope) is not { } value) return null;
            if (value is RangeValue whole) return (whole.Lower, whole.Upper);
            report.NotARange(range.Span, value.Rank == 0 && value.Type == ElementType.Integer ? report.TextOf(range.Span) : null);
            return null;
        }
        var lower = Integer(first, scope, "an end of a range");
        var upper = Integer(last, scope, "an end of a range");
        return lower is null || upper is null ? null : (lower, upper);
    }

    private bool Descend(Span span)
    {
        if (_depth >= Deepest)
        {
            report.TooDeep(span);
            return false;
        }
        if (_inlining > 0 && (!Inline(1, span) || !Work(span))) return false;
        _descents.Tick();
        _depth++;
        _greatestDepth = Math.Max(_greatestDepth, _depth);
        return true;
    }

    private bool Inline(int terms, Span span)
    {
        _inlined = Math.Min(_inlined + Math.Min(terms, MostInlined), MostInlined + 1);
        if (_inlined <= MostInlined) return true;
        report.TooLarge(span);
        return false;
    }

    /// <summary>What is bound behind a name that nothing uses is work all the same.</summary>
    private bool Work(Span span)
    {
        if (_work < MostInlined)
        {
            _work++;
            return true;
        }
        report.TooLarge(span);
        return false;
    }

    /// <summary>Whether the elements are integers; reports where they are not.</summary>
    public bool IsInteger(Bound value, string what)
    {
        if (value.Type != ElementType.Real) return true;
        var remedy = value is VariableValue { Variable: { IsInput: true, DeclaredType: null } variable } ? $"declare what it is: `input {variable.Name}: int`" : null;
        report.NotAnInteger(value.Span, what, remedy);
        return false;
    }

    private ConstantValue? Text(StringExpr text)
    {
        report.Text(text.Span);
        return null;
    }

    private Bound? Name(NameExpr expr, Scope scope)
    {
        var name = expr.Name.Text;
        if (scope.Find(name) is { } local)
            return local switch
            {
                LoopLocal loop => new LoopValue(loop.Loop, expr.Span),
                ArgumentLocal argument => Argument(argument, expr.Span),
                LateArgument argument => Late(argument, expr.Span),
                DrawnLocal drawn => Drawn(drawn, expr.Span),
                BlockLocal block => Computed(block, expr.Span),
                _ => throw new UnreachableException(local.GetType().Name),
            };
        if (scope.SeesModel && declarations.Unread.MayDefine(name)) return null;
        if (declarations.Find(name, scope) is { } variable) return _undetermined.Contains(variable) ? null : new VariableValue(variable, expr.Span);
        if (name == "pi") return new ConstantValue(Math.PI, ElementType.Real, expr.Span);
        if (name == "infinity") return new ConstantValue(double.PositiveInfinity, ElementType.Real, expr.Span);
        if (declarations.Function(name, scope) is not null || declarations.Net(name, scope) is not null || IsBuiltIn(name)) report.NeedsArguments(expr.Name, IsDistributionName(name) && declarations.Function(name, scope) is null && declarations.Net(name, scope) is null, expr == _right ? _target : null);
        else if (!scope.SeesModel) report.OutsideTheFile(expr.Name, scope.Names);
        else report.UnknownName(expr.Name, scope.Names.Concat(declarations.Variables.Select(v => v.Name)), declarations.InsideOf(name));
        return null;
    }

    private Bound? Argument(ArgumentLocal argument, Span span)
    {
        if (_depth + argument.Height > Deepest)
        {
            report.TooDeep(span);
            return null;
        }
        _greatestDepth = Math.Max(_greatestDepth, _depth + argument.Height);
        return Inline(argument.Size, span) ? argument.Value : null;
    }

    private Bound? Unary(UnaryExpr expr, Scope scope)
    {
        if (Value(expr.Operand, scope) is not { } operand) return null;
        return expr.Operator switch
        {
            UnaryOperator.Negate => Elementwise(Operators.Negate, [operand], ResultType.Arithmetic, expr.Span),
            UnaryOperator.Not => IsCondition(operand) ? Elementwise(Operators.Not, [operand], ElementType.Boolean, expr.Span) : null,
            _ => throw new UnreachableException(expr.Operator.ToString()),
        };
    }

    private Bound? Power(PowerExpr expr, Scope scope)
    {
        if (declarations.IsDistribution(expr.Base, scope)) return DistributionAsValue(expr);
        var value = Value(expr.Base, scope);
        if (expr.Exponents.Length != 1)
        {
            report.ExponentOfValue(expr.Span);
            return null;
        }
        if (Value(expr.Exponents[0], scope) is not { } exponent || value is null) return null;
        // The square has a gradient at 0 and below, which a power in general does not.
        if (exponent is ConstantValue { Value: 2, Type: ElementType.Integer }) return Elementwise(Operators.Square, [value], ResultType.Arithmetic, expr.Span);
        var type = exponent is ConstantValue { Value: >= 0, Type: ElementType.Integer } ? TypeOf(ResultType.Arithmetic, [value]) : ElementType.Real;
        return Elementwise(Operators.Power, [value, exponent], type, expr.Span);
    }

    private RangeValue? Range(RangeExpr expr, Scope scope) =>
        Ends(expr, scope) is { } ends ? new RangeValue(ends.Lower, ends.Upper, expr.Span) : null;

    private ConditionalValue? Conditional(IfExpr expr, Scope scope)
    {
        var condition = Value(expr.Condition, scope);
        var (then, @else) = (Value(expr.Then, scope), Value(expr.Else, scope));
        if (condition is null || then is null || @else is null || !IsCondition(condition)) return null;
        if (CommonRank([condition, then, @else], "if", expr.Span) is not { } rank) return null;
        return new ConditionalValue(condition, then, @else, rank, Join(then.Type, @else.Type), expr.Span);
    }

    private ArrayLiteral? Array(ArrayExpr expr, Scope scope)
    {
        var elements = new List<Bound>();
        foreach (var element in expr.Elements)
            if (Value(element, scope) is { } value) elements.Add(value);
        if (elements.Count < expr.Elements.Length) return null;
        if (elements.Count == 0) return new ArrayLiteral([], 1, ElementType.Real, expr.Span);
        for (var i = 1; i < elements.Count; i++)
            if (elements[i].Rank != elements[0].Rank)
            {
                report.ElementsDiffer(expr.Elements[i].Span, elements[0].Rank, elements[i].Rank);
                return null;
            }
        return new ArrayLiteral([.. elements], elements[0].Rank + 1, elements.Select(e => e.Type).Aggregate(Join), expr.Span);
    }

    private Comprehension? Comprehension(ComprehensionExpr expr, Scope scope)
    {
        var ends = Ends(expr.Range, scope);
        var loop = new Loop(expr.Variable.Text, expr.Variable.Span) { Category = ends is { } range ? CategoryOf.Range(range.Lower, range.Upper) : null };
        var body = Value(expr.Body, scope.With(loop));
        return ends is null || body is null ? null : new Comprehension(loop, ends.Value.Lower, ends.Value.Upper, body, expr.Span);
    }

    private Bound? DistributionAsValue(Expr expr)
    {
        report.DistributionAsValue(expr.Span, expr == _right ? _target : null);
        return null;
    }

    /// <summary>Whether a value is true or false, or counts as that; reports where it is not.</summary>
    public bool IsCondition(Bound value)
    {
        if (value.Type != ElementType.Real) return true;
        report.NotACondition(value.Span);
        return false;
    }

    private Bound? Elementwise(ElementwiseFunction function, ImmutableArray<Bound> arguments, ResultType result, Span span) =>
        Elementwise(function, arguments, TypeOf(result, arguments), span);

    /// <summary>A function applied elementwise; of constants it is a constant.</summary>
    private Bound? Elementwise(ElementwiseFunction function, ImmutableArray<Bound> arguments, ElementType type, Span span)
    {
        if (CommonRank(arguments, function.Name, span) is not { } rank) return null;
        var values = new Real[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (arguments[i] is not ConstantValue constant) return new ElementwiseValue(function, arguments, rank, type, span);
            values[i] = constant.Value;
        }
        return new ConstantValue(function.Evaluate<Real>(values), type, span);
    }

    /// <summary>The rank of operands among which only single numbers are repeated to fit.</summary>
    private int? CommonRank(ImmutableArray<Bound> operands, string what, Span span)
    {
        var rank = 0;
        foreach (var operand in operands) rank = Math.Max(rank, operand.Rank);
        foreach (var operand in operands)
            if (operand.Rank != 0 && operand.Rank != rank)
            {
                report.ShapesDisagree(span, $"`{what}`", operands);
                return null;
            }
        return rank;
    }

    private static ElementType TypeOf(ResultType result, ImmutableArray<Bound> arguments) => result switch
    {
        ResultType.Real => ElementType.Real,
        ResultType.Integer => ElementType.Integer,
        ResultType.Arithmetic => Join(arguments) is var type and not ElementType.Boolean ? type : ElementType.Integer,
        ResultType.Same => Join(arguments),
        _ => throw new UnreachableException(result.ToString()),
    };

    private static ElementType Join(ImmutableArray<Bound> values)
    {
        var type = UnknownType;
        foreach (var value in values) type = Join(type, value.Type);
        return type;
    }

    /// <summary>The narrowest type that holds both.</summary>
    public static ElementType Join(ElementType a, ElementType b) => a > b ? a : b;
}
