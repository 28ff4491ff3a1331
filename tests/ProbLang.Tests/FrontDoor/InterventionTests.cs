using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class InterventionTests
{
    private const string Hierarchy = "mu ~ Normal(0, 1)\nx ~ Normal(mu, 1) ^ 3\nfor i in 1..3 { y[i] ~ Normal(10 * x[i], 0.01) }\ntotal = sum(x)\nk ~ Poisson(3)\n";

    private static Problem Problem(string text) => Model.Compile(text).Model.Condition(Data.Empty);

    private static Simulation Sample(string text, int count, params string[] interventions)
    {
        var data = Data.Empty;
        foreach (var assignment in interventions) data = data.With(Data.Given(assignment, "--do"));
        return Problem(text).Sample(count, 7, data, TestContext.Current.CancellationToken);
    }

    private static string[] Mistakes(string intervention) =>
        [.. Assert.Throws<DataException>(() => Sample(Hierarchy, 1, intervention)).Diagnostics.Select(d => $"{d.Id} {d.Message}")];

    [Fact]
    public void What_depends_on_a_fixed_variable_sees_the_value_and_what_it_depends_on_does_not()
    {
        var (free, done) = (Sample(Hierarchy, 50), Sample(Hierarchy, 50, "x=[5, null, 7]", "x[2]=6"));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal([5, 6, 7], done.Draw(i, "x").ToArray());
            Assert.Equal([18], done.Draw(i, "total").ToArray());
            Assert.InRange(done.Draw(i, "y")[1], 59.9, 60.1);
        }
        Assert.Equal(free.Draw(0, "mu")[0], done.Draw(0, "mu")[0]);
        Assert.InRange(Enumerable.Range(0, 50).Average(i => done.Draw(i, "mu")[0]), -0.6, 0.6);
    }

    [Fact]
    public void One_element_can_be_fixed_and_the_others_are_drawn()
    {
        var (free, done) = (Sample(Hierarchy, 1), Sample(Hierarchy, 1, "x[2]=100"));
        Assert.Equal([free.Draw(0, "x")[0], 100, free.Draw(0, "x")[2]], done.Draw(0, "x").ToArray());
    }

    [Fact]
    public void A_chain_goes_on_from_the_fixed_value()
    {
        var y = Sample("y[1] ~ Normal(0, 1)\nfor t in 2..4 { y[t] ~ Normal(y[t-1], 0.001) }", 1, "y[3]=50").Draw(0, "y").ToArray();
        Assert.InRange(y[1], -5, 5);
        Assert.InRange(y[3], 49.9, 50.1);
    }

    [Fact]
    public void What_cannot_be_drawn_can_be_fixed() =>
        Assert.Equal(3, Sample("m ~ Flat()\ny ~ Normal(m, 0.001)", 1, "m=3").Draw(0, "y")[0], 0.1);

    [Theory]
    [InlineData("muu=1", "GM0370 the model has no variable `muu` to fix")]
    [InlineData("x=1", "GM0371 `x` is fixed to a single number, but the model makes it [3]")]
    [InlineData("x[4]=1", "GM0372 there is no `x[4]` to fix: the model makes `x` [3]")]
    [InlineData("total=1", "GM0373 `total` is not random, and only what is random can be fixed")]
    [InlineData("k=1.5", "GM0374 `k` is fixed to 1.5, but it is a whole number")]
    public void A_value_that_does_not_fit_is_a_mistake(string intervention, string mistake) => Assert.Equal([mistake], Mistakes(intervention));

    [Fact]
    public void A_value_that_leads_outside_an_array_is_a_mistake() => Assert.Equal("GM0315", Assert.Single(Assert.Throws<DataException>(
        () => Sample("z ~ Categorical([0.5, 0.5])\nm = [1, 2]\ny ~ Normal(m[z], 1)", 1, "z=3")).Diagnostics).Id);

    [Fact]
    public void A_vector_that_is_one_draw_is_fixed_whole()
    {
        const string text = "w ~ Dirichlet([1, 1, 1])\nz ~ Categorical(w)";
        Assert.Equal("GM0375", Assert.Single(Assert.Throws<DataException>(() => Sample(text, 1, "w[1]=0.5")).Diagnostics).Id);
        Assert.Equal([2], Sample(text, 1, "w=[0, 1, 0]").Draw(0, "z").ToArray());
    }
}
