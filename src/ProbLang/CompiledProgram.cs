using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>A problem as a density that runs.</summary>
internal sealed record CompiledProgram(DensityProgram Density, TimeSpan CompileTime)
{
    /// <exception cref="EngineException">The model has no density that gradients can follow.</exception>
    public static CompiledProgram Of(ConditionedModel model, long maxTableEntries, DensityKind kind = DensityKind.Posterior)
    {
        var clock = Stopwatch.StartNew();
        if (!model.Objections.IsEmpty) throw new EngineException(model.Objections);
        try
        {
            if (new AncestralSampler(model).Objection(onlyPredicted: true) is { } improper) throw new EngineException([improper]);
            return new CompiledProgram(DensityProgram.Compile(model, maxTableEntries, kind), clock.Elapsed);
        }
        catch (ObjectionException objection)
        {
            throw new EngineException([objection.Diagnostic]);
        }
        catch (DiagnosticException mistake)
        {
            // What nothing observed depends on is first computed here.
            throw new EngineException([mistake.Diagnostic]);
        }
    }
}
