using ProbLang.InferNet;

namespace ProbLang.Bench;

/// <summary>Stands in for the comparison with programs written by hand where there is no Infer.NET to write them for.</summary>
internal static class InferNetBench
{
    public static int Measure()
    {
        Console.Error.WriteLine(new ExpectationPropagation().Unavailable);
        return 1;
    }
}
