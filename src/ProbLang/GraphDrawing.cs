using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang;

/// <summary>The picture of a model in each of its forms.</summary>
internal static class GraphDrawing
{
    /// <summary>Without data: what the model itself gives is observed and, where data are expected, what nothing depends on.</summary>
    public static string Of(ModelGraph graph, GraphForm form, bool expectsData)
    {
        var used = ModelClass.UsedVariables(graph);
        return Of(graph, form, v => graph.GivenValues.Any(g => g.Variable == v) || expectsData && !used.Contains(v) && graph.DefinitionsOf(v).Any(d => d.IsRandom) ? Observed.All : Observed.None);
    }

    /// <summary>With data, as they give the cells of each variable.</summary>
    public static string Of(ConditionedModel model, GraphForm form)
    {
        var states = model.Variables.Where(s => !s.Variable.IsAuxiliary && s.Variable.LevelsOf is null).ToDictionary(s => s.Variable.Name);
        return Of(model.Written, form, v => !v.IsInput && states.TryGetValue(v.Name, out var state) ? model.IsGiven(state.Variable) ? Observed.All : ObservedOf(state) : Observed.None);
    }

    /// <summary>With data that the model cannot be conditioned on.</summary>
    public static string Of(ModelGraph graph, GraphForm form, Func<Variable, bool> isGiven) => Of(graph, form, v => isGiven(v) ? Observed.All : Observed.None);

    private static Observed ObservedOf(VariableState state)
    {
        var cells = Enumerable.Range(0, state.Count).Where(state.Exists).ToArray();
        var observed = cells.Count(c => state.Roles[c] == Role.Observed);
        var open = cells.Count(c => state.Roles[c] is Role.Latent or Role.Predicted);
        return observed == 0 ? Observed.None : open == 0 ? Observed.All : Observed.Part;
    }

    private static string Of(ModelGraph graph, GraphForm form, Func<Variable, Observed> observed)
    {
        var picture = GraphPictureBuilder.Of(graph, Path.GetFileNameWithoutExtension(graph.Source.Path), observed);
        return form switch
        {
            GraphForm.Text => TextGraph.Of(picture),
            GraphForm.Dot => DotGraph.Of(picture),
            GraphForm.Mermaid => MermaidGraph.Of(picture),
            GraphForm.Svg => SvgGraph.Of(picture),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "There is no such form of a picture."),
        };
    }
}
