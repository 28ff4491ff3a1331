using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Tests.Syntax;

/// <summary>Trees that a file can have, with every form in every place where the grammar allows it.</summary>
internal sealed class RandomTrees(int seed)
{
    private static readonly string[] s_names = ["x", "theta", "μ", "sigma_obs", "Normal", "N", "größe", "変数", "_", "x1"];
    private static readonly string[] s_strings = ["", "low", "a \"quoted\" word", "back\\slash", "two\nlines\tand a tab", "ünï"];
    private static readonly string[] s_documentation = ["One line.", "Two lines\nof text.", "A paragraph.\n\nAnother one.", "  indented", ""];

    private static readonly BinaryOperator[][] s_levels =
    [
        [BinaryOperator.Or], [BinaryOperator.And], [BinaryOperator.Add, BinaryOperator.Subtract],
        [BinaryOperator.Multiply, BinaryOperator.Divide, BinaryOperator.Remainder, BinaryOperator.MatrixMultiply],
    ];

    private static readonly BinaryOperator[] s_comparisons =
        [BinaryOperator.Equal, BinaryOperator.NotEqual, BinaryOperator.Less, BinaryOperator.LessOrEqual, BinaryOperator.Greater, BinaryOperator.GreaterOrEqual];

    private readonly Random _random = new(seed);

    public ModelFile File() => new(Many(1, 4, () => Statement(3)), Maybe(() => Pick(s_documentation)), default);

    private Statement Statement(int depth)
    {
        Statement statement = _random.Next(depth > 1 ? 13 : 9) switch
        {
            0 => new InputStatement(Name(), Many(0, 2, () => Expr(depth)), Maybe(Type), Maybe(() => Expr(depth)), default),
            1 => new GivenStatement(Expr(depth), null, default),
            2 => new GivenStatement(new IndexExpr(Variable(), Many(1, 2, Element), default), Expr(depth), default),
            3 => new DefStatement(Name(), Many(0, 3, Name), Dist(depth), default),
            4 => Define(depth),
            5 => new ParamStatement(Name(), Many(0, 2, () => Expr(depth)), Maybe(Type), Maybe(() => Expr(depth)), default),
            6 => new NetStatement(Name(), Expr(depth), default),
            7 => new ImportStatement(new StringExpr(Pick(s_strings), default), default),
            8 => new FactorStatement(Expr(depth), default),
            9 => new DefStatement(Name(), Many(0, 3, Name), Dist(depth), default) { Locals = Statements(depth) },
            10 => new IfStatement(Expr(depth), Statements(depth), _random.Next(2) == 0 ? null : Statements(depth), default),
            11 => new GuideStatement(Statements(depth), default),
            _ => new ForStatement(Name(), Expr(depth), Statements(depth), default),
        };
        return statement with { Documentation = Maybe(() => Pick(s_documentation)) };
    }

    private ImmutableArray<Statement> Statements(int depth) => Many(0, 3, () => Statement(depth - 1));

    private DefineStatement Define(int depth)
    {
        var isRandom = _random.Next(2) == 0;
        return new DefineStatement(Name(), Many(0, 2, () => Expr(1)), Maybe(Type), isRandom, isRandom ? Dist(depth) : Expr(depth), default);
    }

    /// <summary>An argument list of nothing but one hole is an empty one.</summary>
    private TypeExpr Type()
    {
        var arguments = Many(0, 2, () => Maybe(() => Expr(1)));
        return new TypeExpr(Name(), arguments is [null] ? [] : arguments, default);
    }

    private Expr Item(int depth) => depth > 0 && _random.Next(5) == 0 ? Comprehension(depth) : Dist(depth);

    private Expr Dist(int depth) => _random.Next(4) != 0 ? Expr(depth)
        : _random.Next(3) == 0 ? new ModifiedExpr(Dist(depth - 1), new Identifier("ordered", default), [], default)
        : new ModifiedExpr(Dist(depth - 1), new Identifier(Pick(["truncated", "censored", "rounded"]), default), Arguments(depth - 1), default);

    private ComprehensionExpr Comprehension(int depth) => new(Name(), Expr(depth - 1), Item(depth - 1), default);

    private Expr Expr(int depth) => depth <= 0 ? Leaf() : _random.Next(11) switch
    {
        0 => Leaf(),
        1 or 2 => Chain(Pick(s_levels), _random.Next(2, 5), depth),
        3 => Chain(s_comparisons, 2, depth),
        4 => new UnaryExpr(_random.Next(2) == 0 ? UnaryOperator.Negate : UnaryOperator.Not, Expr(depth - 1), default),
        5 => new PowerExpr(Expr(depth - 1), Many(1, 3, () => Expr(depth - 1)), default),
        6 => new RangeExpr(Expr(depth - 1), Expr(depth - 1), default),
        7 => new IfExpr(Expr(depth - 1), Expr(depth - 1), Expr(depth - 1), default),
        8 => new CallExpr(Name(), Arguments(depth - 1), default),
        9 => new IndexExpr(Expr(depth - 1), Many(1, 3, () => Index(depth - 1)), default),
        _ => _random.Next(2) == 0 ? new ArrayExpr(Many(0, 3, () => Item(depth - 1)), default) : Comprehension(depth),
    };

    private Expr Leaf() => _random.Next(6) switch
    {
        0 => new NumberExpr(_random.Next(1000), true, default),
        1 => new NumberExpr(Math.Pow(10, _random.Next(-300, 300)) * _random.NextDouble(), false, default),
        2 => new NumberExpr(Math.Floor(_random.NextDouble() * 1e25), true, default),
        3 => new StringExpr(Pick(s_strings), default),
        4 => new BoolExpr(_random.Next(2) == 0, default),
        _ => Variable(),
    };

    private ChainExpr Chain(BinaryOperator[] operators, int operands, int depth) =>
        new(Many(operands, operands, () => Expr(depth - 1)), Many(operands - 1, operands - 1, () => Pick(operators)), default);

    private ImmutableArray<Argument> Arguments(int depth)
    {
        var arguments = Many(0, 3, () => _random.Next(5) == 0 ? new Argument(null, null, default) : new Argument(Maybe(Name), Item(depth), default));
        return arguments is [{ Value: null }] ? [] : arguments;
    }

    private IndexArgument Index(int depth) => _random.Next(2) == 0
        ? Element(depth)
        : new SliceIndex(Maybe(() => SliceEnd(depth)), Maybe(() => SliceEnd(depth)), default);

    private IndexArgument Element() => Element(1);

    /// <summary>A range in an index is a slice.</summary>
    private IndexArgument Element(int depth)
    {
        Expr value;
        do value = Expr(depth);
        while (value is RangeExpr);
        return new ElementIndex(value, default);
    }

    /// <summary>What binds like a sum, for an end that is open stands without parentheses.</summary>
    private Expr SliceEnd(int depth) => _random.Next(2) == 0 || depth <= 0 ? Variable() : Chain(s_levels[2], 2, depth - 1);

    private NameExpr Variable() => new(Name(), default);

    private Identifier Name() => new(Pick(s_names), default);

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    private T? Maybe<T>(Func<T> make) where T : class => _random.Next(2) == 0 ? make() : null;

    private ImmutableArray<T> Many<T>(int least, int most, Func<T> make)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        for (var count = _random.Next(least, most + 1); count > 0; count--) items.Add(make());
        return items.DrainToImmutable();
    }
}
