using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A problem as something that runs, and what its outputs mean.</summary>
internal sealed record CompiledProgram(LogDensity Density, OutputLayout Layout, Func<string> Print, TimeSpan CompileTime)
{
    public static CompiledProgram Of(ConditionedModel model)
    {
        var clock = Stopwatch.StartNew();
        throw new UnreachableException();
    }
}
