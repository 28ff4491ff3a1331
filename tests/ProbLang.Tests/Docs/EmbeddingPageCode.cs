using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Docs;

/// <summary>What docs/embedding.md shows, running.</summary>
public class EmbeddingPageCode
{
    private const string Coins = """
        input N: count
        bias ~ Beta(1, 1)
        for i in 1..N { flips[i] ~ Bernoulli(bias) }
        """;

    [Fact]
    public void From_text_to_numbers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var compilation = Model.Compile(Coins);
        if (!compilation.Success) throw new InvalidOperationException(string.Join("\n", compilation.Diagnostics));
        var problem = compilation.Model.Condition(Data.Of(new { flips = new[] { true, true, false, true } }));
        var posterior = problem.Infer(new Exact(), cancellation);
        Console.WriteLine(posterior.Scalar("bias").Mean);
        Assert.Equal(4.0 / 6, posterior.Scalar("bias").Mean, 1e-12);
    }
}
