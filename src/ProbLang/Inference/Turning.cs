using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Inference;

/// <summary>
/// The generalised no-U-turn criterion (Betancourt 2017, appendix A.4.2): a trajectory goes on while the velocities at both
/// ends point along the sum of its momenta. Checking in addition each half with the neighbouring point of the other half
/// stops trajectories that resonate with a period of the target.
/// </summary>
internal static unsafe class Turning
{
    /// <summary>Joins two pieces that lie next to each other: adds their momenta into <paramref name="sum"/> and says whether the whole turns back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Join(Subtree* left, Subtree* right, double* sum, int padded)
    {
        if (left->First == left->Last && right->First == right->Last) return JoinPoints(left->First, right->First, sum, padded);
        double* a = left->MomentumSum, b = right->MomentumSum;
        double* pa = left->Last->Momentum, pb = right->First->Momentum;
        double* v0 = left->First->Velocity, v1 = left->Last->Velocity, v2 = right->First->Velocity, v3 = right->Last->Velocity;
        Vector256<double> whole0 = default, whole3 = default, left0 = default, left2 = default, right1 = default, right3 = default;
        for (var i = 0; i < padded; i += Kernel.Lanes)
        {
            var ai = Vector256.Load(a + i);
            var bi = Vector256.Load(b + i);
            var first = Vector256.Load(v0 + i);
            var last = Vector256.Load(v3 + i);
            var all = ai + bi;
            var leftward = ai + Vector256.Load(pb + i);
            var rightward = bi + Vector256.Load(pa + i);
            all.Store(sum + i);
            whole0 = Kernel.Fma(first, all, whole0);
            whole3 = Kernel.Fma(last, all, whole3);
            left0 = Kernel.Fma(first, leftward, left0);
            left2 = Kernel.Fma(Vector256.Load(v2 + i), leftward, left2);
            right1 = Kernel.Fma(Vector256.Load(v1 + i), rightward, right1);
            right3 = Kernel.Fma(last, rightward, right3);
        }
        return !(Positive(whole0) && Positive(whole3) && Positive(left0) && Positive(left2) && Positive(right1) && Positive(right3));
    }

    /// <summary>For two single points the three checks are one.</summary>
    private static bool JoinPoints(Point* left, Point* right, double* sum, int padded)
    {
        Vector256<double> first = default, last = default;
        for (var i = 0; i < padded; i += Kernel.Lanes)
        {
            var all = Vector256.Load(left->Momentum + i) + Vector256.Load(right->Momentum + i);
            all.Store(sum + i);
            first = Kernel.Fma(Vector256.Load(left->Velocity + i), all, first);
            last = Kernel.Fma(Vector256.Load(right->Velocity + i), all, last);
        }
        return !(Positive(first) && Positive(last));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Positive(Vector256<double> terms) => Vector256.Sum(terms) > 0;
}
