using System.Globalization;

namespace ProbLang.Datasets;

/// <summary>Numbers as labels of a category.</summary>
internal static class NumberLabel
{
    /// <summary>Whole numbers from here to there would be written with an exponent, though files and integers of the program have their digits.</summary>
    private const double Least = 1e15, Most = 1e21;

    public static string Of(double value) => value.ToString(Math.Abs(value) is >= Least and < Most && value == Math.Floor(value) ? "F0" : "R", CultureInfo.InvariantCulture);
}
