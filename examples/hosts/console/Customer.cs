using System.Globalization;

namespace ProbLang.Hosts;

/// <summary>A customer: a property for each variable of the model that a row has. What is to be predicted may be missing.</summary>
internal sealed record Customer(string Plan, double Months, int Calls, bool? Leaves = null)
{
    /// <summary>Customers from a table with a header.</summary>
    public static Customer[] Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split(',')).Select(cells => new Customer(cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture), cells[3] == "1"))];
}
