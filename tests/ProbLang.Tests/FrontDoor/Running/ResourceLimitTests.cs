using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

public class ResourceLimitTests
{
    private static ResourceLimitException Exceeded(Func<object?> compute) => Assert.Throws<ResourceLimitException>(compute);

    private static Model Compiled(string text, ResourceLimits limits) => Model.Compile(text, new CompileOptions { Limits = limits }).Model;

    [Fact]
    public void Elements_are_counted_over_all_variables_before_they_are_there()
    {
        var model = Compiled("input n: count\nfor i in 1..n { x[i] ~ Normal(0, 1) }\nfor i in 1..n { y[i] ~ Normal(x[i], 1) }", new ResourceLimits { Elements = 1000 });
        Assert.Equal(["x", "y"], model.Condition(Data.Of(new { n = 500 })).Reported);
        var exceeded = Exceeded(() => model.Condition(Data.Of(new { n = 501 })));
        Assert.Equal((ResourceLimit.Elements, 1000, 1002), (exceeded.Limit, exceeded.Allowed, exceeded.Asked));
        Assert.Equal(3, exceeded.Location!.Line);
        Assert.Equal("model.gm:3:17: `y` needs 1002 elements or more; the limit is 1000", exceeded.Message);
        // A plate is not even begun.
        Assert.Equal(1_000_000_000, Exceeded(() => model.Condition(Data.Of(new { n = 1_000_000_000 }))).Asked);
    }

    [Fact]
    public void Memory_is_counted_before_it_is_taken()
    {
        const long Megabyte = 1 << 20;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var wide = Compiled("for i in 1..5000000 { x[i] ~ Normal(0, 1) }", new ResourceLimits { Bytes = 16 * Megabyte });
        Assert.Equal(ResourceLimit.Bytes, Exceeded(() => wide.Condition(Data.Empty)).Limit);
        var tables = Compiled("for i in 1..22 { x[i] ~ Bernoulli(0.5) }\nfor i in 1..22 { for j in i+1..22 { y[i,j] ~ Bernoulli(if x[i] == x[j] then 0.3 else 0.6)\n given y[i,j] = true } }", new ResourceLimits { Bytes = 16 * Megabyte }).Condition(Data.Empty);
        Assert.Equal(ResourceLimit.Bytes, Exceeded(() => tables.Infer(new Exact(), TestContext.Current.CancellationToken)).Limit);
        var draws = Compiled("x ~ Normal(0, 1)\ny ~ Normal(x, 1)\ngiven y = 1", new ResourceLimits { Bytes = 16 * Megabyte }).Condition(Data.Empty);
        Assert.Equal(ResourceLimit.Bytes, Exceeded(() => draws.Infer(new Nuts { Seed = 1, Draws = 10_000_000 }, cancellation: TestContext.Current.CancellationToken)).Limit);
        Assert.Equal(ResourceLimit.Bytes, Exceeded(() => draws.Sample(10_000_000, 1, TestContext.Current.CancellationToken)).Limit);
        // Everything that the five attempts allocated, garbage too.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5 * 4 * 16 * Megabyte);
        Assert.Equal(100, draws.Infer(new Nuts { Seed = 1, Chains = 1, Draws = 100 }, cancellation: TestContext.Current.CancellationToken).Draws.Chains[0].Count);
    }

    [Fact]
    public void Time_counts_from_the_text_to_the_answer()
    {
        var limits = new ResourceLimits { Time = TimeSpan.FromSeconds(1.5) };
        var endless = Model.Compile("x ~ Normal(0, 1)\ny ~ Normal(x, 1)\ngiven y = 1").Model.Condition(Data.Empty, new ConditionOptions { Limits = limits });
        var exceeded = Exceeded(() => endless.Infer(new Nuts { Seed = 1, Chains = 1, Draws = 200_000_000 / 9 }, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal((ResourceLimit.Time, 1.5), (exceeded.Limit, exceeded.Allowed));
        Assert.StartsWith("it has taken ", exceeded.Message, StringComparison.Ordinal);
        // What compiling took is gone, and what another inference took is not.
        Assert.False(endless.Within(ResourceLimits.None).Infer(new Nuts { Seed = 1, Draws = 50, Warmup = 50 }, cancellation: TestContext.Current.CancellationToken).Interrupted);
        Assert.Equal(ResourceLimit.Time, Exceeded(() => endless.Within(new ResourceLimits { Time = TimeSpan.FromTicks(1) }).Infer(new Nuts { Seed = 1, Draws = 50 }, cancellation: TestContext.Current.CancellationToken)).Limit);
        Assert.Equal(ResourceLimit.Time, Exceeded(() => Compiled("x ~ Normal(0, 1)", new ResourceLimits { Time = TimeSpan.FromTicks(1) })).Limit);
    }

    [Fact]
    public async Task A_stream_ends_at_the_limits_too()
    {
        var problem = Model.Compile("x ~ Normal(0, 1)\ny ~ Normal(x, 1)\ngiven y = 1").Model.Condition(Data.Empty, new ConditionOptions { Limits = new ResourceLimits { Time = TimeSpan.FromSeconds(1) } });
        await Assert.ThrowsAsync<ResourceLimitException>(async () =>
        {
            await foreach (var draw in problem.StreamAsync(new Nuts { Seed = 1, Draws = int.MaxValue, Chains = 1, Warmup = 20 }, cancellation: TestContext.Current.CancellationToken)) Assert.Equal(1, draw.Chain);
        });
    }

    [Fact]
    public void Depth_is_counted_where_the_text_is_read()
    {
        static string Nested(int depth) => $"y ~ Normal({new string('(', depth)}1{new string(')', depth)}, 1)";
        Assert.True(Model.Compile(Nested(8), new CompileOptions { Limits = new ResourceLimits { Depth = 12 } }).Success);
        var exceeded = Exceeded(() => Compiled(Nested(20), new ResourceLimits { Depth = 12 }));
        Assert.Equal((ResourceLimit.Depth, 12, 13, 1), (exceeded.Limit, exceeded.Allowed, exceeded.Asked, exceeded.Location!.Line));
        // The language's own bound is a mistake of the text.
        Assert.False(Model.Compile(Nested(300), new CompileOptions { Limits = new ResourceLimits { Depth = 1000 } }).Success);
    }

    [Fact]
    public void A_cancellation_is_no_limit()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var limits = new ResourceLimits { Time = TimeSpan.FromMinutes(10) };
        var stopped = Assert.ThrowsAny<OperationCanceledException>(() => Model.Compile("x ~ Normal(0, 1)", new CompileOptions { Limits = limits }, cancelled.Token));
        Assert.Equal(cancelled.Token, stopped.CancellationToken);
    }

    [Fact]
    public void What_one_caller_may_not_compute_another_may()
    {
        var problem = Model.Compile("for i in 1..20 { x[i] ~ Normal(0, 1)\n y[i] ~ StudentT(3, x[i], 1)\n given y[i] = i }").Model.Condition(Data.Empty);
        Exceeded(() => problem.Within(new ResourceLimits { Bytes = 1000 }).Objections(new Nuts(), TestContext.Current.CancellationToken));
        Assert.Empty(problem.Objections(new Nuts(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Limits_are_positive()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResourceLimits { Elements = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResourceLimits { Bytes = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResourceLimits { Depth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ResourceLimits { Time = TimeSpan.Zero });
        Assert.Equal(new ResourceLimits(), ResourceLimits.None);
    }
}
