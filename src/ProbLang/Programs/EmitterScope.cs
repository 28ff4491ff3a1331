using System.Diagnostics;
using System.Linq.Expressions;
using ProbLang.Numerics;

namespace ProbLang.Programs;

internal sealed partial class Emitter
{
    /// <summary>
    /// The code of one block with the variables that hold its terms. Where <see cref="Lanes"/> names a counter, a term
    /// that depends on it is a vector of four consecutive values of it; every other term is a scalar.
    /// </summary>
    private sealed class Scope(Emitter owner, Scope? parent, List<Expression> code, Counter? lanes, (List<Expression> Entry, List<Expression> Exit)? around)
    {
        private readonly Dictionary<object, Expression> _values = [];
        private readonly Dictionary<object, ParameterExpression> _broadcasts = [];
        private readonly Dictionary<Counter, ParameterExpression> _wide = [];
        private readonly Dictionary<Term, ParameterExpression> _masks = [];

        public List<Expression> Code => code;

        public Counter? Lanes => lanes;

        public void Bind(object key, Expression value)
        {
            _values[key] = value;
            if (parent is null && key is Term term && owner._sections.PlaceOf(term) is { } place)
                code.Add(Expression.Call(Method(typeof(Machine), nameof(Machine.Set)), [.. owner.Carried(place), value]));
        }

        /// <summary>Computes a term into a variable.</summary>
        public void Define(Term term)
        {
            if (term.IsInteger)
            {
                // An index that differs between lanes is computed lane by lane where it is used.
                if (lanes is null || !term.DependsOn(lanes)) Assign(term, typeof(int), ComputeIndex(term, 0));
            }
            else if (IsLanes(term)) Assign(term, typeof(Lane), ComputeLanes(term));
            else Assign(term, typeof(double), ComputeScalar(term));
        }

        /// <summary>The value of a term that does not differ between lanes.</summary>
        public Expression Scalar(Term term)
        {
            if (term.Kind == TermKind.Constant) return Expression.Constant(term.Value);
            if (term.IsInteger) return Expression.Convert(Index(term, 0), typeof(double));
            return Find(term) ?? ComputeScalar(term);
        }

        /// <summary>An index, for a lane.</summary>
        public Expression Index(Term term, int lane)
        {
            if (term.Kind == TermKind.Constant) return Expression.Constant((int)term.Value);
            if (lanes is null || !term.DependsOn(lanes)) return Find(term.Kind == TermKind.Counter ? term.Counter : term) ?? ComputeIndex(term, 0);
            return ComputeIndex(term, lane);
        }

