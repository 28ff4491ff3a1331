namespace ProbLang.InferNet.Tests.RandomModels;

/// <summary>What a posterior is known to be, by sampling.</summary>
/// <param name="Effective">How many independent draws it is worth.</param>
/// <param name="Cells">The moments of each unknown cell, row-major within its variable.</param>
internal sealed record Reference(double Effective, IReadOnlyDictionary<(string Variable, int Cell), WeightedMoments> Cells)
{
    /// <summary>The moments by the names of the elements, as posteriors report them.</summary>
    public IEnumerable<(string Element, WeightedMoments Moments)> Elements(Problem problem)
    {
        var layout = ReportedLayout.Of(problem.Conditioned);
        return from variable in layout.Variables
               from element in Enumerable.Range(0, variable.Count)
               let cell = variable.Cells.IsDefault ? element : variable.Cells[element]
               where Cells.ContainsKey((variable.Name, cell))
               select (layout.ElementNames[variable.Offset + element], Cells[(variable.Name, cell)]);
    }
}

/// <summary>Mean and standard deviation, each with its Monte Carlo standard error.</summary>
/// <param name="Probability">How probable it is that the cell is there: less than 1 for what only a branch defines.</param>
internal readonly record struct WeightedMoments(double Mean, double MeanError, double Sd, double SdError, double Probability);
