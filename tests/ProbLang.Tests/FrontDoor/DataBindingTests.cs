using ProbLang.Analysis;
using Xunit;

namespace ProbLang.Tests.FrontDoor;

public class DataBindingTests
{
    private const string Text = "mu ~ Normal(0, 1)\nfor i in 1..4 {\n  y[i] ~ Normal(mu, 1)\n}\n";

    [Fact]
    public void One_element_can_be_given_without_the_array()
    {
        var y = Condition(Text, Data.Given("y[3]=1.5"));
        Assert.Equal([Role.Predicted, Role.Predicted, Role.Observed, Role.Predicted], y.Roles);
        Assert.Equal(1.5, y.Values[2]);
    }

    [Fact]
    public void An_element_given_lies_over_the_file_and_over_the_data()
    {
        Assert.Equal(7, Condition(Text + "given y[3] = 2", Data.Given("y[3]=7")).Values[2]);
        Assert.Equal(Role.Predicted, Condition(Text + "given y[3] = 2\ngiven y[1] = 0", Data.Given("y[3]=null")).Roles[2]);
        Assert.Equal([1.0, 2, 7, 4], Condition(Text, Data.Of(new { y = new[] { 1, 2, 3, 4 } }).With(Data.Given("y[3]=7"))).Values);
    }

    [Theory]
    [InlineData("z[3]=1", "GM0367")]
    [InlineData("y[5]=1", "")]
    public void An_element_that_is_not_there_is_a_mistake(string given, string id)
    {
        Assert.False(Model.Compile(Text).Model.TryCondition(Data.Given(given), out _, out var diagnostics));
        Assert.Contains(diagnostics, d => d.Id.StartsWith(id.Length > 0 ? id : "GM03", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_read_matters_only_to_a_model_that_names_it()
    {
        var path = Path.ChangeExtension(Path.GetTempFileName(), ".csv");
        File.WriteAllText(path, "name,y\nfirst,1\nsecond,2\nthird,3\nfourth,4\n");
        Assert.Equal([1.0, 2, 3, 4], Condition(Text, Data.Load(path, TestContext.Current.CancellationToken)).Values);
        Assert.False(Model.Compile("input name[4]: real\n" + Text).Model.TryCondition(Data.Load(path, TestContext.Current.CancellationToken), out _, out var diagnostics));
        Assert.Equal("GM0358", diagnostics[0].Id);
        File.Delete(path);
    }

    private static VariableState Condition(string text, Data data)
    {
        var problem = Model.Compile(text).Model.Condition(data);
        return problem.Conditioned[problem.Model.Graph.Find("y")!];
    }
}
