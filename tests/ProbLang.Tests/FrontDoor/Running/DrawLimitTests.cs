using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

/// <summary>Draws are counted before they are there, whatever makes them.</summary>
public class DrawLimitTests
{
    private const long Megabyte = 1 << 20;

    private const string Latent = "x ~ Normal(0, 1)\ny ~ Normal(x, 1)\ngiven y = 1";

    private const string Rows = "input N: count\nparam m: real\nfor i in 1..N { y[i] ~ Normal(m, 1) }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Problem Of(string text, object? data = null, ResourceLimits? limits = null) =>
        Model.Compile(text, new CompileOptions { Limits = limits ?? ResourceLimits.None }).Model.Condition(data is null ? Data.Empty : Data.Of(data));

    private static void ExceedsBytes(Action draw) => Assert.Equal(ResourceLimit.Bytes, Assert.Throws<ResourceLimitException>(draw).Limit);

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(306_783_379)]
    [InlineData(int.MaxValue)]
    public void Draws_beyond_the_limit_are_not_begun(int draws)
    {
        var limits = new ResourceLimits { Bytes = 16 * Megabyte };
        var (latent, rows) = (Of(Latent, limits: limits), Of(Rows, new { m = 1.0, y = new double?[] { null, null } }, limits));
        var before = GC.GetAllocatedBytesForCurrentThread();
        ExceedsBytes(() => latent.Infer(new Laplace { Seed = 1, Draws = draws }, Cancellation));
        ExceedsBytes(() => latent.Infer(new Nuts { Seed = 1, Draws = draws }, cancellation: Cancellation));
        ExceedsBytes(() => latent.Sample(draws, 1, Cancellation));
        ExceedsBytes(() => rows.Generate(draws, 1, cancellation: Cancellation));
        ExceedsBytes(() => latent.Compare([new Laplace { Seed = 1, Draws = draws }, new Nuts { Seed = 1, Draws = 10 }], cancellation: Cancellation));
        ExceedsBytes(() => rows.Scorer().Predict(new { }, draws, cancellation: Cancellation));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 6 * 4 * 16 * Megabyte);
    }

    [Fact]
    public void Draws_within_the_limit_are_made()
    {
        var limits = new ResourceLimits { Bytes = 16 * Megabyte };
        var (latent, rows) = (Of(Latent, limits: limits), Of(Rows, new { m = 1.0, y = new double?[] { null, null } }, limits));
        Assert.Equal(1000, latent.Infer(new Laplace { Seed = 1, Draws = 1000 }, Cancellation).Draws.Count);
        Assert.Equal(1000, latent.Sample(1000, 1, Cancellation).Count);
        Assert.Equal(2000, rows.Generate(1000, 1, cancellation: Cancellation).Count);
        Assert.Equal(1000, rows.Scorer().Predict(new { }, 1000, cancellation: Cancellation)["y"].Values.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => latent.Infer(new Laplace { Draws = 0 }, Cancellation));
    }

    [Fact]
    public void Without_limits_draws_that_no_memory_holds_are_told_at_once()
    {
        var (latent, rows) = (Of(Latent), Of(Rows, new { m = 1.0, y = new double?[] { null, null } }));
        Assert.Throws<InsufficientMemoryException>(() => latent.Infer(new Laplace { Seed = 1, Draws = int.MaxValue }, Cancellation));
        Assert.Throws<InsufficientMemoryException>(() => latent.Sample(int.MaxValue, 1, Cancellation));
        Assert.Throws<InsufficientMemoryException>(() => rows.Generate(int.MaxValue, 1, cancellation: Cancellation));
        var mistake = Assert.Throws<InsufficientMemoryException>(() => rows.Scorer().Predict(new { }, int.MaxValue, cancellation: Cancellation));
        Assert.Equal("these samples need 2147483647 numbers in one piece of memory, which holds at most 2147483591: ask for fewer samples", mistake.Message);
    }
}
