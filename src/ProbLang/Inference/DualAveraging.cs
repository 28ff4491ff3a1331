namespace ProbLang.Inference;

/// <summary>Adapts the step size until the acceptance statistic averages its target: Nesterov's dual averaging (Hoffman and Gelman 2014, section 3.2).</summary>
internal sealed class DualAveraging
{
    private const double Gamma = 0.05;
    private const double T0 = 10;
    private const double Kappa = 0.75;

    private double _target;
    private double _mu;
    private double _h;
    private double _logStep;
    private double _logAverage;
    private int _count;

    /// <summary>The step to explore with.</summary>
    public double Step => Math.Exp(_logStep);

    /// <summary>The step to keep once adaptation ends.</summary>
    public double Average => Math.Exp(_count == 0 ? _logStep : _logAverage);

    /// <summary>Starts anew around a step, towards a target; larger steps are tried first since they cost less to reject.</summary>
    public void Restart(double target, double step)
    {
        _target = target;
        _logStep = Math.Log(step);
        _mu = Math.Log(10) + _logStep;
        _h = 0;
        _logAverage = 0;
        _count = 0;
    }

    public void Update(double acceptStat)
    {
        if (!(acceptStat >= 0)) acceptStat = 0;
        _count++;
        var eta = 1 / (_count + T0);
        _h += eta * (_target - Math.Min(1, acceptStat) - _h);
        _logStep = _mu - Math.Sqrt(_count) / Gamma * _h;
        var weight = Math.Pow(_count, -Kappa);
        _logAverage += weight * (_logStep - _logAverage);
    }
}
