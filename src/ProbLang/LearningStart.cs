using ProbLang.Analysis;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>Where learning starts: parameters where the model says or in the middle of their scale, weights of nets as their layers want.</summary>
internal static class LearningStart
{
    /// <summary>Writes the coordinates of parameters; the others stay as they are.</summary>
    /// <param name="model">The model.</param>
    /// <param name="coordinates">Where they lie in the position.</param>
    /// <param name="cells">Computes their values from a position.</param>
    /// <param name="seed">The seed of the weights of nets.</param>
    /// <param name="position">The position.</param>
    public static void Write(ConditionedModel model, Coordinates coordinates, CellProgram cells, ulong seed, double[] position)
    {
        var net = 0u;
        foreach (var block in coordinates.Blocks.Where(b => b.IsParameter))
        {
            var variable = block.Definition.Definition.Variable;
            if (NetWeights.PlanOf(model, block) is { } plan)
            {
                // Weights have no bounds: they are their own coordinates.
                var start = plan.Start(seed, net++);
                for (var i = 0; i < block.Cells.Length; i++) position[block.Offset + i] = start[block.Cells[i]];
            }
            else if (ParameterStart.Of(model, variable) is { } values)
            {
                var reported = cells.Reported.First(r => r.Variable == variable);
                PositionOf.Write(block, cells, reported.Offset, Array.ConvertAll(reported.Cells, c => values[c]), position);
            }
        }
    }
}
