using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Editing;

/// <summary>What the language itself calls so.</summary>
internal static class Catalogs
{
    public static bool IsDistribution(string name) => DistributionCatalog.Find(name) is not null || DerivedDistributions.Calls.Any(d => d.Name == name);

    public static bool IsFunction(string name) =>
        !FunctionCatalog.Find(name).IsEmpty || DistributionFunctions.Find(name) is not null || NetCatalog.Find(name) is not null;
}
