using System.Diagnostics;
using System.Linq.Expressions;
using System.Reflection;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>A compiled program: runs on the areas given and returns the total.</summary>
internal delegate double ProgramBody(nint position, nint gradient, nint output, nint data, nint work, nint integers);

/// <summary>
/// Turns a block into machine code through expression trees. A loop whose iterations are independent runs four to a
/// vector; what does not fill a vector runs one by one. Every constant in the tree is a primitive: anything else would
/// live in the closure and cost a call at each use.
/// </summary>
internal sealed partial class Emitter
{
    private const int Width = 4;

    /// <summary>The computation may end after so many statements, some tenths of a millisecond; a program that has fewer never looks.</summary>
    private const double LongestBlock = 1 << 17;

    /// <summary>Of a loop whose size the data decide, for want of a better guess.</summary>
    private const int UsualSize = 16;

    // Below this nesting an expression that is used once is emitted where it is used.
    private const int DeepestInline = 24;

    private readonly ProgramLayout _layout;
    private readonly Func<Term, Term> _resolve;
    private readonly ParameterExpression[] _areas = [.. Enum.GetNames<Area>().Select(n => Expression.Parameter(typeof(nint), n.ToLowerInvariant()))];
    private readonly ParameterExpression _integers = Expression.Parameter(typeof(nint), "integers");
    private readonly List<ParameterExpression> _variables = [];
    private readonly List<Expression> _entry = [];
    private readonly Dictionary<object, ParameterExpression> _buffers = [];
    private readonly UseCounts _uses;
    private readonly CodeSections _sections;

    private Emitter(UseCounts uses, ProgramLayout layout, CodeSections sections, Func<Term, Term> resolve)
    {
        _layout = layout;
        _resolve = resolve;
        _sections = sections;
        _uses = uses;
    }

    /// <summary>
    /// Compiles a block, section by section; the last one returns <paramref name="total"/>. <paramref name="clear"/>: the first one
    /// clears adjoints and this many gradient elements.
    /// </summary>
    public static ProgramBody[] Compile(Block block, Term total, ProgramLayout layout, CodeSections sections, Func<Term, Term> resolve, int clear)
    {
        total = resolve(total);
        var bodies = new ProgramBody[sections.Sections.Count];
        var uses = new UseCounts(block, resolve, total);
        for (var s = 0; s < bodies.Length; s++)
        {
            Budget.Current.Check();
            var emitter = new Emitter(uses, layout, sections, resolve);
            var body = new List<Expression>();
            var scope = new Scope(emitter, null, body, null, null);
            if (s == 0 && clear > 0) emitter._entry.Add(emitter.Clear(Area.Gradient, 0, clear));
            if (s == 0 && layout.Adjoints.Length > 0) emitter._entry.Add(emitter.Clear(Area.Work, layout.Adjoints.Start, layout.Adjoints.Length));
            emitter.Emit(sections.Sections[s], block, scope);
            body.Add(s == bodies.Length - 1 ? scope.Scalar(total) : Expression.Constant(0.0));
            bodies[s] = Expression.Lambda<ProgramBody>(
                Expression.Block(emitter._variables, emitter._entry.Concat(body)), "density", [.. emitter._areas, emitter._integers]).Compile();
        }
        return bodies;
    }

    private Expression Clear(Area area, int start, int length) =>
        Expression.Call(Method(typeof(Machine), nameof(Machine.Clear)),
            Expression.Call(Method(typeof(Machine), nameof(Machine.At)), _areas[(int)area], Expression.Constant(start)), Expression.Constant(length));

    private ParameterExpression NewVariable(Type type, string name)
    {
        var variable = Expression.Variable(type, name);
        _variables.Add(variable);
        return variable;
    }

    /// <summary>The place of a carried scalar, as arguments of a load or store.</summary>
    private Expression[] Carried(int place) =>
        [Address(_sections.Memory!), Expression.Call(Method(typeof(Machine), nameof(Machine.Widen)), Expression.Constant(0)), Expression.Constant(place)];

    /// <summary>The address of a buffer, computed at entry.</summary>
    private ParameterExpression Address(object buffer)
    {
        if (_buffers.TryGetValue(buffer, out var address)) return address;
        _buffers.Add(buffer, address = NewVariable(typeof(nint), $"at_{buffer}"));
        var value = buffer is Buffer real
            ? Expression.Call(Method(typeof(Machine), nameof(Machine.At)), _areas[(int)_layout[real].Area], Expression.Constant(_layout[real].Offset))
            : Expression.Call(Method(typeof(Machine), nameof(Machine.IntegerAt)), _integers, Expression.Constant(_layout[(IntegerBuffer)buffer]));
        _entry.Add(Expression.Assign(address, value));
        return address;
    }

