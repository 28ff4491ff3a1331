using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>What docs/embedding.md shows of streaming, cancelling and limits.</summary>
public class EmbeddingRunningTests
{
    private static Problem Schooled() => Model.Compile("""
        mu ~ Normal(0, 5)
        tau ~ HalfNormal(5)
        for i in 1..8 {
          theta[i] ~ Normal(mu, tau)
          y[i] ~ Normal(theta[i], 10)
        }
        given y = [28, 8, -3, 7, -1, 1, 18, 12]
        """).Model.Condition(Data.Empty);

    [Fact]
    public async Task A_stream_is_read_until_there_is_enough()
    {
        var (problem, cancellation) = (Schooled(), TestContext.Current.CancellationToken);
        var (sum, largest, count) = (0.0, double.NegativeInfinity, 0);
        await foreach (var draw in problem.StreamAsync(new Nuts { Seed = 1 }, cancellation: cancellation))
        {
            // A scalar, or an element such as "theta[3]".
            sum += draw["tau"];
            // Row-major, without a copy.
            ReadOnlySpan<double> theta = draw.Array("theta");
            foreach (var effect in theta) largest = Math.Max(largest, effect);
            // The chains have ended when the loop is left.
            if (++count == 500) break;
        }
        Assert.InRange(sum / count, 1, 10);
        Assert.InRange(largest, 5, 60);
    }

    [Fact]
    public async Task Who_wants_no_parts_asks_the_token()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var (problem, cancellation) = (Schooled(), source.Token);
        problem.Prepare(TestContext.Current.CancellationToken);
        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(
            () =>
            {
                while (true)
                {
                    var partial = problem.Infer(new Nuts { Seed = 1 }, cancellation: cancellation);
                    cancellation.ThrowIfCancellationRequested();
                    Assert.False(partial.Interrupted);
                }
            }, CancellationToken.None));
        Assert.Equal(cancellation, stopped.CancellationToken);
    }

    [Fact]
    public void A_text_of_a_stranger_is_compiled_within_limits()
    {
        var (text, cancellation, isOutOfTime) = ("for i in 1..2000000 { x[i] ~ Normal(0, 1) }", TestContext.Current.CancellationToken, false);
        var options = new CompileOptions { Limits = ResourceLimits.Untrusted };
        var submitted = Model.Compile(text, options, cancellation);
        Assert.Equal(ResourceLimit.Elements, Assert.Throws<ResourceLimitException>(() => submitted.Model.Condition(Data.Empty, cancellation: cancellation)).Limit);
        try
        {
            Model.Compile(text, new CompileOptions { Limits = new ResourceLimits { Time = TimeSpan.FromTicks(1) } }, cancellation);
        }
        catch (ResourceLimitException exceeded) when (exceeded.Limit == ResourceLimit.Time)
        {
            isOutOfTime = true;
        }
        Assert.True(isOutOfTime);
    }
}
