using ProbLang.Numerics;

namespace ProbLang.ExampleData;

/// <summary>Outcomes of generalised linear models whose coefficients are known.</summary>
internal static class Regressions
{
    /// <summary>Growth with intercept 4, 1.5 for rain, -0.8 for heat, and a standard deviation of 1.2.</summary>
    public static string Linear(int rows, Philox source)
    {
        var table = new Table(["rain", "heat", "growth"]);
        for (var i = 0; i < rows; i++)
        {
            var (rain, heat) = (source.NextNormal(), source.NextNormal());
            table.Add(4, rain, heat, 4 + 1.5 * rain - 0.8 * heat + 1.2 * source.NextNormal());
        }
        return table.ToString();
    }

    /// <summary>Who passes, with log odds of -3 and 0.6 for every hour of work.</summary>
    public static string Logistic(int rows, Philox source)
    {
        var table = new Table(["hours", "passed"]);
        for (var i = 0; i < rows; i++)
        {
            var hours = 10 * source.NextDouble();
            table.Add(2, hours, source.NextDouble() < 1 / (1 + Math.Exp(3 - 0.6 * Math.Round(hours, 2))) ? 1 : 0);
        }
        return table.ToString();
    }

    /// <summary>Calls in some days, at a log rate of 0.5 and 0.3 for every one of the staff.</summary>
    public static string Poisson(int rows, Philox source)
    {
        var table = new Table(["days", "staff", "calls"]);
        for (var i = 0; i < rows; i++)
        {
            double days = 1 + Math.Floor(5 * source.NextDouble()), staff = 1 + Math.Floor(6 * source.NextDouble());
            table.Add(0, days, staff, source.NextPoisson(days * Math.Exp(0.5 + 0.3 * staff)));
        }
        return table.ToString();
    }
}
