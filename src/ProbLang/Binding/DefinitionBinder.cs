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
        binder.BeginStatement();
        var use = report.SetUse(UseOf(site.Use));
        var right = BindRight(site);
        report.SetUse(use);
        return right;
    }

    private RightSide? BindRight(DefinitionSite site)
    {
        var (name, right) = (site.Variable.Name, site.Statement.Right);
        if (site.Statement.IsRandom) return binder.Drawn(name, right, site.Scope) is { } distribution ? new(null, distribution) : null;
        return binder.Right(name, right, site.Scope) is { } value ? new(value, null) : null;
    }

    /// <summary>The uses of random functions that a statement is there for.</summary>
    private static FunctionUse? UseOf(RandomUse? use) => use is null ? null : new(use.Function.Name, use.Statement.Right.Span, UseOf(use.Outer));

    /// <summary>The type that one of a variable's statements declares, or null.</summary>
    public static ElementType? DeclaredType(Declarations declarations, Variable variable) =>
        declarations.TypeOf(variable) is { } type ? DeclaredTypes.ElementOf(type) : null;

    public Definition? Bind(DefinitionSite site, SurroundingsBinder surroundings)
    {
        var statement = site.Statement;
        var indices = new List<Bound>();
        binder.BeginStatement();
        foreach (var (index, scope) in site.Indices)
            if (binder.TargetIndex(index, scope) is { } bound) indices.Add(bound);
        var right = Right(site);
        if (indices.Count < site.IndexCount) return null;
        if (!CarriesLoops(site, indices) || right is not { } side) return null;
        var use = report.SetUse(UseOf(site.Use));
        var fits = Fits(site, side);
        report.SetUse(use);
        if (!fits || surroundings.Bind(site.Plates, site.Gates) is not var (plates, gates)) return null;
        var target = statement.Indices.IsEmpty ? statement.Name.Span : Text.Span.Cover(statement.Name.Span, statement.Indices[^1].Span);
        return new Definition(site.Variable, plates, [.. indices], side.Distribution, side.Value, statement.Span) { Target = target, Gates = gates };
    }

    private bool Fits(DefinitionSite site, RightSide side)
    {
        if (!TypeFits(site, side)) return false;
        if (site.Variable.Rank == RankInference.GreatestRank && site.IndexCount + side.Rank > RankInference.GreatestRank)
        {
            report.EndlessShape(site.Variable.Name, site.Statement.Span);
            return false;
        }
        if (DeclaredTypes.RankOf(site.Variable.Structure) is var needed && side.Rank < needed)
        {
            report.DeclaredShape(site.Variable.Name, site.Variable.DeclaredType!, needed, side.Rank, site.Statement.Right.Span);
            return false;
        }
        return side.Distribution is null || DeclaredSupport.Fits(site.Variable, side.Distribution, report);
    }

    private bool CarriesLoops(DefinitionSite site, List<Bound> indices)
    {
        var used = new HashSet<Loop>();
        foreach (var index in indices) AddLoops(index, used);
        Loop[] missing = [.. site.Plates.Select(p => p.Loop).Where(l => !used.Contains(l))];
        if (missing.Length == 0) return true;
        if (site.Use is not null) return MissesLoopsOfUse(site.Use, [.. site.Plates.Select(p => p.Loop)], missing, site);
        Missing(site.Statement, missing, site.Plates);
        return false;
    }

    /// <summary>A loop that a random function is used in is missed by the statement that uses it, not by those that it stands for.</summary>
    private bool MissesLoopsOfUse(RandomUse use, Loop[] plates, Loop[] missing, DefinitionSite site)
    {
        var outermost = missing.Min(l => Array.IndexOf(plates, l));
        if (outermost >= use.PlateCount)
        {
            Missing(site.Statement, missing, site.Plates);
            return false;
        }
        while (use.Outer is { } outer && outermost < outer.PlateCount) use = outer;
        Missing(use.Statement, missing, site.Plates);
        return false;
    }

    private void Missing(DefineStatement statement, Loop[] missing, IEnumerable<PlateSite> plates)
    {
        string[] written = [.. statement.Indices.Select(i => report.TextOf(i.Span)), .. missing.Select(l => l.Name)];
        string[] loops = [.. plates.Select(p => p.Loop.Name)];
        if (written.All(loops.Contains)) written = [.. loops.Where(written.Contains)];
        var element = $"{statement.Name.Text}[{string.Join(", ", written)}]";
        var names = new FreeNames();
        names.Add(statement.Right, Scope.Top);
        // What adds itself up in other languages is a sum here.
        var isUpdate = !statement.IsRandom && missing.Length == 1 && statement.Indices.IsEmpty && names.Values.Any(n => n.Text == statement.Name.Text);
        report.MissingLoopVariables(statement.Name, isUpdate
            ? $"a quantity does not change: write a sum as one, `{statement.Name.Text} = sum(for {missing[0].Name} in {report.TextOf(plates.Last(p => p.Loop == missing[0]).Statement.Range.Span)}: …)`, or a chain, `{element}` from `{statement.Name.Text}[{missing[0].Name}-1]`"
            : $"write `{element} {(statement.IsRandom ? "~" : "=")} …`, or move it out of the `for`", missing);
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
