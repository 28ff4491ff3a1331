
namespace ProbLang.Inference;

/// <summary>A first step size: doubled or halved until the acceptance of one leapfrog step crosses 0.8 (after Hoffman and Gelman 2014, algorithm 4).</summary>
internal static unsafe class StepSize
{
    private const double Acceptance = 0.8;
    private const double Smallest = 1e-12;
    private const double Largest = 1e7;

    /// <summary>Searches from a step; <paramref name="start"/> has a finite density and gradient and keeps its position. The other point is scratch.</summary>
    /// <returns>The step; below 1e-12 when no step is accepted; the last one tried after a cancellation.</returns>
    public static double Search(Leapfrog leapfrog, Metric metric, RandomStream random, Point* start, Point* scratch, double step, CancellationToken cancellation = default)
    {
        var direction = 0;
        while (step is > Smallest and < Largest && !cancellation.IsCancellationRequested)
        {
            metric.DrawMomentum(random, start->Momentum);
            leapfrog.Refresh(start);
            leapfrog.Step(start, scratch, step);
            var accepted = start->Energy - scratch->Energy > Math.Log(Acceptance) ? 1 : -1;
            if (direction == 0) direction = accepted;
            else if (accepted != direction) break;
            step *= direction > 0 ? 2 : 0.5;
        }
        return step;
    }
}
