using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

public class ParserTests
{
    [Fact]
    public void A_statement_has_the_documentation_above_it_and_the_file_its_own()
    {
        var file = Read("""
            /// The file.

            /// One.
            /// Two.
            x = 1
            // not documentation
            //// nor this
            y = 2 /// of z
            z = 3
            """);
        Assert.Equal("The file.", file.Documentation);
        Assert.Equal(["One.\nTwo.", null, "of z"], file.Statements.Select(statement => statement.Documentation));
    }

    [Fact]
    public void Documentation_right_above_the_first_statement_is_its_own()
    {
        var file = Read("/// Of x.\nx = 1");
        Assert.Null(file.Documentation);
        Assert.Equal("Of x.", file.Statements[0].Documentation);
    }

    [Theory]
    [InlineData("1", 1, true)]
    [InlineData("1_000", 1000, true)]
    [InlineData("0.5", 0.5, false)]
    [InlineData("1e-3", 0.001, false)]
    [InlineData("2E+2", 200, false)]
    [InlineData("1_0.2_5", 10.25, false)]
    public void Numbers_have_their_value(string text, double value, bool isInteger) =>
        Assert.Equal(new NumberExpr(value, isInteger, new Span(4, text.Length)), Right($"x = {text}"));

    [Fact]
    public void Two_points_after_digits_are_a_range() =>
        Assert.Equal("RangeExpr(Lower: NumberExpr(IsInteger: True, Value: 1), Upper: NameExpr(Name: Identifier(Text: \"n\")))", TreeText.Of(Right("x = 1..n")));

    [Fact]
    public void A_power_binds_more_tightly_than_the_sign_before_it() => Assert.IsType<PowerExpr>(Assert.IsType<UnaryExpr>(Right("x = -a ^ -b")).Operand);

    [Fact]
    public void A_list_after_a_power_is_a_shape_and_parentheses_are_not()
    {
        Assert.Equal(2, Assert.IsType<PowerExpr>(Right("x = a ^ (M, N)")).Exponents.Length);
        Assert.IsType<ChainExpr>(Assert.Single(Assert.IsType<PowerExpr>(Right("x = a ^ (M + N)")).Exponents));
        Assert.IsType<IndexExpr>(Assert.Single(Assert.IsType<PowerExpr>(Right("x = a ^ (b)[1]")).Exponents));
        Assert.IsType<PowerExpr>(Assert.Single(Assert.IsType<PowerExpr>(Right("x = a ^ (b) ^ c")).Exponents));
    }

    [Fact]
    public void Arguments_may_be_named_left_out_or_comprehensions()
    {
        var arguments = Assert.IsType<CallExpr>(Right("x = f(a, , c: 1, for i in 1..2: i)")).Arguments;
        Assert.Equal([null, null, "c", null], arguments.Select(argument => argument.Name?.Text));
        Assert.Equal(["NameExpr", null, "NumberExpr", "ComprehensionExpr"], arguments.Select(argument => argument.Value?.GetType().Name));
        Assert.Empty(Assert.IsType<CallExpr>(Right("x = f()")).Arguments);
        Assert.Equal(2, Assert.IsType<CallExpr>(Right("x = f(,)")).Arguments.Length);
    }

    [Fact]
    public void Indices_are_elements_or_slices_open_at_either_end()
    {
        var indices = Assert.IsType<IndexExpr>(Right("x = a[i, 2..5, ..n, 2.., ..]")).Indices;
        Assert.IsType<ElementIndex>(indices[0]);
        Assert.Equal([(true, true), (false, true), (true, false), (false, false)],
            indices.Skip(1).Cast<SliceIndex>().Select(slice => (slice.Lower is not null, slice.Upper is not null)));
    }

    [Fact]
    public void Modifiers_apply_from_left_to_right()
    {
        var define = Assert.IsType<DefineStatement>(Assert.Single(Read("x ~ Normal(0, 1) ^ K truncated (0, ) ordered").Statements));
        var outer = Assert.IsType<ModifiedExpr>(define.Right);
        var inner = Assert.IsType<ModifiedExpr>(outer.Distribution);
        Assert.Equal(("ordered", "truncated"), (outer.Modifier.Text, inner.Modifier.Text));
        Assert.IsType<PowerExpr>(inner.Distribution);
    }

    [Fact]
    public void Every_part_knows_where_it_stands()
    {
        const string text = "for i in 1..N { y[i] ~ Normal((a + b) * c, sd: s[i]) truncated (0, ) }\nz: real(0, ) = f(2..3)[1..] ^ (4)";
        foreach (var (part, words) in Parts(Read(text)).Zip(ExpectedPlaces))
            Assert.Equal(words, text.Substring(part.Span.Start, part.Span.Length));
        Assert.Equal(ExpectedPlaces.Length, Parts(Read(text)).Count());
    }

    private static readonly string[] ExpectedPlaces =
    [
        "for i in 1..N { y[i] ~ Normal((a + b) * c, sd: s[i]) truncated (0, ) }\nz: real(0, ) = f(2..3)[1..] ^ (4)",
        "for i in 1..N { y[i] ~ Normal((a + b) * c, sd: s[i]) truncated (0, ) }", "i", "1..N", "1", "N", "N",
        "y[i] ~ Normal((a + b) * c, sd: s[i]) truncated (0, )", "y", "i", "i",
        "Normal((a + b) * c, sd: s[i]) truncated (0, )", "Normal((a + b) * c, sd: s[i])", "Normal",
        "(a + b) * c", "(a + b) * c", "(a + b)", "a", "a", "b", "b", "c", "c", "sd: s[i]", "sd", "s[i]", "s", "s", "i", "i", "i",
        "truncated", "0", "0", "",
        "z: real(0, ) = f(2..3)[1..] ^ (4)", "z", "real(0, )", "real", "0",
        "f(2..3)[1..] ^ (4)", "f(2..3)[1..]", "f(2..3)", "f", "2..3", "2..3", "2", "3", "1..", "1", "(4)",
    ];

    /// <summary>A node, then its parts in the order of their declaration.</summary>
    private static IEnumerable<SyntaxNode> Parts(SyntaxNode node) =>
        node.GetType().GetConstructors()[0].GetParameters()
            .Select(parameter => node.GetType().GetProperty(parameter.Name!)!.GetValue(node))
            .SelectMany(value => value is System.Collections.IEnumerable items and not string ? items.Cast<object?>() : [value])
            .OfType<SyntaxNode>().SelectMany(Parts).Prepend(node);

    private static ModelFile Read(string text)
    {
        var result = Parser.Parse(new SourceText("m.gm", text));
        Assert.Empty(result.Diagnostics);
        return result.File;
    }

    private static Expr Right(string text) => Assert.IsType<DefineStatement>(Assert.Single(Read(text).Statements)).Right;
}
