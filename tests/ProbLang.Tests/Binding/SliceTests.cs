using ProbLang.Tests.Analysis;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Binding;

/// <summary>Mistakes with slices and indices, at the place where they are.</summary>
public class SliceTests
{
    [Theory]
    [InlineData("x[1..3] ~ Normal(0, 1) ^ 3", "model.gm:1:3: error GM0390: a statement defines one element or row, and this is a slice", "repeat it: `for i in 1..3 { … }`, with `i` as the index")]
    [InlineData("for i in 1..2 { x[i, 1..2] = [1, 2] }", "model.gm:1:22: error GM0390: a statement defines one element or row, and this is a slice", "repeat it: `for i in 1..2 { … }`, with `i` as the index")]
    [InlineData("x ~ Normal(0, 1) ^ 3\nb ~ Bernoulli(0.5)\ny = x[b]", "model.gm:3:7: error GM0245: this index is a truth value, which counts as 0 or 1, and indices count from 1", "write `+ 1` after it")]
    [InlineData("x ~ Normal(0, 1) ^ 3\ny = x[2..9]", "model.gm:2:10: error GM0250: this index is 9, and there are only 3 elements", null)]
    [InlineData("x ~ Normal(0, 1) ^ 3\ny = x[0..2]", "model.gm:2:7: error GM0249: indices count from 1, and this one is 0", "the first element is `[1]`")]
    [InlineData("x ~ Normal(0, 1) ^ 3\ngiven x[1..2] = [1, 2]", "model.gm:2:7: error GM0274: a value is given to one element, row or whole variable", "repeat it with `for`")]
    public void A_mistake_that_the_text_shows(string model, string message, string? remedy)
    {
        var source = new SourceText("model.gm", model);
        var diagnostic = Assert.Single(ProbLang.Binding.Binder.Bind(ProbLang.Syntax.Parser.Parse(source).File, source).Diagnostics);
        Assert.StartsWith(message + "\n", diagnostic + "\n");
        Assert.Equal(remedy, diagnostic.Remedy);
    }

    [Theory]
    [InlineData("y = x[1..k]", 5, "model.gm:3:5: error GM0315: `x[5]` is used here, but `x` has 3 elements")]
    [InlineData("y = x[k..2]", 0, "model.gm:3:5: error GM0315: `x[0]` is used here, but indices start at 1")]
    [InlineData("y = x[[1, k]]", 4, "model.gm:3:5: error GM0315: `x[4]` is used here, but `x` has 3 elements")]
    [InlineData("y = (2 * x)[k]", 4, "model.gm:3:5: error GM0315: element 4 is used here, but the array has 3 elements")]
    [InlineData("for i in 1..2 { y[i] = (if i == 1 then 0 else [x[1], x[2]][k]) }", 3, "model.gm:3:47: error GM0315: element 3 is used here, but the array has 2 elements")]
    [InlineData("z ~ Categorical([0.5, 0.5])\ny = x[..z]", 1, "model.gm:4:5: error GM0312: this size or range is not known from the data")]
    public void A_mistake_that_the_data_show(string statement, double k, string message) =>
        Assert.StartsWith(message + "\n", ModelText.TryCondition("x ~ Normal(0, 1) ^ 3\ninput k: int = 1\n" + statement, ModelText.Given("k", k)).Diagnostics.First(d => d.Severity == Severity.Error) + "\n");
}
