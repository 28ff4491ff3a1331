using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What is worth a look before a model with its data is inferred.</summary>
internal sealed class InferenceWarnings
{
    /// <summary>How many values of a discrete unknown are too many to sum over.</summary>
    private const double MostValues = 1000;

    /// <summary>How far a probability may be from its range and still only be rounded.</summary>
    private const double Rounding = 1e-9;

    private readonly ConditionedModel _model;
    private readonly ValueRanges _ranges;
    private readonly List<Diagnostic> _found = [];

    private InferenceWarnings(ConditionedModel model) => (_model, _ranges) = (model, new ValueRanges(model));

    /// <summary>In the order of the text.</summary>
    public static IEnumerable<Diagnostic> Of(ConditionedModel model)
    {
        var warnings = new InferenceWarnings(model);
        warnings.FindUninformed();
        foreach (var definition in model.Definitions.Where(d => d.Definition.IsRandom)) warnings.FindProbabilities(definition, definition.Definition.Distribution!);
        foreach (var variable in model.Variables) warnings.FindLarge(variable);
        return warnings._found.OrderBy(d => d.Location!.Line).ThenBy(d => d.Location!.Column);
    }

    private void FindUninformed()
    {
        var graph = _model.Graph;
        var random = new RandomVariables(graph.Definitions);
        // Of what is discrete the answer without evidence is one that is asked for: how common a disease is.
        var isDiscrete = graph.Definitions.All(d => !d.IsRandom || d.Variable.Type != ElementType.Real);
        if (!_model.Variables.Any(v => v.Any(Role.Observed)) && graph.Factors.IsEmpty && _model.Conditions.Count == 0)
        {
            if (isDiscrete) return;
            var used = ModelClass.UsedVariables(graph);
            if (graph.Definitions.FirstOrDefault(d => d.IsRandom && !used.Contains(d.Variable)) is { } last) _found.Add(DataDiagnostics.NothingObserved(last.Variable.Name, Locate(last.Target)));
            return;
        }
        foreach (var state in _model.Variables)
        {
            var definitions = graph.DefinitionsOf(state.Variable).ToList();
            // What something unknown goes into is predicted from it; what only has a prior stays at it.
            if (state.Variable is { Type: ElementType.Real, IsParameter: false } && definitions.Count > 0 && state.Count > 0 && Enumerable.Range(0, state.Count).All(c => state.Roles[c] == Role.Predicted || !state.Exists(c)) && state.Any(Role.Predicted)
                && !definitions.SelectMany(Parts.OfRight).Any(random.MayReach))
                _found.Add(DataDiagnostics.Uninformed(state.Variable.Name, Locate(definitions[0].Target)));
        }
    }

    private void FindProbabilities(DefinitionState state, BoundDistribution distribution)
    {
        switch (distribution)
        {
            case CatalogDistribution catalog:
                var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
                var hasLogit = catalog.Distribution.Forms.Any(f => f.Parameters.Any(p => p.Name == "logit"));
                for (var k = 0; k < parameters.Length; k++)
                    if (parameters[k].Domain == Domain.Probability && catalog.Arguments[k] is { } argument) Check(state, catalog.Distribution.Name, parameters[k].Name, argument, hasLogit);
                break;
            case ZeroDistribution zero:
                Check(state, zero.Name, "p", zero.Probability, hasLogit: false);
                FindProbabilities(state, zero.Rest);
                break;
            // Under the index of a mixture's components there is no iteration of the statement alone.
            case MixtureComprehension:
                break;
            default:
                foreach (var part in Parts.Inside(distribution)) FindProbabilities(state, part);
                break;
        }
    }

    private void Check(DefinitionState state, string distribution, string parameter, Bound argument, bool hasLogit)
    {
        if (!Uses.Of([argument]).Any(v => Array.Exists(_model[v].Values, double.IsNaN))) return;
        var own = _model[state.Definition.Variable];
        for (var i = 0; i < state.Count; i++)
        {
            var roles = own.Roles.AsSpan(state.Targets[i], state.SizeOf(i));
            if (!roles.Contains(Role.Observed) && !roles.Contains(Role.Latent)) continue;
            Iterations.Set(_ranges.Code, state, i);
            var count = argument.Rank == 0 ? 1 : _ranges.Evaluate(argument).Values.Length;
            for (var cell = 0; cell < count; cell++)
            {
                if (_ranges.Of(argument, cell) is not { } range || range.Lower >= -Rounding && range.Upper <= 1 + Rounding) continue;
                var element = state.BlockSize == 1 ? ShapeText.Element(own.Variable.Name, own.Shape, state.Targets[i]) : own.Variable.Name;
                _found.Add(DataDiagnostics.ProbabilityLeaves(parameter, distribution, element, range.Lower, range.Upper, hasLogit, Locate(argument.Span)));
                return;
            }
        }
    }

    private void FindLarge(VariableState state)
    {
        if (state.Variable.Type == ElementType.Real) return;
        for (var cell = 0; cell < state.Count; cell++)
        {
            if (state.Roles[cell] != Role.Latent || _ranges.Of(state.Variable, cell) is not { } range || range.Upper - range.Lower is < MostValues or >= FiniteSupports.MostValues) continue;
            _found.Add(DataDiagnostics.TooManyValues(ShapeText.Element(state.Variable.Name, state.Shape, cell), range.Upper - range.Lower + 1, Locate(_model.Graph.DefinitionsOf(state.Variable).First().Target)));
            return;
        }
    }

    private Location Locate(Span span) => _model.Graph.Source.Locate(span);
}
