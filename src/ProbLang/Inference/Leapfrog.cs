using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>The leapfrog integrator: reversible, volume preserving, energy error of second order in the step.</summary>
internal sealed unsafe class Leapfrog(LogDensity density, Metric metric)
{
    private readonly int _dimension = metric.Dimension;
    private readonly int _padded = metric.Padded;

    /// <summary>How often the density was evaluated.</summary>
    public long Gradients { get; private set; }

    /// <summary>From one point to another, a step (negative: backwards in time) later; the two differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Step(Point* from, Point* to, double step)
    {
        if (metric.IsDense) StepDense(from, to, step);
        else StepDiagonal(from, to, step);
    }

    /// <summary>Evaluates density and gradient at the point's position.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evaluate(Point* point)
    {
        Gradients++;
        point->LogDensity = density.Evaluate(
            new ReadOnlySpan<double>(point->Position, _dimension), new Span<double>(point->Gradient, _dimension));
    }

    /// <summary>Makes velocity, acceleration and energy agree with position and momentum.</summary>
    public void Refresh(Point* point)
    {
        metric.Multiply(point->Momentum, point->Velocity);
        if (metric.IsDense) metric.Multiply(point->Gradient, point->Acceleration);
        point->Energy = 0.5 * Kernel.Dot(point->Momentum, point->Velocity, _padded) - point->LogDensity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StepDiagonal(Point* from, Point* to, double step)
    {
        double* q = from->Position, p = from->Momentum, g = from->Gradient, inverse = metric.InverseDiagonal;
        double* q1 = to->Position, p1 = to->Momentum, v1 = to->Velocity, g1 = to->Gradient;
        var half = Vector256.Create(0.5 * step);
        var whole = Vector256.Create(step);
        for (var i = 0; i < _padded; i += Kernel.Lanes)
        {
            var momentum = Kernel.Fma(half, Vector256.Load(g + i), Vector256.Load(p + i));
            momentum.Store(p1 + i);
            Kernel.Fma(whole * Vector256.Load(inverse + i), momentum, Vector256.Load(q + i)).Store(q1 + i);
        }
        Evaluate(to);
        var kinetic = Vector256<double>.Zero;
        for (var i = 0; i < _padded; i += Kernel.Lanes)
        {
            var momentum = Kernel.Fma(half, Vector256.Load(g1 + i), Vector256.Load(p1 + i));
            var velocity = Vector256.Load(inverse + i) * momentum;
            momentum.Store(p1 + i);
            velocity.Store(v1 + i);
            kinetic = Kernel.Fma(momentum, velocity, kinetic);
        }
        to->Energy = 0.5 * Vector256.Sum(kinetic) - to->LogDensity;
    }

    /// <summary>As <see cref="StepDiagonal"/>, with the velocity carried along instead of multiplied anew: v' = v + ε M⁻¹ g / 2 at each half.</summary>
    private void StepDense(Point* from, Point* to, double step)
    {
        var half = Vector256.Create(0.5 * step);
        var whole = Vector256.Create(step);
        for (var i = 0; i < _padded; i += Kernel.Lanes)
        {
            Kernel.Fma(half, Vector256.Load(from->Gradient + i), Vector256.Load(from->Momentum + i)).Store(to->Momentum + i);
            var velocity = Kernel.Fma(half, Vector256.Load(from->Acceleration + i), Vector256.Load(from->Velocity + i));
            velocity.Store(to->Velocity + i);
            Kernel.Fma(whole, velocity, Vector256.Load(from->Position + i)).Store(to->Position + i);
        }
        Evaluate(to);
        metric.Multiply(to->Gradient, to->Acceleration);
        var kinetic = Vector256<double>.Zero;
        for (var i = 0; i < _padded; i += Kernel.Lanes)
        {
            var momentum = Kernel.Fma(half, Vector256.Load(to->Gradient + i), Vector256.Load(to->Momentum + i));
            var velocity = Kernel.Fma(half, Vector256.Load(to->Acceleration + i), Vector256.Load(to->Velocity + i));
            momentum.Store(to->Momentum + i);
            velocity.Store(to->Velocity + i);
            kinetic = Kernel.Fma(momentum, velocity, kinetic);
        }
        to->Energy = 0.5 * Vector256.Sum(kinetic) - to->LogDensity;
    }
}