    private void Emit(IReadOnlyList<Instruction> instructions, Block block, Scope scope)
    {
        foreach (var instruction in instructions)
        {
            switch (instruction)
            {
                case Let let:
                    if (!IsInlined(let.Term, block)) scope.Define(let.Term);
                    break;
                case Write write:
                    scope.Write(write.Store);
                    break;
                case ForLoop loop:
                    EmitLoop(loop, scope);
                    break;
                case Call call:
                    var places = call.Kernel.Arguments.Select(_layout.Place).ToArray();
                    scope.Code.Add(Expression.Call(Method(typeof(Machine), nameof(Machine.Run)),
                        [Expression.Constant(new PlacedKernel(call.Kernel.Kernel, places)), .. _areas]));
                    break;
                default:
                    throw new UnreachableException($"no case for {instruction}");
            }
        }
    }

    /// <summary>Whether a term is computed where it is used. What crosses sections needs a variable to be carried from.</summary>
    private bool IsInlined(Term term, Block block) => (_sections.Memory is null || term.Free.Length > 0) && _uses.IsInlined(term, block);

    private void EmitLoop(ForLoop loop, Scope scope)
    {
        var counter = NewVariable(typeof(int), TermPrinter.CounterName(loop.Counter));
        var count = scope.Index(loop.Counter.Extent, 0);
        var isVector = scope.Lanes is null && !loop.IsSequential && IsVectorisable(loop);

        var totals = Array.ConvertAll(loop.Accumulators, a => scope.Lanes is not null && a.DependsOn(scope.Lanes)
            ? Accumulator.OfLanes(this, a, scope.Code) : Accumulator.OfScalars(this, a, scope.Code));
        scope.Code.Add(Expression.Assign(counter, Expression.Constant(0)));
        if (!isVector) EmitPass(loop, scope, counter, count, 1, scope.Lanes, totals);
        else
        {
            // Whole vectors first; the sums of the lanes go on in the scalar rest.
            var lanes = Array.ConvertAll(loop.Accumulators, a => _uses.IsLogLike(_resolve(a.Arguments[0]), loop.Body)
                ? new LogAccumulator(this, a, scope.Code) : Accumulator.OfLanes(this, a, scope.Code));
            EmitPass(loop, scope, counter, Expression.Subtract(count, Expression.Constant(Width - 1)), Width, loop.Counter, lanes);
            for (var i = 0; i < lanes.Length; i++) scope.Code.Add(Expression.Assign(totals[i].Value, lanes[i].Fold(counter)));
            if (loop.Counter.Size < 0 || loop.Counter.Size % Width != 0) EmitPass(loop, scope, counter, count, 1, null, totals);
        }
        for (var i = 0; i < totals.Length; i++) scope.Bind(loop.Accumulators[i], totals[i].Value);
    }

    /// <summary>for (; counter &lt; limit; counter += step) body</summary>
    private void EmitPass(ForLoop loop, Scope scope, ParameterExpression counter, Expression limit, int step, Counter? lanes, Accumulator[] accumulators)
    {
        var entry = new List<Expression>();
        var body = new List<Expression>();
        var exit = new List<Expression>();
        Expression value = counter;
        if (loop.IsReversed)
        {
            var down = NewVariable(typeof(int), "down");
            body.Add(Expression.Assign(down, Expression.Subtract(Expression.Subtract(scope.Index(loop.Counter.Extent, 0), Expression.Constant(1)), counter)));
            value = down;
        }
        var inner = new Scope(this, scope, body, lanes, lanes is not null && scope.Lanes is null ? (entry, exit) : null);
        inner.BindCounter(loop.Counter, value);
        Emit(loop.Body.Instructions, loop.Body, inner);
        for (var i = 0; i < accumulators.Length; i++) accumulators[i].Add(inner, _resolve(loop.Accumulators[i].Arguments[0]));
        body.Add(Expression.Assign(counter, Expression.Add(counter, Expression.Constant(step))));

        scope.Code.AddRange(entry);
        scope.Code.AddRange(IterationsPerLook(loop, step) is { } most ? InBlocks(counter, limit, most, body) : [While(counter, limit, body)]);
        scope.Code.AddRange(exit);
    }

    private static LoopExpression While(ParameterExpression counter, Expression limit, IEnumerable<Expression> body)
    {
        var end = Expression.Label();
        return Expression.Loop(Expression.IfThenElse(Expression.LessThan(counter, limit), Expression.Block(body), Expression.Break(end)), end);
    }

    /// <summary>The same in blocks, before each of which the computation may end: the loop within is as if there were no others.</summary>
    private Expression[] InBlocks(ParameterExpression counter, Expression limit, int most, IEnumerable<Expression> body)
    {
        var (all, block) = (NewVariable(typeof(int), "all"), NewVariable(typeof(int), "block"));
        return [
            Expression.Assign(all, limit),
            While(counter, all, [
                Expression.Call(Method(typeof(Machine), nameof(Machine.Look))),
                // What is left may be less than a block, and a counter has an end.
                Expression.Assign(block, Expression.Condition(
                    Expression.LessThan(Expression.Subtract(all, counter), Expression.Constant(most)), all, Expression.Add(counter, Expression.Constant(most)))),
                While(counter, block, body)]),
        ];
    }

