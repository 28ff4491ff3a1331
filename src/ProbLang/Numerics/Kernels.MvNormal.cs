using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ProbLang.Limits;

namespace ProbLang.Numerics;

internal static unsafe partial class Kernels
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>How many numbers the work area of the three multivariate normal densities holds.</summary>
    public static int MvNormalWork(int n) => 2 * (n * n + TileColumns) + 2 * (n + TileColumns);

    /// <summary>
    /// Log density of Normal(mean, S) at x, vectors of n; -infinity where S is not positive definite. Adds <paramref name="seed"/> times the
    /// gradient to gx, gmean and gS, each of which may be null. Of S and gS the lower triangle is read and written:
    /// with α = S⁻¹(x - mean), gS[i, j] is αᵢαⱼ - S⁻¹ᵢⱼ below the diagonal and half of that on it.
    /// </summary>
    [MethodImpl(Hot)]
    public static double MvNormalCovariance(
        double* x, double* mean, double* s, int n, double* work, double seed, double* gx, double* gmean, double* gs)
    {
        double* u = work, w = u + n * n + TileColumns, residual = w + n * n + TileColumns, alpha = residual + n + TileColumns;
        if (!FactorUpper(s, n, u)) return double.NegativeInfinity;
        for (var i = 0; i < n; i++) residual[i] = x[i] - mean[i];
        var density = -n * HalfLogTwoPi;
        for (var i = 0; i < n; i++) density -= Math.Log(u[i * n + i]);

        if (gs == null)
        {
            SolveUpperTransposed(u, n, residual);
            density -= 0.5 * Dot(residual, residual, n);
            if (gx == null && gmean == null) return density;
            SolveUpper(u, n, residual, alpha);
        }
        else
        {
            InvertLower(u, n, 1, n, w);
            new Span<double>(alpha, n).Clear();
            for (var i = 0; i < n; i++)
            {
                var z = Dot(w + i * n, residual, i + 1);
                density -= 0.5 * z * z;
                AddScaled(z, w + i * n, alpha, i + 1);
            }
            SubtractInverse(w, n, alpha, seed, gs);
        }
        if (gx != null) AddScaled(-seed, alpha, gx, n);
        if (gmean != null) AddScaled(seed, alpha, gmean, n);
        return density;
    }

    /// <summary>As <see cref="MvNormalCovariance"/>, with the inverse P of the covariance: gP[i, j] is P⁻¹ᵢⱼ - rᵢrⱼ below the diagonal and half of that on it, with r = x - mean.</summary>
    [MethodImpl(Hot)]
    public static double MvNormalPrecision(
        double* x, double* mean, double* p, int n, double* work, double seed, double* gx, double* gmean, double* gp)
    {
        double* u = work, w = u + n * n + TileColumns, residual = w + n * n + TileColumns, alpha = residual + n + TileColumns;
        if (!FactorUpper(p, n, u)) return double.NegativeInfinity;
        for (var i = 0; i < n; i++) residual[i] = x[i] - mean[i];
        var density = -n * HalfLogTwoPi;
        for (var i = 0; i < n; i++) density += Math.Log(u[i * n + i]);

        // α = P r = Uᵀ (U r): only the factor is read, for of P there may be no upper triangle.
        new Span<double>(alpha, n).Clear();
        for (var i = 0; i < n; i++)
        {
            var z = Dot(u + i * n + i, residual + i, n - i);
            density -= 0.5 * z * z;
            AddScaled(z, u + i * n + i, alpha + i, n - i);
        }
        if (gx != null) AddScaled(-seed, alpha, gx, n);
        if (gmean != null) AddScaled(seed, alpha, gmean, n);
        if (gp == null) return density;
        InvertLower(u, n, 1, n, w);
        SubtractInverse(w, n, residual, -seed, gp);
        return density;
    }

    /// <summary>As <see cref="MvNormalCovariance"/>, with the lower Cholesky factor L of the covariance; -infinity where its diagonal is not positive. With z = L⁻¹(x - mean) and α = L⁻ᵀz, gL[i, j] is αᵢzⱼ, less 1 / Lᵢᵢ on the diagonal.</summary>
    [MethodImpl(Hot)]
    public static double MvNormalCholesky(
        double* x, double* mean, double* l, int n, double* work, double seed, double* gx, double* gmean, double* gl)
    {
        double* z = work, alpha = z + n;
        var density = -n * HalfLogTwoPi;
        for (var i = 0; i < n; i++)
        {
            var diagonal = l[i * n + i];
            if (!(diagonal > 0)) return double.NegativeInfinity;
            density -= Math.Log(diagonal);
            z[i] = x[i] - mean[i];
        }
        SolveLower(l, n, z, z);
        density -= 0.5 * Dot(z, z, n);
        if (gx == null && gmean == null && gl == null) return density;
        SolveLowerTransposed(l, n, z, alpha);
        if (gx != null) AddScaled(-seed, alpha, gx, n);
        if (gmean != null) AddScaled(seed, alpha, gmean, n);
        if (gl == null) return density;
        for (var i = 0; i < n; i++)
        {
            AddScaled(seed * alpha[i], z, gl + i * n, i + 1);
            gl[i * n + i] -= seed / l[i * n + i];
        }
        return density;
    }

    /// <summary>g[i, j] += seed (vᵢvⱼ - (WᵀW)ᵢⱼ) below the diagonal, half of that on it.</summary>
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    private static void SubtractInverse(double* w, int n, double* v, double seed, double* g)
    {
        var tile = stackalloc double[TileSize];
        for (var i = 0; i < n; i += TileRows)
        {
            if (n >= Large) Budget.Current.Check();
            var rows = Math.Min(TileRows, n - i);
            for (var j = 0; j < i + rows; j += TileColumns)
            {
                Tile(w + (nint)i * n + i, n, 1, rows, w + (nint)i * n + j, n, n - i, tile);
                for (var r = 0; r < rows; r++)
                {
                    var row = tile + r * TileColumns;
                    var target = g + (nint)(i + r) * n + j;
                    var vi = v[i + r];
                    if (j + TileColumns <= i + r)
                    {
                        SubtractLane(row, vi, v + j, seed, target);
                        SubtractLane(row + 4, vi, v + j + 4, seed, target + 4);
                        continue;
                    }
                    var diagonal = i + r - j;
                    for (var c = 0; c < diagonal; c++) target[c] += seed * (vi * v[j + c] - row[c]);
                    target[diagonal] += 0.5 * seed * (vi * vi - row[diagonal]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SubtractLane(double* row, double vi, double* v, double seed, double* target)
    {
        var difference = Lanes.MultiplyAdd(Simd.Create(vi), Simd.Load(v), -Simd.Load(row));
        Lanes.Store(target, Lanes.MultiplyAdd(Simd.Create(seed), difference, Simd.Load(target)));
    }

    /// <summary>x with Uᵀ x = b, in place.</summary>
    [MethodImpl(Hot)]
    private static void SolveUpperTransposed(double* u, int n, double* x)
    {
        for (var i = 0; i < n; i++)
        {
            x[i] /= u[i * n + i];
            AddScaled(-x[i], u + i * n + i + 1, x + i + 1, n - i - 1);
        }
    }

    /// <summary>x with U x = b.</summary>
    [MethodImpl(Hot)]
    private static void SolveUpper(double* u, int n, double* b, double* x)
    {
        for (var i = n - 1; i >= 0; i--) x[i] = (b[i] - Dot(u + i * n + i + 1, x + i + 1, n - i - 1)) / u[i * n + i];
    }
}
