using ProbLang.Analysis;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>The weights of nets among the coordinates of a model.</summary>
internal static class NetWeights
{
    /// <summary>The net whose weights a block of coordinates is; null where it is a parameter.</summary>
    public static NetPlan? PlanOf(ConditionedModel model, LatentBlock block) =>
        model.Nets.FirstOrDefault(n => WeightOpening.NameOf(n.Key) == block.Definition.Definition.Variable.Name).Value;

    /// <summary>Which coordinates weight decay pulls to 0: the matrices of nets, but neither biases nor gains nor parameters.</summary>
    public static bool[] Decays(ConditionedModel model, Coordinates coordinates)
    {
        var decays = new bool[coordinates.Dimension];
        foreach (var block in coordinates.Blocks)
        {
            if (PlanOf(model, block) is not { } plan) continue;
            var isMatrix = new bool[plan.WeightCount];
            foreach (var weights in plan.Weights.Where(w => w.Shape.Length > 1)) isMatrix.AsSpan(weights.Offset, weights.Count).Fill(true);
            for (var i = 0; i < block.Cells.Length; i++) decays[block.Offset + i] = isMatrix[block.Cells[i]];
        }
        return decays;
    }
}
