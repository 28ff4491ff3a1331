using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>A problem as something that runs, and what its outputs mean.</summary>
internal sealed record CompiledProgram(DensityProgram Density, OutputLayout Layout, TimeSpan CompileTime)
{
    /// <exception cref="EngineException">The model has no density that gradients can follow.</exception>
    public static CompiledProgram Of(ConditionedModel model)
    {
        var clock = Stopwatch.StartNew();
        if (!model.Objections.IsEmpty) throw new EngineException(model.Objections);
        try
        {
            if (new AncestralSampler(model).Objection(onlyPredicted: true) is { } improper) throw new EngineException([improper]);
            var density = DensityProgram.Compile(model);
            return new CompiledProgram(density, LayoutOf(model, density.Reported, density.Branched), clock.Elapsed);
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

    private static OutputLayout LayoutOf(ConditionedModel model, IReadOnlyList<ReportedCells> reported, IReadOnlySet<int> branched)
    {
        var variables = ImmutableArray.CreateBuilder<OutputVariable>(reported.Count);
        foreach (var (variable, cells, offset) in reported)
        {
            var state = model[variable];
            variables.Add(new OutputVariable(variable.Name, [.. state.Shape], offset)
            {
                Cells = cells.Length == state.Count ? default : [.. cells],
                InBranch = branched.Count == 0 ? default : [.. Enumerable.Range(offset, cells.Length).Select(branched.Contains)],
                Labels = model.LabelsOf(variable),
                Levels = model.LevelsOf(variable),
                IsDiscrete = variable.Type != ElementType.Real,
            });
        }
        return new OutputLayout(variables.ToImmutable());
    }
}
