using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>
/// Binds a guide, after the model: a small model of its own that sees the names of the model. What it draws stands for the latents of the same
/// name, so that a name that it draws means the draw of the guide.
/// </summary>
internal static class GuideBinder
{
    public static Guide Bind(GuideStatement statement, Declarations model, SourceText source, BindingDiagnostics report)
    {
        var declarations = Declarations.OfGuide(statement, model, report);
        var binder = new ExpressionBinder(declarations, report);
        var definitionBinder = new DefinitionBinder(declarations, binder, report);
        var nets = new NetBinder(binder, report);
        nets.BindKinds([.. declarations.Nets]);
        InferRanks(declarations, binder, definitionBinder, report);

        foreach (var param in declarations.Inputs.Watched()) Binder.BindInput(param, binder, report);
        foreach (var variable in declarations.Variables.Where(v => !v.IsInput))
            if (declarations.TypeOf(variable) is { } type) DeclaredTypes.Apply(type, variable, binder, report);
        var surroundings = new SurroundingsBinder(declarations, binder);
        var definitions = declarations.Definitions.Select(s => definitionBinder.Bind(s, surroundings)).OfType<Definition>().ToImmutableArray();
        nets.BindArguments(declarations.Nets);
        foreach (var variable in declarations.Variables.Where(v => !v.IsInput)) Check(variable, declarations, definitions, model, report);

        var graph = new ModelGraph(source, null, [.. declarations.Variables], definitions, [], []);
        DefinitionChecks.Check(graph, new RandomVariables(definitions), report);
        ConstantShapes.Check(graph, report);
        return new Guide(graph.Variables, definitions, [.. declarations.Nets.Select(n => n.Net)], statement.Span);
    }

    private static void InferRanks(Declarations declarations, ExpressionBinder binder, DefinitionBinder definitions, BindingDiagnostics report)
    {
        report.IsMuted = true;
        new RankInference(declarations, binder, definitions).Run();
        report.IsMuted = false;
        binder.Restart();
    }

    private static void Check(Variable variable, Declarations declarations, ImmutableArray<Definition> definitions, Declarations model, BindingDiagnostics report)
    {
        variable.DimensionNames = Binder.DimensionNames(variable, definitions.Where(d => d.Variable == variable));
        var isDrawn = declarations.Definitions.Any(d => d.Variable == variable && d.Statement.IsRandom);
        var latent = model.Find(variable.Name);
        if (!isDrawn)
        {
            if (latent is not null) report.GuideHidesModel(variable.Name, variable.Span, latent.Span);
            return;
        }
        var random = model.Definitions.Where(d => d.Statement.IsRandom).Select(d => d.Variable).Distinct().ToArray();
        if (latent is null || !random.Contains(latent)) report.NotALatent(variable.Name, variable.Span, latent is null ? Spelling.Nearest(variable.Name, [.. random.Select(v => v.Name)]) : null);
        else if (latent.Rank != variable.Rank) report.GuideShape(variable.Name, variable.Span, variable.Rank, latent.Span, latent.Rank);
    }
}
