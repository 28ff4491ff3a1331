using ProbLang.Limits;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// Minus the log of a density integrated over some of its coordinates by Laplace's method: the value at the mode and the determinant of the second derivatives there. Exact
/// where the density is Gaussian in them. A function of the other coordinates.
/// </summary>
internal sealed class LaplaceIntegral : ISmoothFunction
{
    private const int MostSteps = 200;
    private const int MostHalvings = 30;
    private const double Settled = 1e-20;
    private const double NearlySettled = 1e-12;
    private const double Part = 0.05;

    /// <summary>Where the density hardly changes with a parameter, differences are still taken nearby, as a part of its size.</summary>
    private const double Furthest = 0.1;
    private static readonly double s_logTwoPi = Math.Log(2 * Math.PI);

    private readonly LogDensity _density;
    private readonly int[] _parameters;
    private readonly int[] _latents;
    private readonly LatentHessian _hessian;
    private readonly double[] _start;
    private readonly double[] _position;
    private readonly double[] _trial;
    private readonly double[] _gradient;
    private readonly double[] _trialGradient;
    private readonly double[] _steps;
    private readonly double[] _direction;

    /// <param name="density">The density.</param>
    /// <param name="parameters">The coordinates that it is a function of.</param>
    /// <param name="latents">The others.</param>
    /// <param name="start">Where the mode is looked for first.</param>
    public LaplaceIntegral(LogDensity density, int[] parameters, int[] latents, ReadOnlySpan<double> start)
    {
        (_density, _parameters, _latents) = (density, parameters, latents);
        (_start, _position) = (start.ToArray(), start.ToArray());
        (_trial, _gradient, _trialGradient) = (new double[start.Length], new double[start.Length], new double[start.Length]);
        (_steps, _direction) = (new double[parameters.Length], new double[latents.Length]);
        _hessian = new LatentHessian(density, latents, start);
    }

    public int Dimension => _parameters.Length;

    /// <summary>The position with the mode at which the last integral was taken.</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>The second derivatives by the latents there, factored.</summary>
    public EnvelopeMatrix Factored => _hessian.Matrix;

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
    {
        gradient.Fill(double.NaN);
        if (Value(position) is not { } value) return double.NaN;
        var (mode, atMode, parts) = (_position.ToArray(), _gradient.ToArray(), gradient.ToArray());
        // All paths of the mode are solved for before differences put other second derivatives into the matrix.
        var paths = Enumerable.Range(0, parts.Length).Select(k => PathOf(mode, k)).ToArray();
        for (var k = 0; k < parts.Length; k++)
            parts[k] = -atMode[_parameters[k]] + 0.5 * LogDeterminantSlope(mode, paths[k], k);
        parts.CopyTo(gradient);
        mode.CopyTo(_position, 0);
        return value;
    }

    /// <summary>The function without its gradient; null where there is no mode.</summary>
    public double? Value(ReadOnlySpan<double> position)
    {
        if (!TryMode(position, _position) && !TryMode(position, _start)) return null;
        var value = Density(_position, _gradient);
        if (!_hessian.Compute(_position, isRough: false) || !_hessian.Matrix.TryFactor()) return null;
        return -value - 0.5 * _latents.Length * s_logTwoPi + 0.5 * _hessian.Matrix.LogDeterminant();
    }

    private double Density(ReadOnlySpan<double> position, Span<double> gradient)
    {
        Budget.Current.Check();
        return _density.Evaluate(position, gradient);
    }

    /// <summary>Newton's method on the latents; what it needs beyond them is a gradient in their direction that falls.</summary>
    private bool TryMode(ReadOnlySpan<double> parameters, double[] from)
    {
        from.CopyTo(_trial, 0);
        for (var k = 0; k < _parameters.Length; k++) _trial[_parameters[k]] = parameters[k];
        _trial.CopyTo(_position, 0);
        var value = Density(_position, _gradient);
        if (!double.IsFinite(value)) return false;
        var before = double.PositiveInfinity;
        for (var step = 0; step < MostSteps; step++)
        {
            if (!Direct()) return false;
            var decrement = 0.0;
            for (var i = 0; i < _latents.Length; i++) decrement += _direction[i] * _gradient[_latents[i]];
            if (!double.IsFinite(decrement)) return false;
            if (decrement <= Settled || decrement <= NearlySettled && decrement >= 0.1 * before) return true;
            if (!Move(ref value, decrement)) return decrement <= NearlySettled;
            before = decrement;
        }
        return false;
    }

