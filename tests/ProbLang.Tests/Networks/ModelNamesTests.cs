using System.Globalization;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Networks;
using ProbLang.Syntax;
using Xunit;

namespace ProbLang.Tests.Networks;

public class ModelNamesTests
{
    [Theory]
    [InlineData("rain Rain x_1 μ", "rain Rain x_1 μ")]
    [InlineData("family-out P(x) >=5 2nd", "family_out P_x _5 _2nd")]
    [InlineData("a.b a_b a-b", "a_b_2 a_b a_b_3")]
    [InlineData("a_b a-b a_b_2 a.b", "a_b a_b_3 a_b_2 a_b_4")]
    [InlineData("for for_ pi not", "for_2 for_ pi_ not_")]
    [InlineData("- -- _ !", "variable variable_2 _ variable_3")]
    [InlineData("Ａ A ﬁ", "A_2 A fi")]
    public void A_name_stays_where_it_can_and_never_clashes(string names, string expected) => Assert.Equal(expected.Split(' '), ModelNames.Of(names.Split(' ')));

    /// <summary>Everything that has a name in the language: a variable of the same name is one all the same, or is called otherwise.</summary>
    [Fact]
    public void A_name_of_the_language_makes_no_trouble()
    {
        var names = Enum.GetValues<TokenKind>().Where(k => k.IsKeyword()).Select(k => k.Text())
            .Concat(FunctionCatalog.All.Select(f => f.Name)).Concat(DistributionCatalog.All.Select(d => d.Name)).Concat(TypeCatalog.All.Select(t => t.Name))
            .Concat(["pi", "infinity", "data", "parameters", "model", "vector", "int", "var", "const", "let", "lambda", "observe", "sample"]).Distinct().ToList();
        Assert.True(names.Count > 150, $"{names.Count} names");
        var blocks = names.Select((name, i) => $"variable {name} {{ type discrete [ 2 ] {{ yes, no }}; }}\n" +
            $"probability ( {name}{(i == 0 ? "" : $" | {names[i - 1]}")} ) {{ default 0.5, 0.5; }}\n");
        var imported = BayesianNetwork.Import(string.Concat(blocks));
        Assert.Empty(imported.Diagnostics);
        var compilation = Model.Compile(imported.Text!);
        Assert.Equal("", string.Join('\n', compilation.Diagnostics));
        Assert.Equal("", string.Join('\n', compilation.Model.Check()));
    }

    [Fact]
    public void As_many_names_as_may_be_that_would_all_be_the_same_take_no_time_to_tell_apart()
    {
        var names = Enumerable.Range(0, 100_000).Select(i => i.ToString("b17", CultureInfo.InvariantCulture).Replace('0', '-').Replace('1', '+')).ToArray();
        Assert.Equal(names.Length, ModelNames.Of(names).Distinct().Count());
    }
}
