using System.Runtime.CompilerServices;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Running;

public class ReleasedMemoryTests
{
    [Fact]
    public async Task Models_and_what_was_made_of_them_are_let_go()
    {
        var made = new List<WeakReference>();
        for (var cycle = 0; cycle < 300; cycle++) Cycle(cycle, made);
        // The last ones may still stand on a stack or in a queue of the collector.
        for (var i = 0; i < 50 && made.Count(w => w.IsAlive) > 8; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        Assert.Equal(300 * 3, made.Count);
        Assert.InRange(made.Count(w => w.IsAlive), 0, 8);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Cycle(int cycle, List<WeakReference> made)
    {
        // No two texts are alike, so that nothing that is kept by its text could hide.
        var text = (cycle % 3) switch
        {
            0 => $"rain ~ Bernoulli(0.3)\nwet{cycle} ~ Bernoulli(if rain then 0.9 else 0.1)\ngiven wet{cycle} = true",
            1 => $"mu{cycle} ~ Normal(0, 1)\ny ~ StudentT(3, mu{cycle}, 1)\ngiven y = 1",
            _ => $"param a{cycle}: real\nfor i in 1..4 {{ y[i] ~ Normal(a{cycle} * i, 1) }}\ngiven y = [1, 2, 3, 4]",
        };
        var model = Model.Compile(text).Model;
        var problem = model.Condition(Data.Empty);
        object answer = (cycle % 3) switch
        {
            0 => problem.Infer(new Exact(), TestContext.Current.CancellationToken),
            1 => problem.Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 20, Draws = 10 }, cancellation: TestContext.Current.CancellationToken),
            _ => problem.Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken),
        };
        made.AddRange([new(model), new(problem), new(answer)]);
    }
}