    /// <summary>The Newton direction, or one that descends where there are other than negative second derivatives.</summary>
    private bool Direct()
    {
        if (!_hessian.Compute(_position, isRough: true)) return false;
        for (var ridge = 0.0; !_hessian.Matrix.TryFactor(ridge); ridge = Math.Max(4 * ridge, 1e-3))
            if (ridge > 1e12) return false;
        for (var i = 0; i < _latents.Length; i++) _direction[i] = _gradient[_latents[i]];
        _hessian.Matrix.Solve(_direction);
        return true;
    }

    private bool Move(ref double value, double decrement)
    {
        var size = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, size *= 0.5)
        {
            _position.CopyTo(_trial, 0);
            for (var i = 0; i < _latents.Length; i++) _trial[_latents[i]] += size * _direction[i];
            var moved = Density(_trial, _trialGradient);
            // Near the mode the gain is below the rounding of the value.
            if (!(moved >= value + 1e-4 * size * decrement) && !(decrement < 1e-6 && moved >= value - 1e-10 * Math.Max(1, Math.Abs(value)))) continue;
            _trial.CopyTo(_position, 0);
            _trialGradient.CopyTo(_gradient, 0);
            value = moved;
            return true;
        }
        return false;
    }

    /// <summary>How the log determinant changes with a parameter, along the path of the mode.</summary>
    private double LogDeterminantSlope(double[] mode, double[] path, int k)
    {
        var coarse = Difference(mode, path, k, _steps[k]);
        var fine = Difference(mode, path, k, 0.5 * _steps[k]);
        return fine + (fine - coarse) / 3;
    }

    private double Difference(double[] mode, double[] path, int k, double step)
    {
        var difference = 0.0;
        for (var side = 1; side >= -1; side -= 2)
        {
            mode.CopyTo(_trial, 0);
            _trial[_parameters[k]] += side * step;
            for (var i = 0; i < _latents.Length; i++) _trial[_latents[i]] += side * step * path[i];
            if (!_hessian.Compute(_trial, isRough: false) || !_hessian.Matrix.TryFactor()) return double.NaN;
            difference += side * _hessian.Matrix.LogDeterminant();
        }
        return difference / (2 * step);
    }

    /// <summary>The derivative of the mode by a parameter: that of the gradient, solved by the second derivatives, which are those at the mode. Leaves the step in which differences were taken.</summary>
    private double[] PathOf(double[] mode, int k)
    {
        var path = new double[_latents.Length];
        var step = _steps[k] > 0 ? _steps[k] : 1e-3;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var curvature = Cross(mode, k, step, path);
            var natural = Math.Min(Part / Math.Sqrt(Math.Abs(curvature)), Furthest * Math.Max(1, Math.Abs(mode[_parameters[k]])));
            var isRight = double.IsFinite(natural) && natural / step is > 0.25 and < 4;
            if (isRight || attempt == 5) break;
            step = double.IsFinite(natural) ? Math.Clamp(natural, 1e-3 * step, 1e3 * step) : 0.1 * step;
        }
        _steps[k] = step;
        var fine = new double[path.Length];
        Cross(mode, k, 0.5 * step, fine);
        for (var i = 0; i < path.Length; i++) path[i] = fine[i] + (fine[i] - path[i]) / 3;
        _hessian.Matrix.Solve(path);
        return path;
    }

    /// <summary>The derivative of the latents' gradient by a parameter; returns that of the parameter's own.</summary>
    private double Cross(double[] mode, int k, double step, double[] result)
    {
        mode.CopyTo(_trial, 0);
        _trial[_parameters[k]] += step;
        Density(_trial, _trialGradient);
        for (var i = 0; i < result.Length; i++) result[i] = _trialGradient[_latents[i]];
        var own = _trialGradient[_parameters[k]];
        _trial[_parameters[k]] = mode[_parameters[k]] - step;
        Density(_trial, _trialGradient);
        for (var i = 0; i < result.Length; i++) result[i] = (result[i] - _trialGradient[_latents[i]]) / (2 * step);
        return (own - _trialGradient[_parameters[k]]) / (2 * step);
    }
}
