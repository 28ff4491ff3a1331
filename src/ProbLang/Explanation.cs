using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What a model is, as text: its variables with their roles, its class and why, and what the engines say to it.</summary>
internal static class Explanation
{
    private static readonly (Role Role, string Name)[] RoleNames =
    [
        (Role.Known, "known"), (Role.Observed, "observed"), (Role.Latent, "latent"), (Role.Predicted, "predicted"),
        (Role.Computed, "computed"), (Role.ComputedForward, "computed forward"), (Role.Undefined, "undefined"),
    ];

    private static readonly EngineReason None = new("none", []);

    /// <summary>How many labels of a category are shown.</summary>
    private const int MostLevels = 20;

    public static string Of(ModelGraph graph)
    {
        var used = ModelClass.UsedVariables(graph);
        var rows = graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(v => new[] { v.Name, VariableText.Kind(graph, v), VariableText.TypeOf(v), VariableText.Dimensions(v), RoleWithoutData(graph, v, used), FirstLine(v.Documentation) });
        var text = Begin(graph, rows);
        AppendLevels(text, [.. graph.Variables.Select(v => v.Category).OfType<Category>().Distinct().Where(c => !c.Listed.IsDefault).Select(c => (c, c.Listed))]);
        AppendClass(text, GraphTaxonomy.Of(graph), graph, "without data, what nothing depends on counts as observed");
        AppendGuide(text, graph);
        if (Learning.Objection(graph) is { } objection) return AppendEngine(text, None, new EngineOpinion("nuts", [objection])).ToString();
        string[] learned = [.. graph.Variables.Where(v => v is { IsParameter: true, IsAuxiliary: false }).Select(v => v.Name), .. graph.Nets.Select(n => n.Name)];
        if (learned.Length > 0) return AppendEngine(text, new EngineReason("none", [$"`fit` learns {string.Join(", ", learned.Select(n => $"`{n}`"))}, unless the data give them; then other engines take the model"])).ToString();
        var latents = graph.Definitions.Where(d => d.IsRandom && used.Contains(d.Variable)).ToArray();
        return Array.TrueForAll(latents, d => d.Variable.Type != ElementType.Real)
            ? AppendEngine(text, new EngineReason("exact", [latents.Length > 0 ? "every latent is discrete; with data it is known whether summing them out is possible" : "nothing is latent"])).ToString()
            : AppendEngine(text, new EngineReason("nuts", ["some latents are continuous; where the data leave only conjugate pairs of them, exact"])).ToString();
    }