    /// <summary>How many iterations run between two looks at the budget; null where all of them are quickly done.</summary>
    private static int? IterationsPerLook(ForLoop loop, int step)
    {
        var each = Cost(loop.Body);
        if (SizeOf(loop) * each <= LongestBlock) return null;
        var most = (int)Math.Max(1, LongestBlock / each);
        return (most + step - 1) / step * step;
    }

    /// <summary>About how many statements a block runs.</summary>
    private static double Cost(Block block) => block.Instructions.Sum(i => i is ForLoop loop ? 1 + SizeOf(loop) * Cost(loop.Body) : 1.0);

    private static double SizeOf(ForLoop loop) => loop.Counter.Size >= 0 ? loop.Counter.Size : UsualSize;

    /// <summary>A loop runs in vectors where it is long enough and no loop in it is a better place for them.</summary>
    private static bool IsVectorisable(ForLoop loop)
    {
        if (loop.Counter.Size is >= 0 and < Width) return false;
        foreach (var instruction in loop.Body.Instructions)
        {
            if (instruction is ForLoop inner && (inner.IsSequential || inner.Counter.Size is < 0 or >= 2 * Width || !IsFlat(inner))) return false;
            if (instruction is Call) return false;
        }
        return true;
    }

    private static bool IsFlat(ForLoop loop) =>
        loop.Body.Instructions.TrueForAll(i => i is not ForLoop inner || !inner.IsSequential && inner.Counter.Size is >= 0 and < 2 * Width && IsFlat(inner));

    /// <summary>1 + exp(-|x|), of which softplus(x) is the logarithm, plus the positive part of x.</summary>
    private static Term OnePlusProportion(Term x) => Derivatives.Proportion(x) + 1.0;

    /// <summary>A load or store of a buffer, by the method for its precision.</summary>
    private static MethodInfo Access(Buffer buffer, string name) => Method(typeof(Machine), buffer.Precision == Precision.Single ? name + "Single" : name);

    private static Expression Broadcast(Expression value) => Expression.Call(Method(typeof(Machine), nameof(Machine.Broadcast)), value);

    private static MethodInfo Method(Type type, string name) =>
        type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static) ?? throw new UnreachableException($"{type.Name} has no {name}");

    private static MethodInfo Method(Type type, string name, params Type[] arguments) =>
        type.GetMethod(name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static, arguments) ?? throw new UnreachableException($"{type.Name} has no {name}");

    /// <summary>How often each term is used, and where alone.</summary>
    private sealed class UseCounts
    {
        private readonly Dictionary<Term, (int Count, Block Where)> _uses = [];
        private readonly Dictionary<Term, int> _heights = [];
        private readonly Func<Term, Term> _resolve;

        public UseCounts(Block block, Func<Term, Term> resolve, Term total)
        {
            _resolve = resolve;
            Count(block);
            // The total is read after everything.
            Use(total, block);
            Use(total, block);
        }

        public bool IsInlined(Term term, Block block) =>
            !term.IsInteger && _uses.TryGetValue(term, out var use) && use.Count == 1 && ReferenceEquals(use.Where, block) && Height(term) < DeepestInline;

        private int Height(Term term)
        {
            if (_heights.TryGetValue(term, out var height)) return height;
            foreach (var argument in term.Arguments)
            {
                var resolved = _resolve(argument);
                if (_uses.TryGetValue(resolved, out var use) && use.Count == 1 && _heights.TryGetValue(resolved, out var below)) height = Math.Max(height, below + 1);
            }
            // A term that is too high gets a variable, from which its users start anew.
            _heights.Add(term, height);
            return height;
        }

        private void Count(Block block)
        {
            foreach (var instruction in block.Instructions)
            {
                switch (instruction)
                {
                    case Let let:
                        foreach (var argument in let.Term.Arguments) Use(_resolve(argument), block);
                        break;
                    case Write write:
                        Use(_resolve(write.Store.Index), block);
                        Use(_resolve(write.Store.Value), block);
                        break;
                    case ForLoop loop:
                        Use(loop.Counter.Extent, block);
                        Count(loop.Body);
                        foreach (var accumulator in loop.Accumulators) UseInSum(_resolve(accumulator.Arguments[0]), loop.Body);
                        break;
                }
            }
        }

        /// <summary>A sum of softplus(x) is taken from exp(-|x|), which the gradient needs too: that gets a variable.</summary>
        private void UseInSum(Term term, Block block)
        {
            Use(term, block);
            if (!term.Is(Op.Softplus)) return;
            var shared = OnePlusProportion(term.Arguments[0]);
            Use(shared, block);
            Use(shared, block);
        }

        /// <summary>Whether a sum's addend is a logarithm that nothing else uses, so that the sum may be the logarithm of a product.</summary>
        public bool IsLogLike(Term term, Block block) =>
            (term.Is(Op.Log) || term.Is(Op.Softplus)) && _uses.TryGetValue(term, out var use) && use.Count == 1 && ReferenceEquals(use.Where, block);

        private void Use(Term term, Block block) =>
            _uses[term] = _uses.TryGetValue(term, out var use) ? (use.Count + 1, use.Where) : (1, block);
    }
}