        public void Write(Store store)
        {
            var buffer = owner.Address(store.Buffer);
            var (index, value) = (owner._resolve(store.Index), owner._resolve(store.Value));
            if (lanes is null || !index.DependsOn(lanes) && !value.DependsOn(lanes))
            {
                code.Add(Expression.Call(Access(store.Buffer, store.Adds ? nameof(Machine.Add) : nameof(Machine.Set)), [buffer, .. Place(index), Scalar(value)]));
                return;
            }
            var vector = Vector(value);
            switch (Stride(index, lanes))
            {
                case 1:
                    code.Add(Expression.Call(Access(store.Buffer, store.Adds ? nameof(Machine.AddLanes) : nameof(Machine.SetLanes)), [buffer, .. Place(index), vector]));
                    break;
                case 0 when store.Adds && around is { } loop && IsKnownAround(index):
                    // One element takes what every iteration adds: it is summed in a register and added at the end.
                    var sum = owner.NewVariable(typeof(Lane), "added");
                    loop.Entry.Add(Expression.Assign(sum, Broadcast(Expression.Constant(0.0))));
                    code.Add(Expression.Assign(sum, Expression.Add(sum, vector)));
                    loop.Exit.Add(Expression.Call(Access(store.Buffer, nameof(Machine.Add)),
                        [buffer, .. parent!.Place(index), Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.SumLanes)), sum)]));
                    break;
                case 0 when store.Adds:
                    code.Add(Expression.Call(Access(store.Buffer, nameof(Machine.Add)),
                        [buffer, .. Place(index), Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.SumLanes)), vector)]));
                    break;
                default:
                    code.Add(Expression.Call(Access(store.Buffer, store.Adds ? nameof(Machine.ScatterAdd) : nameof(Machine.ScatterSet)),
                        [buffer, .. Enumerable.Range(0, Width).Select(l => Index(index, l)), vector]));
                    break;
            }
        }

        /// <summary>The value of a loop's counter, and a copy as wide as an address.</summary>
        public void BindCounter(Counter counter, Expression value)
        {
            Bind(counter, value);
            var wide = owner.NewVariable(typeof(nint), "wide");
            code.Add(Expression.Assign(wide, Expression.Call(Method(typeof(Machine), nameof(Machine.Widen)), value)));
            _wide[counter] = wide;
        }

        /// <summary>An index as a wide value and a constant displacement.</summary>
        private Expression[] Place(Term index)
        {
            var displacement = 0;
            if (index.Is(Op.Add) && index.Arguments[1].Kind == TermKind.Constant)
            {
                displacement = (int)index.Arguments[1].Value;
                index = index.Arguments[0];
            }
            if (index.Kind == TermKind.Constant) return [Expression.Call(Method(typeof(Machine), nameof(Machine.Widen)), Expression.Constant(0)), Expression.Constant((int)index.Value + displacement)];
            var wide = index.Kind == TermKind.Counter ? FindWide(index.Counter) : null;
            return [(Expression?)wide ?? Expression.Call(Method(typeof(Machine), nameof(Machine.Widen)), Index(index, 0)), Expression.Constant(displacement)];
        }

        private ParameterExpression? FindWide(Counter counter) => _wide.TryGetValue(counter, out var wide) ? wide : parent?.FindWide(counter);

        private bool IsLanes(Term term) => lanes is not null && term.DependsOn(lanes);

        private bool IsKnownAround(Term index) => index.Kind == TermKind.Constant || parent!.Find(index.Kind == TermKind.Counter ? index.Counter : index) is not null;

        public Expression? Find(object key)
        {
            if (_values.TryGetValue(key, out var value)) return value;
            if (parent is not null) return parent.Find(key);
            if (key is not Term term || owner._sections.PlaceOf(term) is not { } place) return null;
            // Computed by an earlier section: read once, at the entry of this one.
            var variable = owner.NewVariable(typeof(double), $"t{term.Id}");
            owner._entry.Add(Expression.Assign(variable, Expression.Call(Method(typeof(Machine), nameof(Machine.Load)), owner.Carried(place))));
            _values[key] = variable;
            return variable;
        }

        private void Assign(Term term, Type type, Expression value)
        {
            var variable = owner.NewVariable(type, $"t{term.Id}");
            code.Add(Expression.Assign(variable, value));
            Bind(term, variable);
        }

        /// <summary>A term as a vector; one that does not differ between lanes is spread, outside of the loop where it is known there.</summary>
        public Expression Vector(Term term)
        {
            if (IsLanes(term)) return Find(term) ?? ComputeLanes(term);
            if (term.Kind == TermKind.Constant) return Broadcast(Expression.Constant(term.Value));
            if (_values.ContainsKey(term) || parent!.Find(term) is null) return Broadcast(Scalar(term));
            if (around is null) return parent.Vector(term);
            if (!_broadcasts.TryGetValue(term, out var spread))
            {
                _broadcasts.Add(term, spread = owner.NewVariable(typeof(Lane), "spread"));
                around.Value.Entry.Add(Expression.Assign(spread, Broadcast(parent.Scalar(term))));
            }
            return spread;
        }

        private Expression ComputeIndex(Term term, int lane)
        {
            var a = term.Arguments;
            switch (term.Kind)
            {
                case TermKind.Counter:
                    var counter = Find(term.Counter)!;
                    return lane == 0 || term.Counter != lanes ? counter : Expression.Add(counter, Expression.Constant(lane));
                case TermKind.IntegerLoad:
                    return Expression.Call(Method(typeof(Machine), nameof(Machine.LoadInteger)), owner.Address(term.Payload!), Index(a[0], lane));
                case TermKind.ToInteger:
                    var real = owner._resolve(a[0]);
                    return Expression.Convert(IsLanes(real)
                        ? Expression.Call(Method(typeof(Machine), nameof(Machine.Element)), Vector(real), Expression.Constant(lane))
                        : Scalar(real), typeof(int));
                case TermKind.Unary:
                    return Expression.Negate(Index(a[0], lane));
                default:
                    return Expression.MakeBinary(term.Op switch
                    {
                        Op.Add => ExpressionType.Add,
                        Op.Subtract => ExpressionType.Subtract,
                        Op.Multiply => ExpressionType.Multiply,
                        _ => throw new UnreachableException($"{term.Op} of integers"),
                    }, Index(a[0], lane), Index(a[1], lane));
            }
        }

        private Expression ComputeScalar(Term term)
        {
            var a = Array.ConvertAll(term.Arguments, x => owner._resolve(x));
            switch (term.Kind)
            {
                case TermKind.Load:
                    return Expression.Call(Access(term.Buffer, nameof(Machine.Load)), [owner.Address(term.Buffer), .. Place(a[0])]);
                case TermKind.ToReal:
                    return Expression.Convert(Index(a[0], 0), typeof(double));
                case TermKind.Detached:
                    return Scalar(a[0]);
                case TermKind.Where:
                    return Expression.Condition(Condition(a[0]), Scalar(a[1]), Scalar(a[2]));
                case TermKind.Special:
                    var call = a.Length switch { 1 => nameof(Machine.Call1), 2 => nameof(Machine.Call2), 3 => nameof(Machine.Call3), _ => nameof(Machine.Call4) };
                    return Expression.Call(Method(typeof(Machine), call), [Expression.Constant((SpecialFunction)term.Payload!), .. a.Select(Scalar)]);
                case TermKind.Unary:
                    return ScalarCode.Unary(term.Op, Scalar(a[0]));
                case TermKind.Binary when term.Op is Op.Add or Op.Subtract && FusedSum(term, a, false) is { } fused:
                    return fused;
                case TermKind.Binary:
                    return ScalarCode.Binary(term.Op, Scalar(a[0]), Scalar(a[1]));
                default:
                    throw new UnreachableException($"{term.Kind} has no value of its own: {term}");
            }
        }

        private Expression Condition(Term term)
        {
            // A comparison that only this choice uses need not become a number.
            if (term.Kind == TermKind.Binary && Find(term) is null)
            {
                var (x, y) = (owner._resolve(term.Arguments[0]), owner._resolve(term.Arguments[1]));
                switch (term.Op)
                {
                    case Op.Less: return Expression.LessThan(Scalar(x), Scalar(y));
                    case Op.LessOrEqual: return Expression.LessThanOrEqual(Scalar(x), Scalar(y));
                    case Op.Equal: return Expression.Equal(Scalar(x), Scalar(y));
                    case Op.NotEqual: return Expression.NotEqual(Scalar(x), Scalar(y));
                }
            }
            return Expression.NotEqual(Scalar(term), Expression.Constant(0.0));
        }

        /// <summary>A condition as bits, all set where it holds; once for all choices by it.</summary>
        private Expression Mask(Term condition)
        {
            if (!IsLanes(condition) && condition.Kind != TermKind.Constant && parent is not null && parent.Lanes == lanes && parent.Find(condition) is not null) return parent.Mask(condition);
            if (_masks.TryGetValue(condition, out var mask)) return mask;
            _masks.Add(condition, mask = owner.NewVariable(typeof(Lane), "mask"));
            var comparison = condition.Kind != TermKind.Binary || !IsLanes(condition) ? null : condition.Op switch
            {
                Op.Less => nameof(Machine.IsLess),
                Op.LessOrEqual => nameof(Machine.IsLessOrEqual),
                Op.Equal => nameof(Machine.IsEqual),
                _ => null,
            };
            code.Add(Expression.Assign(mask, comparison is null
                ? Expression.Call(Method(typeof(Machine), nameof(Machine.IsNotZero)), Vector(condition))
                : Expression.Call(Method(typeof(Machine), comparison), Vector(owner._resolve(condition.Arguments[0])), Vector(owner._resolve(condition.Arguments[1])))));
            return mask;
        }

        private Expression ComputeLanes(Term term)
        {
            var a = Array.ConvertAll(term.Arguments, x => owner._resolve(x));
            switch (term.Kind)
            {
                case TermKind.Load:
                    var buffer = owner.Address(term.Buffer);
                    if (Stride(a[0], lanes!) == 1) return Expression.Call(Access(term.Buffer, nameof(Machine.LoadLanes)), [buffer, .. Place(a[0])]);
                    return Expression.Call(Access(term.Buffer, nameof(Machine.Gather)), [buffer, .. Enumerable.Range(0, Width).Select(l => Index(a[0], l))]);
                case TermKind.ToReal:
                    if (Stride(a[0], lanes!) == 1) return Expression.Call(Method(typeof(Machine), nameof(Machine.Ramp)), Index(a[0], 0));
                    return Expression.Call(Method(typeof(Machine), nameof(Machine.Create)),
                        Enumerable.Range(0, Width).Select(l => Expression.Convert(Index(a[0], l), typeof(double))));
                case TermKind.Detached:
                    return Vector(a[0]);
                case TermKind.Where:
                    if (a[2].IsConstant(0)) return Expression.Call(Method(typeof(Machine), nameof(Machine.Keep)), Mask(a[0]), Vector(a[1]));
                    if (a[1].IsConstant(0)) return Expression.Call(Method(typeof(Machine), nameof(Machine.Drop)), Mask(a[0]), Vector(a[2]));
                    return Expression.Call(Method(typeof(Machine), nameof(Machine.Choose)), Mask(a[0]), Vector(a[1]), Vector(a[2]));
                case TermKind.Special:
                    return EachLane(term, a);
                case TermKind.Unary:
                    return Expression.Call(Method(typeof(Lanes), term.Op.ToString()), Vector(a[0]));
                case TermKind.Binary when term.Op is Op.Add or Op.Subtract && FusedSum(term, a, true) is { } fused:
                    return fused;
                case TermKind.Binary:
                    var (x, y) = (Vector(a[0]), Vector(a[1]));
                    return term.Op switch
                    {
                        Op.Add => Expression.Add(x, y),
                        Op.Subtract => Expression.Subtract(x, y),
                        Op.Multiply => Expression.Multiply(x, y),
                        Op.Divide => Expression.Divide(x, y),
                        Op.Minimum => Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.Min)), x, y),
                        Op.Maximum => Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.Max)), x, y),
                        _ => Expression.Call(Method(typeof(Lanes), term.Op.ToString()), x, y),
                    };
                default:
                    throw new UnreachableException($"{term.Kind} has no value of its own: {term}");
            }
        }

        /// <summary>A special function that has a vector form uses it; others go lane by lane.</summary>
        private Expression EachLane(Term term, Term[] a)
        {
            var function = (SpecialFunction)term.Payload!;
            if (ReferenceEquals(function, Special.Trigamma)) return Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.Trigamma)), Vector(a[0]));
            if (ReferenceEquals(function, Special.InverseMills)) return Expression.Call(Method(typeof(Lanes), nameof(Numerics.Lanes.InverseMills)), Vector(a[0]));
            var arguments = Array.ConvertAll(a, x =>
            {
                if (!IsLanes(x)) return Scalar(x);
                var variable = owner.NewVariable(typeof(Lane), "argument");
                code.Add(Expression.Assign(variable, Vector(x)));
                return variable;
            });
            var call = a.Length switch { 1 => nameof(Machine.Call1), 2 => nameof(Machine.Call2), _ => nameof(Machine.Call3) };
            return Expression.Call(Method(typeof(Machine), nameof(Machine.Create)), Enumerable.Range(0, Width).Select(l =>
                Expression.Call(Method(typeof(Machine), call), [Expression.Constant(function), .. arguments.Select(x => x.Type == typeof(Lane)
                    ? Expression.Call(Method(typeof(Machine), nameof(Machine.Element)), x, Expression.Constant(l)) : x)])));
        }

        /// <summary>a b + c and c - a b as one operation, where the product has no other use.</summary>
        private Expression? FusedSum(Term term, Term[] a, bool isLanes)
        {
            Expression Value(Term t) => isLanes ? Vector(t) : Scalar(t);
            if (Find(a[1]) is null && Product(a[1], isLanes) is var (x, y) && x is not null)
                return Fused(isLanes, x, y!, Value(a[0]), term.Op == Op.Subtract);
            if (Find(a[0]) is not null) return null;
            if (term.Op == Op.Add && Product(a[0], isLanes) is var (u, v) && u is not null) return Fused(isLanes, u, v!, Value(a[1]), false);
            if (term.Op == Op.Add && a[0].Is(Op.Negate)) return Expression.Subtract(Value(a[1]), Value(owner._resolve(a[0].Arguments[0])));
            return null;
        }

        public (Expression? A, Expression? B) Product(Term term, bool isLanes)
        {
            Expression Value(Term t) => isLanes ? Vector(t) : Scalar(t);
            if (term.IsInteger || term.Kind != TermKind.Binary || term.Op != Op.Multiply || isLanes && !IsLanes(term)) return (null, null);
            return (Value(owner._resolve(term.Arguments[0])), Value(owner._resolve(term.Arguments[1])));
        }

        public static MethodCallExpression Fused(bool isLanes, Expression a, Expression b, Expression c, bool isNegated) =>
            isLanes
                ? Expression.Call(isNegated ? Method(typeof(Machine), nameof(Machine.NegatedMultiplyAdd), typeof(Lane), typeof(Lane), typeof(Lane)) : Method(typeof(Lanes), nameof(Numerics.Lanes.MultiplyAdd)), a, b, c)
                : Expression.Call(Method(typeof(Machine), isNegated ? nameof(Machine.NegatedMultiplyAdd) : nameof(Machine.MultiplyAdd), typeof(double), typeof(double), typeof(double)), a, b, c);
    }

    /// <summary>By how much an index grows from one value of a counter to the next; null where that is not constant.</summary>
    private static int? Stride(Term index, Counter counter)
    {
        if (!index.DependsOn(counter)) return 0;
        if (index.Kind == TermKind.Counter) return 1;
        if (index.Kind == TermKind.Unary) return -Stride(index.Arguments[0], counter);
        if (index.Kind != TermKind.Binary) return null;
        var (a, b) = (Stride(index.Arguments[0], counter), Stride(index.Arguments[1], counter));
        return index.Op switch
        {
            Op.Add => a + b,
            Op.Subtract => a - b,
            Op.Multiply when index.Arguments[0].Kind == TermKind.Constant => (int)index.Arguments[0].Value * b,
            Op.Multiply when index.Arguments[1].Kind == TermKind.Constant => (int)index.Arguments[1].Value * a,
            _ => null,
        };
    }
}
