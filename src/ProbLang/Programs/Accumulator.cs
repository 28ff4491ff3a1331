using System.Linq.Expressions;
using ProbLang.Numerics;

namespace ProbLang.Programs;

internal sealed partial class Emitter
{
    /// <summary>A sum or a maximum over a loop, in a variable: of doubles, or of lanes that are folded at the end.</summary>
    private class Accumulator
    {
        private readonly TermKind _kind;

        protected Accumulator(Emitter owner, Term term, Type type, List<Expression> code)
        {
            _kind = term.Kind;
            Value = owner.NewVariable(type, term.Kind == TermKind.Sum ? "sum" : "max");
            var start = Expression.Constant(term.Kind == TermKind.Sum ? 0.0 : double.NegativeInfinity);
            code.Add(Expression.Assign(Value, type == typeof(Lane) ? Broadcast(start) : start));
        }

        public ParameterExpression Value { get; }

        protected bool IsLanes => Value.Type == typeof(Lane);

        public static Accumulator OfScalars(Emitter owner, Term term, List<Expression> code) => new(owner, term, typeof(double), code);

        public static Accumulator OfLanes(Emitter owner, Term term, List<Expression> code) => new(owner, term, typeof(Lane), code);

        /// <summary>Takes a term in, at the end of the loop's body.</summary>
        public virtual void Add(Scope scope, Term term)
        {
            var value = IsLanes ? scope.Vector : (Func<Term, Expression>)scope.Scalar;
            Expression next;
            if (_kind == TermKind.Max)
                next = IsLanes
                    ? Expression.Call(Method(typeof(Lanes), nameof(Lanes.Max)), Value, value(term))
                    : Expression.Call(Method(typeof(Math), nameof(Math.Max), typeof(double), typeof(double)), Value, value(term));
            else if (scope.Find(term) is null && scope.Product(term, IsLanes) is var (a, b) && a is not null) next = Scope.Fused(IsLanes, a, b!, Value, false);
            else next = Expression.Add(Value, value(term));
            scope.Code.Add(Expression.Assign(Value, next));
        }

        /// <summary>The lanes as one number. <paramref name="count"/> is how many elements were taken in.</summary>
        public virtual Expression Fold(Expression count) =>
            Expression.Call(Method(typeof(Lanes), _kind == TermKind.Sum ? nameof(Lanes.SumLanes) : nameof(Lanes.MaxLanes)), Value);
    }

    /// <summary>A sum of logarithms as the logarithm of a product: a multiplication in place of each logarithm.</summary>
    private sealed class LogAccumulator : Accumulator
    {
        private readonly ParameterExpression _product;
        private readonly ParameterExpression _exponents;

        public LogAccumulator(Emitter owner, Term term, List<Expression> code) : base(owner, term, typeof(Lane), code)
        {
            _product = owner.NewVariable(typeof(Lane), "product");
            _exponents = owner.NewVariable(typeof(LongLane), "exponents");
            code.Add(Expression.Assign(_product, Broadcast(Expression.Constant(1.0))));
            code.Add(Expression.Assign(_exponents, Expression.Call(Method(typeof(Machine), nameof(Machine.NoExponents)))));
        }

        public override void Add(Scope scope, Term term)
        {
            var argument = term.Arguments[0];
            var factor = argument;
            if (term.Is(Op.Softplus))
            {
                factor = OnePlusProportion(argument);
                scope.Code.Add(Expression.Assign(Value, Expression.Add(Value, Expression.Call(Method(typeof(Lanes), nameof(Lanes.Max)), scope.Vector(argument), Broadcast(Expression.Constant(0.0))))));
            }
            scope.Code.Add(Expression.Assign(_product, Expression.Call(Method(typeof(Lanes), nameof(Lanes.MultiplyInto)), _product, scope.Vector(factor), _exponents, Value)));
        }

        public override Expression Fold(Expression count) =>
            Expression.Call(Method(typeof(Lanes), nameof(Lanes.LogOfProduct)), _product, _exponents, Value, Expression.Divide(count, Expression.Constant(Width)));
    }
}
