using System.Collections.Immutable;
using ProbLang.Binding;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Binding;

public class CompletenessTests
{
    private static readonly Span s_span = new(0, 1);
    private static readonly Identifier s_name = new("x", s_span);
    private static readonly Expr s_one = new NumberExpr(1, true, s_span);

    private static readonly Expr[] s_expressions =
    [
        s_one, new StringExpr("a", s_span), new BoolExpr(true, s_span), new NameExpr(s_name, s_span), new ChainExpr([s_one, s_one], [BinaryOperator.Add], s_span),
        new UnaryExpr(UnaryOperator.Negate, s_one, s_span), new PowerExpr(s_one, [s_one], s_span), new RangeExpr(s_one, s_one, s_span),
        new IfExpr(new BoolExpr(true, s_span), s_one, s_one, s_span), new CallExpr(new("exp", s_span), [new(null, s_one, s_span)], s_span),
        new IndexExpr(new NameExpr(s_name, s_span), [new ElementIndex(s_one, s_span)], s_span), new ArrayExpr([s_one], s_span),
        new ComprehensionExpr(s_name, new RangeExpr(s_one, s_one, s_span), s_one, s_span),
        new ModifiedExpr(s_one, new("truncated", s_span), [], s_span),
    ];

    private static readonly Statement[] s_statements =
    [
        new InputStatement(new("n", s_span), [], null, null, s_span), new GivenStatement(new NameExpr(s_name, s_span), s_one, s_span),
        new DefStatement(new("f", s_span), [], s_one, s_span), new ForStatement(new("i", s_span), new RangeExpr(s_one, s_one, s_span), [], s_span),
        new DefineStatement(s_name, [], null, true, s_one, s_span), new ParamStatement(s_name, [], null, null, s_span), new NetStatement(s_name, s_one, s_span),
        new ImportStatement(new StringExpr("other.gm", s_span), s_span), new IfStatement(s_one, [], null, s_span), new FactorStatement(s_one, s_span),
        new GuideStatement([], s_span),
    ];

    private static IEnumerable<Type> Nodes(Type node) => node.Assembly.GetTypes().Where(t => t.IsSubclassOf(node) && !t.IsAbstract);

    [Fact]
    public void Every_kind_of_expression_has_a_case_as_a_value_and_as_a_distribution()
    {
        Assert.Equal(Nodes(typeof(Expr)).ToHashSet(), s_expressions.Select(e => e.GetType()).ToHashSet());
        foreach (var expr in s_expressions)
            foreach (var isRandom in (bool[])[false, true])
                Bound(new DefineStatement(new("y", s_span), [], null, isRandom, expr, s_span));
        foreach (var expr in s_expressions)
            Bound(new DefineStatement(new("y", s_span), [], null, true, new PowerExpr(new CallExpr(new("Normal", s_span), [new(null, expr, s_span), new(null, expr, s_span)], s_span), [expr], s_span), s_span));
    }

    [Fact]
    public void Every_kind_of_statement_has_a_case()
    {
        Assert.Equal(Nodes(typeof(Statement)).ToHashSet(), s_statements.Select(s => s.GetType()).ToHashSet());
        foreach (var statement in s_statements) Bound(statement);
    }

    [Fact]
    public void Every_kind_of_index_has_a_case()
    {
        IndexArgument[] indices = [new ElementIndex(s_one, s_span), new SliceIndex(s_one, null, s_span)];
        Assert.Equal(Nodes(typeof(IndexArgument)).ToHashSet(), indices.Select(i => i.GetType()).ToHashSet());
        foreach (var index in indices)
            Bound(new DefineStatement(new("y", s_span), [], null, false, new IndexExpr(new ArrayExpr([s_one], s_span), [index], s_span), s_span));
    }

    [Fact]
    public void Every_operator_has_a_case()
    {
        foreach (var symbol in Enum.GetValues<BinaryOperator>())
        {
            Expr operand = symbol == BinaryOperator.MatrixMultiply ? new ArrayExpr([s_one], s_span) : s_one;
            var result = Bound(new DefineStatement(new("y", s_span), [], null, false, new ChainExpr([operand, operand], [symbol], s_span), s_span));
            Assert.NotNull(result.Graph);
        }
        foreach (var symbol in Enum.GetValues<UnaryOperator>())
            Assert.NotNull(Bound(new DefineStatement(new("y", s_span), [], null, false, new UnaryExpr(symbol, s_one, s_span), s_span)).Graph);
    }

    [Fact]
    public void Every_array_function_but_the_matrix_product_has_a_name() =>
        Assert.Equal(Enum.GetValues<ArrayFunction>().Except([ArrayFunction.MatrixMultiply]).Order(), FunctionCatalog.All.OfType<ArrayEntry>().Select(f => f.Function).Order());

    [Fact]
    public void Every_function_of_the_language_is_there_or_refused_by_name()
    {
        const string Names = """
            abs sqrt exp log log1p expm1 sin cos tan asin acos atan atan2 sinh cosh tanh floor ceil round min max pow
            logit logistic softplus log_sum_exp softmax log_softmax erf Phi inv_Phi lgamma digamma lbeta lchoose
            sum prod mean variance sd cumsum sort rank size length rows cols
            dot transpose inverse det log_det solve cholesky diag diagonal identity trace outer quadratic
            ones zeros linspace concat append onehot gp_exp_quad gp_matern32 gp_matern52 gp_periodic
            """;
        foreach (var name in Names.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)) Assert.NotEmpty(FunctionCatalog.Find(name));
        foreach (var name in (string[])["log_density", "cdf", "log_survival", "quantile"])
            Assert.Equal("GM0204", Models.Bind($"x = {name}(1)").Diagnostics.Single().Id);
    }

    private static BindResult Bound(Statement statement) =>
        Binder.Bind(new ModelFile([statement], null, s_span), new SourceText("m.gm", "x"));
}
