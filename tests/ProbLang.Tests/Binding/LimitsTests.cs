using System.Text;
using Xunit;

namespace ProbLang.Tests.Binding;

public class LimitsTests
{
    [Fact]
    public void Functions_that_expand_without_end_are_refused()
    {
        var text = new StringBuilder("def f0(x) = x + x\n");
        for (var i = 1; i <= 60; i++) text.Append($"def f{i}(x) = f{i - 1}(x) + f{i - 1}(x)\n");
        text.Append("y = f60(1)\nz = 1");
        Assert.Equal("GM0255", Models.Bind(text.ToString()).Diagnostics.Single().Id);
    }

    [Fact]
    public void An_argument_that_doubles_at_every_use_is_refused()
    {
        var nested = string.Concat(Enumerable.Repeat("f(", 40)) + "a" + new string(')', 40);
        Assert.Equal("GM0255", Models.Bind($"input a\ndef f(x) = x * x\ny = {nested}").Diagnostics.Single().Id);
    }

    [Fact]
    public void Functions_that_nest_without_end_are_refused_on_a_small_stack()
    {
        var text = new StringBuilder("def f0(x) = x\n");
        for (var i = 1; i <= 20_000; i++) text.Append($"def f{i}(x) = exp(f{i - 1}(x))\n");
        text.Append("y = f20000(1)");
        Assert.Equal("GM0254", OnSmallStack(() => Models.Bind(text.ToString()).Diagnostics.Single().Id));
    }

    [Fact]
    public void Deep_expressions_within_the_limit_of_the_language_are_bound_on_a_small_stack()
    {
        var text = $"input a\ny = {string.Concat(Enumerable.Repeat("exp(", 120))}a{new string(')', 120)}";
        Assert.Equal(121, OnSmallStack(() => Models.Height(Models.Graph(text).Definitions[0].Value!)));
    }

    [Fact]
    public void A_long_chain_of_variables_is_no_deep_recursion()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= 20_000; i++) text.Append($"x{i} = x{i + 1} + 1\n");
        text.Append("x20001 ~ Normal(0, 1) ^ 3");
        Assert.Equal(1, OnSmallStack(() => Models.Variable(text.ToString(), "x1").Rank));
    }

    [Fact]
    public void An_array_that_contains_itself_is_refused() => Assert.Equal(["GM0265 1:1+10"], Models.Places("x = [x, x]"));

    private static T OnSmallStack<T>(Func<T> work)
    {
        T result = default!;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                failure = e;
            }
        }, 1 << 20);
        thread.Start();
        thread.Join();
        return failure is null ? result : throw new InvalidOperationException("the work failed", failure);
    }
}
