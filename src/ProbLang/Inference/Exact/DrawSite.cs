using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>A draw under a setting.</summary>
/// <param name="Draw">Which.</param>
/// <param name="Number">The number of its first cell.</param>
/// <param name="Values">Its values, NaN where they are not known.</param>
/// <param name="Holds">Whether the branch holds in which it stands.</param>
/// <param name="Definition">The statement.</param>
internal sealed record DrawSite(DrawOf Draw, int Number, double[] Values, bool Holds, Definition Definition)
{
    /// <summary>Whether any of it is unknown.</summary>
    public bool IsDrawn { get; } = Array.Exists(Values, double.IsNaN);

    public string Element(ContinuousCells cells) => Values.Length == 1 ? cells.NameOf(Number) : Definition.Variable.Name;

    public Location Place(ConditionedModel model) => model.Graph.Source.Locate(Definition.Span);
}