    /// <summary>What a model is with data that it cannot be conditioned on, because it has no density.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="isGiven">Whether the data give something of a variable.</param>
    /// <param name="found">Its class.</param>
    /// <param name="objections">What every engine says.</param>
    public static string Of(ModelGraph graph, Func<Variable, bool> isGiven, ModelClass found, ImmutableArray<Diagnostic> objections)
    {
        var rows = graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false }).Select(v => new[] { v.Name, VariableText.Kind(graph, v), VariableText.TypeOf(v), VariableText.Dimensions(v), isGiven(v) ? "observed" : VariableText.Kind(graph, v) == "random" ? "unknown" : RoleWithoutData(graph, v, []), FirstLine(v.Documentation) });
        var text = Begin(graph, rows);
        AppendClass(text, found, graph);
        AppendGuide(text, graph);
        return AppendEngine(text, None, new EngineOpinion("every engine", objections)).ToString();
    }

    /// <summary>What a model is with its data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="found">Its class.</param>
    /// <param name="opinions">What the engines say.</param>
    /// <param name="chosen">The one that would run; null where all object.</param>
    public static string Of(ConditionedModel model, ModelClass found, ImmutableArray<EngineOpinion> opinions, EngineReason? chosen)
    {
        var rows = model.Variables.Where(s => s.Variable is { LevelsOf: null, IsAuxiliary: false }).Select(s => new[] { s.Variable.Name, VariableText.Kind(model.Written, s.Variable), VariableText.TypeOf(s.Variable), Sizes(s), Roles(model, s), FirstLine(s.Variable.Documentation) });
        var text = Begin(model.Graph, rows);
        AppendLevels(text, [.. model.Levels.Select(l => (l.Key, l.Value))]);
        AppendClass(text, found, model.Written);
        AppendGuide(text, model.Graph);
        return AppendEngine(text, chosen ?? None, [.. opinions.Where(o => o.Engine != chosen?.Engine)]).ToString();
    }

    private static StringBuilder Begin(ModelGraph graph, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder(graph.Source.Path).Append('\n');
        if (graph.Documentation is { } documentation)
            foreach (var line in documentation.Split('\n')) text.Append("  ").Append(line.Trim()).Append('\n');
        text.Append('\n');
        AppendTable(text, [["variable", "kind", "type", "dimensions", "role", ""], .. rows]);
        return text.Append('\n');
    }

    private static void AppendLevels(StringBuilder text, IReadOnlyList<(Category Category, ImmutableArray<string> Levels)> known)
    {
        if (known.Count == 0) return;
        text.Append("levels\n");
        foreach (var (category, levels) in known)
            text.Append(CultureInfo.InvariantCulture, $"  {category.Name}: {levels.Length}, {string.Join(", ", levels.Take(MostLevels).Select(LabelText.InBrackets))}{(levels.Length > MostLevels ? ", …" : "")}\n");
        text.Append('\n');
    }

    private static void AppendClass(StringBuilder text, ModelClass found, ModelGraph graph, string? note = null)
    {
        text.Append("class: ").Append(found.Name).Append("\n  ").Append(found.Reason).Append('\n');
        if (found.Family is { } family) text.Append("  family: ").Append(family).Append('\n');
        if (note is not null) text.Append("  ").Append(note).Append('\n');
        if (found.Taken is not { } taken || graph.Nets.IsEmpty && !graph.Variables.Any(v => v.IsParameter)) return;
        text.Append("\nobjective: ").Append(taken.Name).Append(taken.IsAvailable ? "\n" : ", which is not in this version\n");
        foreach (var other in found.Objectives.Where(o => o != taken))
            text.Append("  ").Append(other.Name).Append(": ").Append(other.WhyNot ?? (other.IsAvailable ? "would apply, too" : "would apply, too, but is not in this version")).Append('\n');
    }

    private static void AppendGuide(StringBuilder text, ModelGraph graph)
    {
        if (graph.Guide is { } guide)
            text.Append("\nguide: ").AppendJoin(", ", guide.Drawn.Select(v => v.Name)).Append("\n  it is for learning by `fit`; `infer` draws from the posterior itself, and does without it\n");
    }

    /// <summary>The engine that would run and why, and what the others say.</summary>
    private static StringBuilder AppendEngine(StringBuilder text, EngineReason chosen, params ReadOnlySpan<EngineOpinion> others)
    {
        text.Append("\nengine: ").Append(chosen.Engine).Append('\n');
        foreach (var line in chosen.Lines) text.Append("  ").Append(line).Append('\n');
        var reasons = new Dictionary<string, string>();
        foreach (var other in others)
        {
            text.Append("  ").Append(other.Engine).Append(other.Objections.IsEmpty ? WithoutObjection(other, reasons) : " objects: " + string.Join("\n", other.Objections).ReplaceLineEndings("\n  ")).Append('\n');
            foreach (var note in other.Notes) text.Append("    ").Append(note).Append('\n');
        }
        return text.Append("  the other engines (vi, smc, importance, abc) are not in this version\n");
    }

    /// <param name="opinion">What the engine says.</param>
    /// <param name="reasons">Why engines are not available, with the first of which that was said.</param>
    private static string WithoutObjection(EngineOpinion opinion, Dictionary<string, string> reasons) =>
        opinion.Unavailable is { } reason ? " has no objection, but is not available" + (reasons.TryAdd(reason, opinion.Engine) ? $": {reason}" : $", as {reasons[reason]}")
        : opinion.Quality is { } quality ? $" has no objection; its answer would be {quality}" : " has no objection";

    private static void AppendTable(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = new int[rows[0].Length];
        foreach (var row in rows)
            for (var c = 0; c < row.Length; c++) widths[c] = Math.Max(widths[c], row[c].Length);
        foreach (var row in rows)
        {
            var line = new StringBuilder();
            for (var c = 0; c < row.Length; c++) line.Append("  ").Append(row[c].PadRight(widths[c]));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    private static string Sizes(VariableState state)
    {
        var names = state.Variable.DimensionNames;
        return state.Shape.Length == 0 ? "" : "[" + string.Join(", ", state.Shape.Select((size, d) =>
            (d < names.Length && names[d] is { } name ? name + ": " : "") + (state.Rows?.IsRagged(d) == true ? "up to " : "") + size.ToString(CultureInfo.InvariantCulture))) + "]";
    }

    private static string Roles(ConditionedModel model, VariableState state)
    {
        if (state.Variable.IsParameter) return "parameter";
        var counts = RoleNames.Select(r => (Name: RoleName(model, state.Variable, r.Role, r.Name), Count: Enumerable.Range(0, state.Count).Count(c => state.Roles[c] == r.Role && state.Exists(c)))).Where(r => r.Count > 0).ToArray();
        return counts.Length == 1 ? counts[0].Name : string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.Name}")));
    }

    private static string RoleName(ConditionedModel model, Variable variable, Role role, string name) => role switch
    {
        Role.Known when model.IsGiven(variable) => "observed",
        Role.Computed when model.IsSolved(variable) => "solved for",
        _ => name,
    };

    private static string RoleWithoutData(ModelGraph graph, Variable variable, HashSet<Variable> used) => VariableText.Kind(graph, variable) switch
    {
        "param" => "parameter",
        "input" => "known",
        "random" => used.Contains(variable) ? "latent" : "observed",
        _ => "computed",
    };

    private static string FirstLine(string? documentation) => documentation?.Split('\n')[0].Trim() ?? "";
}
