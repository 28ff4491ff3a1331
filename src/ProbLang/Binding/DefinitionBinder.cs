using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>Binds the statements that define variables.</summary>
internal sealed class DefinitionBinder(Declarations declarations, ExpressionBinder binder, BindingDiagnostics report)
{
    /// <summary>The right side of a definition: a value or a distribution.</summary>
    internal readonly record struct RightSide(Bound? Value, BoundDistribution? Distribution)
    {
        public int Rank => Value?.Rank ?? Distribution!.Rank;

        public ElementType Type => Value?.Type ?? Distribution!.Type;
    }

    public RightSide? Right(DefinitionSite site)
    {
        var (name, right) = (site.Statement.Name.Text, site.Statement.Right);
        if (site.Statement.IsRandom) return binder.Drawn(name, right, site.Scope) is { } distribution ? new(null, distribution) : null;
        return binder.Right(name, right, site.Scope) is { } value ? new(value, null) : null;
    }

    /// <summary>The type that one of a variable's statements declares, or null.</summary>
    public static ElementType? DeclaredType(Declarations declarations, Variable variable) =>
        declarations.TypeOf(variable) is { } type ? DeclaredTypes.ElementOf(type) : null;

    public Definition? Bind(DefinitionSite site, IReadOnlyDictionary<PlateSite, Plate?> plates)
    {
        var statement = site.Statement;
        var indices = new List<Bound>();
        foreach (var index in statement.Indices)
            if (binder.TargetIndex(index, site.Scope) is { } bound) indices.Add(bound);
        var right = Right(site);
        if (indices.Count < statement.Indices.Length) return null;
        if (!CarriesLoops(site, indices) || right is not { } side || !TypeFits(site, side)) return null;
        if (site.Variable.Rank == RankInference.GreatestRank && statement.Indices.Length + side.Rank > RankInference.GreatestRank)
        {
            report.EndlessShape(site.Variable.Name, statement.Span);
            return null;
        }
        if (DeclaredTypes.RankOf(site.Variable.Structure) is var needed && side.Rank < needed)
        {
            report.DeclaredShape(site.Variable.Name, site.Variable.DeclaredType!, needed, side.Rank, statement.Right.Span);
            return null;
        }
        if (side.Distribution is not null && !DeclaredSupport.Fits(site.Variable, side.Distribution, report)) return null;
        var around = site.Plates.Select(p => plates[p]).OfType<Plate>().ToImmutableArray();
        if (around.Length < site.Plates.Length) return null;
        var target = statement.Indices.IsEmpty ? statement.Name.Span : Text.Span.Cover(statement.Name.Span, statement.Indices[^1].Span);
        return new Definition(site.Variable, around, [.. indices], side.Distribution, side.Value, statement.Span) { Target = target };
    }

    private bool CarriesLoops(DefinitionSite site, List<Bound> indices)
    {
        var used = new HashSet<Loop>();
        foreach (var index in indices) AddLoops(index, used);
        Loop[] missing = [.. site.Plates.Select(p => p.Loop).Where(l => !used.Contains(l))];
        if (missing.Length == 0) return true;
        var written = site.Statement.Indices.Select(i => report.TextOf(i.Span)).Concat(missing.Select(l => l.Name));
        report.MissingLoopVariables(site.Statement.Name, $"{site.Statement.Name.Text}[{string.Join(", ", written)}] {(site.Statement.IsRandom ? "~" : "=")} …", missing);
        return false;
    }

    private static void AddLoops(Bound value, HashSet<Loop> loops)
    {
        if (value is LoopValue loop) loops.Add(loop.Loop);
        foreach (var part in Parts.Of(value)) AddLoops(part, loops);
    }

    private bool TypeFits(DefinitionSite site, RightSide right)
    {
        if (declarations.TypeOf(site.Variable) is not { } declared || right.Type <= DeclaredTypes.ElementOf(declared)) return true;
        report.DeclaredTypeMismatch(site.Variable.Name, report.TextOf(declared.Span), right.Type == ElementType.Real ? "a real number" : "an integer", site.Statement.Right.Span);
        return false;
    }
}
